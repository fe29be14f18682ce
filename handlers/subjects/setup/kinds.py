"""From the kinds of unit that a document names to the kinds that exist today."""

import re
from collections import Counter
from collections.abc import Iterable

from domain.units import Level, Structure, Unit, UnitKind, level_of
from handlers.subjects.setup.screens import SetupTurn
from handlers.understanding.text import plain

_COMMUNES_OF_TODAY = frozenset({UnitKind.COMMUNE, UnitKind.WARD, UnitKind.SPECIAL_ZONE})

_WORDS: tuple[tuple[str, frozenset[UnitKind]], ...] = (
    ("cap xa", _COMMUNES_OF_TODAY | {UnitKind.TOWNSHIP}),
    ("cap huyen", frozenset(kind for kind in UnitKind if level_of(kind) is Level.DISTRICT)),
    ("cap tinh", frozenset({UnitKind.PROVINCE, UnitKind.CITY})),
    ("thi xa", frozenset({UnitKind.TOWN})),
    ("thi tran", frozenset({UnitKind.TOWNSHIP})),
    ("dac khu", frozenset({UnitKind.SPECIAL_ZONE})),
    ("thanh pho thuoc tinh", frozenset({UnitKind.PROVINCIAL_CITY})),
    ("xa", frozenset({UnitKind.COMMUNE})),
    ("phuong", frozenset({UnitKind.WARD})),
    ("huyen", frozenset({UnitKind.RURAL_DISTRICT})),
    ("quan", frozenset({UnitKind.URBAN_DISTRICT})),
    ("tinh", frozenset({UnitKind.PROVINCE, UnitKind.CITY})),
    ("so ban nganh", frozenset({UnitKind.DEPARTMENT})),
    ("ban nganh", frozenset({UnitKind.DEPARTMENT})),
    ("so", frozenset({UnitKind.DEPARTMENT})),
    ("nganh", frozenset({UnitKind.DEPARTMENT})),
    ("department", frozenset({UnitKind.DEPARTMENT})),
    ("departments", frozenset({UnitKind.DEPARTMENT})),
)
"""What people call the kinds, without marks; the longer ones first if one contains another."""

_NOISE = re.compile(r"\b(?:chi|cac|va|tat ca|toan bo|ubnd|cong an|and|all|only)\b|[,;.+&()\d]")


def kinds_today(kinds: Iterable[UnitKind], structure: Structure) -> frozenset[UnitKind]:
    """The kinds that replace these in a structure.

    Since 01/07/2025 there is no district: duties of its UBND are proposed for the units directly
    below the province. It is a proposal, which an administrator confirms.
    """
    if structure is not Structure.Y2026:
        return frozenset(kinds)
    found: set[UnitKind] = set()
    for kind in kinds:
        if level_of(kind) is Level.DISTRICT or kind is UnitKind.TOWNSHIP:
            found |= _COMMUNES_OF_TODAY
        else:
            found.add(kind)
    return frozenset(found)


def kinds_in(text: str) -> frozenset[UnitKind]:
    """The kinds that a text names and nothing else; none if it contains any other word."""
    rest = f" {' '.join(_NOISE.sub(' ', plain(text)).split())} "
    found: set[UnitKind] = set()
    for word, kinds in _WORDS:
        if f" {word} " in rest:
            rest = rest.replace(f" {word} ", "  ")
            found |= kinds
    return frozenset() if rest.strip() else frozenset(found)


def units_of(units: Iterable[Unit], kinds: Iterable[UnitKind]) -> tuple[Unit, ...]:
    """Those of the units that are of these kinds."""
    wanted = frozenset(kinds)
    return tuple(unit for unit in units if unit.kind in wanted)


def counted(setup: SetupTurn, units: Iterable[Unit]) -> str:
    """ "119 xã, 11 phường, 10 sở, ban, ngành"."""
    numbers = Counter(unit.kind for unit in units)
    return ", ".join(
        setup.say("kind_count", kind=setup.turn.say("common.kind", kind=kind), count=numbers[kind])
        for kind in UnitKind
        if numbers[kind]
    )
