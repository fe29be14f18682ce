"""Lists to download: who has joined and who has not, and the mistakes of a workbook."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from enum import StrEnum
from typing import Final

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from domain.people import Role
from handlers.documents.problems import Refused
from handlers.documents.sheets_out import (
    add_sheet,
    fit_height,
    new_book,
    put,
    put_head,
    to_bytes,
)
from locales import Words

_VIETNAM: Final = timezone(timedelta(hours=7))
_LIST_WIDTHS: Final = (44, 34, 26, 24, 26, 14, 14)
_SUMMARY_WIDTHS: Final = (44, 14, 14, 14, 48)
_PROBLEM_WIDTHS: Final = (18, 10, 10, 110)
_PROBLEM_LETTERS: Final = 115


class JoinState(StrEnum):
    """How far a person's joining is."""

    JOINED = "joined"
    INVITED = "invited"
    EXPIRED = "expired"
    NOT_INVITED = "not_invited"
    LOCKED = "locked"


@dataclass(frozen=True, kw_only=True)
class JoinRow:
    """One person in one post. `unit` is its label; the times are aware."""

    unit: str
    name: str
    handle: str
    role: Role
    state: JoinState
    joined_at: datetime | None = None
    code_expires_at: datetime | None = None


def joined_report(rows: Iterable[JoinRow], unit: str, now: datetime, words: Words) -> bytes:
    """The .xlsx: every person with the state of joining, and how many of how many in each unit.

    `unit` is the label of the unit that the report is about.
    """
    listed = tuple(rows)
    book, sheet = new_book(words.say("workbooks.sheet_joined"))
    keys = ("unit_name", "name", "handle", "role", "state", "joined_on", "code_expires")
    put_head(sheet, _titles(keys, words), _LIST_WIDTHS)
    for number, row in enumerate(listed, start=2):
        texts = (
            row.unit,
            row.name,
            row.handle,
            words.say("common.role", role=row.role),
            words.say("workbooks.state", state=row.state),
            _day(row.joined_at),
            _day(row.code_expires_at),
        )
        for column, text in enumerate(texts, start=1):
            put(sheet, number, column, text)
    _add_filter(sheet, len(keys), len(listed))
    summary = add_sheet(book, words.say("workbooks.sheet_summary"))
    counted = ("unit_name", "joined", "not_joined", "all")
    title = words.say("workbooks.report_title", unit=unit, at=now)
    put_head(summary, [*_titles(counted, words), title], _SUMMARY_WIDTHS)
    for number, (label, joined, all_) in enumerate(_counted(listed, words), start=2):
        put(summary, number, 1, label)
        for column, count in enumerate((joined, all_ - joined, all_), start=2):
            put(summary, number, column, count)
    return to_bytes(book)


def problems_report(refused: Refused, words: Words) -> bytes:
    """The .xlsx with every mistake of a refused workbook, for when a message cannot
    list them all.
    """
    book, sheet = new_book(words.say("workbooks.sheet_problems"))
    put_head(sheet, _titles(("place", "row", "column", "problem"), words), _PROBLEM_WIDTHS)
    for number, problem in enumerate(refused.problems, start=2):
        put(sheet, number, 1, problem.sheet)
        put(sheet, number, 2, problem.row or "")
        put(sheet, number, 3, problem.column)
        put(sheet, number, 4, problem.text)
        fit_height(sheet, number, problem.text, _PROBLEM_LETTERS)
    _add_filter(sheet, 4, len(refused.problems))
    return to_bytes(book)


def _titles(keys: Sequence[str], words: Words) -> list[str]:
    return [words.say(f"workbooks.column_{key}").partition(" (")[0] for key in keys]


def _add_filter(sheet: Worksheet, columns: int, rows: int) -> None:
    sheet.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows + 1}"


def _counted(rows: Sequence[JoinRow], words: Words) -> list[tuple[str, int, int]]:
    """(unit, joined, all): first all units together, then the units with the most
    people to join.
    """
    counts: dict[str, tuple[int, int]] = {}
    for row in rows:
        joined, all_ = counts.get(row.unit, (0, 0))
        counts[row.unit] = joined + (row.state is JoinState.JOINED), all_ + 1
    units = sorted(counts.items(), key=lambda one: one[1][0] - one[1][1])
    joined = sum(row.state is JoinState.JOINED for row in rows)
    whole = (words.say("workbooks.all_units"), joined, len(rows))
    return [whole, *((unit, *count) for unit, count in units)]


def _day(moment: datetime | None) -> str:
    return "" if moment is None else f"{moment.astimezone(_VIETNAM):%d/%m/%Y}"
