"""Dates and years as officers write them."""

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.understanding.dates import find_date, find_year, without_date

JAN_15 = date(2024, 1, 15)


@pytest.mark.parametrize(
    "typed",
    [
        "15/01/2024",
        "15/1/2024",
        "15-01-2024",
        "15.01.2024",
        "15.1.24",
        "15/1/24",
        "15 / 01 / 2024",
        "１５／０１／２０２４",
        "15–01–2024",
        "2024-01-15",
        "2024-1-15",
        "ngày 15/01/2024",
        "ký ngày 15/01/2024.",
        "15 tháng 1 năm 2024",
        "ngày 15 tháng 01 năm 2024",
        "Ngày 15 Tháng 1 Năm 2024",
        "ngay 15 thang 1 nam 2024",
        unicodedata.normalize("NFD", "ngày 15 tháng 1 năm 2024"),
        "15 tháng 1, 2024",
        "15 tháng 1/2024",
        "(15/01/2024)",
        "15/01/2024 và 20/02/2024",
        "12-NQ/ĐU ngày 15/01/2024",
    ],
)
def test_the_fifteenth_of_january(typed: str) -> None:
    assert find_date(typed) == JAN_15


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "15/01",
        "15 tháng 1",
        "tháng 1 năm 2024",
        "01/2024",
        "2024",
        "31/02/2024",
        "30/02/2024",
        "29/02/2023",
        "31/04/2024",
        "00/01/2024",
        "15/13/2024",
        "01/15/2024",
        "2024-13-01",
        "32 tháng 1 năm 2024",
        "15/01/0000",
        "15/01/20245",
        "115/01/2024",
        "15/01/202",
        "hôm qua",
        "12-NQ/ĐU",
        "05/2024/QĐ-UBND",
    ],
)
def test_what_is_no_day_or_cannot_be_one(typed: str) -> None:
    assert find_date(typed) is None


def test_the_29th_of_february_of_a_leap_year() -> None:
    assert find_date("29/02/2024") == date(2024, 2, 29)


@pytest.mark.fuzz
@given(
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    form=st.sampled_from(
        [
            "{0:%d/%m/%Y}",
            "{0.day}/{0.month}/{0.year}",
            "{0:%d.%m.%y}",
            "{0:%d-%m-%Y}",
            "{0:%Y-%m-%d}",
            "ngày {0.day} tháng {0.month} năm {0.year}",
        ]
    ),
    before=st.sampled_from(["", "ký ", "12-NQ/ĐU, "]),
    after=st.sampled_from(["", ".", " nhé"]),
)
def test_every_day_is_read_in_every_form(day: date, form: str, before: str, after: str) -> None:
    assert find_date(before + form.format(day) + after) == day


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("12-NQ/ĐU ngày 15/01/2024", "12-NQ/ĐU"),
        ("12-NQ/ĐU ký ngày 15/01/2024", "12-NQ/ĐU"),
        ("12-NQ/ĐU, ban hành 15/01/2024", "12-NQ/ĐU"),
        ("12-NQ/ĐU ngày 31/02/2024", "12-NQ/ĐU"),
        ("ngày 15 tháng 1 năm 2024: 12-NQ/ĐU", "12-NQ/ĐU"),
        ("15/01/2024", ""),
        ("12-NQ/ĐU", "12-NQ/ĐU"),
    ],
)
def test_a_text_without_its_date(typed: str, rest: str) -> None:
    assert without_date(typed) == rest


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("tình hình xã Mỹ Long Bắc năm 2024", 2024),
        ("năm 2024.", 2024),
        ("2024?", 2024),
        ("kết quả 2023 xã X", 2023),
        ("ngày 15/01/2024", None),
        ("2024-01-15", None),
        ("05/2024/QĐ-UBND", None),
        ("giai đoạn 2021-2025", None),
        ("1999", None),
        ("20245", None),
        ("2.024", None),
        ("xã Mỹ Long Bắc", None),
    ],
)
def test_a_year_standing_by_itself(typed: str, year: int | None) -> None:
    assert find_year(typed) == year
