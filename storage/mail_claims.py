"""Mail addresses that people gave as their own and have not yet confirmed with the code sent
there.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from storage import codes
from storage.revoked.notes import Notes
from storage.statements import Repository
from storage.tables.messages import MAIL_CLAIM


@dataclass(frozen=True, kw_only=True)
class MailClaim:
    """An address that waits for its code; `tries` counts wrong codes."""

    address: str
    expires_at: datetime
    tries: int


_NOW: Final = bindparam("now", type_=MAIL_CLAIM.c.expires_at.type)
_HIS: Final = MAIL_CLAIM.c.person_id == bindparam("person")
_OPEN: Final = (
    select(MAIL_CLAIM.c.address, MAIL_CLAIM.c.expires_at, MAIL_CLAIM.c.tries)
    .where(_HIS)
    .where(MAIL_CLAIM.c.expires_at > _NOW)
)
_DROP: Final = delete(MAIL_CLAIM).where(_HIS).returning(MAIL_CLAIM.c.code_hash)
_USE: Final = (
    delete(MAIL_CLAIM)
    .where(_HIS)
    .where(MAIL_CLAIM.c.code_hash == bindparam("code_hash_"))
    .where(MAIL_CLAIM.c.expires_at > _NOW)
    .where(MAIL_CLAIM.c.tries < bindparam("most"))
    .returning(MAIL_CLAIM.c.address)
)
_MISS: Final = update(MAIL_CLAIM).where(_HIS).values(tries=MAIL_CLAIM.c.tries + 1)


class MailClaims(Repository):
    """One for each person; a new one replaces the one before."""

    __slots__ = ("_notes", "_pepper")

    def __init__(self, connection: Connection, pepper: bytes, notes: Notes) -> None:
        super().__init__(connection)
        self._pepper = pepper
        self._notes = notes

    def claim(self, person_id: int, address: str, code: str, expires_at: datetime) -> None:
        """The person says that the address is theirs; the code was sent there."""
        self.drop(person_id)
        values: dict[str, Any] = {
            "person_id": person_id,
            "address": address,
            "code_hash": codes.hash_code(code, self._pepper),
            "expires_at": expires_at,
            "tries": 0,
        }
        self._connection.execute(insert(MAIL_CLAIM), values)

    def open(self, person_id: int, now: datetime) -> MailClaim | None:
        """The claim that waits for this person's code; None if there is none or it has expired."""
        row = self._connection.execute(_OPEN, {"person": person_id, "now": now}).first()
        return None if row is None else MailClaim(**row._mapping)

    def use(self, person_id: int, code: str, now: datetime, *, most_tries: int) -> str | None:
        """The address that this code confirms, however the code was typed; this ends the claim.

        None for a wrong code, which is counted; after `most_tries` wrong codes the right one is
        refused too.
        """
        code_hash = codes.hash_code(code, self._pepper)
        values = {
            "person": person_id,
            "code_hash_": code_hash,
            "now": now,
            "most": most_tries,
        }
        found: str | None = self._connection.execute(_USE, values).scalar()
        if found is None:
            self._connection.execute(_MISS, {"person": person_id})
        else:
            self._notes.code(code_hash)
        return found

    def drop(self, person_id: int) -> None:
        """Delete the person's claim; no error if there is none."""
        for code_hash in self._connection.execute(_DROP, {"person": person_id}).scalars():
            self._notes.code(code_hash)

    def tidy(self, now: datetime) -> int:
        """Delete expired claims; returns their number."""
        over = delete(MAIL_CLAIM).where(MAIL_CLAIM.c.expires_at <= now)
        return self._connection.execute(over).rowcount
