"""Conditions on the references of a pack, so that every unit can be decided.

A verdict is computed from the unit's own answers, item by item in the order of the document. A
reference to a question that the unit is not asked, or to a verdict that is computed later, would
stay incomplete.
"""

from collections.abc import Collection
from dataclasses import dataclass

from domain.criteria import Part, Requirement, RuleName
from domain.units import Level, UnitKind, level_of
from packs.problems import ProblemCode
from packs.reader import Reader, shown
from packs.schema import Draft, Placed

_OF_ANSWERS = (RuleName.DOCUMENT_IF_LISTED, RuleName.CONVERTED_IF_LISTED, RuleName.SAME_AS)
"""Rules that read another answer of the same unit; the order does not matter to them."""


@dataclass(frozen=True, kw_only=True)
class _Place:
    """The position of an item, a part or a row: `at` counts items and parts in judging order."""

    at: int
    unit_kinds: frozenset[UnitKind]


def check_decidable(draft: Draft, reader: Reader, *, circular: Collection[str] = ()) -> None:
    """Reports each reference that would leave a unit undecided permanently. `circular` rows refer
    to themselves; that was reported before and says nothing about the order.
    """
    outcomes, homes = _outcomes(draft), _homes(draft)
    for placed in draft.rows:
        home = homes.get(placed.value.id)
        if home is None:
            continue
        if placed.value.rule.name in _OF_ANSWERS:
            for ref in placed.value.rule.refs:
                _check_units(placed, home, ref, homes.get(ref), reader)
        elif placed.value.rule.name is RuleName.ALL_MET:
            for ref in placed.value.rule.refs:
                _check_units(placed, home, ref, outcomes.get(ref), reader)
                if placed.value.id not in circular:
                    _check_order(placed, home, ref, outcomes.get(ref), reader)
        elif placed.value.rule.name is RuleName.SHARE_OF_COMMUNES:
            _check_share(placed, home, reader)


def _outcomes(draft: Draft) -> dict[str, _Place]:
    """The position at which each item and each part is judged; a part comes after its items."""
    found: dict[str, _Place] = {}
    for part in _parts(draft):
        for name in (*(item.id for item in part.items), part.id):
            found.setdefault(name, _Place(at=len(found), unit_kinds=part.unit_kinds))
    return found


def _homes(draft: Draft) -> dict[str, _Place]:
    """The position of the item of each row."""
    outcomes = _outcomes(draft)
    return {
        row.id: outcomes[item.id]
        for part in _parts(draft)
        for item in part.items
        for row in item.requirements
    }


def _parts(draft: Draft) -> tuple[Part, ...]:
    return tuple(placed.value for placed in draft.parts)


def _check_units(
    placed: Placed[Requirement], home: _Place, ref: str, there: _Place | None, reader: Reader
) -> None:
    if there is None:
        return
    elsewhere = home.unit_kinds - there.unit_kinds
    if elsewhere:
        kinds = ", ".join(sorted(elsewhere))
        line = placed.table.line_of("rule")
        reader.report(line, ProblemCode.REF_OF_OTHER_UNITS, shown(ref), kinds)


def _check_order(
    placed: Placed[Requirement], home: _Place, ref: str, there: _Place | None, reader: Reader
) -> None:
    if there is not None and there.at > home.at:
        line = placed.table.line_of("rule")
        reader.report(line, ProblemCode.REF_STANDS_LATER, shown(ref))


def _check_share(placed: Placed[Requirement], home: _Place, reader: Reader) -> None:
    """A commune has no communes below it, so it has no share of them."""
    communes = [kind for kind in home.unit_kinds if level_of(kind) is Level.COMMUNE]
    if communes:
        kinds = ", ".join(sorted(communes))
        reader.report(placed.table.line_of("rule"), ProblemCode.SHARE_IN_A_COMMUNE, kinds)
