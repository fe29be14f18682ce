"""Who read or changed what. Never contains red or amber values, codes or phone numbers."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, insert, select

from storage.records import AuditEntry
from storage.statements import Repository
from storage.tables.people import AUDIT

_RECORD: Final = insert(AUDIT)
_LISTING: Final = (
    select(
        AUDIT.c.id,
        AUDIT.c.at,
        AUDIT.c.person_id,
        AUDIT.c.action,
        AUDIT.c.subject,
        AUDIT.c.detail,
    )
    .order_by(AUDIT.c.id.desc())
    .limit(bindparam("limit"))
)


class Audit(Repository):
    """Entries are added and never changed."""

    __slots__ = ()

    def record(
        self, now: datetime, person_id: int | None, action: str, subject: str, detail: str = ""
    ) -> None:
        """`action` is one of our fixed words ("answer"), `subject` the object of the action
        ("2021:29416").

        `person_id` is None if the assistant acted without a person.
        """
        values = {
            "at": now,
            "person_id": person_id,
            "action": action,
            "subject": subject,
            "detail": detail,
        }
        self._connection.execute(_RECORD, values)

    def listing(
        self,
        *,
        person_id: int | None = None,
        action: str | None = None,
        subject: str | None = None,
        limit: int = 100,
    ) -> tuple[AuditEntry, ...]:
        """The newest entries first, filtered by the given arguments."""
        statement = _LISTING
        if person_id is not None:
            statement = statement.where(AUDIT.c.person_id == person_id)
        if action is not None:
            statement = statement.where(AUDIT.c.action == action)
        if subject is not None:
            statement = statement.where(AUDIT.c.subject == subject)
        rows = self._connection.execute(statement, {"limit": limit})
        return tuple(AuditEntry(**row._mapping) for row in rows)
