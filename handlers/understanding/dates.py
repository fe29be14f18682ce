"""Dates as officers write them: 15/01/2024, 15-1-24, 15.1.2024, ngày 15 tháng 1 năm 2024."""

import re
from datetime import date

from handlers.understanding.typed import typed

_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(
    r"(?<!\d)(\d{1,2})\s*th[aá]ng\s*(\d{1,2})\s*[,/]?\s*(?:n[aă]m\s*)?(\d{4})(?!\d)", re.IGNORECASE
)
_DAY_MONTH = re.compile(
    r"(?<![\d/.\-])(\d{1,2})(?:\s*/\s*|\s*th[aá]ng\s*)(\d{1,2})(?![\d/.\-])", re.IGNORECASE
)
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<![\d/.\-])(20\d{2})(?![\d/\-]|\.\d)")
_LEADING = re.compile(
    r"[\s,;(]*(?:(?:ký|ky|ban hành|ban hanh)\s+)?(?:ngày|ngay)?\s*$", re.IGNORECASE
)
_THIS_CENTURY = 2000
_LEAP_YEAR = 2024
"""A date that this year does not have exists in no year."""
_SHORT_YEAR = 2
"""Digits of a short year."""


def find_date(text: str) -> date | None:
    """The first date that a text names, day before month; None if it names none, or one that does
    not exist (31/02).
    """
    found = _first(typed(text))
    if found is None:
        return None
    day, month, year = found.groups() if found.re is not _ISO else reversed(found.groups())
    century = _THIS_CENTURY if len(year) == _SHORT_YEAR else 0
    return _day(int(day), int(month), century + int(year))


def find_day_month(text: str) -> tuple[int, int] | None:
    """A day and month without a year ("3/6", "3 tháng 6"); None if there is none."""
    found = _DAY_MONTH.search(typed(text))
    if found is None or _day(int(found[1]), int(found[2]), _LEAP_YEAR) is None:
        return None
    return int(found[1]), int(found[2])


def without_day_month(text: str) -> str:
    """The text without such a date and the word before it."""
    said = typed(text)
    found = _DAY_MONTH.search(said)
    if found is None:
        return said
    return f"{_LEADING.sub('', said[: found.start()])} {said[found.end() :].strip()}".strip()


def last_such_day(day: int, month: int, today: date) -> date | None:
    """The date nearest to `today` in this year or the last; None if it does not exist.

    "25/12" said in January is of the last year; "3/6" said on 2 June is a mistake.
    """
    this, before = _day(day, month, today.year), _day(day, month, today.year - 1)
    found = [one for one in (this, before) if one is not None]
    return min(found, key=lambda one: abs((one - today).days), default=None)


def find_year(text: str) -> int | None:
    """A year 20xx that is not part of a date ("năm 2024"); None if there is none."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def without_date(text: str) -> str:
    """The text without the date it names and the word before it, even if the date does not exist:
    "12-NQ/ĐU ngày 31/2/2024" is "12-NQ/ĐU".
    """
    said = typed(text)
    found = _first(said)
    if found is None:
        return said
    before = _LEADING.sub("", said[: found.start()])
    after = said[found.end() :].lstrip(" ,;.:-)")
    return f"{before} {after}".strip()


def _first(said: str) -> re.Match[str] | None:
    matches = (pattern.search(said) for pattern in (_ISO, _FIGURES, _WORDS))
    return min(filter(None, matches), key=re.Match.start, default=None)


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
