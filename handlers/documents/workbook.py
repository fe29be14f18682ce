"""Opens a workbook from any sender: gives its sheets as values, or one named defect.

Only the needed parts are unpacked: the list of sheets, the texts, the date formats, and the
requested sheets. Pictures, comments, links and document properties are not read.
"""

import re
from collections.abc import Mapping
from typing import Final

from handlers.documents import limits
from handlers.documents.archive import Archive
from handlers.documents.cells import Cell, Sheet, text_cell
from handlers.documents.problems import Defect, UnreadableWorkbook
from handlers.documents.sheet_part import Formats, SheetReader
from handlers.documents.xml_parts import Budget, PartReader, check_most, read_part

_ROOT: Final = "_rels/.rels"
_TYPES: Final = "[content_types].xml"
_MACRO_TYPE: Final = b"macroEnabled"
_DATE_FORMATS: Final = frozenset({*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)})
"""Numbers of the built-in formats that show a date or a time."""
_LITERAL: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_DATE_LETTERS: Final = re.compile(r"[dmyhs]", re.IGNORECASE)
_MOST_FORMAT_LETTERS: Final = 255
_MOST_SHEET_NAME: Final = 100
"""Excel allows 31; the name is repeated to the person."""


class Workbook:
    """A workbook whose sheets are read on request."""

    def __init__(self, data: bytes) -> None:
        """Raises `UnreadableWorkbook`."""
        self._archive = Archive(data)
        if _MACRO_TYPE in self._archive.read(_TYPES):
            raise UnreadableWorkbook(Defect.MACROS)
        self._budget = Budget()
        book = self._find_book()
        self._relations = self._relations_of(book)
        outline = _Outline()
        self._read(book, outline)
        if not outline.sheets:
            raise UnreadableWorkbook(Defect.DAMAGED)
        self._from_1904 = outline.from_1904
        self._paths = {
            name[:_MOST_SHEET_NAME]: self._relations.by_id.get(relation, "")
            for name, relation in outline.sheets
        }
        self._shared: tuple[tuple[Cell | None, ...], Formats] | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The sheets' names, in their order."""
        return tuple(self._paths)

    def sheet(self, name: str) -> Sheet:
        """One sheet. KeyError for a name not in `names`; raises `UnreadableWorkbook`."""
        path = self._paths[name]
        if self._shared is None:
            self._shared = self._read_texts(), self._read_formats()
        texts, formats = self._shared
        reader = SheetReader(texts, formats)
        self._read(path, reader)
        return Sheet(name=name, rows=reader.rows, merged=tuple(reader.merged))

    def _read(self, path: str, reader: PartReader) -> None:
        read_part(self._archive.read(path), reader, self._budget)

    def _find_book(self) -> str:
        found = _Relations(base="")
        self._read(_ROOT, found)
        path = found.by_kind.get("officedocument")
        if path is None or not path.lower().startswith("xl/"):
            # A text document or a presentation is also a zip file of this kind.
            raise UnreadableWorkbook(Defect.NOT_EXCEL)
        return path

    def _relations_of(self, book: str) -> "_Relations":
        folder, _, name = book.rpartition("/")
        found = _Relations(base=folder)
        self._read(f"{folder}/_rels/{name}.rels", found)
        return found

    def _read_texts(self) -> tuple[Cell | None, ...]:
        path = self._relations.by_kind.get("sharedstrings")
        if path is None or path not in self._archive:
            return ()
        texts = _Texts()
        self._read(path, texts)
        return tuple(texts.found)

    def _read_formats(self) -> Formats:
        path = self._relations.by_kind.get("styles")
        if path is None or path not in self._archive:
            return Formats(from_1904=self._from_1904)
        styles = _Styles()
        self._read(path, styles)
        return Formats(from_1904=self._from_1904, dates=styles.dates())


class _Relations(PartReader):
    """The parts that a part refers to, by id and by kind."""

    def __init__(self, base: str) -> None:
        self._base = base
        self.by_id: dict[str, str] = {}
        self.by_kind: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name != "Relationship" or attributes.get("TargetMode") == "External":
            return
        check_most(len(self.by_id), limits.MOST_SHEETS)
        path = _resolve(self._base, attributes.get("Target", ""))
        self.by_id[attributes.get("Id", "")] = path
        self.by_kind.setdefault(attributes.get("Type", "").rpartition("/")[2].lower(), path)


def _resolve(base: str, target: str) -> str:
    if target.startswith("/"):
        return target[1:]
    path = base.split("/") if base else []
    for step in target.split("/"):
        if step == ".." and path:
            path.pop()
        elif step not in {"", ".", ".."}:
            path.append(step)
    return "/".join(path)


class _Outline(PartReader):
    """The sheets of the workbook, as (name, relation), and the day from which its dates count."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str]] = []
        self.from_1904 = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            check_most(len(self.sheets), limits.MOST_SHEETS)
            relation = next((attributes[key] for key in attributes if key.endswith(" id")), "")
            self.sheets.append((attributes.get("name", ""), relation))
        elif name == "workbookPr":
            self.from_1904 = attributes.get("date1904", "0") in {"1", "true"}


class _Texts(PartReader):
    """The texts that cells refer to by number; their reading aids (rPh) are left out."""

    def __init__(self) -> None:
        self.found: list[Cell | None] = []
        self._pieces: list[str] = []
        self._inside = False
        self._aside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        if name == "si":
            self._pieces = []
        elif name == "t":
            self._inside = not self._aside
        elif name == "rPh":
            self._aside = True

    def end(self, name: str) -> None:
        if name == "si":
            self.found.append(text_cell("".join(self._pieces)))
        elif name == "t":
            self._inside = False
        elif name == "rPh":
            self._aside = False

    def text(self, piece: str) -> None:
        if self._inside:
            self._pieces.append(piece)


class _Styles(PartReader):
    """Which cell formats show a number as a date."""

    def __init__(self) -> None:
        self._own: dict[str, bool] = {}
        self._used: list[str] = []
        self._inside = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "numFmt":
            check_most(len(self._own), limits.MOST_FORMATS)
            code = attributes.get("formatCode", "")
            self._own[attributes.get("numFmtId", "")] = _shows_a_day(code)
        elif name == "cellXfs":
            self._inside = True
        elif name == "xf" and self._inside:
            check_most(len(self._used), limits.MOST_FORMATS)
            self._used.append(attributes.get("numFmtId", "0"))

    def end(self, name: str) -> None:
        if name == "cellXfs":
            self._inside = False

    def dates(self) -> frozenset[str]:
        """The numbers of those formats, as cells write them."""
        built_in = {str(number): True for number in _DATE_FORMATS}
        shows = built_in | self._own
        return frozenset(str(at) for at, used in enumerate(self._used) if shows.get(used, False))


def _shows_a_day(code: str) -> bool:
    bare = _LITERAL.sub("", code[:_MOST_FORMAT_LETTERS])
    return bare.lower() != "general" and _DATE_LETTERS.search(bare) is not None
