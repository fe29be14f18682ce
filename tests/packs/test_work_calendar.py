"""Working days of the years of our deadlines, row by row."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from domain.calendar import OutsideCalendar, WorkCalendar
from packs.holidays import (
    DayKind,
    Override,
    check_overrides,
    check_overrides_file,
    load_overrides,
    work_calendar,
)
from packs.problems import PackError, ProblemCode


@pytest.fixture(scope="module")
def calendar() -> WorkCalendar:
    return work_calendar(2026, 2027)


BEFORE = [
    # X, the last working day strictly before it
    ("15/02/2026", "13/02/2026"),
    ("25/02/2026", "24/02/2026"),
    ("15/05/2026", "14/05/2026"),
    ("14/06/2026", "12/06/2026"),
    ("01/10/2026", "30/09/2026"),
    ("15/10/2026", "14/10/2026"),
    ("15/11/2026", "13/11/2026"),
    ("14/12/2026", "11/12/2026"),
    ("15/02/2027", "12/02/2027"),
    ("25/02/2027", "24/02/2027"),
    ("15/05/2027", "14/05/2027"),
    ("14/06/2027", "11/06/2027"),
    ("01/10/2027", "30/09/2027"),
    ("15/10/2027", "14/10/2027"),
    ("15/11/2027", "12/11/2027"),
    ("14/12/2027", "13/12/2027"),
]


def _day(text: str) -> date:
    day, month, year = text.split("/")
    return date(int(year), int(month), int(day))


@pytest.mark.parametrize(("limit", "expected"), BEFORE)
def test_last_working_day_before_a_deadline(
    calendar: WorkCalendar, limit: str, expected: str
) -> None:
    assert calendar.last_working_day_before(_day(limit)) == _day(expected)


@pytest.mark.parametrize("last", ["31/03/2026", "31/03/2027"])
def test_the_end_of_the_first_quarter_is_worked(calendar: WorkCalendar, last: str) -> None:
    assert calendar.is_working(_day(last))


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (0, "11/06/2027"),
        (1, "10/06/2027"),
        (3, "08/06/2027"),
        (7, "02/06/2027"),
        (14, "24/05/2027"),
        (30, "28/04/2027"),
    ],
)
def test_stages_before_14_june_2027(calendar: WorkCalendar, count: int, expected: str) -> None:
    assert calendar.working_days_back(_day("11/06/2027"), count) == _day(expected)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("01/01/2026", False),
        ("02/01/2026", False),  # ours: swapped
        ("10/01/2026", False),  # the Saturday named in exchange is not confirmed
        ("16/02/2026", False),
        ("23/02/2026", True),
        ("27/04/2026", False),
        ("22/08/2026", True),  # a Saturday worked
        ("31/08/2026", False),
        ("24/11/2026", False),
        ("24/11/2027", False),
        ("25/11/2026", True),
        ("29/11/2026", False),
    ],
)
def test_days_people_ask_about(calendar: WorkCalendar, day: str, worked: bool) -> None:
    assert calendar.is_working(_day(day)) is worked


def test_next_working_day_is_strictly_after(calendar: WorkCalendar) -> None:
    assert calendar.next_working_day(_day("30/04/2027")) == _day("04/05/2027")
    assert calendar.next_working_day(_day("04/05/2027")) == _day("05/05/2027")


@pytest.mark.parametrize("outside", ["31/12/2025", "01/01/2028"])
def test_days_outside_the_span_are_refused(calendar: WorkCalendar, outside: str) -> None:
    with pytest.raises(OutsideCalendar, match=f"{_day(outside)}"):
        calendar.is_working(_day(outside))


def test_counting_out_of_the_span_is_refused(calendar: WorkCalendar) -> None:
    with pytest.raises(OutsideCalendar, match="2025-12-31"):
        calendar.last_working_day_before(_day("02/01/2026"))
    with pytest.raises(OutsideCalendar, match="2028-01-01"):
        calendar.next_working_day(_day("31/12/2027"))


@pytest.mark.parametrize(("first", "last"), [(2027, 2026), (1999, 2026), (2026, 2101)])
def test_years_out_of_reach_are_refused(first: int, last: int) -> None:
    with pytest.raises(ValueError, match="no calendar from"):
        work_calendar(first, last)


def test_an_administrator_has_the_last_word() -> None:
    culture_day = Override(date=_day("24/11/2026"), day=DayKind.WORK, source="thử")
    strike = Override(date=_day("25/11/2026"), day=DayKind.OFF, source="thử")
    calendar = work_calendar(2026, 2026, overrides=(culture_day, strike))
    assert calendar.is_working(_day("24/11/2026"))
    assert not calendar.is_working(_day("25/11/2026"))
    assert calendar.is_working(_day("02/01/2026")), "our own table is replaced, not added to"


def test_our_own_table_has_no_problems_and_names_its_sources() -> None:
    assert check_overrides_file() == ()
    overrides = load_overrides()
    assert {f"{each.date:%d/%m/%Y}": each.day.value for each in overrides} == {
        "02/01/2026": "off",
        "22/08/2026": "work",
        "31/08/2026": "off",
        "24/11/2026": "off",
        "24/11/2027": "off",
    }
    assert all(each.source for each in overrides)


BROKEN_TABLE = """\
days:
  - date: 30/02/2026
    day: off
    source: x
  - date: 01/03/2026
    day: holiday
  - date: 01/04/2026
    day: off
    source: x
  - date: 01/04/2026
    day: work
    source: y
    reason: z
  - day: off
    source: x
"""


def test_a_broken_table_says_all_that_is_wrong() -> None:
    found = [(problem.line, problem.code) for problem in check_overrides(BROKEN_TABLE, "h.yaml")]
    assert found == [
        (2, ProblemCode.BAD_DATE),
        (5, ProblemCode.MISSING_KEY),
        (6, ProblemCode.UNKNOWN_VALUE),
        (10, ProblemCode.DUPLICATE_ID),
        (13, ProblemCode.UNKNOWN_KEY),
        (14, ProblemCode.MISSING_KEY),
    ]


def test_a_missing_table_is_a_named_error(tmp_path: Path) -> None:
    with pytest.raises(PackError) as caught:
        load_overrides(tmp_path / "none.yaml")
    assert caught.value.problems[0].code is ProblemCode.CANNOT_READ


def test_importing_packs_does_not_load_the_holidays_package() -> None:
    code = "import sys, packs, packs.holidays; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
