"""Standing rulings of a province."""

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, insert, select, update

from domain.criteria import Undecided
from domain.units import UnitId
from domain.verdicts import StandingRuling, Verdict
from storage.encoding import to_json
from storage.statements import Repository
from storage.tables.assessments import RULING

_IN_FORCE: Final = (
    select(
        RULING.c.id,
        RULING.c.undecided,
        RULING.c.verdict,
        RULING.c.number,
        RULING.c.issued_on,
        RULING.c.valid_from,
        RULING.c.valid_to,
        RULING.c.requirements,
    )
    .where(RULING.c.province == bindparam("province"))
    .where(RULING.c.set_id == bindparam("set_id"))
    .where(RULING.c.withdrawn_at.is_(None))
    .order_by(RULING.c.id)
)
_WITHDRAW: Final = (
    update(RULING)
    .where(RULING.c.id == bindparam("ruling"))
    .where(RULING.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("now"), withdrawn_by=bindparam("person"))
)


class Rulings(Repository):
    """A ruling is added and withdrawn, never changed: verdicts refer to it by its id."""

    __slots__ = ()

    def add(
        self,
        province: UnitId,
        set_id: str,
        *,
        undecided: Undecided,
        verdict: Verdict,
        number: str,
        issued_on: date,
        valid_from: date,
        valid_to: date | None,
        requirements: Iterable[str] = (),
        person_id: int,
        now: datetime,
    ) -> StandingRuling:
        """Store a ruling; `requirements` empty: it decides that class of case everywhere."""
        named = sorted(set(requirements))
        values = {
            "province": province,
            "set_id": set_id,
            "undecided": undecided,
            "verdict": verdict,
            "number": number,
            "issued_on": issued_on,
            "valid_from": valid_from,
            "valid_to": valid_to,
            "requirements": to_json(named),
            "added_by": person_id,
            "added_at": now,
        }
        added = self._connection.execute(insert(RULING).returning(RULING.c.id), values)
        return StandingRuling(
            id=added.scalar_one(),
            undecided=undecided,
            verdict=verdict,
            number=number,
            issued_on=issued_on,
            valid_from=valid_from,
            valid_to=valid_to,
            requirements=frozenset(named),
        )

    def in_force(self, province: UnitId, set_id: str) -> tuple[StandingRuling, ...]:
        """Those not withdrawn, oldest first; the domain decides which years each one covers."""
        rows = self._connection.execute(_IN_FORCE, {"province": province, "set_id": set_id})
        return tuple(
            StandingRuling(
                **{
                    **row._mapping,
                    "requirements": frozenset(json.loads(row.requirements)),
                }
            )
            for row in rows
        )

    def withdraw(self, ruling_id: int, now: datetime, person_id: int) -> bool:
        """Withdraw it. False if it was withdrawn before."""
        values = {"ruling": ruling_id, "now": now, "person": person_id}
        return self._connection.execute(_WITHDRAW, values).rowcount == 1
