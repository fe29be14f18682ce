"""Administrative units of the country, in the three structures that our records cover.

The units changed on 01/01/2025 and again on 01/07/2025, and the General Statistics
Office gave old codes to new units both times. A unit is therefore identified by
(structure, code) and never by its code alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self


class UnitIdError(ValueError):
    """A text is not of the form "structure:code"."""


class Structure(StrEnum):
    """A structure of the country's units, named after the year in which it began or is known."""

    Y2021 = "2021"
    """To 31/12/2024: provinces, districts, communes."""
    Y2025 = "2025"
    """01/01/2025 to 30/06/2025: the same three levels after the mergers of 2023-2024."""
    Y2026 = "2026"
    """From 01/07/2025: provinces and communes, no district."""


Y2025_BEGINS = date(2025, 1, 1)
Y2026_BEGINS = date(2025, 7, 1)


class UnitKind(StrEnum):
    """The legal kind of a unit; targets and duties bind by kind (xã only, xã and thị trấn)."""

    PROVINCE = "province"
    CITY = "city"
    """Thành phố trực thuộc trung ương: at province level."""
    RURAL_DISTRICT = "rural_district"
    TOWN = "town"
    """Thị xã: at district level."""
    PROVINCIAL_CITY = "provincial_city"
    """Thành phố thuộc tỉnh, or thuộc thành phố trực thuộc trung ương (Thủ Đức, Thủy Nguyên)."""
    URBAN_DISTRICT = "urban_district"
    COMMUNE = "commune"
    WARD = "ward"
    TOWNSHIP = "township"
    """Thị trấn: at commune level, until 30/06/2025."""
    SPECIAL_ZONE = "special_zone"
    """Đặc khu: at commune level, from 01/07/2025."""
    DEPARTMENT = "department"
    """Sở, ban, ngành of a province; not in the data files, an administrator adds it."""


class Level(StrEnum):
    """The level of a unit. `DISTRICT` is empty in structure 2026."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"
    DEPARTMENT = "department"


_LEVELS = {
    UnitKind.PROVINCE: Level.PROVINCE,
    UnitKind.CITY: Level.PROVINCE,
    UnitKind.RURAL_DISTRICT: Level.DISTRICT,
    UnitKind.TOWN: Level.DISTRICT,
    UnitKind.PROVINCIAL_CITY: Level.DISTRICT,
    UnitKind.URBAN_DISTRICT: Level.DISTRICT,
    UnitKind.COMMUNE: Level.COMMUNE,
    UnitKind.WARD: Level.COMMUNE,
    UnitKind.TOWNSHIP: Level.COMMUNE,
    UnitKind.SPECIAL_ZONE: Level.COMMUNE,
    UnitKind.DEPARTMENT: Level.DEPARTMENT,
}


def level_of(kind: UnitKind) -> Level:
    """The level of a unit of this kind."""
    return _LEVELS[kind]


def structure_on(day: date) -> Structure:
    """The structure in force on a day; every day before 2025 belongs to `Y2021`."""
    if day < Y2025_BEGINS:
        return Structure.Y2021
    if day < Y2026_BEGINS:
        return Structure.Y2025
    return Structure.Y2026


@dataclass(frozen=True, order=True, slots=True)
class UnitId:
    """(structure, code); written "2026:17543". Codes keep their leading zeros.

    Positional arguments on purpose: the two parts always have this order.
    """

    structure: Structure
    code: str

    def __str__(self) -> str:
        return f"{self.structure.value}:{self.code}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """The inverse of `str`. Raises `UnitIdError`."""
        structure, _colon, code = text.partition(":")
        try:
            known = Structure(structure)
        except ValueError:
            known = None
        if known is None or not code or code != code.strip():
            choices = ", ".join(s.value for s in Structure)
            raise UnitIdError(
                f"{text!r} is no unit: write STRUCTURE:CODE, STRUCTURE one of {choices}"
            )
        return cls(known, code)


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """One unit of one structure."""

    id: UnitId
    kind: UnitKind
    name: str
    """Without the type word, NFC: "Mỹ Long Bắc"; "1" for Phường 1."""
    parent: str | None
    """Code, in the same structure, of the unit directly above; None for a province."""
    province: str
    """Code, in the same structure, of the province; a province's own code."""
    aliases: tuple[str, ...] = ()
    """Names of the former units that were merged into or renamed to this one, without their type
    words, sorted; the unit's own name is not among them.
    """

    @property
    def code(self) -> str:
        return self.id.code

    @property
    def structure(self) -> Structure:
        return self.id.structure

    @property
    def level(self) -> Level:
        return level_of(self.kind)


@dataclass(frozen=True, kw_only=True)
class FormerUnit:
    """A unit that was merged into, or renamed to, one of a later structure."""

    id: UnitId
    kind: UnitKind
    name: str
    district: str
    """Name of the district that it belonged to, "" if it belonged to none."""
    whole: bool
    """As in `Succession`."""


@dataclass(frozen=True, kw_only=True)
class Succession:
    """An old unit was merged, wholly or in part, into a new one of the next structure."""

    old: UnitId
    new: UnitId
    whole: bool
    """True if all of `old` is known to lie in `new`. A divided unit has several successors, all
    False; so has a commune dissolved before 2025, because its division is not recorded.
    """


@dataclass(frozen=True, kw_only=True)
class Origins:
    """The units of an earlier structure that make up a later one."""

    units: tuple[UnitId, ...]
    """Sorted by code; empty if none is known."""
    whole: bool
    """True if each of them was merged whole, so that the sum of their figures is the new unit's
    figure. False if one was divided or none is known: then a person must be asked for the figure.
    """


def went_over_whole(into: tuple[Succession, ...]) -> bool:
    """Whether the sum of the former units' figures is valid for the new unit.

    `into` holds every succession that leads to the new unit. False if one of them was divided,
    because the split of its figures is unknown, and False if there is none.
    """
    return bool(into) and all(step.whole for step in into)


def origins_of(
    unit: UnitId, structure: Structure, into: Mapping[UnitId, tuple[Succession, ...]]
) -> Origins:
    """The units of an earlier `structure` that make up `unit`, over one step or two.

    `into` gives for each unit every succession that leads to it.
    """
    whole, found = True, {unit}
    while found and max(found).structure > structure:
        whole = whole and all(went_over_whole(into.get(one, ())) for one in found)
        found = {step.old for one in found for step in into.get(one, ())}
    if not found or min(found).structure != structure:
        return Origins(units=(), whole=False)
    return Origins(units=tuple(sorted(found)), whole=whole)
