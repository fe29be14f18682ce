"""One line that answers several questions: what is read from it, and what never is."""

from datetime import date

import pytest

from domain.answers import NOTHING_GIVEN
from domain.criteria import Sensitivity
from domain.pages import in_order
from handlers.understanding.line_replies import Aside, Given, Question
from handlers.understanding.several import MOST_WORDS, Line, read_line
from tests.domain.tra_vinh import CRITERIA, YEAR

CLAIMS = ("Có, đề nghị xét bất khả kháng", "Không")
ITEMS = {item.id: item for item in CRITERIA.part("I").items}


def questions(item: str) -> dict[int, Question]:
    return {
        number: Question(requirement=row, draft=NOTHING_GIVEN, year=YEAR, force_majeure=CLAIMS)
        for number, row in enumerate(in_order(ITEMS[item], Sensitivity.RED), start=1)
    }


def read(item: str, text: str) -> Line:
    line = read_line(questions(item), text)
    assert line is not None, text
    return line


def short(told: Given) -> object:
    """The values alone: (0,), (0, "12-NQ/ĐU", date)."""
    return told if isinstance(told, Aside) else tuple(value for _, value in told)


def values(item: str, text: str) -> dict[int, object]:
    line = read(item, text)
    assert (line.unclear, line.contradictory, line.unknown) == ((), (), ()), text
    return {number: short(told) for number, told in line.given.items()}


@pytest.mark.parametrize(
    ("item", "text", "told"),
    [
        ("I.1", "1 có 2 có 3 không", {1: (0,), 2: (0,), 3: (0,)}),
        ("I.1", "1: có, 2: chưa; 3 - không", {1: (0,), 2: (1,), 3: (0,)}),
        ("I.1", "1c 2c 3k", {1: (0,), 2: (0,), 3: (0,)}),
        ("I.1", "1có2có3không", {1: (0,), 2: (0,), 3: (0,)}),
        ("I.1", "1. có 2) có (3) khong", {1: (0,), 2: (0,), 3: (0,)}),
        ("I.1", "câu 1 có, câu 2 có", {1: (0,), 2: (0,)}),
        ("I.1", "dạ 1 có ạ", {1: (0,)}),
        ("I.1", "1 - 2 có", {1: (0,), 2: (0,)}),
        ("I.1", "từ 1 đến 2 có", {1: (0,), 2: (0,)}),
        ("I.1", "tất cả có", {1: (0,), 2: (0,)}),
        ("I.1", "tất cả có trừ 2", {1: (0,), 2: (1,)}),
        ("I.1", "tat ca co, tru 1 va 2: khong, 3 khong", {1: (1,), 2: (1,), 3: (0,)}),
        ("I.1", "2 chưa, còn lại có", {1: (0,), 2: (1,)}),
        ("I.1", "1 có 3 có 1, 4 mật", {1: (0,), 3: (1, 1), 4: (1,)}),
        ("I.1", "3 có 1 có", {3: (1,), 1: (0,)}),
        ("I.1", "3 có 2", {3: (1, 2)}),
        ("I.1", "3 có 2 người 1 có", {3: (1, 2), 1: (0,)}),
        ("I.1", "4 mật", {4: (1,)}),
        ("I.1", "4 chưa có 5 có", {4: (2,), 5: (0,)}),
        ("I.1", "4 12/NQ-ĐU 05/01/2024", {4: (0, "12/NQ-ĐU", date(2024, 1, 5))}),
        (
            "I.1",
            "4 12-NQ/ĐU ngày 5 tháng 1 năm 2024 5 mật",
            {4: (0, "12-NQ/ĐU", date(2024, 1, 5)), 5: (1,)},
        ),
        ("I.1", "1 có\n2 chưa\n3 không", {1: (0,), 2: (1,), 3: (0,)}),
        ("I.2", "tất cả đạt", dict.fromkeys(range(1, 7), (0,))),
        ("I.3", "3 12/15", {3: (15, 12)}),
        ("I.3", "3 12 trong 15", {3: (15, 12)}),
        ("I.3", "3 0", {3: (0,)}),
        ("I.3", "1 đ 2 k 3 15/15", {1: (0,), 2: (0,), 3: (15, 15)}),
        ("I.3", "1 cđ", {1: (1,)}),
        ("I.5", "3 3 so với 4", {3: (4, 3)}),
        ("I.5", "3 3;4", {3: (4, 3)}),
        ("I.5", "3 năm 2024 3, năm 2023 4", {3: (4, 3)}),
        ("I.5", "3 năm trước 4 năm nay 3", {3: (4, 3)}),
        ("I.5", "5 8;10, chết 1;0, bị thương 3;4", {5: (10, 8, 0, 1, 4, 3)}),
        ("I.5", "5 0;10, chết 0;2, bị thương 0;4", {5: (10, 0, 2, 4)}),
        ("I.5", "6 5;4 bất khả kháng 7 5;4 không bkk", {6: (4, 5, 0), 7: (4, 5, 1)}),
        ("I.6", "10 3 11 5/6", {10: (3,), 11: (6, 5)}),
        ("I.6", "14 Tổ tự quản số 3; Camera 5 hộ", {14: (("Tổ tự quản số 3", "Camera 5 hộ"),)}),
        ("I.6", "14 Tổ tự quản\nCamera\n5 có", {14: (("Tổ tự quản", "Camera"),), 5: (0,)}),
        ("I.6", "1,2,4 có 3 không", {1: (0,), 2: (0,), 4: (0,), 3: (1,)}),
        ("I.8", "6 c", {6: (2,)}),
        ("I.8", "5 b 12/QĐ-CAT 05/02/2024", {5: (1, "12/QĐ-CAT", date(2024, 2, 5))}),
        ("I.8", "1 không áp dụng 2 bỏ qua", {1: Aside.NOT_APPLICABLE, 2: Aside.SKIP}),
        ("I.8", "tất cả bỏ qua", dict.fromkeys(range(1, 7), Aside.SKIP)),
    ],
)
def test_what_a_line_says(item: str, text: str, told: dict[int, object]) -> None:
    assert values(item, text) == told


