"""What a message becomes where a channel can show less than it says."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.messages import Choice, ChoiceKind, Outgoing, Recipe, RecipeKind
from locales import Words
from scheduling.channel import Abilities
from scheduling.fit import fit

PLAIN = Abilities(buttons=False, edits=False, files=False, text_limit=2_000)
RICH = Abilities(buttons=True, edits=True, files=True, text_limit=2_000)
QUESTION = Outgoing(
    text="Đảng ủy xã đã có nghị quyết chưa?",
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
    (shown,) = fit(Outgoing(text="Tình hình", attachment=CARD), PLAIN, words)
    assert (shown.text, shown.attachment) == ("Tình hình\nĐạt 3/8 nội dung.", None)


def test_a_long_message_is_cut_between_lines(words: Words) -> None:
    lines = [f"Dòng {number}: chưa có nghị quyết" for number in range(10)]
    pieces = fit(Outgoing(text="\n".join(lines)), replace(PLAIN, text_limit=70), words)
    assert len(pieces) == 5
    assert "\n".join(piece.text for piece in pieces).split("\n") == lines


def test_buttons_hang_on_the_last_piece_and_the_edit_on_the_first(words: Words) -> None:
    long = replace(QUESTION, text="một\nhai\nba", attachment=CARD)
    first, *_, last = fit(long, replace(RICH, text_limit=4), words)
    assert (first.choices, first.attachment, first.replaces) == ((), None, "before")
    assert (last.choices, last.attachment, last.replaces) == (QUESTION.choices, CARD, None)


def test_a_character_beyond_the_first_plane_counts_twice(words: Words) -> None:
    pieces = fit(Outgoing(text="🔔🔔🔔"), replace(PLAIN, text_limit=5), words)
    assert [piece.text for piece in pieces] == ["🔔🔔", "🔔"]


@given(
    text=st.text(alphabet=st.sampled_from("aạ🔔 \n"), min_size=1, max_size=80),
    limit=st.integers(min_value=2, max_value=20),
)
def test_no_piece_is_longer_than_the_limit_and_no_character_is_lost(text: str, limit: int) -> None:
    pieces = fit(Outgoing(text=text), replace(PLAIN, text_limit=limit), Words("vi"))
    assert all(_units(piece.text) <= limit for piece in pieces)
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())
