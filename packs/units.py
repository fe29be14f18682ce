"""The country's units in each structure, read from packs/units/*.csv.

The files are written by tools/build_units.py. Format: a line "structure,2026,units,3355";
the column names; then one unit a line, provinces first, then districts, then communes.
`former` lists the units of the structure before that went into this one, `older` those of
two structures before whose name was another; entries are "code:kind:name:district",
separated by "|", with "~" before one that is not known to have gone over whole. In 2025 an
empty `former` means that the unit went on unchanged.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from domain.units import (
    FormerUnit,
    Level,
    Origins,
    Structure,
    Succession,
    Unit,
    UnitId,
    origins_of,
)
from packs.unit_files import UNITS_FOLDER, RawUnit, UnitDataError, read_unit_file

__all__ = [
    "NoSuchUnit",
    "Successions",
    "UnitBook",
    "UnitDataError",
    "load_successions",
    "load_units",
]

_BEFORE = {Structure.Y2025: Structure.Y2021, Structure.Y2026: Structure.Y2025}


class NoSuchUnit(LookupError):
    """The structure has no unit with this code."""

    def __init__(self, structure: Structure, code: str) -> None:
        super().__init__(f"structure {structure.value} has no unit {code}")
        self.structure = structure
        self.code = code


class UnitBook:
    """All units of one structure. Read-only; make one with `load_units` and keep it."""

    def __init__(self, structure: Structure, raw: Iterable[RawUnit]) -> None:
        self.structure = structure
        self._units: dict[str, Unit] = {}
        self._formers: dict[str, tuple[FormerUnit, ...]] = {}
        children: dict[str, list[Unit]] = defaultdict(list)
        communes: dict[str, list[Unit]] = defaultdict(list)
        for line in raw:
            unit = line.unit
            self._units[unit.id.code] = unit
            if line.formers:
                self._formers[unit.id.code] = line.formers
            if unit.parent is not None:
                children[unit.parent].append(unit)
                if unit.level is Level.COMMUNE:
                    communes[unit.province].append(unit)
        self._children = {code: tuple(units) for code, units in children.items()}
        self._communes = {code: tuple(units) for code, units in communes.items()}

    def __len__(self) -> int:
        return len(self._units)

    def __contains__(self, unit: UnitId) -> bool:
        return unit.structure is self.structure and unit.code in self._units

    @property
    def units(self) -> tuple[Unit, ...]:
        """Provinces, then districts, then communes, each by code."""
        return tuple(self._units.values())

    @property
    def provinces(self) -> tuple[Unit, ...]:
        return tuple(unit for unit in self._units.values() if unit.parent is None)

    def find(self, code: str) -> Unit | None:
        """The unit with this code, or None."""
        return self._units.get(code)

    def get(self, unit: UnitId) -> Unit:
        """The unit with this id. Raises `NoSuchUnit`, also for an id of another structure."""
        found = self._units.get(unit.code) if unit.structure is self.structure else None
        if found is None:
            raise NoSuchUnit(unit.structure, unit.code)
        return found

    def province_of(self, unit: Unit) -> Unit:
        return self._units[unit.province]

    def parent_of(self, unit: Unit) -> Unit | None:
        return None if unit.parent is None else self._units[unit.parent]

    def children(self, code: str) -> tuple[Unit, ...]:
        """The units directly below, by code; none for an unknown code."""
        return self._children.get(code, ())

    def districts(self, province: str) -> tuple[Unit, ...]:
        """The districts of a province, by code; none in structure 2026."""
        return tuple(u for u in self.children(province) if u.level is Level.DISTRICT)

    def communes(self, province: str) -> tuple[Unit, ...]:
        """The communes, wards, townships and special zones of a province, by code."""
        return self._communes.get(province, ())

    def formers(self, code: str) -> tuple[FormerUnit, ...]:
        """What the unit was made of, of the structure before and, where the name was another,
        of the one before that. Empty in 2021, and in 2025 for a unit that did not change."""
        return self._formers.get(code, ())


@dataclass(frozen=True, kw_only=True)
class Successions:
    """What became of the communes and provinces, over both changes of structure.

    Of districts only the five islands that became special zones are in it.
    """

    into: Mapping[UnitId, tuple[Succession, ...]]
    out_of: Mapping[UnitId, tuple[Succession, ...]]

    def predecessors(self, unit: UnitId) -> tuple[Succession, ...]:
        """Every succession that leads to the unit, by old code; none in 2021."""
        return self.into.get(unit, ())

    def successors(self, unit: UnitId) -> tuple[Succession, ...]:
        """Every succession that leads away from the unit, by new code; none in 2026."""
        return self.out_of.get(unit, ())

    def origins(self, unit: UnitId, structure: Structure) -> Origins:
        """The units of an earlier structure that make up `unit`; itself for its own."""
        return origins_of(unit, structure, self.into)


def load_units(structure: Structure, folder: Path = UNITS_FOLDER) -> UnitBook:
    """Reads one structure (about 40 ms). Raises `UnitDataError` naming file and line."""
    return UnitBook(structure, read_unit_file(structure, folder))


def load_successions(folder: Path = UNITS_FOLDER) -> Successions:
    """Reads what became of the units. Raises `UnitDataError` naming file and line."""
    into: dict[UnitId, tuple[Succession, ...]] = {}
    out_of: dict[UnitId, list[Succession]] = defaultdict(list)
    for structure, before in _BEFORE.items():
        for line in read_unit_file(structure, folder):
            steps = _steps_into(line, before)
            if steps:
                into[line.unit.id] = steps
            for step in steps:
                out_of[step.old].append(step)
    return Successions(
        into=MappingProxyType(into),
        out_of=MappingProxyType({old: tuple(steps) for old, steps in out_of.items()}),
    )


def _steps_into(line: RawUnit, before: Structure) -> tuple[Succession, ...]:
    new = line.unit.id
    direct = [former for former in line.formers if former.id.structure is before]
    if direct:
        return tuple(Succession(old=f.id, new=new, whole=f.whole) for f in direct)
    if line.unit.level is Level.DISTRICT:
        return ()
    return (Succession(old=UnitId(before, new.code), new=new, whole=True),)
