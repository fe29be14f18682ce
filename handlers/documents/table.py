"""A table in a sheet: finds the header in any spelling, and gives its rows as cells by column."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from handlers.documents import limits
from handlers.documents.cells import Cell, CellKind, Sheet, column_letter
from handlers.documents.problems import RowProblem
from handlers.documents.workbook import Workbook
from handlers.understanding.screening import Forbidden, forbidden_in
from handlers.understanding.text import words_of
from locales import Words

LEADING: Final = ("=", "+", "-", "@")
"""The first characters of a formula in some spreadsheet."""

_QUOTED_LETTERS: Final = 40
"""How much of a cell a sentence repeats."""
_LEAST_LONG_NUMBER: Final = 9
"""Digits: a phone number without its first zero. No code or count of ours has more than five."""
_NOT_TEXT: Final = {
    CellKind.FORMULA: "formula",
    CellKind.ERROR: "error_value",
    CellKind.DATE: "date_not_text",
    CellKind.BOOLEAN: "true_false",
    CellKind.TOO_LONG: "too_long",
}

_SCREENED: Final = frozenset({CellKind.TEXT, CellKind.NUMBER})


@dataclass(frozen=True, kw_only=True)
class Column:
    """A column to look for: `key` is our name, `title` is what the template writes."""

    key: str
    title: str
    required: bool = True
    most_letters: int = limits.MOST_READ_LETTERS


@dataclass(frozen=True, kw_only=True)
class TableRow:
    """A row that is not empty: its known cells, by `Column.key`."""

    number: int
    cells: Mapping[str, Cell]
    forbidden: frozenset[str] = frozenset()
    """The columns with content that may not be stored; they are already reported as mistakes."""


class Complaints:
    """Collects the mistakes of one sheet."""

    def __init__(self, sheet: str, words: Words) -> None:
        self.sheet = sheet
        self.found: list[RowProblem] = []
        self.words = words
        self.places: Mapping[str, int] = {}
        """`Column.key` -> column number, after the header was found."""

    @property
    def count(self) -> int:
        """How many mistakes were found so far."""
        return len(self.found)

    def add(self, row: int, key: str, column: str = "", /, **values: object) -> None:
        """One mistake: sentence `workbook_mistakes.<key>`, in the column with the key `column`.

        Text quoted in `values` must be screened before.
        """
        self.add_at(row, self.places.get(column, 0), key, **values)

    def add_at(self, row: int, number: int, key: str, **values: object) -> None:
        """The same with the column's number, 0 for the whole row."""
        if len(self.found) > limits.MOST_PROBLEMS:
            return
        if len(self.found) == limits.MOST_PROBLEMS:
            key, number, values = "more", 0, {"limit": limits.MOST_PROBLEMS}
        text = self.words.say(f"workbook_mistakes.{key}", **values)
        letter = column_letter(number)
        self.found.append(RowProblem(sheet=self.sheet, row=row, column=letter, text=text))

    def text(self, row: TableRow, column: Column) -> str:
        """A cell's text, "" if it is blank or was reported as a mistake. Numbers are returned as
        text too.
        """
        cell = row.cells.get(column.key)
        if cell is None:
            if column.required and column.key in self.places:
                self.add(row.number, "missing", column.key, column=column.title)
            return ""
        if (key := _NOT_TEXT.get(cell.kind)) is not None:
            self.add(row.number, key, column.key, limit=column.most_letters)
        elif len(cell.text) > column.most_letters:
            self.add(row.number, "too_long", column.key, limit=column.most_letters)
        elif column.key in row.forbidden:
            pass
        elif cell.kind is CellKind.TEXT and cell.text.startswith(LEADING):
            self.add(row.number, "begins_like_formula", column.key)
        elif not cell.text.isprintable():
            self.add(row.number, "strange_letters", column.key)
        else:
            return cell.text
        return ""


def quoted(text: str) -> str:
    """The part of a text that a sentence repeats."""
    return text if len(text) <= _QUOTED_LETTERS else text[: _QUOTED_LETTERS - 1] + "…"


def letters_of(text: str) -> str:
    """A heading or fixed word in the form that is compared: no case, marks, spaces or
    punctuation.
    """
    return "".join(word.plain for word in words_of(text[: limits.MOST_READ_LETTERS]))


def find_sheet(book: Workbook, title: str) -> Sheet | None:
    """The sheet with this name, in any spelling."""
    for name in book.names:
        if letters_of(name) == letters_of(title):
            return book.sheet(name)
    return None


