"""The country's units in each structure, read from packs/units/*.csv.

The files are written by tools/build_units.py. Format: a line "structure,2026,units,3355"; the
column names; then one unit a line, provinces first, then districts, then communes. `former` lists
the units of the structure before that were merged into this one, `older` those of two structures
before that had another name. Entries are "code:kind:name:district", separated by "|"; "~" marks one
that is not known to be merged whole. In 2025 an empty `former` means that the unit did not change,
"?" that its origin is unknown.
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
    UnitKind,
    level_of,
    origins_of,
)
from packs.unit_files import (
    OF_UNKNOWN_ORIGIN,
    UNITS_FOLDER,
    UnitDataError,
    UnitRows,
    read_unit_file,
)

__all__ = [
    "NoSuchUnit",
    "Successions",
    "UnitBook",
    "UnitDataError",
    "load_successions",
    "load_units",
]

_DISTRICT_WORDS = {kind.value for kind in UnitKind if level_of(kind) is Level.DISTRICT}
_BEFORE = {Structure.Y2025: Structure.Y2021, Structure.Y2026: Structure.Y2025}


class NoSuchUnit(LookupError):
    """The structure has no unit with this code."""

    def __init__(self, structure: Structure, code: str) -> None:
        super().__init__(f"structure {structure.value} has no unit {code}")
        self.structure = structure
        self.code = code


class UnitBook:
    """All units of one structure. Read-only; call `load_units` once and keep the result."""

    def __init__(self, rows: UnitRows) -> None:
        self.structure = rows.structure
        self._rows = rows
        self._made: dict[str, Unit] = {}
        """Unit objects made so far: most runs need only those of one province."""
        self._children: dict[str, list[str]] = defaultdict(list)
        for code, fields in rows.fields.items():
            self._children[fields[3]].append(code)

    def __len__(self) -> int:
        return len(self._rows.fields)

    def __contains__(self, unit: UnitId) -> bool:
        return self.find_id(unit) is not None

    @property
    def units(self) -> tuple[Unit, ...]:
        """Provinces, then districts, then communes, each by code."""
        return self._all(self._rows.fields)

    @property
    def provinces(self) -> tuple[Unit, ...]:
        return self.children("")

    def find(self, code: str) -> Unit | None:
        """The unit with this code, or None."""
        if code not in self._made:
            if code not in self._rows.fields:
                return None
            self._made[code] = self._rows.unit(code)
        return self._made[code]

    def find_id(self, unit: UnitId) -> Unit | None:
        """The unit with this id, or None, also for an id of another structure."""
        return self.find(unit.code) if unit.structure is self.structure else None

    def get(self, unit: UnitId) -> Unit:
        """The unit with this id. Raises `NoSuchUnit`, also for an id of another structure."""
        found = self.find_id(unit)
        if found is None:
            raise NoSuchUnit(unit.structure, unit.code)
        return found

    def province_of(self, unit: Unit) -> Unit:
        """Raises `NoSuchUnit` for a unit of another structure."""
        return self.get(UnitId(unit.id.structure, unit.province))

    def parent_of(self, unit: Unit) -> Unit | None:
        """The unit directly above, None for a province."""
        return None if unit.parent is None else self.get(UnitId(unit.id.structure, unit.parent))

    def children(self, code: str) -> tuple[Unit, ...]:
        """The units directly below, by code; none for an unknown code."""
        return self._all(self._children.get(code, ()))

    def districts(self, province: str) -> tuple[Unit, ...]:
        """The districts of a province, by code; none in structure 2026."""
        return tuple(u for u in self.children(province) if u.level is Level.DISTRICT)

    def communes(self, province: str) -> tuple[Unit, ...]:
        """The communes, wards, townships and special zones of a province, by code."""
        found = []
        for unit in self.children(province):
            if unit.level is Level.COMMUNE:
                found.append(unit)
            else:
                found.extend(self.children(unit.code))
        return tuple(sorted(found, key=lambda unit: unit.code))

    def formers(self, code: str) -> tuple[FormerUnit, ...]:
        """The units that it was made of, of the structure before and, if the name was different, of
        the one before that. Empty in 2021, and in 2025 for a unit that did not change.
        """
        return self._rows.formers(code)

    def _all(self, codes: Iterable[str]) -> tuple[Unit, ...]:
        return tuple(unit for code in codes if (unit := self.find(code)) is not None)


@dataclass(frozen=True, kw_only=True)
class Successions:
    """What the communes and provinces became, over both changes of structure.

    The only districts in it are the five islands that became special zones.
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
        """The units of an earlier structure that make up `unit`; for its own structure, itself."""
        return origins_of(unit, structure, self.into)


def load_units(structure: Structure, folder: Path = UNITS_FOLDER) -> UnitBook:
    """Reads one structure (about 25 ms). Raises `UnitDataError` naming file and line."""
    return UnitBook(read_unit_file(structure, folder))


def load_successions(folder: Path = UNITS_FOLDER) -> Successions:
    """Reads what the units became (about 0.2 s). Raises `UnitDataError` as `load_units` does."""
    into: dict[UnitId, tuple[Succession, ...]] = {}
    out_of: dict[UnitId, list[Succession]] = defaultdict(list)
    for structure, before in _BEFORE.items():
        rows = read_unit_file(structure, folder)
        for code in rows.fields:
            new = UnitId(structure, code)
            into[new] = _steps_into(new, before, rows)
            for step in into[new]:
                out_of[step.old].append(step)
    return Successions(
        into=MappingProxyType(into),
        out_of=MappingProxyType({old: tuple(steps) for old, steps in out_of.items()}),
    )


def _steps_into(new: UnitId, before: Structure, rows: UnitRows) -> tuple[Succession, ...]:
    direct = [former for former in rows.formers(new.code) if former.id.structure is before]
    if direct:
        return tuple(Succession(old=f.id, new=new, whole=f.whole) for f in direct)
    _, word, _, _, former, *_ = rows.fields[new.code]
    if word in _DISTRICT_WORDS or former == OF_UNKNOWN_ORIGIN:
        return ()
    return (Succession(old=UnitId(before, new.code), new=new, whole=True),)
