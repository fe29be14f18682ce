"""Reads the cells of one sheet from its XML part."""

from collections.abc import Mapping
from dataclasses import dataclass

from handlers.documents import limits
from handlers.documents.cells import (
    Cell,
    CellKind,
    Merged,
    iso_date_cell,
    merged_range,
    number_cell,
    place_of,
    text_cell,
)
from handlers.documents.problems import Defect, UnreadableWorkbook
from handlers.documents.xml_parts import PartReader, check_most


@dataclass(frozen=True, kw_only=True)
class Formats:
    """How to read a sheet's numbers: the formats that show dates, and the day from which dates
    count.
    """

    from_1904: bool
    dates: frozenset[str] = frozenset()


class SheetReader(PartReader):
    """Fills `rows` and `merged`. Raises `UnreadableWorkbook` for content that no program writes.

    The size that a sheet declares for itself is ignored.
    """

    def __init__(self, texts: tuple[Cell | None, ...], formats: Formats) -> None:
        self.rows: dict[int, dict[int, Cell]] = {}
        self.merged: list[Merged] = []
        self._texts = texts
        self._formats = formats
        self._cells = self._letters = 0
        self._row, self._column = 0, 0
        self._type, self._style = "n", ""
        self._value: list[str] = []
        self._collecting = False
        self._aside = False
        self._formula = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "c":
            self._begin_cell(attributes)
        elif name in {"v", "t"}:
            self._collecting = self._column > 0 and not self._aside
        elif name == "row":
            self._begin_row(attributes)
        elif name == "f":
            self._formula = True
        elif name == "rPh":
            self._aside = True
        elif name == "mergeCell":
            check_most(len(self.merged), limits.MOST_MERGED)
            self.merged.append(merged_range(attributes.get("ref", "")))

    def end(self, name: str) -> None:
        if name in {"v", "t"}:
            self._collecting = False
        elif name == "c":
            self._end_cell()
        elif name == "rPh":
            self._aside = False

    def text(self, piece: str) -> None:
        if self._collecting:
            self._value.append(piece)

    def _begin_row(self, attributes: Mapping[str, str]) -> None:
        stated = attributes.get("r")
        number = self._row + 1 if stated is None else place_of(f"A{stated}")[0]
        if number <= self._row:
            raise UnreadableWorkbook(Defect.DAMAGED)
        self._row, self._column = number, 0

    def _begin_cell(self, attributes: Mapping[str, str]) -> None:
        stated = attributes.get("r")
        row, column = (self._row, self._column + 1) if stated is None else place_of(stated)
        if row != self._row or column <= self._column:
            raise UnreadableWorkbook(Defect.DAMAGED)
        self._column = column
        self._type, self._style = attributes.get("t", "n"), attributes.get("s", "0")
        self._value.clear()
        self._formula = False

    def _end_cell(self) -> None:
        cell = Cell(CellKind.FORMULA) if self._formula else self._made()
        if cell is None:
            return
        check_most(self._cells, limits.MOST_CELLS)
        self._cells += 1
        self._letters += len(cell.text)
        check_most(self._letters, limits.MOST_LETTERS)
        self.rows.setdefault(self._row, {})[self._column] = cell

    def _made(self) -> Cell | None:
        raw = "".join(self._value)
        match self._type:
            case "s":
                return self._shared(raw)
            case "str" | "inlineStr":
                return text_cell(raw)
            case "d":
                return iso_date_cell(raw)
            case "b":
                return Cell(CellKind.BOOLEAN) if raw else None
            case "e":
                return Cell(CellKind.ERROR)
            case _:
                is_date = self._style in self._formats.dates
                return number_cell(raw, is_date=is_date, from_1904=self._formats.from_1904)

    def _shared(self, raw: str) -> Cell | None:
        # isdecimal alone would accept digits of other scripts, and any number of them.
        if not (raw.isascii() and raw.isdecimal() and len(raw) < len("10000000")):
            if not raw:
                return None
            raise UnreadableWorkbook(Defect.DAMAGED)
        number = int(raw)
        if number >= len(self._texts):
            raise UnreadableWorkbook(Defect.DAMAGED)
        return self._texts[number]
