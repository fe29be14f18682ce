"""Which days are off in Viet Nam: weekends, the `holidays` package, and our corrections.

The package knows the public holidays and the swapped Saturdays published before its release; the
table in `holidays.yaml` (or an administrator's own file) overrides it day by day.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from pathlib import Path

from domain.calendar import WorkCalendar
from packs.nodes import Table, read_tree
from packs.problems import PackError, Problem, ProblemCode
from packs.reader import Reader
from packs.texts import text_of

OVERRIDES_FILE = Path(__file__).with_name("holidays.yaml")
FIRST_YEAR, LAST_YEAR = 2000, 2100
"""Years for which a calendar may be requested: before, we have no records; after, no holiday is
known.
"""

_SATURDAY = 5
_ONE_DAY = timedelta(days=1)


class DayKind(StrEnum):
    """How a correction changes a day."""

    OFF = "off"
    WORK = "work"


@dataclass(frozen=True, kw_only=True)
class Override:
    """One correction, and the document that orders it."""

    date: date
    day: DayKind
    source: str


def work_calendar(
    first_year: int, last_year: int, overrides: tuple[Override, ...] | None = None
) -> WorkCalendar:
    """The working days of whole years, both inclusive; without `overrides` our own table is read.
    Raises ValueError for years in the wrong order or out of range, `PackError` for a table that
    cannot be read.
    """
    if not FIRST_YEAR <= first_year <= last_year <= LAST_YEAR:
        raise ValueError(f"no calendar from {first_year} to {last_year}")
    first, last = date(first_year, 1, 1), date(last_year, 12, 31)
    holidays, worked_weekends = _vietnam(first_year, last_year)
    rest = (_weekends(first, last) | holidays) - worked_weekends
    for override in load_overrides() if overrides is None else overrides:
        if override.day is DayKind.OFF:
            rest.add(override.date)
        else:
            rest.discard(override.date)
    within = frozenset(day for day in rest if first <= day <= last)
    return WorkCalendar(rest_days=within, first=first, last=last)


def load_overrides(path: Path = OVERRIDES_FILE) -> tuple[Override, ...]:
    """The corrections of a file. Raises `PackError` with every problem in it."""
    overrides, problems = _read_file(path)
    if problems:
        raise PackError(problems)
    return overrides


def check_overrides_file(path: Path = OVERRIDES_FILE) -> tuple[Problem, ...]:
    """All problems of a table of corrections, by line."""
    return _read_file(path)[1]


def check_overrides(text: str, name: str) -> tuple[Problem, ...]:
    """Like `check_overrides_file`, for a text; `name` is the file name used in messages."""
    return _read(text, name)[1]


def _read_file(path: Path) -> tuple[tuple[Override, ...], tuple[Problem, ...]]:
    text, problem = text_of(path)
    return _read(text, path.name) if problem is None else ((), (problem,))


def _read(text: str, name: str) -> tuple[tuple[Override, ...], tuple[Problem, ...]]:
    tree, problems = read_tree(text, name)
    if tree is None:
        return (), problems
    reader = Reader(name, problems)
    if not isinstance(tree, Table):
        reader.report(tree.line, ProblemCode.WRONG_TYPE, name, "table")
        return (), tuple(reader.problems)
    reader.only(tree, ("days",))
    seen: dict[date, int] = {}
    overrides = []
    for table in reader.tables(tree, "days"):
        override = _override(table, reader)
        if override is None:
            continue
        line = table.line_of("date")
        if override.date in seen:
            when = f"{override.date:%d/%m/%Y}"
            reader.report(line, ProblemCode.DUPLICATE_ID, when, str(seen[override.date]))
        seen.setdefault(override.date, line)
        overrides.append(override)
    return tuple(overrides), tuple(sorted(reader.problems, key=lambda found: found.line))


def _override(table: Table, reader: Reader) -> Override | None:
    reader.only(table, ("date", "day", "source"))
    reader.text(table, "date")
    day = reader.day(table, "date") if reader.sound(table, "date") else None
    kind = reader.one_of(table, "day", DayKind, DayKind.OFF)
    source = reader.text(table, "source")
    return Override(date=day, day=kind, source=source) if day is not None else None


def _weekends(first: date, last: date) -> set[date]:
    days = (first + _ONE_DAY * count for count in range((last - first).days + 1))
    return {day for day in days if day.weekday() >= _SATURDAY}


def _vietnam(first_year: int, last_year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Public holidays, and weekend days worked in exchange, according to the package."""
    # Loading the package takes a quarter of a second and 20 MB, so only code that needs a calendar
    # loads it.
    from holidays import country_holidays

    known = country_holidays("VN", years=range(first_year, last_year + 1))
    return frozenset(known), frozenset(known.weekend_workdays)