def read_rows(
    sheet: Sheet, columns: Sequence[Column], complaints: Complaints, *, others: bool
) -> Iterator[TableRow]:
    """The rows below the header; reports every mistake in a single cell.

    `others`: whether unknown columns are accepted (their cells are screened all the same). A row
    whose first cell begins with "Ví dụ" is an example and left out.
    """
    header = _find_header(sheet, columns)
    if header is None:
        titles = ", ".join(f"“{column.title}”" for column in columns if column.required)
        complaints.add(min(sheet.rows, default=0), "no_header", titles=titles)
        return
    complaints.places = _places(sheet.rows[header], columns)
    _check_header(sheet.rows[header], header, columns, complaints, others=others)
    for merged in sheet.merged:
        if merged.last_row > header:
            complaints.add(merged.first_row, "merged", range=merged.name)
    by_number = {number: key for key, number in complaints.places.items()}
    screen = _Screen(complaints)
    example, count = letters_of(complaints.words.say("workbooks.example")), 0
    for number in sorted(sheet.rows):
        cells = sheet.rows[number]
        if number <= header or letters_of(cells[min(cells)].text).startswith(example):
            continue
        count += 1
        if count > limits.MOST_ROWS:
            complaints.add(number, "too_many_rows", limit=limits.MOST_ROWS)
            return
        forbidden = screen.complain(number, cells)
        yield TableRow(
            number=number,
            cells={by_number[at]: cell for at, cell in cells.items() if at in by_number},
            forbidden=frozenset(by_number[at] for at in forbidden if at in by_number),
        )
    if not count:
        complaints.add(header, "no_rows")


class _Screen:
    """Screens texts for content that may not be stored, each text once: units and roles repeat."""

    def __init__(self, complaints: Complaints) -> None:
        self._complaints = complaints
        self._known: dict[str, Forbidden | None] = {}

    def complain(self, row: int, cells: Mapping[int, Cell]) -> list[int]:
        """Report the columns that have such content, and return them."""
        columns = []
        for column, cell in cells.items():
            found = self._find(cell.text) if cell.kind in _SCREENED else None
            if found is not None:
                kind = "secret" if found is Forbidden.SECRECY_MARK else "personal_number"
                self._complaints.add_at(row, column, kind)
                columns.append(column)
        return columns

    def _find(self, text: str) -> Forbidden | None:
        if text not in self._known:
            self._known[text] = _forbidden(text)
        return self._known[text]


def _forbidden(text: str) -> Forbidden | None:
    """Also finds a phone number without its first zero, because it was typed as a number."""
    digits = text.replace(" ", "").replace(".", "")
    if digits.isdecimal() and len(digits) >= _LEAST_LONG_NUMBER:
        return Forbidden.PHONE_NUMBER
    return forbidden_in(text)


def _find_header(sheet: Sheet, columns: Sequence[Column]) -> int | None:
    """The row with the most of our headings among the first filled rows."""
    first = sorted(sheet.rows)[: limits.HEADER_ROWS]
    best = max(first, key=lambda row: len(_places(sheet.rows[row], columns)), default=None)
    return best if best is not None and _places(sheet.rows[best], columns) else None


def _places(cells: Mapping[int, Cell], columns: Sequence[Column]) -> dict[str, int]:
    found: dict[str, int] = {}
    for number, column in _headings(cells, columns):
        if column is not None:
            found.setdefault(column.key, number)
    return found


def _headings(
    cells: Mapping[int, Cell], columns: Sequence[Column]
) -> Iterator[tuple[int, Column | None]]:
    """Each heading with the column that it means; also without the remark in brackets."""
    short = [letters_of(column.title.partition("(")[0]) for column in columns]
    known = {
        name: column for name, column in zip(short, columns, strict=True) if short.count(name) == 1
    }
    known |= {letters_of(column.title): column for column in columns}
    for number in sorted(cells)[: limits.MOST_HEADINGS]:
        if heading := letters_of(cells[number].text):
            yield number, known.get(heading)


def _check_header(
    cells: Mapping[int, Cell],
    row: int,
    columns: Sequence[Column],
    complaints: Complaints,
    *,
    others: bool,
) -> None:
    for column in columns:
        if column.required and column.key not in complaints.places:
            complaints.add(row, "column_missing", column=column.title)
    for number, known in _headings(cells, columns):
        if known is None and not others:
            complaints.add_at(row, number, "column_unknown", column=quoted(cells[number].text))
        elif known is not None and complaints.places[known.key] != number:
            complaints.add_at(row, number, "column_twice", column=known.title)
