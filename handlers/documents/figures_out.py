"""The workbook in which figures of earlier years are filled in: one row for each unit."""

from collections.abc import Iterable, Sequence
from typing import Final

from domain.criteria import Requirement
from domain.replies import MOST_CASES
from domain.units import Unit, UnitKind
from handlers.documents.figures import (
    FigureYears,
    figure_columns,
    source_columns,
    unit_column,
)
from handlers.documents.sheets_out import (
    add_sheet,
    for_input,
    new_book,
    put,
    put_guide,
    put_head,
    put_note,
    take_counts,
    text_column,
    to_bytes,
)
from handlers.documents.unit_names import UnitNames
from locales import Words

_UNIT_WIDTH: Final = 44
_FIGURE_WIDTH: Final = 20
_HEAD_HEIGHT: Final = 66.0
"""Points: four lines of heading."""


def figures_template(
    units: Sequence[Unit],
    requirements: Sequence[Requirement],
    years: FigureYears,
    words: Words,
    *,
    kinds: Iterable[UnitKind],
) -> bytes:
    """The .xlsx to download, for `read_figures`: one row for each unit of `kinds`, by code.

    `units` as for `people_template`, so that a unit is named with its district. `kinds` are the
    kinds of unit whose checklist has the requirements (`Part.unit_kinds`).
    """
    names = UnitNames(units, words)
    wanted = frozenset(kinds)
    figures = figure_columns(requirements, years, words)
    book, sheet = new_book(words.say("workbooks.sheet_figures"))
    titles = [
        unit_column(words).title,
        *(figure.title for figure in figures),
        *(source.title for source in source_columns(words)),
    ]
    put_head(sheet, titles, [_UNIT_WIDTH, *[_FIGURE_WIDTH] * (len(titles) - 1)])
    sheet.row_dimensions[1].height = _HEAD_HEIGHT
    sheet.freeze_panes = "B2"
    text_column(sheet, 1)
    text_column(sheet, len(figures) + 2)
    rows = sorted((one for one in units if one.kind in wanted), key=lambda one: one.code)
    for row, unit in enumerate(rows, start=2):
        label = names.labels[unit.id]
        text = words.say("workbooks.unit_with_code", unit=label, code=unit.code)
        put_note(sheet, row, 1, text)
        for column in range(2, len(titles) + 1):
            cell = put(sheet, row, column, "")
            for_input(cell)
            cell.number_format = _format(column - 2, len(figures))
    if figures:
        take_counts(sheet, 2, len(figures) + 1, MOST_CASES, words.say("workbooks.type_count"))
    guide = add_sheet(book, words.say("workbooks.sheet_guide"))
    put_guide(guide, words.say("workbooks.figures_guide", last=years.last, base=years.base))
    return to_bytes(book)


def _format(at: int, figures: int) -> str:
    """Counts, then the document's number as typed, then its date."""
    if at < figures:
        return "#,##0"
    return "@" if at == figures else "dd/mm/yyyy"
