"""Small parsers for what an administrator types: lines, handles, dates, years, times."""

import re
from datetime import date, time

from handlers.understanding.dates import find_date, find_year
from handlers.understanding.text import plain, tidy
from handlers.understanding.typed import typed

HANDLE = r"[a-z0-9](?:[a-z0-9-]{0,38}[a-z0-9])?"
"""A short name as commands take it: 1 to 40 lower-case letters, digits and hyphens."""

_SEPARATOR = re.compile(r"[;\n]+")
_BULLET = re.compile(r"^\s*(?:[-•*+]\s*|\d{1,3}[.)]\s+)")
_TIME = re.compile(r"(?<!\d)(\d{1,2})\s*(?:[:hg]\s*(\d{2})?|gio\s*(\d{2})?)(?!\d)")
_OPEN_END = frozenset({"khong", "khong thoi han", "khong han", "no end", "none", "no"})
FIRST_YEAR, LAST_YEAR = 2020, 2099


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a list without bullets and numbers; semicolons also separate lines."""
    parts = (_BULLET.sub("", part) for part in _SEPARATOR.split(text))
    return tuple(line for part in parts if (line := tidy(part).strip(" .,")))


def year_in(text: str) -> int | None:
    """The one year that the text is ("2027", "năm 2027"), or None."""
    year = find_year(text)
    return year if year is not None and FIRST_YEAR <= year <= LAST_YEAR else None


def day_in(text: str) -> date | None:
    """The day that the text names, or None."""
    return find_date(typed(text))


def says_no_end(text: str) -> bool:
    """Whether the text says that there is no last day."""
    return plain(typed(text)).strip(" .!") in _OPEN_END


def times_in(text: str) -> tuple[time, ...]:
    """The times of day in a text: "21h30 - 6:00" is 21:30 and 06:00; impossible ones
    are left out.
    """
    found = []
    for hour, minute, other in _TIME.findall(plain(typed(text))):
        try:
            found.append(time(int(hour), int(minute or other or 0)))
        except ValueError:
            continue
    return tuple(found)