@pytest.mark.parametrize(
    ("item", "text", "given", "unclear"),
    [
        ("I.1", "1 có 2 xyz 3 không", {1, 3}, (2,)),
        # One figure without the other, or both without saying which is which.
        ("I.3", "1 đạt 3 15", {1}, (3,)),
        ("I.5", "3 8", set(), (3,)),
        ("I.5", "3 8/10", set(), (3,)),
        ("I.5", "3 8 so với 2023", set(), (3,)),
        # After figures that are not read, the next number may be one of them.
        ("I.5", "3 3 4 1 không", set(), (1, 3)),
        # Casualties in a year without accidents, a claim although the figures fell.
        ("I.5", "5 0;10, chết 2;2, bị thương 0;4", set(), (5,)),
        ("I.5", "6 3;4 bất khả kháng", set(), (6,)),
        # The name of a model, or the next question.
        ("I.6", "14 Tổ tự quản 5 có", set(), (5, 14)),
        # "Có" to the question whether it was met may mean that something happened.
        ("I.3", "1 có 2 không", {2}, (1,)),
        # "Không" has opposite meanings for the two kinds.
        ("I.1", "tất cả không", set(), (1, 2, 3, 4, 5)),
        # A digit is not a choice.
        ("I.1", "1 1 2 2", set(), (1, 2)),
        # One resident or the next question: it cannot be known.
        ("I.1", "3 có 1, 2 có", {2}, (1, 3)),
        ("I.6", "1-10 có", set(range(1, 10)), (10,)),
        # Half a date: its day may be the next question, which then has no reply.
        ("I.1", "4 12-NQ/ĐU 5 tháng 1", {4}, (5,)),
    ],
)
def test_what_is_not_sure_is_asked(
    item: str, text: str, given: set[int], unclear: tuple[int, ...]
) -> None:
    line = read(item, text)
    assert (set(line.given), line.unclear) == (given, unclear)


def test_what_is_told_twice_and_differently_is_not_taken() -> None:
    line = read("I.1", "1 có 2 có 1 không")
    assert (set(line.given), line.contradictory) == ({2}, (1,))
    assert values("I.1", "1 có 2 có 1 có") == {1: (0,), 2: (0,)}


def test_a_number_that_is_not_asked_is_told() -> None:
    line = read("I.1", "1 có 9 có")
    assert (set(line.given), line.unknown) == ({1}, (9,))


@pytest.mark.parametrize(
    "text", ["", "có", "tình hình xã Vĩnh Kim", "menu", "đã nộp N3", "bỏ qua", "xã 5 đạt chưa", "?"]
)
def test_other_words_are_no_line(text: str) -> None:
    assert read_line(questions("I.1"), text) is None


def test_all_leaves_open_what_the_word_means_the_opposite_of() -> None:
    assert set(values("I.1", "tất cả có")) == {1, 2}
    assert set(values("I.2", "tất cả có")) == {1, 2, 3}, "“có” does not say that it was met"
    assert 2 not in values("I.7", "tất cả có 1 có"), "a fact that only he knows"


def test_a_secret_document_keeps_nothing_of_what_was_said() -> None:
    line = read("I.1", "4 12-NQ/ĐU tối mật")
    assert short(line.given[4]) == (1,)
    assert line.secret == {4}
    assert line.free == ()
    assert read("I.1", "4 mật 1 có").free == ()


def test_free_words_are_given_out_to_be_looked_at() -> None:
    assert read("I.1", "1 có 4 12-NQ/ĐU 05/01/2024").free == ("12-NQ/ĐU 05/01/2024",)
    assert any("0912345678" in text for text in read("I.1", "1 có 2 gọi 0912345678").free)
    assert read("I.5", "3 3;4 6 0;1 1 không").free == ()


def test_where_a_figure_may_not_be_told_it_is_not_read() -> None:
    asked = {3: Question(
        requirement=CRITERIA.requirement("I.1.e"),
        draft=NOTHING_GIVEN,
        year=YEAR,
        force_majeure=CLAIMS,
        figure=False,
    )}  # fmt: skip
    line = read_line(asked, "3 có 2")
    assert line is not None
    assert (line.given, line.unclear) == ({}, (3,))


def test_a_long_line_is_not_worked_on() -> None:
    assert read_line(questions("I.6"), "10 1 " * MOST_WORDS) is None
