"""A text in pieces that a chat service accepts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.text_pieces import pieces_of, units


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 5, [""]),
        ("một\nhai\nba", 7, ["một\nhai", "ba"]),
        ("một hai ba", 7, ["một hai", "ba"]),
        ("mộthaiba", 3, ["một", "hai", "ba"]),
        ("🔔🔔🔔", 5, ["🔔🔔", "🔔"]),
        ("a\n\nb", 3, ["a\n", "b"]),
    ],
)
def test_a_text_breaks_at_lines_then_spaces_then_anywhere(
    text: str, limit: int, pieces: list[str]
) -> None:
    assert list(pieces_of(text, limit)) == pieces


def test_a_character_beyond_the_first_plane_counts_twice() -> None:
    assert [units("ạ"), units("🔔"), units("\ud83d")] == [1, 2, 1]


@pytest.mark.fuzz
@given(
    text=st.text(alphabet=st.sampled_from("aạ🔔 \n"), max_size=80),
    limit=st.integers(min_value=2, max_value=20),
)
def test_pieces_keep_every_letter_and_the_limit(text: str, limit: int) -> None:
    pieces = list(pieces_of(text, limit))
    assert all(units(piece) <= limit for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
