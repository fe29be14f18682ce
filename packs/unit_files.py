"""Reads one file of packs/units/ and checks every line of it."""

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple, NoReturn

from domain.units import FormerUnit, Level, Structure, Unit, UnitId, UnitKind, level_of

UNITS_FOLDER = Path(__file__).resolve().parent / "units"

_COLUMNS = {
    Structure.Y2021: ("code", "kind", "name", "parent"),
    Structure.Y2025: ("code", "kind", "name", "parent", "former"),
    Structure.Y2026: ("code", "kind", "name", "parent", "former", "older"),
}
_EARLIER = {
    Structure.Y2021: (),
    Structure.Y2025: (Structure.Y2021,),
    Structure.Y2026: (Structure.Y2025, Structure.Y2021),
}
_KINDS: dict[str, UnitKind] = {
    kind.value: kind for kind in UnitKind if kind is not UnitKind.DEPARTMENT
}
_PROVINCE_DIGITS, _COMMUNE_DIGITS = 2, 5
_DIGITS_BY_LEVEL = {
    Level.PROVINCE: _PROVINCE_DIGITS,
    Level.DISTRICT: 3,
    Level.COMMUNE: _COMMUNE_DIGITS,
}
"""Number of digits that the Statistics Office gives to the codes of a level."""
_DIGITS = {word: _DIGITS_BY_LEVEL[level_of(kind)] for word, kind in _KINDS.items()}
_HEAD_LINES = 2
_BASE_FIELDS = 4
_ENTRY_FIELDS = 4

OF_UNKNOWN_ORIGIN = "?"
"""In `former`: the unit is new, and the sources do not say which units it was made of."""


class UnitProblemCode(StrEnum):
    """Kinds of problem in a file of units. The comment after each names its details."""

    CANNOT_READ = "unit_cannot_read"  # reason of the operating system
    NOT_UTF8 = "unit_not_utf8"  # -
    WRONG_HEAD = "unit_wrong_head"  # the line that was expected
    WRONG_COUNT = "unit_wrong_count"  # units announced, units found
    WRONG_FIELDS = "unit_wrong_fields"  # fields wanted, fields found
    BAD_CODE = "unit_bad_code"  # code
    BAD_KIND = "unit_bad_kind"  # kind
    BAD_NAME = "unit_bad_name"  # name
    BAD_PARENT = "unit_bad_parent"  # code of the parent
    BAD_FORMER = "unit_bad_former"  # the entry
    DUPLICATE_CODE = "unit_duplicate_code"  # code


def _is_name(text: str) -> bool:
    return text != "" and text == text.strip() and unicodedata.is_normalized("NFC", text)


@dataclass(frozen=True, kw_only=True)
class UnitProblem:
    """One thing wrong in one line. `line` counts from 1."""

    file: str
    line: int
    code: UnitProblemCode
    details: tuple[str, ...] = ()


