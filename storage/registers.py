"""Registers of units: entries are added, edited, ended, removed; hand-ins keep copies of them."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import Connection, Integer, Select, bindparam, insert, select, update

from domain.answers import Answer
from domain.assessments import Assessment, AssessmentState
from domain.registers import Entries, RegisterEntry
from domain.units import UnitId
from storage.statements import Repository
from storage.tables.assessments import ASSESSMENT
from storage.tables.registers import REGISTER_COPY, REGISTER_ENTRY

_VALUES: Final = (
    "name",
    "since_year",
    "since_on",
    "ended_on",
    "decision_number",
    "decision_date",
    "note",
)
_IDS: Final = bindparam("ids", expanding=True, type_=Integer)
_LIVE: Final = select(REGISTER_ENTRY.c.id, *(REGISTER_ENTRY.c[name] for name in _VALUES)).where(
    REGISTER_ENTRY.c.removed_at.is_(None)
)
_OF_UNIT: Final = (
    _LIVE.where(REGISTER_ENTRY.c.unit == bindparam("unit"))
    .where(REGISTER_ENTRY.c.register_name == bindparam("register"))
    .order_by(REGISTER_ENTRY.c.id)
)
_NUMBERED: Final = (
    select(REGISTER_ENTRY.c.id)
    .where(REGISTER_ENTRY.c.unit == bindparam("unit"))
    .where(REGISTER_ENTRY.c.register_name == bindparam("register"))
    .order_by(REGISTER_ENTRY.c.id)
)
_BY_ID: Final = _LIVE.where(REGISTER_ENTRY.c.id.in_(_IDS))
_CHANGE: Final = (
    update(REGISTER_ENTRY)
    .where(REGISTER_ENTRY.c.id == bindparam("entry"))
    .where(REGISTER_ENTRY.c.unit == bindparam("of_unit"))
    .where(REGISTER_ENTRY.c.removed_at.is_(None))
)
_COPIES: Final = (
    select(REGISTER_COPY.c.entry_id.label("id"), *(REGISTER_COPY.c[name] for name in _VALUES))
    .where(REGISTER_COPY.c.assessment_id == bindparam("assessment"))
    .where(REGISTER_COPY.c.entry_id.in_(_IDS))
    # The newest copy of an entry comes last.
    .order_by(REGISTER_COPY.c.version)
)
_COPY: Final = insert(REGISTER_COPY).from_select(
    ["assessment_id", "version", "entry_id", *_VALUES],
    select(
        bindparam("assessment", type_=Integer),
        bindparam("version", type_=Integer),
        REGISTER_ENTRY.c.id,
        *(REGISTER_ENTRY.c[name] for name in _VALUES),
    )
    .where(REGISTER_ENTRY.c.id.in_(_IDS))
    .where(REGISTER_ENTRY.c.removed_at.is_(None)),
)
_STATE: Final = select(ASSESSMENT.c.state).where(ASSESSMENT.c.id == bindparam("assessment"))


class Registers(Repository):
    """The entries of units. A register has the name of what its questions count."""

    __slots__ = ()

    def of_unit(self, unit: UnitId, register: str) -> tuple[RegisterEntry, ...]:
        """The entries of one register, ended ones too, in the order of their entry."""
        rows = self._connection.execute(_OF_UNIT, {"unit": unit, "register": register})
        return tuple(RegisterEntry(**row._mapping) for row in rows)

    def numbered(self, unit: UnitId, register: str) -> dict[int, RegisterEntry]:
        """The same entries by their numbers, from 1. A number never passes to another entry, also
        not after a removal.
        """
        rows = self._connection.execute(_NUMBERED, {"unit": unit, "register": register})
        numbers = {entry_id: number for number, (entry_id,) in enumerate(rows, start=1)}
        entries = self.of_unit(unit, register)
        return {numbers[one.id]: one for one in entries if one.id is not None}

    def add(
        self, unit: UnitId, register: str, entry: RegisterEntry, person_id: int, now: datetime
    ) -> RegisterEntry:
        """Store a new entry; returns it with its id."""
        values = {
            **_values(entry),
            "unit": unit,
            "register_name": register,
            "added_by": person_id,
            "added_at": now,
        }
        added = insert(REGISTER_ENTRY).returning(REGISTER_ENTRY.c.id)
        entry_id: int = self._connection.execute(added, values).scalar_one()
        return replace(entry, id=entry_id)

    def edit(self, unit: UnitId, entry: RegisterEntry, person_id: int, now: datetime) -> bool:
        """Replace all values of a stored entry; False if the unit has no such entry."""
        return self._change(unit, entry.id, person_id, now, **_values(entry))

    def end(
        self, unit: UnitId, entry_id: int, last_day: date, person_id: int, now: datetime
    ) -> bool:
        """The entry is in force up to and including `last_day`; False as in `edit`."""
        return self._change(unit, entry_id, person_id, now, ended_on=last_day)

    def remove(self, unit: UnitId, entry_id: int, person_id: int, now: datetime) -> bool:
        """The entry was a mistake: it disappears from the register and from open assessments, but
        not from what was handed in. False as in `edit`.
        """
        return self._change(unit, entry_id, person_id, now, removed_at=now)

    def filled(self, answers: Mapping[str, Answer]) -> dict[str, Answer]:
        """The answers with their entries as they are in the register now."""
        return _filled(self._connection, answers, _BY_ID, {})

    def _change(
        self, unit: UnitId, entry_id: int | None, person_id: int, now: datetime, **values: object
    ) -> bool:
        statement = _CHANGE.values(**values, changed_by=person_id, changed_at=now)
        key = {"entry": entry_id, "of_unit": unit}
        return self._connection.execute(statement, key).rowcount == 1


def filled_for(
    connection: Connection, assessment_id: int, answers: Mapping[str, Answer]
) -> dict[str, Answer]:
    """The answers of an assessment with their entries: as they are in the register while it is
    open, and as they were handed in afterwards.
    """
    if not any(map(_names_entries, answers.values())):
        return dict(answers)
    key = {"assessment": assessment_id}
    is_open = connection.execute(_STATE, key).scalar() is AssessmentState.OPEN
    return _filled(connection, answers, _BY_ID if is_open else _COPIES, {} if is_open else key)


def copy_entries(
    connection: Connection, assessment: Assessment, answers: Mapping[str, Answer]
) -> None:
    """Keep the entries of these answers as they are now, under the version of the assessment."""
    ids = sorted({one for answer in answers.values() for one in _entries(answer).ids})
    if ids:
        key = {"assessment": assessment.id, "version": assessment.version, "ids": ids}
        connection.execute(_COPY, key)


def _filled(
    connection: Connection,
    answers: Mapping[str, Answer],
    statement: Select[Any],
    key: Mapping[str, object],
) -> dict[str, Answer]:
    ids = sorted({one for answer in answers.values() for one in _entries(answer).ids})
    rows = connection.execute(statement, {**key, "ids": ids}) if ids else ()
    known = {row.id: RegisterEntry(**row._mapping) for row in rows}
    return {name: _with_entries(answer, known) for name, answer in answers.items()}


def _with_entries(answer: Answer, known: Mapping[int, RegisterEntry]) -> Answer:
    if not _names_entries(answer):
        return answer
    # An entry that was removed is not named any more; one that is not stored yet is complete.
    items = tuple(
        entry
        for one in _entries(answer).items
        if (entry := one if one.id is None else known.get(one.id)) is not None
    )
    fields = (
        replace(field, value=Entries(items=items)) if isinstance(field.value, Entries) else field
        for field in answer.fields
    )
    return Answer(fields=tuple(fields))


def _names_entries(answer: Answer) -> bool:
    return any(isinstance(field.value, Entries) for field in answer.fields)


def _entries(answer: Answer) -> Entries:
    values = (field.value for field in answer.fields)
    return next((value for value in values if isinstance(value, Entries)), Entries())


def _values(entry: RegisterEntry) -> dict[str, object]:
    return {name: getattr(entry, name) for name in _VALUES}
