"""Writes workbooks: cells that can never become formulas, in one plain style."""

import re
from collections.abc import Sequence
from io import BytesIO
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from handlers.documents import limits

LAST_INPUT_ROW: Final = limits.MOST_ROWS + 2
"""Drop-down lists reach as far as rows are read: the header and the example come before them."""

_NOT_IN_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_FONT: Final = "Arial"  # installed on every office computer, with complete Vietnamese
_HEAD: Final = PatternFill("solid", fgColor="0B5A4B")
_HEAD_FONT: Final = Font(name=_FONT, size=11, bold=True, color="FFFFFF")
_HEAD_PLACE: Final = Alignment(wrap_text=True, vertical="center", horizontal="center")
_BODY_FONT: Final = Font(name=_FONT, size=11)
_NOTE_FONT: Final = Font(name=_FONT, size=11, italic=True, color="5A5A5A")
_TITLE_FONT: Final = Font(name=_FONT, size=14, bold=True, color="0B5A4B")
_NOTE_FILL: Final = PatternFill("solid", fgColor="EFEFEF")
_INPUT_FILL: Final = PatternFill("solid", fgColor="FFF6D6")
_LINE: Final = Side(style="thin", color="C9D3CE")
_BOX: Final = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_TOP: Final = Alignment(vertical="top", wrap_text=True)
_TEXT_FORMAT: Final = "@"
_HEAD_HEIGHT: Final = 36.0
_GUIDE_WIDTH: Final = 110.0
_GUIDE_LETTERS: Final = 120
"""Letters in a line of the guide: fewer than its width, to allow for wide letters and whole words.
"""
_LINE_HEIGHT, _LINE_GAP = 15.0, 6.0
"""Points."""


def put(sheet: Worksheet, row: int, column: int, value: str | int, *, boxed: bool = True) -> Cell:
    """Write a text or a whole number. A text stays a text whatever its first character is: the cell
    type says so, and the quote prefix keeps it so when a person edits the cell.
    """
    cell = sheet.cell(row=row, column=column)
    assert isinstance(cell, Cell)  # noqa: S101  we merge no cells
    if isinstance(value, int):
        cell.value = value
    else:
        cell.value = _NOT_IN_XML.sub("", value)[: limits.MOST_CELL_LETTERS] or None
        cell.number_format = _TEXT_FORMAT
        if cell.value is not None:
            cell.data_type = "s"
            cell.quotePrefix = True
    cell.font = _BODY_FONT
    cell.alignment = _TOP
    if boxed:
        cell.border = _BOX
    return cell


def put_head(sheet: Worksheet, titles: Sequence[str], widths: Sequence[float]) -> None:
    """Headings in the first row, which stays visible; widths in characters."""
    for column, (title, width) in enumerate(zip(titles, widths, strict=True), start=1):
        cell = put(sheet, 1, column, title)
        cell.font, cell.fill, cell.alignment = _HEAD_FONT, _HEAD, _HEAD_PLACE
        sheet.column_dimensions[get_column_letter(column)].width = width
    sheet.row_dimensions[1].height = _HEAD_HEIGHT
    sheet.freeze_panes = "A2"
    _print_on_a4(sheet)


def put_note(sheet: Worksheet, row: int, column: int, value: str) -> Cell:
    """A text that people do not fill in: an example, a given name or code."""
    cell = put(sheet, row, column, value)
    cell.font, cell.fill = _NOTE_FONT, _NOTE_FILL
    return cell


def put_guide(sheet: Worksheet, text: str) -> None:
    """Instructions: the first line as a title, one line for each row."""
    sheet.column_dimensions["A"].width = _GUIDE_WIDTH
    sheet.sheet_view.showGridLines = False
    for row, line in enumerate(text.splitlines(), start=1):
        cell = put(sheet, row, 1, line, boxed=False)
        fit_height(sheet, row, line, _GUIDE_LETTERS)
        if row == 1:
            cell.font = _TITLE_FONT
    _print_on_a4(sheet)


def fit_height(sheet: Worksheet, row: int, text: str, letters: int) -> None:
    """Make a row high enough for a text in a column of this many letters: not every program does so
    for a text that was not typed in it.
    """
    lines = 1 + len(text) // letters
    sheet.row_dimensions[row].height = lines * _LINE_HEIGHT + _LINE_GAP


def for_input(cell: Cell) -> None:
    """Mark a cell as one to fill in."""
    cell.fill = _INPUT_FILL


def text_column(sheet: Worksheet, column: int) -> None:
    """What is typed into the column stays as typed: a code keeps its zeros."""
    dimension = sheet.column_dimensions[get_column_letter(column)]
    dimension.number_format = _TEXT_FORMAT
    dimension.font = _BODY_FONT
    dimension.alignment = _TOP


def choose_from(sheet: Worksheet, column: int, source: str, prompt: str, *, strict: bool) -> None:
    """A drop-down list below the heading. `source`: a range, or texts in quotes. A list that is not
    strict also accepts other values.
    """
    rule = DataValidation(type="list", formula1=source, allow_blank=True)
    _validate(sheet, column, column, rule, prompt, strict=strict)


def take_counts(sheet: Worksheet, first: int, last: int, most: int, prompt: str) -> None:
    """Whole numbers from 0 to `most` in the columns `first` to `last`, below the heading."""
    rule = DataValidation(
        type="whole", operator="between", formula1="0", formula2=str(most), allow_blank=True
    )
    _validate(sheet, first, last, rule, prompt, strict=True)


def _validate(
    sheet: Worksheet, first: int, last: int, rule: DataValidation, prompt: str, *, strict: bool
) -> None:
    rule.showErrorMessage = strict
    rule.error = prompt
    rule.prompt = prompt
    rule.showInputMessage = True
    rule.add(f"{get_column_letter(first)}2:{get_column_letter(last)}{LAST_INPUT_ROW}")
    sheet.add_data_validation(rule)


def _print_on_a4(sheet: Worksheet) -> None:
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = sheet.ORIENTATION_LANDSCAPE
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def new_book(title: str) -> tuple[Workbook, Worksheet]:
    """A workbook and its first sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)  # noqa: S101  a new workbook has a sheet
    sheet.title = title
    book.properties.creator = None
    return book, sheet


def add_sheet(book: Workbook, title: str) -> Worksheet:
    """Add one more sheet at the end."""
    sheet = book.create_sheet(title)
    assert isinstance(sheet, Worksheet)  # noqa: S101  never write-only
    return sheet


def to_bytes(book: Workbook) -> bytes:
    """The .xlsx file."""
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
