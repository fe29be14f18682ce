"""How a message is shown on a channel that can show less than its content."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.cards import Card, Row, saying
from domain.messages import Choice, ChoiceKind, Outgoing, Recipe, RecipeKind
from locales import Words
from scheduling.channel import Abilities
from scheduling.fit import fit
from tests.domain.cards import SHOWN_TEXT, cards

PLAIN = Abilities(buttons=False, edits=False, files=False, text_limit=2_000)
RICH = Abilities(buttons=True, edits=True, files=True, text_limit=2_000)
QUESTION = Outgoing(
    cards=saying("Đảng ủy xã đã có nghị quyết chưa?"),
    menu="I.1.a",
    choices=(
        Choice(key="1", label="Có"),
        Choice(key="2", label="Chưa có"),
        Choice(key="bỏ qua", label="Bỏ qua", kind=ChoiceKind.ACTION),
        Choice(key="giải thích", label="Giải thích", kind=ChoiceKind.ACTION),
    ),
    replaces="before",
)
CARD = Recipe(kind=RecipeKind.STATUS_CARD, name="the.png", alternative="Đạt 3/8 nội dung.")


@pytest.fixture(scope="module")
def words() -> Words:
    return Words("vi")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def test_choices_become_numbered_lines_and_one_line_of_words(words: Words) -> None:
    (shown,) = fit(QUESTION, PLAIN, words)
    assert shown.text == (
        "Đảng ủy xã đã có nghị quyết chưa?\n1. Có\n2. Chưa có\nGõ: bỏ qua · giải thích"
    )
    assert (shown.choices, shown.replaces, shown.menu) == ((), None, "I.1.a")


def test_a_channel_that_can_do_everything_gets_the_message_itself(words: Words) -> None:
    whole = replace(QUESTION, attachment=CARD)
    assert fit(whole, RICH, words) == (whole,)


def test_an_attachment_that_cannot_be_sent_says_its_words(words: Words) -> None:
    (shown,) = fit(Outgoing(cards=saying("Tình hình"), attachment=CARD), PLAIN, words)
    assert (shown.text, shown.attachment) == ("Tình hình\nĐạt 3/8 nội dung.", None)


def test_a_long_message_is_cut_between_lines(words: Words) -> None:
    lines = [f"Dòng {number}: chưa có nghị quyết" for number in range(10)]
    pieces = fit(Outgoing(cards=saying("\n".join(lines))), replace(PLAIN, text_limit=70), words)
    assert len(pieces) == 5
    assert "\n".join(piece.text for piece in pieces).split("\n") == lines


def test_buttons_hang_on_the_last_piece_and_the_edit_on_the_first(words: Words) -> None:
    long = replace(QUESTION, cards=saying("một\nhai\nba"), attachment=CARD)
    first, *_, last = fit(long, replace(RICH, text_limit=4), words)
    assert (first.choices, first.attachment, first.replaces) == ((), None, "before")
    assert (last.choices, last.attachment, last.replaces) == (QUESTION.choices, CARD, None)


def test_a_character_beyond_the_first_plane_counts_twice(words: Words) -> None:
    pieces = fit(Outgoing(cards=saying("🔔🔔🔔")), replace(PLAIN, text_limit=5), words)
    assert [piece.text for piece in pieces] == ["🔔🔔", "🔔"]


RESULT = Outgoing(
    cards=(
        Card(text="Đã ghi."),
        Card(
            heading="Kết quả",
            rows=tuple(
                Row(label=f"I.{n}", value="đạt đủ yêu cầu của năm", folds=True) for n in range(1, 9)
            ),
            notes=("Số liệu lúc 02:52.",),
            more="kết quả",
        ),
    ),
    menu="m",
    choices=QUESTION.choices,
)
FEW = replace(PLAIN, few_messages=True)


def test_where_messages_are_few_rows_that_fold_make_room_for_one(words: Words) -> None:
    (shown,) = fit(RESULT, replace(FEW, text_limit=230), words)
    assert shown.text == (
        "Đã ghi.\n\nKết quả\nI.1: đạt đủ yêu cầu của năm\nI.2: đạt đủ yêu cầu của năm\n"
        "I.3: đạt đủ yêu cầu của năm\n"
        "Còn 05 dòng chưa hiện; đồng chí gõ “kết quả” để xem đủ.\nSố liệu lúc 02:52.\n"
        "1. Có\n2. Chưa có\nGõ: bỏ qua · giải thích"
    )


def test_where_messages_are_many_nothing_is_left_out(words: Words) -> None:
    pieces = fit(RESULT, replace(PLAIN, text_limit=230), words)
    assert len(pieces) == 2
    assert "I.8: đạt đủ" in pieces[0].text + pieces[1].text


def test_what_does_not_fold_is_cut_into_pieces_where_messages_are_few_too(words: Words) -> None:
    pieces = fit(RESULT, replace(FEW, text_limit=60), words)
    assert "\n".join(piece.text for piece in pieces).count("Còn 08 dòng") == 1
    assert all(_units(piece.text) <= 60 for piece in pieces)


def test_a_message_that_is_shown_whole_keeps_its_cards(words: Words) -> None:
    assert fit(RESULT, RICH, words) == (RESULT,)


@given(
    message=st.builds(
        Outgoing,
        cards=cards(SHOWN_TEXT),
        choices=st.lists(
            st.builds(Choice, key=st.sampled_from("123"), label=SHOWN_TEXT), max_size=3
        ).map(tuple),
    ),
    limit=st.integers(min_value=20, max_value=300),
    few=st.booleans(),
)
def test_every_choice_keeps_its_number_and_every_piece_its_limit(
    message: Outgoing, limit: int, few: bool
) -> None:
    abilities = replace(PLAIN, text_limit=limit, few_messages=few)
    pieces = fit(message, abilities, Words("vi"))
    assert all(_units(piece.text) <= limit for piece in pieces)
    numbered = "\n".join(f"{one.key}. {one.label}" for one in message.choices)
    said = "".join("".join(piece.text for piece in pieces).split())
    assert said.endswith("".join(numbered.split()))
    whole = replace(abilities, text_limit=100_000)
    (all_of_it,) = fit(message, whole, Words("vi"))
    if few and _units(all_of_it.text) <= limit:
        assert [piece.text for piece in pieces] == [all_of_it.text]


@given(
    text=st.text(alphabet=st.sampled_from("aạ🔔 \n"), min_size=1, max_size=80),
    limit=st.integers(min_value=2, max_value=20),
)
def test_no_piece_is_longer_than_the_limit_and_no_character_is_lost(text: str, limit: int) -> None:
    pieces = fit(Outgoing(cards=saying(text)), replace(PLAIN, text_limit=limit), Words("vi"))
    assert all(_units(piece.text) <= limit for piece in pieces)
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
