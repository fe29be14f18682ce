"""Days as officers write them: 15/01/2024, 15-1-24, 15.1.2024, ngày 15 tháng 1 năm 2024."""

import re
from datetime import date

from handlers.understanding.text import plain

_FIGURES = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})(?!\d)")
_WORDS = re.compile(r"(?<!\d)(\d{1,2})\s*thang\s*(\d{1,2})\s*(?:nam\s*)?(\d{4})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_YEAR = re.compile(r"(?<![\d/.\-])(20\d{2})(?![\d/.\-])")
_THIS_CENTURY = 2000
_SHORT_YEAR = 100


def find_date(text: str) -> date | None:
    """The one day that a text names, day before month; None when there is none or it cannot be."""
    said = plain(text)
    if found := _ISO.search(said):
        return _day(int(found[3]), int(found[2]), int(found[1]))
    found = _FIGURES.search(said) or _WORDS.search(said)
    return _day(int(found[1]), int(found[2]), int(found[3])) if found else None


def find_year(text: str) -> int | None:
    """A year 20xx standing by itself ("năm 2024"); None when there is none."""
    found = _YEAR.search(text)
    return int(found[1]) if found else None


def _day(day: int, month: int, year: int) -> date | None:
    try:
        return date(year + _THIS_CENTURY if year < _SHORT_YEAR else year, month, day)
    except ValueError:
        return None


def without_date(text: str) -> str:
    """The text before the day it names and the word that leads to it: "12-NQ/ĐU ngày 1/2/2024"."""
    for pattern in (_ISO, _FIGURES):
        if found := pattern.search(text):
            return re.sub(r"(?i)[\s,;]*(?:ký\s+)?(?:ngày|ngay)?\s*$", "", text[: found.start()])
    return text
