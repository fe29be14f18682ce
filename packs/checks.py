"""Conditions that a pack must satisfy beyond the types of its fields."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence

from domain.criteria import Item, Part, Requirement, RuleName
from domain.obligations import Obligation, Recurrence, Target
from packs.decidable import check_decidable
from packs.problems import ProblemCode
from packs.reader import Reader, shown
from packs.row_checks import check_row
from packs.schema import Draft, Placed

_ID = re.compile(r"[A-Za-z0-9]+([.-][A-Za-z0-9]+)*")
_ID_LIMIT = 20
"""Characters of an id: people type it in commands, and buttons and links contain it."""

_LEAP_DAY = (2, 29)
"""Cannot be repeated each year."""

_ON_A_BRANCH = (RuleName.DOCUMENT_IF_LISTED, RuleName.CONVERTED_IF_LISTED)


def check_draft(draft: Draft, reader: Reader) -> None:
    """Reports every mistake of the draft to `reader`."""
    for row in draft.rows:
        check_row(row, reader)
    _check_ids(draft, reader)
    _check_refs(draft, reader)
    circular = _check_cycles(draft, reader)
    check_decidable(draft, reader, circular=circular)
    for obligation in draft.obligations:
        _check_due(obligation, reader)


def _check_ids(draft: Draft, reader: Reader) -> None:
    lone = {
        placed.value.requirements[0].id
        for placed in draft.items
        if len(placed.value.requirements) == 1
        and placed.value.requirements[0].id == placed.value.id
    }
    # A verdict refers to a part, an item or a requirement only by its id, so the three kinds share
    # one namespace; only the single requirement of an item may have the item's id.
    rows = [row for row in draft.rows if row.value.id not in lone]
    repeated = [row for row in draft.rows if row.value.id in lone]
    _check_distinct((*draft.parts, *draft.items, *rows), reader)
    _check_distinct(repeated, reader)
    _check_distinct(draft.obligations, reader)
    _check_distinct(draft.targets, reader)


Named = Part | Item | Requirement | Obligation | Target


def _check_distinct(placed: Iterable[Placed[Named]], reader: Reader) -> None:
    seen: dict[str, int] = {}
    for each in placed:
        found, line = each.value.id, each.table.line_of("id")
        if not found:
            continue
        if _ID.fullmatch(found) is None or len(found) > _ID_LIMIT:
            reader.report(line, ProblemCode.BAD_ID, shown(found))
        elif found in seen:
            reader.report(line, ProblemCode.DUPLICATE_ID, found, str(seen[found]))
        seen.setdefault(found, line)


def _check_refs(draft: Draft, reader: Reader) -> None:
    rows = {placed.value.id: placed.value for placed in draft.rows}
    parts = {placed.value.id for placed in draft.parts}
    outcomes = parts | {placed.value.id for placed in draft.items}
    for placed in draft.rows:
        rule, line = placed.value.rule, placed.table.line_of("rule")
        known: Collection[str] = rows.keys()
        if rule.name is RuleName.ALL_MET:
            known = outcomes
        elif rule.name is RuleName.SHARE_OF_COMMUNES:
            known = parts
        for ref in rule.refs:
            if ref not in known:
                guess = reader.nearest(ref, known)
                reader.report(line, ProblemCode.UNKNOWN_REF, shown(ref), guess)
            elif rule.name in _ON_A_BRANCH and rows[ref].rule.name is not RuleName.BRANCH:
                reader.report(line, ProblemCode.REF_NOT_BRANCH, ref)
            elif rule.name is RuleName.SAME_AS and not rows[ref].asked:
                reader.report(line, ProblemCode.REF_NOT_ASKED, ref)


def _check_cycles(draft: Draft, reader: Reader) -> frozenset[str]:
    """An item must not depend on itself through the items and parts it refers to; returns the rows
    that create such a cycle.
    """
    needs = {placed.value.id: {item.id for item in placed.value.items} for placed in draft.parts}
    home: dict[str, str] = {}
    for item in (placed.value for placed in draft.items):
        needs[item.id] = {ref for row in item.requirements for ref in _outcomes_of(row)}
        home.update({row.id: item.id for row in item.requirements})
    circle = _in_circles(needs)
    circular = set()
    for placed in draft.rows:
        if home.get(placed.value.id) in circle and circle.intersection(_outcomes_of(placed.value)):
            line = placed.table.line_of("rule")
            reader.report(line, ProblemCode.REF_CYCLE, shown(placed.value.id))
            circular.add(placed.value.id)
    return frozenset(circular)


def _outcomes_of(row: Requirement) -> Sequence[str]:
    computed = (RuleName.ALL_MET, RuleName.SHARE_OF_COMMUNES)
    return row.rule.refs if row.rule.name in computed else ()


def _in_circles(needs: Mapping[str, set[str]]) -> set[str]:
    """The names on a cycle or between two cycles: what remains after removing every name that needs
    no other, and then every name that no other needs.
    """
    forward = {name: {each for each in wanted if each in needs} for name, wanted in needs.items()}
    tied = _without_loose_ends(forward)
    backward: dict[str, set[str]] = {name: set() for name in tied}
    for name in tied:
        for each in forward[name] & tied:
            backward[each].add(name)
    return _without_loose_ends(backward)


def _without_loose_ends(needs: Mapping[str, set[str]]) -> set[str]:
    """The names from which the chain of needed names never ends."""
    needed_by: dict[str, list[str]] = {name: [] for name in needs}
    for name, wanted in needs.items():
        for each in wanted:
            needed_by[each].append(name)
    missing = {name: len(wanted) for name, wanted in needs.items()}
    loose = [name for name, count in missing.items() if count == 0]
    for name in loose:
        for each in needed_by[name]:
            missing[each] -= 1
            if missing[each] == 0:
                loose.append(each)
    return set(needs) - set(loose)


def _check_due(placed: Placed[Obligation], reader: Reader) -> None:
    obligation, table = placed.value, placed.table
    if not reader.sound(table, "due", "recurrence"):
        return
    due, recurrence = obligation.due, obligation.recurrence
    line = table.line_of("due")
    if recurrence is Recurrence.ONCE and due.dated and due.year is None:
        reader.report(line, ProblemCode.ONCE_NEEDS_YEAR)
    if recurrence in (Recurrence.YEARLY, Recurrence.HALF_YEARLY) and due.year is not None:
        reader.report(line, ProblemCode.YEARLY_TAKES_NO_YEAR, recurrence)
    if recurrence is Recurrence.PLAN_YEARLY and not due.dated:
        reader.report(line, ProblemCode.RECURRENCE_NEEDS_DATE, recurrence)
    if recurrence is Recurrence.PLAN_YEARLY and (due.month, due.day) == _LEAP_DAY:
        reader.report(line, ProblemCode.BAD_DATE, "due", "29/02")
