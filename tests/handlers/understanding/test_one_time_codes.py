"""One-time codes as people type and paste them, and as their keyboards change them."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.one_time_codes import LENGTH, NUMBER, grouped, spelled
from handlers.understanding.keystrokes import MOST_WAYS
from handlers.understanding.one_time_codes import clearly_a_code, readings_of
from tests.handlers.understanding.keyboards import telex, vni

CODE = "ABCDEFGH23"
BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
CODES = [spelled(random.Random(seed).randrange(NUMBER)) for seed in range(3_000)]
OLD_CODES = ["".join(random.Random(seed).choices(BASE32, k=LENGTH)) for seed in range(3_000)]


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
        "ABCDE\nFGH23",
        "ABCDE\u00a0FGH23",
        "mã ABCDEFGH23",
        "mã là ABCDEFGH23",
        "mã của tôi là ABCDE-FGH23",
        "Mã: ABCDE FGH23 ạ",
        "dạ em gửi mã số ABCDEFGH23 nhé anh",
        "ABCDE-FGH23 đây ạ",
        "em vào bằng ABCDEFGH23 nhé",
        "mã tôi nhận được: «ABCDE-FGH23»",
        "https://antt.example/join#ABCDE-FGH23",
        "MÃ: ABCDEFGH23",
        unicodedata.normalize("NFD", "mã ABCDEFGH23"),
        "ma abcdefgh23",
        "code:abcdefgh23",
        "LIENKET ABCDEFGH23",
        "liên kết ABCDE-FGH23",
        " ABCDEFGH23\n",
        "ABCDEFGH23.",
        "“ABCDEFGH23”",
        "(ABCDE-FGH23)",
        "AB\u200bCDE\ufeff-FGH23",
        "ＡＢＣＤＥＦＧＨ２３",
    ],
)
@pytest.mark.parametrize("labelled", [False, True])
def test_a_code_is_found_whatever_stands_around_it(typed: str, labelled: bool) -> None:
    assert readings_of(typed, labelled=labelled)[0] == CODE


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "ABCDEFGH2",
        "ABCDEFGH234",
        "ABCDEFGH2Đ",
        "xin chào",
        "không có ạ",
        "đường trước",
        "ABCDE/FGH23",
        "45/BC-UBND",
        "12-NQ/ĐU ngày 20/01/2024",
        "1 0 2 5 3 4 4 6 5 2",
        "năm nay 12 vụ, năm trước 34 vụ",
    ],
)
def test_what_is_no_code(typed: str) -> None:
    assert readings_of(typed) == ()


@pytest.mark.parametrize(
    "typed",
    [
        "mã ABCDE-FGHIJ",
        "ma abcdefghij",
        "ABCDE FGHIJ",
        "abcde-fghij",
        "abcd2fghij",
        "code abcdefghij",
        "bcghklmnpq",
        "bcghk lmnpq",
    ],
)
def test_what_is_meant_as_a_code(typed: str) -> None:
    assert clearly_a_code(typed)


@pytest.mark.parametrize("typed", ["abcdefghij", "bo qua ca to", "trả lời câu", "mã", "12345"])
def test_what_may_be_words_is_no_code(typed: str) -> None:
    assert clearly_a_code(typed) == ()


def test_a_code_that_begins_like_the_word_for_it_is_whole() -> None:
    assert readings_of("MAQW34RT56")[0] == "MAQW34RT56"
    assert readings_of("ma MAQW34RT56")[0] == "MAQW34RT56"
    assert readings_of("LIENKETABC")[0] == "LIENKETABC"


@pytest.mark.fuzz
@given(st.text(BASE32, min_size=LENGTH, max_size=LENGTH).filter(lambda one: not one.isdecimal()))
def test_every_old_code_is_read_back(code: str) -> None:
    assert readings_of(f"mã {grouped(code).lower()}")[0] == code


@pytest.mark.parametrize("keyboard", [telex, lambda keys: telex(keys, quick=True), vni])
def test_no_keyboard_changes_a_code(keyboard) -> None:  # type: ignore[no-untyped-def]
    for code in CODES:
        for typed in (code, code.lower(), grouped(code), f"{code[:3]} {code[3:]}"):
            assert keyboard(typed) == typed


def test_the_keyboards_of_the_tests_change_what_real_ones_change() -> None:
    assert telex("dduowngf Vieejt Nam") == "đường Việt Nam"
    assert telex("BRTWD-JHASS") == "BRTƯD-JHAS"
    assert telex("canns kkoong", quick=True) == "cáng không"
    assert vni("d9uong72 Vie65t Nam") == "đường Việt Nam"


def test_an_old_code_is_found_after_the_keyboard_of_the_finding() -> None:
    assert "BRTWDJHASS" in readings_of("BRTƯD-JHÁ\u0301")


@pytest.mark.parametrize(
    ("keyboard", "shape", "share"),
    [
        (telex, grouped, 0.96),
        (telex, lambda code: grouped(code).lower(), 0.96),
        (telex, str, 0.85),
        (vni, grouped, 0.99),
        (vni, str, 0.94),
    ],
)
def test_most_old_codes_survive_the_keyboard(keyboard, shape, share) -> None:  # type: ignore[no-untyped-def]
    """The others lost keys: TELEX shows "OKAJS" and "OKAS" alike."""
    read = [code in readings_of(keyboard(shape(code)), labelled=True) for code in OLD_CODES]
    assert sum(read) >= share * len(OLD_CODES)


@pytest.mark.parametrize("keyboard", [telex, vni])
def test_an_old_code_of_which_no_key_was_lost_is_always_found(keyboard) -> None:  # type: ignore[no-untyped-def]
    for code in OLD_CODES:
        shown = keyboard(grouped(code))
        letters = unicodedata.normalize("NFD", shown.replace("-", ""))
        marks = len(letters) - sum(map(str.isalnum, letters))
        # Đ and W alone do not show how many keys made them.
        if len(letters) == LENGTH and marks <= 3 and not set("Đ\u031b") & set(letters):
            assert code in readings_of(shown, labelled=True), shown


def test_a_text_stands_for_few_enough_codes() -> None:
    """An old code has fifty bits: forty remain if one attempt tries all its readings."""
    texts = [*(telex(code) for code in OLD_CODES), "ƯƯƯSFRXJ", "ÁÉÍÓÚÝA", "ẤẾỐỚỨÝA"]
    assert max(len(readings_of(text, labelled=True)) for text in texts) <= MOST_WAYS == 2**10


@pytest.mark.parametrize(
    ("typed", "code"), [("0CGHK-1MN23", "QCGHKLMN23"), ("8CGHK-LMNZ3", "BCGHKLMN23")]
)
def test_letters_that_look_like_those_of_a_code_are_corrected(typed: str, code: str) -> None:
    assert code in readings_of(typed)
