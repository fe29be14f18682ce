"""Checklists that officers submitted to the heads of their units for confirmation."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update

from storage.records import HandInRequest
from storage.statements import Repository
from storage.tables.setup import HAND_IN_REQUEST, RequestOutcome

_COLUMNS: Final = (
    HAND_IN_REQUEST.c.id,
    HAND_IN_REQUEST.c.assessment_id,
    HAND_IN_REQUEST.c.version,
    HAND_IN_REQUEST.c.asked_by,
    HAND_IN_REQUEST.c.asked_at,
    HAND_IN_REQUEST.c.outcome,
    HAND_IN_REQUEST.c.settled_by,
    HAND_IN_REQUEST.c.settled_at,
    HAND_IN_REQUEST.c.reason,
)
_THIS: Final = HAND_IN_REQUEST.c.id == bindparam("request")
_OPEN: Final = HAND_IN_REQUEST.c.outcome.is_(None)
_OF_ASSESSMENT: Final = HAND_IN_REQUEST.c.assessment_id == bindparam("assessment")
_GET: Final = select(*_COLUMNS).where(_THIS)
_WAITING: Final = (
    select(*_COLUMNS)
    .where(_OF_ASSESSMENT)
    .where(_OPEN)
    .order_by(HAND_IN_REQUEST.c.id.desc())
    .limit(1)
)
_SETTLE: Final = (
    update(HAND_IN_REQUEST)
    .where(_OF_ASSESSMENT)
    .where(_OPEN)
    .values(
        outcome=bindparam("outcome_"),
        settled_by=bindparam("person"),
        settled_at=bindparam("now"),
        reason=bindparam("why"),
    )
)


class HandInRequests(Repository):
    """A request is settled once, by the first head who decides."""

    __slots__ = ()

    def ask(self, assessment_id: int, version: int, person_id: int, now: datetime) -> HandInRequest:
        """Submit the checklist, at `version`, to the heads."""
        values = {
            "assessment_id": assessment_id,
            "version": version,
            "asked_by": person_id,
            "asked_at": now,
        }
        added = self._connection.execute(insert(HAND_IN_REQUEST).returning(*_COLUMNS), values)
        return HandInRequest(**added.one()._mapping)

    def get(self, request_id: int) -> HandInRequest | None:
        """The request, settled or not, or None."""
        row = self._connection.execute(_GET, {"request": request_id}).first()
        return None if row is None else HandInRequest(**row._mapping)

    def waiting(self, assessment_id: int) -> HandInRequest | None:
        """The newest open request of an assessment, or None."""
        row = self._connection.execute(_WAITING, {"assessment": assessment_id}).first()
        return None if row is None else HandInRequest(**row._mapping)

    def settle(
        self,
        assessment_id: int,
        outcome: RequestOutcome,
        person_id: int,
        now: datetime,
        reason: str | None = None,
    ) -> int:
        """A head handed the checklist in or returned it; returns the number of requests settled by
        this.
        """
        values = {
            "assessment": assessment_id,
            "outcome_": outcome,
            "person": person_id,
            "now": now,
            "why": reason,
        }
        return self._connection.execute(_SETTLE, values).rowcount
