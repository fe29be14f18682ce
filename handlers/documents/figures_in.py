"""Reads the workbook of figures of earlier years: either all of it is correct, or every mistake is
listed.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from domain.criteria import Requirement
from domain.replies import EARLIEST_DOCUMENT, MOST_CASES
from domain.units import Unit, UnitId
from handlers.documents.cells import Cell, CellKind
from handlers.documents.figures import (
    FigureColumn,
    FigureYears,
    Measure,
    figure_columns,
    source_columns,
    unit_column,
)
from handlers.documents.problems import (
    Refused,
    RowProblem,
    UnreadableWorkbook,
    whole_file,
)
from handlers.documents.table import (
    Column,
    Complaints,
    TableRow,
    find_sheet,
    quoted,
    read_rows,
)
from handlers.documents.unit_cells import read_unit
from handlers.documents.unit_names import UnitNames
from handlers.documents.workbook import Workbook
from handlers.understanding.dates import find_date
from locales import Words

_WHOLE: Final = re.compile(r"\d{1,3}(?:[. ]\d{3})+|\d{1,9}", re.ASCII)
_DOCUMENT: Final = re.compile(r"(?:(?:số|so)\s*:?\s*)?(\d[\w./&\-]*)", re.IGNORECASE)
"""One word that begins with digits: 123/BC-CAX. A second word would be content."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One count of one year, of cases or people."""

    requirement: str
    year: int
    measure: Measure
    count: int


@dataclass(frozen=True, kw_only=True)
class UnitFigures:
    """The figures of one unit, and the document that contains them, if the row names it."""

    row: int
    unit: UnitId
    figures: tuple[Figure, ...]
    document_number: str = ""
    document_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class FiguresTaken:
    """The whole sheet; units without figures are not in it."""

    rows: tuple[UnitFigures, ...]


FiguresSheet = FiguresTaken | Refused


def read_figures(
    data: bytes,
    units: Sequence[Unit],
    requirements: Sequence[Requirement],
    years: FigureYears,
    words: Words,
    *,
    today: date,
) -> FiguresSheet:
    """Read a filled-in `figures_template` that was made with the same units, requirements and
    years.

    `units` as for `read_people`; `today` is the last allowed date of a document. A blank cell is a
    figure that was not given, never 0.
    """
    try:
        book = Workbook(data)
        title = words.say("workbooks.sheet_figures")
        sheet = find_sheet(book, title)
        if sheet is None:
            names = ", ".join(f"“{quoted(name)}”" for name in book.names[:5])
            text = words.say("workbook_mistakes.no_sheet", sheet=title, sheets=names)
            return Refused(problems=(RowProblem(sheet="", row=0, column="", text=text),))
        figures = figure_columns(requirements, years, words)
        complaints = Complaints(title, words)
        reader = _Reader(complaints, UnitNames(units, words), figures, today)
        rows = [
            row
            for line in read_rows(sheet, reader.columns, complaints, others=False)
            if (row := reader.take(line)) is not None
        ]
    except UnreadableWorkbook as error:
        return whole_file(error.defect, words)
    if not complaints.found and not rows:
        complaints.add(0, "no_rows")
    if complaints.found:
        return Refused(problems=tuple(sorted(complaints.found, key=lambda one: one.row)))
    return FiguresTaken(rows=tuple(rows))


def _whole(cell: Cell) -> int | None:
    """Refuses the number 1.234: a sheet with English settings makes it from "1.234" typed for
    1,234, so its meaning is unknown. As a text it is 1,234.
    """
    if cell.kind is CellKind.NUMBER and cell.text.isdecimal():
        return int(cell.text)
    if cell.kind is CellKind.TEXT and _WHOLE.fullmatch(cell.text):
        return int(re.sub(r"[. ]", "", cell.text))
    return None


class _Reader:
    def __init__(
        self,
        complaints: Complaints,
        units: UnitNames,
        figures: tuple[FigureColumn, ...],
        today: date,
    ) -> None:
        self._complaints = complaints
        self._units = units
        self._figures = figures
        self._today = today
        self._unit = unit_column(complaints.words)
        self._number, self._day = source_columns(complaints.words)
        self._rows: dict[UnitId, int] = {}
        counts = (Column(key=one.key, title=one.title, required=False) for one in figures)
        self.columns = (self._unit, *counts, self._number, self._day)

    def take(self, row: TableRow) -> UnitFigures | None:
        """A row as a value; None if it has no figures or a mistake."""
        before = self._complaints.count
        if set(row.cells) <= {self._unit.key}:
            # The template lists all units: one without figures was not filled in.
            return None
        unit = read_unit(row, self._unit, self._units, self._complaints)
        counts = {
            one.key: count for one in self._figures if (count := self._count(row, one)) is not None
        }
        number, day = self._source(row)
        self._check_casualties(row, counts)
        if not counts and self._complaints.count == before and not row.forbidden:
            self._complaints.add(row.number, "source_without_figures")
        if unit is not None and self._rows.setdefault(unit.id, row.number) != row.number:
            other = self._rows[unit.id]
            self._complaints.add(row.number, "unit_twice", self._unit.key, other=other)
        if unit is None or self._complaints.count > before:
            return None
        return UnitFigures(
            row=row.number,
            unit=unit.id,
            figures=tuple(
                Figure(
                    requirement=one.requirement.id,
                    year=one.year,
                    measure=one.measure,
                    count=counts[one.key],
                )
                for one in self._figures
                if one.key in counts
            ),
            document_number=number,
            document_date=day,
        )

    def _count(self, row: TableRow, column: FigureColumn) -> int | None:
        cell = row.cells.get(column.key)
        if cell is None or column.key in row.forbidden:
            return None
        if cell.kind is CellKind.FORMULA:
            self._complaints.add(row.number, "formula", column.key, limit=0)
            return None
        count = _whole(cell)
        if count is None or count > MOST_CASES:
            self._complaints.add(row.number, "not_a_count", column.key, most=MOST_CASES)
            return None
        return count

    def _check_casualties(self, row: TableRow, counts: dict[str, int]) -> None:
        for one in self._figures:
            if one.measure is Measure.CASES or one.key not in counts:
                continue
            cases = next(
                other
                for other in self._figures
                if (other.requirement.id, other.year) == (one.requirement.id, one.year)
            )
            if cases.key not in counts and cases.key not in row.cells:
                self._complaints.add(row.number, "cases_missing", one.key, column=cases.title)
            elif counts.get(cases.key) == 0 and counts[one.key] > 0:
                self._complaints.add(row.number, "casualties_without_cases", one.key)

    def _source(self, row: TableRow) -> tuple[str, date | None]:
        number = self._complaints.text(row, self._number)
        found = _DOCUMENT.fullmatch(number)
        if number and found is None:
            self._complaints.add(row.number, "document_wrong", self._number.key)
        cell = row.cells.get(self._day.key)
        day = None
        if cell is not None and self._day.key not in row.forbidden:
            if cell.kind in {CellKind.DATE, CellKind.TEXT}:
                day = find_date(cell.text)
            if day is None or not EARLIEST_DOCUMENT <= day <= self._today:
                self._complaints.add(
                    row.number,
                    "document_date_wrong",
                    self._day.key,
                    earliest=EARLIEST_DOCUMENT,
                    latest=self._today,
                )
        return (found[1] if found else ""), day
