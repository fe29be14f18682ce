"""The traits of channels agree with one another."""

from dataclasses import fields

import pytest

from domain.channels import CHANNELS, MAIL, MAIL_CODE, STRICT, ZALO, NoticeRank, SeenBy, traits_of
from domain.criteria import Sensitivity


def test_a_name_is_the_name_of_one_channel_only() -> None:
    names = [name for one in CHANNELS.values() for name in one.names]
    assert sorted(set(names)) == sorted(names)


def test_no_trait_has_a_default_that_a_new_channel_could_forget() -> None:
    with pytest.raises(TypeError) as error:
        type(CHANNELS[MAIL])()  # type: ignore[call-arg]
    assert all(f"'{one.name}'" in str(error.value) for one in fields(CHANNELS[MAIL]))


def test_what_only_tells_is_asked_nothing() -> None:
    ranks = {CHANNELS[word].notice_rank for word in STRICT}
    assert ranks == {NoticeRank.CONVERSATION}
    assert all(one.word in STRICT or one.notice_rank > 1 for one in CHANNELS.values())


def test_the_strict_choice_allows_less_where_others_carry_the_messages() -> None:
    assert {word: ceiling.value for word, ceiling in STRICT.items()} == {
        "web": Sensitivity.RED,
        "zalo": Sensitivity.AMBER,
        "telegram": Sensitivity.GREEN,
    }


def test_whole_items_are_asked_where_messages_are_few() -> None:
    assert [word for word in CHANNELS if CHANNELS[word].asks_whole_items] == [ZALO]


@pytest.mark.parametrize("word", [MAIL_CODE, "fax"])
def test_a_word_that_no_channel_has_is_treated_with_care(word: str) -> None:
    traits = traits_of(word)
    assert traits.few_messages
    assert traits.seen_by is SeenBy.SECOND
    assert not traits.shows_address
    assert traits.notice_rank is max(NoticeRank)
