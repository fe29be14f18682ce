"""One form for all texts that people type."""

import unicodedata

import pytest

from handlers.understanding.text import (
    fold,
    has_marks,
    only_drops_marks,
    plain,
    spelling,
    strip_marks,
    tidy,
    words_of,
)


def _marked(text: str) -> str:
    return "".join(word.marked for word in words_of(text))


def test_tidy_joins_letters_and_marks_and_keeps_case() -> None:
    assert tidy(unicodedata.normalize("NFD", "  Xã \n Mỹ\u00a0Long ")) == "Xã Mỹ Long"
    assert tidy("Mỹ\u200b Long\ufeff") == "Mỹ Long"
    assert tidy("Ea H\u2019Leo") == "Ea H'Leo"


def test_fold_is_lower_case_with_marks() -> None:
    assert fold("XÃ  ĐÔNG HÒA") == "xã đông hòa"


def test_plain_has_no_marks_and_d_for_đ() -> None:
    assert plain("XÃ  Đông Hòa, Thúy ƯỚC") == "xa dong hoa, thuy uoc"
    assert plain(unicodedata.normalize("NFD", "Đường số 5")) == "duong so 5"


def test_strip_marks_keeps_case() -> None:
    assert strip_marks("Đặng Thị Ổn") == "Dang Thi On"


@pytest.mark.parametrize(("text", "marks"), [("xa My Long", False), ("đ", True), ("hoà", True)])
def test_has_marks_sees_any_diacritic(text: str, marks: bool) -> None:
    assert has_marks(text) is marks
    assert has_marks(unicodedata.normalize("NFD", text)) is marks


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà", "hòa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("Mỹ", "Mĩ"),
        ("Quý", "Quí"),
        ("Quỳnh", "Quình"),
        ("Lý", "Lí"),
        ("P04", "p4"),
        ("H'Leo", "HLeo"),
    ],
)
def test_two_spellings_of_one_word_become_one(one: str, other: str) -> None:
    assert _marked(one) == _marked(other)


@pytest.mark.parametrize(
    ("one", "other"), [("thúy", "thúi"), ("Phú", "Phụ"), ("Quỳ", "Quý"), ("ý", "í"), ("tay", "tai")]
)
def test_different_words_stay_different(one: str, other: str) -> None:
    assert _marked(one) != _marked(other)


def test_plain_spelling_is_the_marked_one_without_marks() -> None:
    for word in ("hoằng", "quỳnh", "mỹ", "thuỷ", "đường", "nguyễn"):
        marked, bare = spelling(word)
        assert strip_marks(marked) == bare
        assert bare == spelling(strip_marks(word))[1]


def test_words_carry_what_stood_between_them() -> None:
    words = words_of("TP.Trà Vinh, P4")
    assert [(w.plain, w.gap) for w in words] == [
        ("tp", ""),
        ("tra", "."),
        ("vinh", " "),
        ("p", ", "),
        ("4", ""),
    ]


@pytest.mark.parametrize(
    ("typed", "meant", "expected"),
    [
        ("hoăng", "hoằng", True),
        ("dong", "đông", True),
        ("hòang", "hòăng", True),
        ("hoằng", "hoăng", False),
        ("đông", "dong", False),
        ("phu", "phú", True),
        ("phụ", "phú", False),
        ("phuc", "phú", False),
    ],
)
def test_leaving_marks_out_is_told_from_other_marks(typed: str, meant: str, expected: bool) -> None:
    assert only_drops_marks(typed, meant) is expected
