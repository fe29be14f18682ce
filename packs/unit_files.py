"""Reads one file of packs/units/ and checks every line of it."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import NoReturn

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
_KINDS = {kind.value: kind for kind in UnitKind if kind is not UnitKind.DEPARTMENT}
_LEVEL_BY_DIGITS = {2: Level.PROVINCE, 3: Level.DISTRICT, 5: Level.COMMUNE}
"""How many digits the Statistics Office gives to the codes of a level."""
_HEAD_LINES = 2
_ENTRY = re.compile(r"(~?)(\d{2}|\d{3}|\d{5}):([a-z_]+):([^:|]+):([^:|]*)")
_ENTRY_FIELDS = 4


class UnitProblemCode(StrEnum):
    """Kinds of problem in a file of units. The comment behind each names its details."""

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


@dataclass(frozen=True, kw_only=True)
class UnitProblem:
    """One thing wrong in one line. `line` counts from 1."""

    file: str
    line: int
    code: UnitProblemCode
    details: tuple[str, ...] = ()


class UnitDataError(ValueError):
    """A file of units is damaged; `problems` says all that is wrong with it."""

    def __init__(self, problems: tuple[UnitProblem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        more = f" (and {len(problems) - 1} more)" if len(problems) > 1 else ""
        detail = " | ".join(first.details)
        super().__init__(f"{first.file}:{first.line}: {first.code} {detail}".rstrip() + more)


@dataclass(frozen=True, kw_only=True, slots=True)
class RawUnit:
    """One line of a file."""

    unit: Unit
    formers: tuple[FormerUnit, ...]


def read_unit_file(structure: Structure, folder: Path = UNITS_FOLDER) -> list[RawUnit]:
    """Every unit of a structure in the order of its file. Raises `UnitDataError`."""
    return _FileReader(structure, folder / f"{structure.value}.csv").read()


class _FileReader:
    """Reads on after a mistake, so that one run tells them all."""

    def __init__(self, structure: Structure, path: Path) -> None:
        self.structure = structure
        self.path = path
        self.problems: list[UnitProblem] = []
        self.provinces: dict[str, str] = {}
        """Province by code, of every province and district read so far."""
        self.seen: set[str] = set()

    def read(self) -> list[RawUnit]:
        lines = self._lines()
        announced = self._announced(lines)
        columns = len(_COLUMNS[self.structure])
        units = []
        for number, line in enumerate(lines[_HEAD_LINES:], start=_HEAD_LINES + 1):
            fields = line.split(",")
            if len(fields) != columns:
                self._wrong(number, UnitProblemCode.WRONG_FIELDS, str(columns), str(len(fields)))
                continue
            unit = self._unit(number, fields)
            if unit is not None:
                units.append(unit)
        found = len(lines) - _HEAD_LINES
        if announced != found:
            self._wrong(1, UnitProblemCode.WRONG_COUNT, str(announced), str(found))
        if self.problems:
            raise UnitDataError(tuple(self.problems))
        return units

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
        """The number of units that the first line promises: a cut-off file must not load."""
        begin = f"structure,{self.structure.value},units,"
        count = lines[0].removeprefix(begin) if lines else ""
        if not (lines and lines[0].startswith(begin) and count.isascii() and count.isdigit()):
            self._stop(1, UnitProblemCode.WRONG_HEAD, begin + "N")
        head = ",".join(_COLUMNS[self.structure])
        if len(lines) < _HEAD_LINES or lines[1] != head:
            self._stop(_HEAD_LINES, UnitProblemCode.WRONG_HEAD, head)
        return int(count)

    def _unit(self, number: int, fields: list[str]) -> RawUnit | None:
        code, word, name, parent = fields[:4]
        kind = _KINDS.get(word)
        level = _LEVEL_BY_DIGITS.get(len(code)) if code.isascii() and code.isdigit() else None
        if level is None:
            return self._wrong(number, UnitProblemCode.BAD_CODE, code)
        if kind is None or level_of(kind) is not level:
            return self._wrong(number, UnitProblemCode.BAD_KIND, word)
        if not name or name != name.strip() or not unicodedata.is_normalized("NFC", name):
            return self._wrong(number, UnitProblemCode.BAD_NAME, name)
        if code in self.seen:
            return self._wrong(number, UnitProblemCode.DUPLICATE_CODE, code)
        province = code if level is Level.PROVINCE else self.provinces.get(parent)
        if province is None or (level is Level.PROVINCE) != (parent == ""):
            return self._wrong(number, UnitProblemCode.BAD_PARENT, parent)
        self.seen.add(code)
        if level is not Level.COMMUNE:
            self.provinces[code] = province
        formers = self._formers(number, fields) if len(fields) > _ENTRY_FIELDS else ()
        unit = Unit(
            id=UnitId(self.structure, code),
            kind=kind,
            name=name,
            parent=parent or None,
            province=province,
            aliases=tuple(sorted({former.name for former in formers} - {name})),
        )
        return RawUnit(unit=unit, formers=formers)

    def _formers(self, number: int, fields: list[str]) -> tuple[FormerUnit, ...]:
        found = []
        for structure, cell in zip(_EARLIER[self.structure], fields[4:], strict=True):
            for entry in cell.split("|") if cell else ():
                match = _ENTRY.fullmatch(entry)
                kind = _KINDS.get(match[3]) if match else None
                if match is None or kind is None:
                    self._wrong(number, UnitProblemCode.BAD_FORMER, entry)
                    continue
                former = FormerUnit(
                    id=UnitId(structure, match[2]),
                    kind=kind,
                    name=match[4],
                    district=match[5],
                    whole=not match[1],
                )
                found.append(former)
        return tuple(found)

    def _wrong(self, line: int, code: UnitProblemCode, *details: str) -> None:
        self.problems.append(
            UnitProblem(file=self.path.name, line=line, code=code, details=details)
        )

    def _stop(self, line: int, code: UnitProblemCode, *details: str) -> NoReturn:
        self._wrong(line, code, *details)
        raise UnitDataError(tuple(self.problems))
