"""A sheet as values: filled cells by row and column, and the kind of each value."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from handlers.documents import limits
from handlers.documents.problems import Defect, UnreadableWorkbook
from handlers.understanding.text import tidy

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})")
_RANGE: Final = re.compile(r"([A-Z]{1,3})([1-9]\d{0,6})(?::([A-Z]{1,3})([1-9]\d{0,6}))?")
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LETTERS: Final = 26
_MOST_WHOLE: Final = 10**15
"""Above it a spreadsheet's numbers are not exact."""
_BEFORE_1900: Final = datetime(1899, 12, 30)  # noqa: DTZ001  a sheet's days have no zone
_BEFORE_1904: Final = datetime(1904, 1, 1)  # noqa: DTZ001  as above
_MOST_DAYS: Final = 2_958_465
"""31/12/9999, the last day that a sheet can store."""


class CellKind(StrEnum):
    """The kind of value in a cell."""

    TEXT = "text"
    NUMBER = "number"
    DATE = "date"
    BOOLEAN = "boolean"
    ERROR = "error"
    FORMULA = "formula"
    TOO_LONG = "too_long"


@dataclass(frozen=True, slots=True)
class Cell:
    """A filled cell.

    `text`: NFC without extra spaces for TEXT; "1234" or "12.5" for NUMBER; yyyy-mm-dd for DATE; ""
    for the other kinds, whose content is not read.
    """

    kind: CellKind
    text: str = ""


@dataclass(frozen=True, kw_only=True)
class Merged:
    """A merged range: its name ("A2:B3") and its rows."""

    name: str
    first_row: int
    last_row: int


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The filled cells of a sheet: row number -> column number (A is 1) -> cell."""

    name: str
    rows: Mapping[int, Mapping[int, Cell]]
    merged: tuple[Merged, ...]


def column_letter(number: int) -> str:
    """A for 1, AB for 28."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, _LETTERS)
        letters = chr(ord("A") + rest) + letters
    return letters


def place_of(reference: str) -> tuple[int, int]:
    """(row, column) of "B5". Raises `UnreadableWorkbook`."""
    found = _REFERENCE.fullmatch(reference)
    if found is None:
        raise UnreadableWorkbook(Defect.DAMAGED)
    return _row(found[2]), _column(found[1])


def merged_range(reference: str) -> Merged:
    """A range from its name. Raises `UnreadableWorkbook`."""
    found = _RANGE.fullmatch(reference)
    if found is None:
        raise UnreadableWorkbook(Defect.DAMAGED)
    first = _row(found[2])
    last = _row(found[4]) if found[4] else first
    return Merged(name=reference, first_row=min(first, last), last_row=max(first, last))


def _row(digits: str) -> int:
    number = int(digits)
    if number > limits.LAST_ROW:
        raise UnreadableWorkbook(Defect.DAMAGED)
    return number


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    if number > limits.LAST_COLUMN:
        raise UnreadableWorkbook(Defect.DAMAGED)
    return number


def text_cell(raw: str) -> Cell | None:
    """A text cell, None if it contains only spaces."""
    if len(raw) > limits.MOST_READ_LETTERS:
        # Spaces at the end do not count; any other text of this length is too long for every
        # column.
        raw = raw[: limits.MOST_CELL_LETTERS].strip()
    if len(raw) > limits.MOST_READ_LETTERS:
        return Cell(CellKind.TOO_LONG)
    text = tidy(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), raw))
    return Cell(CellKind.TEXT, text) if text else None


def number_cell(raw: str, *, is_date: bool, from_1904: bool) -> Cell | None:
    """A number or a day; an error for a value that a sheet cannot store as one; None if blank."""
    text = raw.strip()
    if not text:
        return None
    try:
        number = float(text)
    except ValueError:
        return Cell(CellKind.ERROR)
    if not -_MOST_WHOLE < number < _MOST_WHOLE:  # infinity and "nan" fail as well
        return Cell(CellKind.ERROR)
    if is_date:
        return _date_cell(number, from_1904=from_1904)
    return Cell(CellKind.NUMBER, str(int(number)) if number.is_integer() else str(number))


def iso_date_cell(raw: str) -> Cell:
    """A day that the file itself stores as a date; its time of day is dropped."""
    try:
        day = datetime.fromisoformat(raw.strip()).date()
    except ValueError:
        return Cell(CellKind.ERROR)
    return Cell(CellKind.DATE, day.isoformat())


def _date_cell(number: float, *, from_1904: bool) -> Cell:
    if not 0 <= number < _MOST_DAYS:
        return Cell(CellKind.ERROR)
    begin = _BEFORE_1904 if from_1904 else _BEFORE_1900
    try:
        day = (begin + timedelta(days=int(number))).date()
    except OverflowError:
        return Cell(CellKind.ERROR)
    return Cell(CellKind.DATE, day.isoformat())
