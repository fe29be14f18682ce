"""One or several entries of a register as they are typed and said back.

"Tổ tự quản (từ 2021)", "Camera an ninh (từ 01/03/2022, đến 30/06/2024; QĐ 12/QĐ-UBND ngày
28/02/2022)". Semicolons and lines separate entries. Commas do too if every part begins with a
capital letter; otherwise a comma may be part of a name ("phòng, chống tội phạm"), which is asked.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.registers import RegisterEntry
from handlers.understanding.dates import find_date, find_year
from handlers.understanding.text import fold, tidy


@dataclass(frozen=True, kw_only=True)
class Named:
    """The entries that a text names."""

    entries: tuple[RegisterEntry, ...]


@dataclass(frozen=True, kw_only=True)
class CommaDoubt:
    """The names if every comma separates; the whole text may also be one name."""

    apart: tuple[str, ...]
    whole: str


@dataclass(frozen=True, kw_only=True)
class NotPossible:
    """An entry that would end before it begins."""

    name: str


EntryText = Named | CommaDoubt | NotPossible

_SEPARATORS: Final = re.compile(r"[;\n]+(?![^()]*\))")
"""Outside brackets: the details of an entry stand in brackets."""
_COMMAS: Final = re.compile(r",(?![^()]*\))")
_BULLET: Final = re.compile(r"^\s*(?:[-•*+]\s*|\d{1,2}[.)](?!\d)\s*)")
_COUNT_AHEAD: Final = re.compile(r"^\s*(?P<count>\d{1,2})\s[^:;\n]{1,60}:\s*(?=\S)")
"""A number of models and a colon: "3 mô hình: A; B; C"."""
_QUOTED: Final = re.compile(r"^[\"“”]([^\"“”]+)[\"“”]$")
_DETAILS: Final = re.compile(r"\s*\((?P<details>[^()]+)\)\s*$")
_SINCE: Final = re.compile(
    r"\b(?:từ|tu|since|thành lập|thanh lap)\b(?P<rest>[^,;]*)", re.IGNORECASE
)
_UNTIL: Final = re.compile(
    r"\b(?:đến|den|until|kết thúc|ket thuc)\b(?P<rest>[^,;]*)", re.IGNORECASE
)
_DECISION: Final = re.compile(
    r"\b(?:qđ|quyết định|decision)\s+(?:số\s+)?"
    r"(?P<number>[^\s;,]*\d[^\s;,]*/[^\s;,]+)(?P<rest>[^,;]*)",
    re.IGNORECASE,
)

_NOTE: Final = re.compile(r"\b(?:ghi chú|ghi chu|note)\s*:?\s*(?P<rest>[^;]*)", re.IGNORECASE)


def read_entries(text: str) -> EntryText | None:
    """The entries that a text names; None if it has no letter."""
    ahead = _COUNT_AHEAD.match(text)
    listed = text[ahead.end() :] if ahead else text
    parts = _parts(_SEPARATORS, listed)
    if len(parts) == 1:
        parts = apart = _parts(_COMMAS, parts[0])
        counted = ahead is not None and int(ahead["count"]) == len(apart)
        if len(apart) > 1 and not counted and not all(map(_begins_a_name, apart)):
            return CommaDoubt(apart=apart, whole=tidy(listed))
    try:
        entries = tuple(_entry(part) for part in parts)
    except ValueError:
        return NotPossible(name=parts[0])
    return Named(entries=not_known(entries, ())) if entries else None


def not_known(
    entries: tuple[RegisterEntry, ...], known: tuple[RegisterEntry, ...]
) -> tuple[RegisterEntry, ...]:
    """The entries whose names are not in the register yet; each name once."""
    seen = {fold(one.name) for one in known}
    new = []
    for one in entries:
        if fold(one.name) not in seen:
            seen.add(fold(one.name))
            new.append(one)
    return tuple(new)


def _parts(separator: re.Pattern[str], text: str) -> tuple[str, ...]:
    # Quotation marks keep a name with commas together.
    found = [text] if _QUOTED.match(text.strip()) else separator.split(text)
    parts = (tidy(_BULLET.sub("", part)).strip(" .,") for part in found)
    return tuple(part for part in parts if any(letter.isalpha() for letter in part))


def _begins_a_name(part: str) -> bool:
    return part[:1].isupper()


def _entry(part: str) -> RegisterEntry:
    """Raises ValueError for an entry that would end before it begins."""
    quoted = _QUOTED.match(part)
    part = quoted[1] if quoted else part
    found = _DETAILS.search(part)
    details = found["details"] if found else ""
    note = _NOTE.search(details)
    details = _NOTE.sub("", details)
    since, until = _SINCE.search(details), _UNTIL.search(details)
    decision = _DECISION.search(details)
    if found is None or not (since or until or decision or note):
        return RegisterEntry(name=part)
    begun = find_date(since["rest"]) if since else None
    year = begun.year if begun else find_year(since["rest"]) if since else None
    return RegisterEntry(
        name=part[: found.start()].strip(),
        since_year=year,
        since_on=begun,
        ended_on=last_day(until["rest"]) if until else None,
        decision_number=decision["number"] if decision else "",
        decision_date=find_date(decision["rest"]) if decision else None,
        note=note["rest"].strip() if note else "",
    )


def last_day(text: str) -> date | None:
    """The day, or the last day of the year, that a text names."""
    year = find_year(text)
    return find_date(text) or (date(year, 12, 31) if year else None)
