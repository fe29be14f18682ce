"""One-time codes as people type and paste them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.codes import CODE_LENGTH, code_in

CODE = "ABCDEFGH23"
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"


@pytest.mark.parametrize(
    "typed",
    [
        "ABCDEFGH23",
        "abcdefgh23",
        "ABCDE-FGH23",
        "ABCDE–FGH23",
        "ABCDE - FGH23",
        "abcde fgh23",
        "AB CD EF GH 23",
        "mã ABCDEFGH23",
        "MÃ: ABCDEFGH23",
        unicodedata.normalize("NFD", "mã ABCDEFGH23"),
        "ma abcdefgh23",
        "code:abcdefgh23",
        " ABCDEFGH23\n",
        "ABCDEFGH23.",
        "AB\u200bCDEFGH23",
        "ＡＢＣＤＥＦＧＨ２３",
    ],
)
def test_a_code_is_found_however_it_is_typed(typed: str) -> None:
    assert code_in(typed) == CODE


@pytest.mark.parametrize(
    "typed",
    ["", "ABCDEFGH2", "ABCDEFGH234", "mã là ABCDEFGH23", "ABCDEFGH2Đ", "xin chào", "ABCDE/FGH23"],
)
def test_what_is_no_code(typed: str) -> None:
    assert code_in(typed) is None


def test_a_code_that_begins_like_the_word_for_it_is_whole() -> None:
    assert code_in("MAQW34RT56") == "MAQW34RT56"
    assert code_in("ma MAQW34RT56") == "MAQW34RT56"


@pytest.mark.fuzz
@given(st.text(ALPHABET, min_size=CODE_LENGTH, max_size=CODE_LENGTH), st.integers(1, 9))
def test_every_code_is_read_back(code: str, cut: int) -> None:
    assert code_in(f"mã {code[:cut].lower()}-{code[cut:].lower()}") == code
