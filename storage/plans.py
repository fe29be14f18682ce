"""Confirming a year's plan: whose duties, with which limits, by which mapping."""

from collections.abc import Iterable
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select

from domain.deadlines import OccurrenceState
from domain.units import UnitId
from storage.errors import Conflict
from storage.occurrences import Occurrences, encode_stages
from storage.records import Plan, PlannedDuty
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


class Plans(Occurrences):
    """Plans of provinces; the single duties of single units are the part `Occurrences`."""

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
        """Bind the units to their duties of the year; from now on they are reminded.

        Raises Conflict when the document was confirmed for this province and year before.
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
        for duty in duties:
            self._bind(plan.id, duty)
        return plan

    def plan(self, province: UnitId, document_id: str, year: int) -> Plan | None:
        """The confirmed plan, or None: then its dates are only projected."""
        values = {"province": province, "document": document_id, "year": year}
        row = self._connection.execute(_PLAN, values).first()
        return None if row is None else Plan(**row._mapping)

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
        rows = [
            {
                "plan_duty_id": duty_id,
                "unit": unit,
                "state": OccurrenceState.OPEN,
                "next_at": duty.next_at,
            }
            for unit in duty.units
        ]
        if rows:
            self._connection.execute(insert(OCCURRENCE), rows)