class UnitDataError(ValueError):
    """A file of units is damaged; `problems` lists every mistake."""

    def __init__(self, problems: tuple[UnitProblem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        detail = " | ".join(first.details)
        super().__init__(f"{first.file}:{first.line}: {first.code} {detail}".rstrip() + more)


class UnitRows(NamedTuple):
    """A checked file, still as text, because a run reads few of its 25,000 lines."""

    structure: Structure
    fields: dict[str, list[str]]
    """The fields of each line by code, in the order of the file."""
    provinces: dict[str, str]
    """Province by code, of every province and district."""

    def unit(self, code: str) -> Unit:
        """Raises `KeyError` for an unknown code."""
        _, word, name, parent, *cells = self.fields[code]
        aliases = {former for cell in cells for former in _names_in(cell) or ()} - {name}
        return Unit(
            id=UnitId(self.structure, code),
            kind=_KINDS[word],
            name=name,
            parent=parent or None,
            province=self.provinces[parent or code],
            aliases=tuple(sorted(aliases)),
        )

    def formers(self, code: str) -> tuple[FormerUnit, ...]:
        """The units that it was made of, the nearest structure first; none for an unknown code."""
        cells = self.fields.get(code, [])[_BASE_FIELDS:]
        return tuple(
            _former(earlier, *entry.split(":"))
            for earlier, cell in zip(_EARLIER[self.structure], cells, strict=False)
            for entry in (cell.split("|") if _names_in(cell) else ())
        )


def _former(structure: Structure, code: str, kind: str, name: str, district: str) -> FormerUnit:
    return FormerUnit(
        id=UnitId(structure, code.removeprefix("~")),
        kind=_KINDS[kind],
        name=name,
        district=district,
        whole=not code.startswith("~"),
    )


def _names_in(cell: str) -> list[str] | None:
    """The names in a cell of former units, or None if the cell is damaged."""
    if cell in ("", OF_UNKNOWN_ORIGIN):
        return []
    names = []
    for entry in cell.split("|"):
        fields = entry.split(":")
        if len(fields) != _ENTRY_FIELDS or fields[1] not in _KINDS or not fields[2]:
            return None
        if not fields[0].removeprefix("~").isdigit():
            return None
        names.append(fields[2])
    return names


def read_unit_file(structure: Structure, folder: Path = UNITS_FOLDER) -> UnitRows:
    """Every unit of a structure. Raises `UnitDataError` with every mistake."""
    return _FileReader(structure, folder / f"{structure.value}.csv").read()


class _FileReader:
    """Continues after a mistake, so that one run reports all of them."""

    def __init__(self, structure: Structure, path: Path) -> None:
        self.path = path
        self.problems: list[UnitProblem] = []
        self.rows = UnitRows(structure, {}, {})

    def read(self) -> UnitRows:
        lines = self._lines()
        announced = self._announced(lines)
        columns = len(_COLUMNS[self.rows.structure])
        for number, line in enumerate(lines[_HEAD_LINES:], start=_HEAD_LINES + 1):
            fields = line.split(",")
            if len(fields) != columns:
                self._wrong(number, UnitProblemCode.WRONG_FIELDS, str(columns), str(len(fields)))
            elif self._sound(fields):
                self._keep(fields)
            else:
                self._diagnose(number, fields)
        found = len(lines) - _HEAD_LINES
        if announced != found:
            self._wrong(1, UnitProblemCode.WRONG_COUNT, str(announced), str(found))
        if self.problems:
            raise UnitDataError(tuple(self.problems))
        return self.rows

    def _lines(self) -> list[str]:
        try:
            content = self.path.read_bytes()
        except OSError as error:
            self._stop(1, UnitProblemCode.CANNOT_READ, error.strerror or "")
        try:
            return content.decode("utf-8").splitlines()
        except UnicodeDecodeError as error:
            self._stop(content.count(b"\n", 0, error.start) + 1, UnitProblemCode.NOT_UTF8)

    def _announced(self, lines: list[str]) -> int:
        """The number of units that the first line announces: a truncated file must not load."""
        begin = f"structure,{self.rows.structure.value},units,"
        count = lines[0].removeprefix(begin) if lines else ""
        if not (lines and lines[0].startswith(begin) and count.isascii() and count.isdigit()):
            self._stop(1, UnitProblemCode.WRONG_HEAD, begin + "N")
        head = ",".join(_COLUMNS[self.rows.structure])
        if len(lines) < _HEAD_LINES or lines[1] != head:
            self._stop(_HEAD_LINES, UnitProblemCode.WRONG_HEAD, head)
        return int(count)

    def _sound(self, fields: list[str]) -> bool:
        """Checks everything that `_diagnose` can report, as fast as possible."""
        code, word, name, parent, *cells = fields
        return (
            _DIGITS.get(word) == len(code)
            and code.isascii()
            and code.isdigit()
            and code not in self.rows.fields
            and (parent in self.rows.provinces if parent else len(code) == _PROVINCE_DIGITS)
            and _is_name(name)
            and all(_names_in(cell) is not None for cell in cells if cell)
        )

    def _keep(self, fields: list[str]) -> None:
        code, parent = fields[0], fields[3]
        self.rows.fields[code] = fields
        if len(code) != _COMMUNE_DIGITS:
            self.rows.provinces[code] = self.rows.provinces[parent] if parent else code

    def _diagnose(self, number: int, fields: list[str]) -> None:
        code, word, name, parent, *cells = fields
        if not (code.isascii() and code.isdigit() and len(code) in _DIGITS.values()):
            self._wrong(number, UnitProblemCode.BAD_CODE, code)
        elif _DIGITS.get(word) != len(code):
            self._wrong(number, UnitProblemCode.BAD_KIND, word)
        elif code in self.rows.fields:
            self._wrong(number, UnitProblemCode.DUPLICATE_CODE, code)
        elif not (parent in self.rows.provinces if parent else len(code) == _PROVINCE_DIGITS):
            self._wrong(number, UnitProblemCode.BAD_PARENT, parent)
        if not _is_name(name):
            self._wrong(number, UnitProblemCode.BAD_NAME, name)
        for cell in cells:
            if _names_in(cell) is None:
                self._wrong(number, UnitProblemCode.BAD_FORMER, cell)

    def _wrong(self, line: int, code: UnitProblemCode, *details: str) -> None:
        self.problems.append(
            UnitProblem(file=self.path.name, line=line, code=code, details=details)
        )

    def _stop(self, line: int, code: UnitProblemCode, *details: str) -> NoReturn:
        self._wrong(line, code, *details)
        raise UnitDataError(tuple(self.problems))
