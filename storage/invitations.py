"""One-time codes, and the limit on attempts by strangers."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, bindparam, case, insert, select, update

from domain.people import Invitation, Post
from storage import codes
from storage.revoked.notes import Notes
from storage.statements import AnyRow, Repository, on_both
from storage.tables.people import INVITATION, STRANGER

TRIES_WINDOW: Final = timedelta(hours=1)
"""Attempts are counted per hour: enough against guessing, short enough after a typing error."""

_OPEN: Final = (
    select(
        INVITATION.c.id,
        INVITATION.c.person_id,
        INVITATION.c.role,
        INVITATION.c.unit,
        INVITATION.c.expires_at,
    )
    .where(INVITATION.c.used_at.is_(None))
    .where(INVITATION.c.withdrawn_at.is_(None))
)
_FIND: Final = _OPEN.where(INVITATION.c.code_hash == bindparam("code_hash"))
_GET: Final = _OPEN.where(INVITATION.c.id == bindparam("invitation"))
_OF_PEOPLE: Final = _OPEN.where(
    INVITATION.c.person_id.in_(bindparam("people", expanding=True))
).order_by(INVITATION.c.id)
_USE: Final = (
    update(INVITATION)
    .where(INVITATION.c.id == bindparam("invitation"))
    .where(INVITATION.c.used_at.is_(None))
    .where(INVITATION.c.withdrawn_at.is_(None))
    .where(INVITATION.c.expires_at > bindparam("now"))
    .values(used_at=bindparam("now"))
    .returning(INVITATION.c.code_hash)
)
_WITHDRAW: Final = (
    update(INVITATION)
    .where(INVITATION.c.person_id == bindparam("person"))
    .where(INVITATION.c.used_at.is_(None))
    .where(INVITATION.c.withdrawn_at.is_(None))
    .values(withdrawn_at=bindparam("now"))
    .returning(INVITATION.c.code_hash)
)


class Invitations(Repository):
    """The caller makes the codes (`domain.one_time_codes`); only their hashes are stored."""

    __slots__ = ("_notes", "_pepper")

    def __init__(self, connection: Connection, pepper: bytes, notes: Notes) -> None:
        super().__init__(connection)
        self._pepper = pepper
        self._notes = notes

    def hash(self, code: str) -> str:
        """The hash of a code, however it was typed."""
        return codes.hash_code(code, self._pepper)

    def batch_code(self, batch: str, person_id: int) -> str:
        """The code of a person in a batch; the same at every call."""
        return codes.batch_code(batch, person_id, self._pepper)

    def of_batch(self, batch: str, person_id: int) -> tuple[str, Invitation] | None:
        """The open invitation of a person that this batch made, with its code; it may have expired.

        Batches made before codes lost their vowels have codes of base32.
        """
        for make in (codes.batch_code, codes.base32_batch_code):
            code = make(batch, person_id, self._pepper)
            if (found := self.find(self.hash(code))) is not None:
                return code, found
        return None

    def invite(self, person_id: int, post: Post, code_hash: str, expires_at: datetime) -> int:
        """Offer a post to the person who brings the code; returns the invitation's id."""
        values = {
            "person_id": person_id,
            "role": post.role,
            "unit": post.unit,
            "code_hash": code_hash,
            "expires_at": expires_at,
        }
        added = self._connection.execute(insert(INVITATION).returning(INVITATION.c.id), values)
        invitation_id: int = added.scalar_one()
        return invitation_id

    def find(self, code_hash: str) -> Invitation | None:
        """The invitation of a code that was not used or withdrawn; it may have expired."""
        row = self._connection.execute(_FIND, {"code_hash": code_hash}).first()
        return None if row is None else _read(row)

    def get(self, invitation_id: int) -> Invitation | None:
        """The invitation, if it was not used or withdrawn; it may have expired."""
        row = self._connection.execute(_GET, {"invitation": invitation_id}).first()
        return None if row is None else _read(row)

    def of_people(self, people: Iterable[int]) -> tuple[Invitation, ...]:
        """The open invitations of these people, as `find` would return them, oldest first."""
        rows = self._connection.execute(_OF_PEOPLE, {"people": list(people)})
        return tuple(map(_read, rows))

    def use(self, invitation_id: int, now: datetime) -> bool:
        """Use it up. False if it was used, withdrawn or expired in the meantime."""
        values = {"invitation": invitation_id, "now": now}
        used = self._connection.execute(_USE, values).scalar()
        if used is None:
            return False
        self._notes.code(used)
        return True

    def withdraw_of(self, person_id: int, now: datetime) -> int:
        """Withdraw all open codes of a person; returns their number."""
        values = {"person": person_id, "now": now}
        withdrawn = self._connection.execute(_WITHDRAW, values).scalars().all()
        for one in withdrawn:
            self._notes.code(one)
        return len(withdrawn)

    def count_attempt(self, channel: str, bot: str, address: str, now: datetime) -> int:
        """Record one attempt at a code from this address; returns the attempts within
        `TRIES_WINDOW`.
        """
        values = {
            "address_hash": codes.hash_address(channel, bot, address, self._pepper),
            "tries": 1,
            "tries_since": now,
            "window_starts": now - TRIES_WINDOW,
        }
        tries: int = self._connection.execute(_TRY(self._connection), values).scalar_one()
        return tries


def _read(row: AnyRow) -> Invitation:
    return Invitation(
        id=row.id,
        person_id=row.person_id,
        post=Post(role=row.role, unit=row.unit),
        expires_at=row.expires_at,
    )


def _build_try(insert: Any) -> Any:
    over = STRANGER.c.tries_since <= bindparam("window_starts", type_=STRANGER.c.tries_since.type)
    statement = insert(STRANGER).values(
        address_hash=bindparam("address_hash"),
        tries=bindparam("tries"),
        tries_since=bindparam("tries_since"),
    )
    return statement.on_conflict_do_update(
        index_elements=[STRANGER.c.address_hash],
        set_={
            "tries": case((over, 1), else_=STRANGER.c.tries + 1),
            "tries_since": case(
                (over, statement.excluded.tries_since), else_=STRANGER.c.tries_since
            ),
        },
    ).returning(STRANGER.c.tries)


_TRY: Final = on_both(_build_try)
