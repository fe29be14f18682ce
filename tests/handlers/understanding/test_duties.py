"""Duties by their names, and days without a year."""

from datetime import date

import pytest

from handlers.understanding.dates import last_such_day
from handlers.understanding.duties import duties_named, names_a_duty

WHATS = (
    "Xây dựng kế hoạch thực hiện và gửi về UBND tỉnh",
    "Báo cáo kết quả thực hiện 06 tháng",
    "Báo cáo kết quả thực hiện 01 năm",
)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("xã nào chưa nộp báo cáo 6 tháng", (1,)),
        ("chua nop so ket", (1,)),
        ("báo cáo cả năm", (2,)),
        ("tổng kết năm 2027", (2,)),
        ("báo cáo thực hiện kế hoạch", (1, 2)),
        ("kế hoạch", (0,)),
        ("chưa nộp gì", (0, 1, 2)),
    ],
)
def test_a_duty_is_named_by_its_kind(text: str, meant: tuple[int, ...]) -> None:
    assert duties_named(text, WHATS) == meant


def test_a_name_that_none_of_them_has_says_nothing() -> None:
    assert duties_named("báo cáo 6 tháng", WHATS[:1]) == (0,)
    assert names_a_duty("báo cáo 6 tháng")
    assert not names_a_duty("nộp rồi nhé")


@pytest.mark.parametrize(
    ("day", "month", "today", "meant"),
    [
        (3, 6, date(2027, 6, 8), date(2027, 6, 3)),
        (25, 12, date(2027, 1, 5), date(2026, 12, 25)),
        (9, 6, date(2027, 6, 8), date(2027, 6, 9)),
        (29, 2, date(2027, 6, 8), None),
    ],
)
def test_a_day_without_a_year_is_the_nearest(
    day: int, month: int, today: date, meant: date | None
) -> None:
    assert last_such_day(day, month, today) == meant
