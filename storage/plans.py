"""Confirming a year's plan: which units have which duties, with which limits, by which mapping."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, insert, select, update

from domain.deadlines import OccurrenceState
from domain.units import UnitId
from storage.errors import Conflict
from storage.occurrences import Occurrences, encode_stages
from storage.records import ConfirmedDuty, Plan, PlannedDuty
from storage.tables.plans import OCCURRENCE, PLAN_DUTY, YEAR_PLAN

_COLUMNS: Final = (
    YEAR_PLAN.c.id,
    YEAR_PLAN.c.province,
    YEAR_PLAN.c.document_id,
    YEAR_PLAN.c.year,
    YEAR_PLAN.c.confirmed_by,
    YEAR_PLAN.c.confirmed_at,
)
_PLAN: Final = (
    select(*_COLUMNS)
    .where(YEAR_PLAN.c.province == bindparam("province"))
    .where(YEAR_PLAN.c.document_id == bindparam("document"))
    .where(YEAR_PLAN.c.year == bindparam("year"))
)
_OF_PROVINCE: Final = (
    select(*_COLUMNS)
    .where(YEAR_PLAN.c.province == bindparam("province"))
    .order_by(YEAR_PLAN.c.year, YEAR_PLAN.c.id)
)
_BINDING: Final = OCCURRENCE.c.state != OccurrenceState.WITHDRAWN
_DUTIES: Final = (
    select(
        PLAN_DUTY.c.id,
        PLAN_DUTY.c.obligation_id,
        PLAN_DUTY.c.hard_limit,
        PLAN_DUTY.c.last_working_day,
        PLAN_DUTY.c.trace,
        func.count(OCCURRENCE.c.id).label("units"),
    )
    .select_from(
        PLAN_DUTY.outerjoin(OCCURRENCE, (OCCURRENCE.c.plan_duty_id == PLAN_DUTY.c.id) & _BINDING)
    )
    .where(PLAN_DUTY.c.plan_id == bindparam("plan"))
    .group_by(PLAN_DUTY.c.id)
    .order_by(PLAN_DUTY.c.hard_limit, PLAN_DUTY.c.id)
)
_OF_DUTY: Final = OCCURRENCE.c.plan_duty_id == bindparam("duty")
_BOUND: Final = select(OCCURRENCE.c.unit, OCCURRENCE.c.state).where(_OF_DUTY)
_LAST_NUMBERS: Final = (
    select(OCCURRENCE.c.unit, func.max(OCCURRENCE.c.number))
    .where(OCCURRENCE.c.unit.in_(bindparam("units", expanding=True)))
    .group_by(OCCURRENCE.c.unit)
)
_RELEASE: Final = (
    update(OCCURRENCE)
    .where(_OF_DUTY)
    .where(OCCURRENCE.c.state == OccurrenceState.OPEN)
    .where(OCCURRENCE.c.unit == bindparam("unit_"))
    .values(state=OccurrenceState.WITHDRAWN, next_at=None)
)
_BIND_AGAIN: Final = (
    update(OCCURRENCE)
    .where(_OF_DUTY)
    .where(OCCURRENCE.c.state == OccurrenceState.WITHDRAWN)
    .where(OCCURRENCE.c.unit == bindparam("unit_"))
    .values(state=OccurrenceState.OPEN, next_at=bindparam("next_"))
)
_RETRACE: Final = (
    update(PLAN_DUTY).where(PLAN_DUTY.c.id == bindparam("duty")).values(trace=bindparam("trace_"))
)


class Plans(Occurrences):
    """Plans of provinces; `Occurrences` handles single duties of single units."""

    __slots__ = ()

    def confirm(
        self,
        province: UnitId,
        document_id: str,
        year: int,
        duties: Iterable[PlannedDuty],
        *,
        person_id: int,
        now: datetime,
    ) -> Plan:
        """Assign the units their duties of the year; reminders start.

        Raises Conflict if the document was confirmed for this province and year before.
        """
        if self.plan(province, document_id, year) is not None:
            raise Conflict(f"the year {year} of {document_id} was confirmed before")
        values = {
            "province": province,
            "document_id": document_id,
            "year": year,
            "confirmed_by": person_id,
            "confirmed_at": now,
        }
        added = self._connection.execute(insert(YEAR_PLAN).returning(*_COLUMNS), values).one()
        plan = Plan(**added._mapping)
        # Ordered by limit, so that N1 of a unit is its first duty.
        for duty in sorted(duties, key=lambda one: one.limits.hard_limit):
            self._bind(plan.id, duty)
        return plan

    def plan(self, province: UnitId, document_id: str, year: int) -> Plan | None:
        """The confirmed plan, or None: then its dates are only projected."""
        values = {"province": province, "document": document_id, "year": year}
        row = self._connection.execute(_PLAN, values).first()
        return None if row is None else Plan(**row._mapping)

    def of_province(self, province: UnitId) -> tuple[Plan, ...]:
        """The confirmed plans of a province, by year and in the order of confirmation."""
        rows = self._connection.execute(_OF_PROVINCE, {"province": province})
        return tuple(Plan(**row._mapping) for row in rows)

    def duties(self, plan_id: int) -> tuple[ConfirmedDuty, ...]:
        """The duties that a plan confirms, ordered by limit; a withdrawn duty has 0 units."""
        rows = self._connection.execute(_DUTIES, {"plan": plan_id})
        return tuple(ConfirmedDuty(**row._mapping) for row in rows)

    def rebind(self, plan_id: int, duty: PlannedDuty) -> None:
        """Confirm one more duty of a confirmed plan, or assign it to other units than before (no
        units: it is withdrawn). A unit that has declared already keeps its hand-in in both cases.
        """
        known = [
            one.id
            for one in self.duties(plan_id)
            if (one.obligation_id, one.hard_limit) == (duty.obligation_id, duty.limits.hard_limit)
        ]
        if not known:
            self._bind(plan_id, duty)
            return
        key = {"duty": known[0]}
        self._connection.execute(_RETRACE, {**key, "trace_": duty.trace})
        bound = dict(tuple(row) for row in self._connection.execute(_BOUND, key))
        wanted = frozenset(duty.units)
        release = [{**key, "unit_": unit} for unit in bound if unit not in wanted]
        again = [{**key, "unit_": unit, "next_": duty.next_at} for unit in wanted if unit in bound]
        for statement, values in ((_RELEASE, release), (_BIND_AGAIN, again)):
            if values:
                self._connection.execute(statement, values)
        self._occur(known[0], [unit for unit in duty.units if unit not in bound], duty.next_at)

    def _bind(self, plan_id: int, duty: PlannedDuty) -> None:
        values = {
            "plan_id": plan_id,
            "obligation_id": duty.obligation_id,
            "clause": duty.clause,
            "what": duty.what,
            "verbatim": duty.verbatim,
            "to_whom": duty.to_whom,
            "hard_limit": duty.limits.hard_limit,
            "last_working_day": duty.limits.last_working_day,
            "inclusive": duty.limits.inclusive,
            "stages": encode_stages(duty.stages),
            "trace": duty.trace,
        }
        duty_id: int = self._connection.execute(
            insert(PLAN_DUTY).returning(PLAN_DUTY.c.id), values
        ).scalar_one()
        self._occur(duty_id, duty.units, duty.next_at)

    def _occur(self, duty_id: int, units: Iterable[UnitId], next_at: datetime | None) -> None:
        wanted = tuple(units)
        last = {
            unit: number
            for unit, number in self._connection.execute(_LAST_NUMBERS, {"units": wanted})
        }
        rows = [
            {
                "plan_duty_id": duty_id,
                "unit": unit,
                "number": last.get(unit, 0) + 1,
                "state": OccurrenceState.OPEN,
                "next_at": next_at,
            }
            for unit in wanted
        ]
        if rows:
            self._connection.execute(insert(OCCURRENCE), rows)
