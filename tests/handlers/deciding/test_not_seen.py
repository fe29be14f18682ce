"""A question that may not have arrived is shown again before any text is taken as its answer."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from domain.people import Person
from handlers.ground.library import Library
from handlers.ground.menus import MenuKind
from storage import Store, Tx
from tests.handlers.talking import Talk

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
OFFICER = "can-bo"
CHANNEL = "telegram"
A_MOMENT = timedelta(seconds=2)


@pytest.fixture
def talk(demo_file: Path) -> Talk:
    with Store(str(demo_file)) as store, store.begin() as tx:
        tx.addresses.link(CHANNEL, "", OFFICER, _officer(tx).id, NOW)
    return Talk(store=Store(str(demo_file)), library=Library(), now=NOW)


def _officer(tx: Tx) -> Person:
    person = tx.people.by_handle(OFFICER)
    assert person is not None
    return person


def _lose(talk: Talk) -> None:
    """Delivery gave up the last question."""
    with talk.store.begin() as tx:
        address = tx.addresses.lock(CHANNEL, "", OFFICER)
        assert address is not None
        assert address.menu is not None
        tx.addresses.change_menu(address.id, address.menu, MenuKind.LOST)


def _answered(talk: Talk) -> int:
    with talk.store.begin() as tx:
        post = _officer(tx).posts[0]
        loaded = tx.assessments.load(post.unit, _officer(tx).id)
    assert loaded is not None
    return len(loaded.answers)


def test_a_digit_is_not_taken_for_the_answer_to_a_question_that_nobody_saw(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    asked = talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 1
    _lose(talk)
    again = talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 1
    assert "chưa được ghi" in again
    assert asked.splitlines()[-1] in again
    talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 2


def test_a_command_is_obeyed_all_the_same(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    _lose(talk)
    assert "chưa được ghi" not in talk.says(OFFICER, "trợ giúp", channel=CHANNEL)


def test_only_the_question_that_was_lost_gives_its_digits_away(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    with talk.store.begin() as tx:
        address = tx.addresses.lock(CHANNEL, "", OFFICER)
        assert address is not None
        tx.addresses.change_menu(address.id, "q:0:another", MenuKind.LOST)
    talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 1


def test_a_word_said_twice_is_not_the_answer_to_the_next_question_too(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    talk.silent = True
    talk.says(OFFICER, "3", channel=CHANNEL)
    again = talk.says(OFFICER, "3", channel=CHANNEL)
    assert "chưa được ghi" in again
    assert _answered(talk) == 1
    talk.delivers(OFFICER, channel=CHANNEL)
    talk.says(OFFICER, "3", channel=CHANNEL)
    assert _answered(talk) == 2


def test_a_word_of_before_the_question_is_no_answer_to_one_on_its_way(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    talk.silent = True
    talk.says(OFFICER, "3", channel=CHANNEL)
    with talk.store.begin() as tx:
        tx.outbox.claim(talk.now, 1, channel=CHANNEL)
    assert "chưa được ghi" in talk.says(OFFICER, "3", channel=CHANNEL, at=NOW - A_MOMENT)
    assert _answered(talk) == 1
    # A person who writes later may have seen it: delivery marks a message after it is shown.
    talk.says(OFFICER, "3", channel=CHANNEL, at=NOW)
    assert _answered(talk) == 2


def test_a_question_seen_before_keeps_its_digits_while_it_is_shown_again(talk: Talk) -> None:
    talk.says(OFFICER, "tiếp tục", channel=CHANNEL)
    talk.silent = True
    talk.says(OFFICER, "giải thích", "3", channel=CHANNEL)
    assert _answered(talk) == 1
