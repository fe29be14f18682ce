"""Evidence belongs to a unit and a year, not to a question: entered once, it serves every
checklist that asks for it."""

from datetime import date, datetime
from typing import Final

from sqlalchemy import bindparam, select

from domain.units import UnitId
from storage.records import Evidence
from storage.statements import Repository, on_both
from storage.tables.assessments import EVIDENCE

# `secret` decides which unique index applies, so the conflict clause names no index.
_ADD: Final = on_both(lambda insert: insert(EVIDENCE).on_conflict_do_nothing())
_OF_UNIT: Final = (
    select(
        EVIDENCE.c.id,
        EVIDENCE.c.unit,
        EVIDENCE.c.year,
        EVIDENCE.c.number,
        EVIDENCE.c.issued_on,
        EVIDENCE.c.secret,
        EVIDENCE.c.requirement_id,
    )
    .where(EVIDENCE.c.unit == bindparam("unit"))
    .where(EVIDENCE.c.year == bindparam("year"))
    .order_by(EVIDENCE.c.id)
)


class EvidenceOfUnits(Repository):
    """Documents by number and date; of a secret document, only its existence is stored."""

    __slots__ = ()

    def add(
        self,
        unit: UnitId,
        year: int,
        *,
        number: str | None,
        issued_on: date | None,
        source: str,
        person_id: int,
        now: datetime,
        secret: bool = False,
    ) -> None:
        """Record a document; a document already recorded with this number and date stays unchanged.

        `source` is the requirement for which it was entered first. For a secret document, neither
        number nor date may be given.
        """
        if secret and (number is not None or issued_on is not None):
            raise ValueError("of a secret document neither number nor date is kept")
        values = {
            "unit": unit,
            "year": year,
            "number": number,
            "issued_on": issued_on,
            "secret": secret,
            "requirement_id": source,
            "person_id": person_id,
            "at": now,
        }
        self._connection.execute(_ADD(self._connection), values)

    def of_unit(self, unit: UnitId, year: int) -> tuple[Evidence, ...]:
        """The documents of a unit in a year, in the order of entry."""
        rows = self._connection.execute(_OF_UNIT, {"unit": unit, "year": year})
        return tuple(Evidence(**row._mapping) for row in rows)
