"""Reads the sheet of units: the official list cannot change, but departments may be added.

No registry gives codes to sở, ban, ngành, so the administrator or the program gives them ("40-11":
the province, then a number).
"""

import re
from collections.abc import Sequence
from itertools import count
from typing import Final

from domain.units import Level, Unit, UnitId, UnitKind
from handlers.documents.cells import Cell, CellKind
from handlers.documents.problems import RowProblem
from handlers.documents.table import (
    Column,
    Complaints,
    TableRow,
    find_sheet,
    letters_of,
    quoted,
    read_rows,
)
from handlers.documents.unit_names import UnitNames
from handlers.documents.workbook import Workbook
from handlers.understanding.text import plain, words_of
from locales import Words

DEPARTMENT_NAME_LIMIT: Final = 120
"""Letters: "Sở Nông nghiệp và Môi trường" has 28."""

MOST_DEPARTMENTS: Final = 500
"""A province has some twenty departments, and as many unions and associations."""

_CODE: Final = re.compile(r"(?=.*[^\d])[A-Za-z0-9][A-Za-z0-9\-]{0,11}")
"""Never only digits: those are codes of the Statistics Office."""
_OFFICIAL_WORDS: Final = (
    ("xa",),
    ("phuong",),
    ("thi", "tran"),
    ("dac", "khu"),
    ("huyen",),
    ("quan",),
    ("thi", "xa"),
    ("thanh", "pho"),
)
"""A name that begins with one of these words means a unit of the official list, even if the list
does not have it. "Tỉnh" is not one: Tỉnh ủy and Tỉnh đoàn begin with it.
"""


def unit_columns(words: Words) -> tuple[Column, ...]:
    """The columns of the sheet of units."""
    return (
        Column(
            key="unit",
            title=words.say("workbooks.column_unit_name"),
            most_letters=DEPARTMENT_NAME_LIMIT,
        ),
        Column(key="code", title=words.say("workbooks.column_code"), required=False),
        Column(key="kind", title=words.say("workbooks.column_kind"), required=False),
    )


def read_departments(
    book: Workbook, units: Sequence[Unit], words: Words
) -> tuple[tuple[Unit, ...], list[RowProblem]]:
    """The departments that the sheet of units adds, and the mistakes in it.

    A workbook without that sheet adds none. `units` as for `read_people`.
    """
    title = words.say("workbooks.sheet_units")
    sheet = find_sheet(book, title)
    if sheet is None:
        return (), []
    complaints = Complaints(title, words)
    reader = _Reader(complaints, units)
    columns = unit_columns(words)
    for row in read_rows(sheet, columns, complaints, others=True):
        reader.take(row, columns)
    return tuple(reader.added), sorted(complaints.found, key=lambda one: one.row)


class _Reader:
    def __init__(self, complaints: Complaints, units: Sequence[Unit]) -> None:
        self.added: list[Unit] = []
        self._complaints = complaints
        self._kind = letters_of(complaints.words.say("common.kind", kind=UnitKind.DEPARTMENT))
        self._names = UnitNames(units, complaints.words)
        self._province = next(one for one in units if one.level is Level.PROVINCE)
        self._codes = {one.code.casefold() for one in units}
        self._titles: dict[str, int] = {}

    def take(self, row: TableRow, columns: Sequence[Column]) -> None:
        """One row: a unit of the list, a new department, or a mistake."""
        unit_column, code_column, kind_column = columns
        before = len(self._complaints.found)
        name = self._complaints.text(row, unit_column)
        code = self._complaints.text(row, code_column)
        kind = self._complaints.text(row, kind_column)
        if not name or len(self._complaints.found) > before:
            return
        listed = self._names.find(Cell(CellKind.TEXT, name)).unit
        if listed is not None:
            self._check_listed(row, listed, code)
        elif (kind and letters_of(kind) != self._kind) or (not kind and _is_official(name)):
            self._complaints.add(row.number, "unit_not_listed", "unit", text=quoted(name))
        elif self._is_new(row, name) and self._is_code(row, code):
            self._add(name, code)

    def _check_listed(self, row: TableRow, unit: Unit, code: str) -> None:
        if code and self._names.find(row.cells["code"]).unit != unit:
            self._complaints.add(
                row.number,
                "code_of_other",
                "code",
                unit=self._names.labels[unit.id],
                code=unit.code,
            )

    def _is_new(self, row: TableRow, name: str) -> bool:
        first = self._titles.setdefault(plain(name), row.number)
        if first != row.number:
            self._complaints.add(row.number, "department_twice", "unit", other=first)
        elif len(self._titles) > MOST_DEPARTMENTS:
            self._complaints.add(row.number, "too_many_departments", limit=MOST_DEPARTMENTS)
        else:
            return True
        return False

    def _is_code(self, row: TableRow, code: str) -> bool:
        if not code:
            return True
        if _CODE.fullmatch(code) is None:
            self._complaints.add(row.number, "code_wrong", "code", example=self._free_code())
        elif code.casefold() in self._codes:
            self._complaints.add(row.number, "code_taken", "code", example=self._free_code())
        else:
            return True
        return False

    def _add(self, name: str, code: str) -> None:
        code = code or self._free_code()
        self._codes.add(code.casefold())
        self.added.append(
            Unit(
                id=UnitId(self._province.structure, code),
                kind=UnitKind.DEPARTMENT,
                name=name,
                parent=self._province.code,
                province=self._province.code,
            )
        )

    def _free_code(self) -> str:
        codes = (f"{self._province.code}-{number:02}" for number in count(1))
        return next(code for code in codes if code not in self._codes)


def _is_official(name: str) -> bool:
    begin = tuple(word.plain for word in words_of(name)[:2])
    return any(begin[: len(word)] == word for word in _OFFICIAL_WORDS)
