"""Days of documents: written in figures or words, with or without the year, possible or not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from domain.replies import EARLIEST_DOCUMENT
from handlers.understanding.values.reasons import Reason

_MONTHS: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "may": 5, "jun": 6, "jul": 7, "aug": 8, "sep": 9,
    "oct": 10, "nov": 11, "dec": 12, "gieng": 1, "chap": 12,
}  # fmt: skip
_NAMES: Final = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_SIGN = r"\s?[/.\-]{1,2}\s?"
_YEAR = r"(?P<year>\d{4,5}|\d{2})"
_PATTERNS: Final = tuple(
    re.compile(rf"(?<![\w/.\-]){pattern}(?![\w/]|[.\-]\d)")
    for pattern in (
        r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})",
        rf"(?P<day>\d{{1,2}}){_SIGN}(?P<month>\d{{1,2}}){_SIGN}{_YEAR}",
        rf"(?P<day>\d{{1,2}})\s?[-/. ]\s?(?P<named>{_NAMES})[a-z]*\.?\s?[-/. ,]\s?{_YEAR}",
        rf"(?P<day>\d{{1,2}})\s?[-/. ]\s?t(?:h|hg"
        rf"|hang)?\.? ?(?P<month>\d{{1,2}})\s?[-/. ]\s?{_YEAR}",
        r"(?P<day>\d{1,2}) ?(?:[,/\-] ?)?(?:thang|thg|th) ?(?P<month>\d{1,2})"
        r" ?[,/\-]? ?(?:nam )?(?P<year>\d{4})",
        r"(?P<day>\d{1,2}) ?thang (?P<named>gieng|chap),? (?:nam )?(?P<year>\d{4})",
        r"(?P<day>\d{1,2}) ?(?:thang|thg|th) ?(?P<month>\d{1,2})(?: nam nay)?",
        r"(?P<day>\d{1,2}) ?thang (?P<named>gieng|chap)",
    )
)
_WITHOUT_YEAR: Final = re.compile(
    rf"(?<![\w/.\-])(?P<day>\d{{1,2}}){_SIGN.replace('.', '')}(?P<month>\d{{1,2}})(?![\w/.%]|-\d)"
    r"|(?<![\w/.\-])(?P<day2>\d{1,2})\.(?P<month2>\d{1,2})(?![\w/.%]|-\d)"
)
_NEAR: Final = re.compile(r"\b(?:hom|sang|trua|chieu|toi) (?P<near>qua|nay|kia)\b")
_DAYS_AGO: Final = {"nay": 0, "qua": 1, "kia": 2}
_INEXACT: Final = re.compile(
    r"\b(?:tuan|thang) (?:truoc|roi|nay|qua)\b|\b(?:dau|cuoi|giua|trong"
    r"|khoang) (?:thang|nam|tuan|quy)\b"
    r"|\bmung \w+(?: tet)?(?! \w*thang)|\btet\b|\bam lich\b|\bquy (?:i{1,3}|iv|\d)\b"
    r"|(?<!\d )\bthang \d{1,2}\b(?! nam \d{4} ngay)"
)
_BEFORE: Final = re.compile(
    r"(?:\b(?:ky|ban hanh|de|ra|de ngay|ky ngay)\s)?(?:\b(?:ngay|mung)\s?:?\s?){0,2}$"
)
_ABOUT: Final = re.compile(r"\b(?:khoang|tam|co|chung|hinh nhu|chac|dau do|xap xi)\s*$")
_THIS_CENTURY: Final = 2000
_SHORT_YEAR: Final = 2
_FULL_YEAR: Final = 4
_LEAP_YEAR: Final = 2024
"""A day that this year does not have exists in no year."""


@dataclass(frozen=True, kw_only=True)
class Day:
    """A day that a text names, or why it is none, and its place in `Saying.plain`."""

    day: date | None
    problem: Reason | None
    start: int
    end: int


@dataclass(frozen=True, kw_only=True)
class When:
    """What decides about a day: `today`, and the `year` of a document that names none; None if its
    year is not known.
    """

    today: date
    year: int | None


def days_in(plain: str, when: When) -> tuple[Day, ...]:
    """Every day that a text names, in order. `plain` is `Saying.plain`."""
    found: list[Day] = []
    taken = plain
    for match in _matches(plain):
        start, end = match.span()
        if taken[start:end] != plain[start:end]:
            continue
        taken = taken[:start] + "\0" * (end - start) + taken[end:]
        before = _BEFORE.search(plain[:start])
        begins = before.start() if before else start
        day, problem = _read(match, when)
        lunar = plain[end:].lstrip().startswith(("am lich", "am", "tet"))
        if day is not None and (lunar or _ABOUT.search(plain[:begins])):
            day, problem = None, Reason.AMBIGUOUS
        found.append(Day(day=day, problem=problem, start=begins, end=end))
    return tuple(sorted(found, key=lambda one: one.start))


def is_inexact(plain: str) -> bool:
    """Whether the text tells of a time without its day: "tuần trước", "đầu tháng 1"."""
    return _INEXACT.search(plain) is not None


def _matches(plain: str) -> Iterator[re.Match[str]]:
    for pattern in (*_PATTERNS, _NEAR, _WITHOUT_YEAR):
        yield from pattern.finditer(plain)


def _read(match: re.Match[str], when: When) -> tuple[date | None, Reason | None]:
    parts = match.groupdict()
    if near := parts.get("near"):
        return when.today - timedelta(days=_DAYS_AGO[near]), None
    day = int(parts.get("day") or parts["day2"])
    named = parts.get("named")
    month = _MONTHS[named] if named else int(parts.get("month") or parts["month2"])
    if _day(day, month, _LEAP_YEAR) is None:
        return None, Reason.IMPOSSIBLE_DATE
    year = parts.get("year")
    return _in_no_year(day, month, when) if year is None else _in_year(day, month, year, when)


def _in_no_year(day: int, month: int, when: When) -> tuple[date | None, Reason | None]:
    if when.year is None:
        return None, Reason.UNCLEAR_YEAR
    meant = _day(day, month, when.year)
    if meant is None:
        return None, Reason.IMPOSSIBLE_DATE
    return (meant, None) if meant <= when.today else (None, Reason.UNCLEAR_YEAR)


def _in_year(day: int, month: int, year: str, when: When) -> tuple[date | None, Reason | None]:
    if len(year) not in (_SHORT_YEAR, _FULL_YEAR):
        return None, Reason.UNCLEAR_YEAR
    century = _THIS_CENTURY if len(year) == _SHORT_YEAR else 0
    meant = _day(day, month, century + int(year))
    if meant is None:
        return None, Reason.IMPOSSIBLE_DATE
    if meant < EARLIEST_DOCUMENT:
        return None, Reason.UNCLEAR_YEAR
    return (meant, None) if meant <= when.today else (None, Reason.FUTURE_DATE)


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
