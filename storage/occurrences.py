"""Single duties of single units: what is due, declared, received."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from sqlalchemy import Executable, bindparam, func, select, text, update

from domain.deadlines import Limits, Occurrence, OccurrenceState, Stage, StageDay
from domain.units import UnitId
from storage.encoding import to_json
from storage.errors import Conflict
from storage.records import HandIn
from storage.statements import AnyRow, Repository
from storage.tables.messages import OUTBOX, SendState
from storage.tables.plans import OCCURRENCE, PLAN_DUTY, YEAR_PLAN

COLUMNS: Final = (
    OCCURRENCE.c.id,
    YEAR_PLAN.c.document_id,
    PLAN_DUTY.c.obligation_id,
    PLAN_DUTY.c.clause,
    PLAN_DUTY.c.what,
    PLAN_DUTY.c.verbatim,
    PLAN_DUTY.c.to_whom,
    OCCURRENCE.c.unit,
    YEAR_PLAN.c.year,
    PLAN_DUTY.c.hard_limit,
    PLAN_DUTY.c.last_working_day,
    PLAN_DUTY.c.inclusive,
    PLAN_DUTY.c.stages,
    OCCURRENCE.c.state,
    OCCURRENCE.c.sent_on,
    OCCURRENCE.c.number,
)
ALL: Final = (
    select(*COLUMNS)
    .select_from(OCCURRENCE.join(PLAN_DUTY).join(YEAR_PLAN))
    .order_by(PLAN_DUTY.c.hard_limit, OCCURRENCE.c.id)
)
_THIS: Final = OCCURRENCE.c.id == bindparam("occurrence")
_GET: Final = ALL.where(_THIS)
_OF_UNIT: Final = ALL.where(OCCURRENCE.c.unit == bindparam("unit")).where(
    OCCURRENCE.c.state != OccurrenceState.WITHDRAWN
)
_OF_YEAR: Final = _OF_UNIT.where(YEAR_PLAN.c.year == bindparam("year"))
_OPEN_OF_UNIT: Final = _OF_UNIT.where(OCCURRENCE.c.state == OccurrenceState.OPEN)
_DUE: Final = (
    select(*COLUMNS)
    .select_from(OCCURRENCE.join(PLAN_DUTY).join(YEAR_PLAN))
    .where(OCCURRENCE.c.next_at <= bindparam("now"))
    .order_by(OCCURRENCE.c.next_at, OCCURRENCE.c.id)
    .limit(bindparam("limit"))
    # Several processes tick: each takes rows that no other process has.
    .with_for_update(skip_locked=True, of=OCCURRENCE)
)
_NEXT_DUE: Final = select(func.min(OCCURRENCE.c.next_at)).where(OCCURRENCE.c.next_at.is_not(None))
_SET_NEXT: Final = update(OCCURRENCE).where(_THIS).values(next_at=bindparam("next_"))
_DECLARE: Final = (
    update(OCCURRENCE)
    .where(_THIS)
    .where(OCCURRENCE.c.state == OccurrenceState.OPEN)
    .values(
        state=OccurrenceState.DECLARED,
        next_at=None,
        sent_on=bindparam("sent"),
        document_on=bindparam("dated"),
        document_number=bindparam("number_"),
        declared_at=bindparam("now"),
        declared_by=bindparam("person"),
    )
)
_RECEIVE: Final = (
    update(OCCURRENCE)
    .where(_THIS)
    .where(OCCURRENCE.c.state == OccurrenceState.DECLARED)
    .values(
        state=OccurrenceState.RECEIVED,
        received_at=bindparam("now"),
        received_by=bindparam("person"),
    )
)
_EXTEND: Final = (
    update(OCCURRENCE)
    .where(_THIS)
    .where(OCCURRENCE.c.state == OccurrenceState.OPEN)
    .values(
        extended_to=bindparam("until"),
        extended_why=bindparam("why"),
        extended_at=bindparam("now"),
        extended_by=bindparam("person"),
        next_at=bindparam("next_"),
    )
)
_HAND_IN: Final = select(
    OCCURRENCE.c.id.label("occurrence_id"),
    OCCURRENCE.c.sent_on,
    OCCURRENCE.c.document_on,
    OCCURRENCE.c.document_number,
    OCCURRENCE.c.declared_at,
    OCCURRENCE.c.declared_by,
    OCCURRENCE.c.received_at,
    OCCURRENCE.c.received_by,
    OCCURRENCE.c.extended_to,
    OCCURRENCE.c.extended_why,
).where(_THIS)
# A literal, because the partial index on waiting rows is not used for a parameter.
_STOP_REMINDERS: Final = (
    update(OUTBOX)
    .where(text("outbox.state = 'waiting'"))
    .where(OUTBOX.c.once.like(bindparam("of_this")))
    .values(state=SendState.DROPPED)
)
_SENT: Final = select(OUTBOX.c.once).where(OUTBOX.c.once.in_(bindparam("keys", expanding=True)))


def reminder_key(occurrence_id: int, person_id: int, stage: Stage) -> str:
    """The idempotency key of a reminder in the outbox: each person once for each stage."""
    return f"remind:{occurrence_id}:{person_id}:{stage.value}"


def encode_stages(stages: Iterable[StageDay]) -> str:
    """[["T-30","2027-04-28"],…], in order of time."""
    return to_json([[day.stage.value, day.on.isoformat()] for day in stages])


# All units of a province share a duty, and therefore the text of its stages.
@lru_cache(maxsize=1_024)
def _decode_stages(text: str) -> tuple[StageDay, ...]:
    return tuple(
        StageDay(stage=Stage(stage), on=date.fromisoformat(on)) for stage, on in json.loads(text)
    )


def read_occurrence(row: AnyRow) -> Occurrence:
    """An occurrence from a row of `COLUMNS`."""
    return Occurrence(
        id=row[0],
        document_id=row[1],
        obligation_id=row[2],
        clause=row[3],
        what=row[4],
        verbatim=row[5],
        to_whom=row[6],
        unit=row[7],
        year=row[8],
        limits=Limits(hard_limit=row[9], last_working_day=row[10], inclusive=row[11]),
        stages=_decode_stages(row[12]),
        state=row[13],
        sent_on=row[14],
        number=row[15],
    )


class Occurrences(Repository):
    """The part of `Plans` for the duties of one unit."""

    __slots__ = ()

    def get(self, occurrence_id: int) -> Occurrence | None:
        """The occurrence, or None."""
        row = self._connection.execute(_GET, {"occurrence": occurrence_id}).first()
        return None if row is None else read_occurrence(row)

    def of_unit(self, unit: UnitId) -> tuple[Occurrence, ...]:
        """All duties of a unit except withdrawn ones, ordered by limit."""
        return self._many(_OF_UNIT, unit=unit)

    def of_year(self, unit: UnitId, year: int) -> tuple[Occurrence, ...]:
        """Like `of_unit`, in the plans of one year."""
        return self._many(_OF_YEAR, unit=unit, year=year)

    def open_of_unit(self, unit: UnitId) -> tuple[Occurrence, ...]:
        """The duties that the unit has not declared yet, ordered by limit."""
        return self._many(_OPEN_OF_UNIT, unit=unit)

    def occurrences_due(self, now: datetime, limit: int) -> tuple[Occurrence, ...]:
        """The occurrences to check now, longest due first; locked for this transaction."""
        return self._many(_DUE, now=now, limit=limit)

    def next_due(self) -> datetime | None:
        """The earliest time at which any occurrence must be checked; None if there is none."""
        found: datetime | None = self._connection.execute(_NEXT_DUE).scalar()
        return found

    def set_next(self, moments: Mapping[int, datetime | None]) -> None:
        """Set, by id, when each occurrence must be checked again; None: never."""
        rows = [{"occurrence": one, "next_": moment} for one, moment in moments.items()]
        if rows:
            self._connection.execute(_SET_NEXT, rows)

    def sent_stages(self, occurrence_id: int, person_id: int) -> frozenset[Stage]:
        """The stages for which this person has a reminder in the outbox, sent or not."""
        keys = {reminder_key(occurrence_id, person_id, stage): stage for stage in Stage}
        found = self._connection.execute(_SENT, {"keys": list(keys)}).scalars()
        return frozenset(keys[key] for key in found)

    def declare(
        self,
        occurrence_id: int,
        *,
        sent_on: date,
        recorded_at: datetime,
        person_id: int,
        document_on: date | None = None,
        document_number: str | None = None,
    ) -> Occurrence:
        """The unit declares its hand-in ("khai đã nộp"); reminders stop, also those that wait in
        the outbox.

        Raises Conflict if it declared before.
        """
        values = {
            "sent": sent_on,
            "dated": document_on,
            "number_": document_number,
            "now": recorded_at,
            "person": person_id,
        }
        declared = self._change(_DECLARE, occurrence_id, "was declared before", values)
        self._connection.execute(_STOP_REMINDERS, {"of_this": f"remind:{occurrence_id}:%"})
        return declared

    def receive(self, occurrence_id: int, *, person_id: int, now: datetime) -> Occurrence:
        """The receiver confirms the hand-in ("đã nhận"). Raises Conflict if it was not declared or
        is already confirmed.
        """
        values = {"now": now, "person": person_id}
        return self._change(_RECEIVE, occurrence_id, "does not wait for its receiver", values)

    def extend(
        self,
        occurrence_id: int,
        *,
        until: date,
        why: str,
        next_at: datetime | None,
        person_id: int,
        now: datetime,
    ) -> Occurrence:
        """An extension, which moves reminders (`next_at`) and nothing else.

        Raises Conflict if the hand-in was declared.
        """
        values = {
            "until": until,
            "why": why,
            "next_": next_at,
            "now": now,
            "person": person_id,
        }
        return self._change(_EXTEND, occurrence_id, "was declared before", values)

    def hand_in_of(self, occurrence_id: int) -> HandIn | None:
        """The dates of a hand-in, separately; None if there is no such occurrence."""
        row = self._connection.execute(_HAND_IN, {"occurrence": occurrence_id}).first()
        return None if row is None else HandIn(**row._mapping)

    def _change(
        self,
        statement: Executable,
        occurrence_id: int,
        otherwise: str,
        values: Mapping[str, object],
    ) -> Occurrence:
        changed = self._connection.execute(statement, {"occurrence": occurrence_id, **values})
        after = self.get(occurrence_id)
        if changed.rowcount != 1 or after is None:
            raise Conflict(f"the occurrence {occurrence_id} {otherwise}")
        return after

    def _many(self, statement: Executable, **values: object) -> tuple[Occurrence, ...]:
        return tuple(map(read_occurrence, self._connection.execute(statement, values)))
