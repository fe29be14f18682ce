"""Joining: who has entered a valid code and must confirm, who joined, and what was undone."""

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from domain.people import Post
from storage import codes
from storage.records import Joining
from storage.revoked.notes import Notes
from storage.statements import AnyRow, Repository, on_both
from storage.tables.people import INVITATION
from storage.tables.setup import JOIN_PENDING, JOINING

AT_THE_DOOR: Final = timedelta(minutes=30)
"""How long a person may take to confirm that the shown duty is theirs; afterwards the code is
needed again.
"""

_COLUMNS: Final = (
    JOINING.c.id,
    JOINING.c.person_id,
    JOINING.c.address_id,
    JOINING.c.invitation_id,
    JOINING.c.role,
    JOINING.c.unit,
    JOINING.c.post_added,
    JOINING.c.at,
    JOINING.c.undone_at,
)
_THIS: Final = JOINING.c.id == bindparam("joining")
_GET: Final = select(*_COLUMNS).where(_THIS)
_UNDO: Final = (
    update(JOINING)
    .where(_THIS)
    .where(JOINING.c.undone_at.is_(None))
    .values(undone_at=bindparam("now"), undone_by=bindparam("person"))
)
_CODE_OF: Final = (
    select(INVITATION.c.code_hash)
    .join(JOINING, JOINING.c.invitation_id == INVITATION.c.id)
    .where(_THIS)
)
_OVER: Final = delete(JOIN_PENDING).where(JOIN_PENDING.c.at <= bindparam("before"))
_LEAVE: Final = delete(JOIN_PENDING).where(JOIN_PENDING.c.address_hash == bindparam("hash_"))
_WAITING: Final = (
    select(JOIN_PENDING.c.invitation_id)
    .where(JOIN_PENDING.c.address_hash == bindparam("hash_"))
    .where(JOIN_PENDING.c.at > bindparam("before"))
)


def _read(row: AnyRow) -> Joining:
    values = dict(row._mapping)
    post = Post(role=values.pop("role"), unit=values.pop("unit"))
    return Joining(**values, post=post)


class Joinings(Repository):
    """A person who has not confirmed yet is identified only by the hash of their address."""

    __slots__ = ("_notes", "_pepper")

    def __init__(self, connection: Connection, pepper: bytes, notes: Notes) -> None:
        super().__init__(connection)
        self._pepper = pepper
        self._notes = notes

    def wait(self, channel: str, bot: str, address: str, invitation_id: int, now: datetime) -> None:
        """The person was shown the duty of this invitation and is asked whether it is theirs."""
        self._connection.execute(_OVER, {"before": now - AT_THE_DOOR})
        values = {
            "address_hash": self._hash(channel, bot, address),
            "invitation_id": invitation_id,
            "at": now,
        }
        self._connection.execute(_WAIT(self._connection), values)

    def waiting(self, channel: str, bot: str, address: str, now: datetime) -> int | None:
        """The id of the invitation shown to the person within `AT_THE_DOOR`, or None."""
        values = {"hash_": self._hash(channel, bot, address), "before": now - AT_THE_DOOR}
        found: int | None = self._connection.execute(_WAITING, values).scalar()
        return found

    def leave(self, channel: str, bot: str, address: str) -> None:
        """The person joined or left; no error if no question was open."""
        self._connection.execute(_LEAVE, {"hash_": self._hash(channel, bot, address)})

    def add(
        self,
        person_id: int,
        address_id: int,
        invitation_id: int,
        post: Post,
        now: datetime,
        *,
        post_added: bool,
    ) -> Joining:
        """Record that a person joined with an invitation."""
        values = {
            "person_id": person_id,
            "address_id": address_id,
            "invitation_id": invitation_id,
            "role": post.role,
            "unit": post.unit,
            "post_added": post_added,
            "at": now,
        }
        added = self._connection.execute(insert(JOINING).returning(*_COLUMNS), values)
        return _read(added.one())

    def get(self, joining_id: int) -> Joining | None:
        """The joining, undone or not, or None."""
        row = self._connection.execute(_GET, {"joining": joining_id}).first()
        return None if row is None else _read(row)

    def undo(self, joining_id: int, person_id: int, now: datetime) -> bool:
        """Record that the joining was wrong; False if that was recorded before. The caller changes
        address and post.
        """
        values = {"joining": joining_id, "person": person_id, "now": now}
        if self._connection.execute(_UNDO, values).rowcount != 1:
            return False
        code_hash = self._connection.execute(_CODE_OF, {"joining": joining_id}).scalar_one()
        self._notes.joining(code_hash, now)
        return True

    def _hash(self, channel: str, bot: str, address: str) -> str:
        return codes.hash_address(channel, bot, address, self._pepper)


def _build_wait(insert: Any) -> Any:
    statement = insert(JOIN_PENDING)
    return statement.on_conflict_do_update(
        index_elements=[JOIN_PENDING.c.address_hash],
        set_={
            "invitation_id": statement.excluded.invitation_id,
            "at": statement.excluded.at,
        },
    )


_WAIT: Final = on_both(_build_wait)
