"""Duties, targets and assignments of a pack read into domain values."""

import re

from domain.obligations import Assignment, Due, DueKind, Obligation, Recurrence, Target
from domain.units import UnitKind
from packs.keys import ASSIGNMENT_KEYS, OBLIGATION_KEYS, TARGET_KEYS
from packs.nodes import Table
from packs.problems import ProblemCode
from packs.reader import Reader, day_of, name_of, shown

_COMMON_YEAR = 2025
"""Any year without 29/02: a date that repeats every year must exist in every year."""

_DUE = re.compile(r"(before|by|on) (\d{1,2})/(\d{1,2})(?:/(\d{4}))?")


def read_obligation(table: Table, reader: Reader) -> Obligation:
    reader.only(table, OBLIGATION_KEYS)
    return Obligation(
        id=reader.text(table, "id"),
        clause=reader.text(table, "clause"),
        who=reader.text(table, "who"),
        what=reader.text(table, "what"),
        to_whom=reader.text(table, "to_whom", required=False),
        verbatim=reader.text(table, "verbatim"),
        due=_due(table, reader),
        recurrence=reader.one_of(table, "recurrence", Recurrence, Recurrence.NONE),
        unit_kinds=frozenset(reader.some_of(table, "unit_kinds", UnitKind)),
        needs_review=reader.text(table, "needs_review", required=False),
    )


def _due(table: Table, reader: Reader) -> Due:
    """`before 25/02/2024`, `by 31/03`, `on 19/08`, `on_occurrence` or `undated`."""
    value = reader.text(table, "due")
    if value in (DueKind.ON_OCCURRENCE.value, DueKind.UNDATED.value) or not value:
        return Due(kind=DueKind(value or DueKind.UNDATED.value))
    match = _DUE.fullmatch(value)
    if match is None:
        reader.wrong(table, "due", ProblemCode.BAD_DUE, shown(value))
        return Due(kind=DueKind.UNDATED)
    kind, day, month, year = match.groups()
    if day_of(f"{day}/{month}/{year or _COMMON_YEAR}") is None:
        reader.wrong(table, "due", ProblemCode.BAD_DATE, "due", shown(value))
    return Due(
        kind=DueKind(kind),
        month=int(month),
        day=int(day),
        year=int(year) if year is not None else None,
    )


def read_target(table: Table, reader: Reader) -> Target:
    reader.only(table, TARGET_KEYS)
    return Target(
        id=reader.text(table, "id"),
        clause=reader.text(table, "clause"),
        text=reader.text(table, "text"),
        value=reader.text(table, "value"),
        scope=reader.text(table, "scope"),
        period=reader.text(table, "period"),
        denominator=reader.text(table, "denominator", required=False),
        unit_kinds=frozenset(reader.some_of(table, "unit_kinds", UnitKind)),
        needs_review=reader.text(table, "needs_review", required=False),
    )


def read_assignment(table: Table, reader: Reader) -> Assignment:
    reader.only(table, ASSIGNMENT_KEYS)
    tasks = reader.texts(table, "tasks")
    if not tasks and reader.sound(table, "tasks"):
        reader.wrong(table, "tasks", ProblemCode.EMPTY_LIST, "tasks", name_of(table))
    return Assignment(
        clause=reader.text(table, "clause"), who=reader.text(table, "who"), tasks=tasks
    )
