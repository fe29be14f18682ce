"""The web chat's sessions and codes, and its queries about messages."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, Executable, bindparam, delete, insert, select, update

from domain.channels import WEB
from storage import codes
from storage.revoked.notes import Notes
from storage.statements import Repository
from storage.tables.messages import ADDRESS, OUTBOX
from storage.tables.web import WEB_CODE, WEB_SESSION

CHANNEL: Final = WEB

TOUCHED_EVERY: Final = timedelta(minutes=30)
"""Precision of "last used": a write for each request would cost more than the request."""


@dataclass(frozen=True, kw_only=True)
class WebSession:
    """One browser that is signed in. `device` is the browser's own name. `own_device`: the person
    said that nobody else uses it.
    """

    id: int
    person_id: int
    device: str
    created_at: datetime
    last_used_at: datetime
    expires_at: datetime
    own_device: bool = False

    def is_stale(self, now: datetime) -> bool:
        """Whether the last use is old enough for a `touch`."""
        return now - self.last_used_at >= TOUCHED_EVERY


_COLUMNS: Final = (
    WEB_SESSION.c.id,
    WEB_SESSION.c.person_id,
    WEB_SESSION.c.device,
    WEB_SESSION.c.created_at,
    WEB_SESSION.c.last_used_at,
    WEB_SESSION.c.expires_at,
    WEB_SESSION.c.own_device,
)
_NOW: Final = bindparam("now", type_=WEB_SESSION.c.valid_until.type)
_RUNNING: Final = select(*_COLUMNS).where(WEB_SESSION.c.valid_until > _NOW)
_BY_TOKEN: Final = _RUNNING.where(WEB_SESSION.c.token_hash == bindparam("token"))
_OF_PERSON: Final = _RUNNING.where(WEB_SESSION.c.person_id == bindparam("person")).order_by(
    WEB_SESSION.c.last_used_at.desc(), WEB_SESSION.c.id.desc()
)
_TOUCH: Final = (
    update(WEB_SESSION)
    .where(WEB_SESSION.c.id == bindparam("session"))
    .values(last_used_at=_NOW, valid_until=bindparam("until"))
)
_END: Final = (
    delete(WEB_SESSION)
    .where(WEB_SESSION.c.id == bindparam("session"))
    .where(WEB_SESSION.c.person_id == bindparam("person"))
    .returning(WEB_SESSION.c.token_hash)
)
_END_ALL: Final = (
    delete(WEB_SESSION)
    .where(WEB_SESSION.c.person_id == bindparam("person"))
    .returning(WEB_SESSION.c.token_hash)
)
_DROP_CODE: Final = (
    delete(WEB_CODE)
    .where(WEB_CODE.c.person_id == bindparam("person"))
    .returning(WEB_CODE.c.code_hash)
)
_OWNER: Final = (
    select(WEB_CODE.c.person_id)
    .where(WEB_CODE.c.code_hash == bindparam("code_hash_"))
    .where(WEB_CODE.c.expires_at > _NOW)
)
_USE_CODE: Final = (
    delete(WEB_CODE)
    .where(WEB_CODE.c.code_hash == bindparam("code_hash_"))
    .where(WEB_CODE.c.expires_at > _NOW)
    .returning(WEB_CODE.c.person_id)
)
_AT_WEB: Final = ADDRESS.c.channel == CHANNEL
_IN_USE: Final = ADDRESS.c.retired_at.is_(None)
_ADDRESS: Final = (
    select(ADDRESS.c.id)
    .where(_AT_WEB)
    .where(_IN_USE)
    .where(ADDRESS.c.bot == "")
    .where(ADDRESS.c.address == bindparam("address_"))
)
_POSITIONS: Final = (
    select(ADDRESS.c.address, ADDRESS.c.position)
    .where(_AT_WEB)
    .where(_IN_USE)
    .where(ADDRESS.c.bot == "")
    .where(ADDRESS.c.address.in_(bindparam("addresses", expanding=True)))
)
_SEEN: Final = (
    update(OUTBOX)
    .where(OUTBOX.c.address_id == bindparam("address_id_"))
    .where(OUTBOX.c.position.in_(bindparam("positions", expanding=True)))
    .where(OUTBOX.c.seen_at.is_(None))
    .values(seen_at=bindparam("now", type_=OUTBOX.c.seen_at.type))
)

_AT_ONCE: Final = 500
"""Values in one IN list: far below the limit of both databases, and query plans stay small."""


def token_hash(token: str) -> str:
    """The stored hash of a session's token. The token has 256 random bits, so a fast hash is safe:
    it cannot be reversed.
    """
    return hashlib.sha256(token.encode()).hexdigest()


class Web(Repository):
    """Sessions by the hash of their token; codes by the hash used for all codes."""

    __slots__ = ("_notes", "_pepper")

    def __init__(self, connection: Connection, pepper: bytes, notes: Notes) -> None:
        super().__init__(connection)
        self._pepper = pepper
        self._notes = notes

    def start_session(
        self,
        token: str,
        *,
        person_id: int,
        device: str,
        now: datetime,
        idle: timedelta,
        lifetime: timedelta,
        most: int,
        own_device: bool = False,
    ) -> WebSession:
        """Begin a session; `token` is a `token_hash`.

        It ends when it is unused for `idle`, and always after `lifetime`. If the person has more
        than `most` sessions, the least recently used ones end.
        """
        for old in self.sessions(person_id, now)[most - 1 :]:
            self.end_session(person_id, old.id)
        expires_at = now + lifetime
        values = {
            "token_hash": token,
            "person_id": person_id,
            "device": device,
            "created_at": now,
            "last_used_at": now,
            "valid_until": min(now + idle, expires_at),
            "expires_at": expires_at,
            "own_device": own_device,
        }
        added = self._connection.execute(insert(WEB_SESSION).returning(WEB_SESSION.c.id), values)
        return WebSession(
            id=added.scalar_one(),
            person_id=person_id,
            device=device,
            created_at=now,
            last_used_at=now,
            expires_at=expires_at,
            own_device=own_device,
        )

    def session(self, token: str, now: datetime) -> WebSession | None:
        """The running session of a `token_hash`."""
        row = self._connection.execute(_BY_TOKEN, {"token": token, "now": now}).first()
        return None if row is None else WebSession(**row._mapping)

    def sessions(self, person_id: int, now: datetime) -> tuple[WebSession, ...]:
        """The person's running sessions, the last used first."""
        rows = self._connection.execute(_OF_PERSON, {"person": person_id, "now": now})
        return tuple(WebSession(**row._mapping) for row in rows)

    def touch(self, session: WebSession, now: datetime, idle: timedelta) -> None:
        """Record a use: the session may be unused for `idle` again, but not beyond its lifetime."""
        until = min(now + idle, session.expires_at)
        self._connection.execute(_TOUCH, {"session": session.id, "now": now, "until": until})

    def end_session(self, person_id: int, session_id: int) -> bool:
        """End a session of this person; False if they have no such session."""
        values = {"session": session_id, "person": person_id}
        return self._end(_END, values) == 1

    def end_all(self, person_id: int) -> int:
        """End every session of a person and their open code: after a lost phone or a removed
        post.
        """
        self._drop_code(person_id)
        return self._end(_END_ALL, {"person": person_id})

    def add_code(self, code: str, *, person_id: int, expires_at: datetime) -> None:
        """Store a one-time code for one more device or channel, made by the person; replaces the
        one before.
        """
        self._drop_code(person_id)
        values = {
            "person_id": person_id,
            "code_hash": codes.hash_code(code, self._pepper),
            "expires_at": expires_at,
        }
        self._connection.execute(insert(WEB_CODE), values)

    def owner_of(self, code: str, now: datetime) -> int | None:
        """Whose code it is, without using it up; None if it is not valid."""
        values = {"code_hash_": codes.hash_code(code, self._pepper), "now": now}
        person_id: int | None = self._connection.execute(_OWNER, values).scalar()
        return person_id

    def use_code(self, code: str, now: datetime) -> int | None:
        """Use a code up, however it was typed; the person's id, None if it is not valid."""
        code_hash = codes.hash_code(code, self._pepper)
        values = {"code_hash_": code_hash, "now": now}
        person_id: int | None = self._connection.execute(_USE_CODE, values).scalar()
        if person_id is not None:
            self._notes.code(code_hash)
        return person_id

    def address_id(self, person_id: int) -> int | None:
        """The person's address on the web, if it is in use."""
        found: int | None = self._connection.execute(
            _ADDRESS, {"address_": str(person_id)}
        ).scalar()
        return found

    def positions(self, people: Iterable[int]) -> Mapping[int, int]:
        """For each of these people who uses the web: the position of their last message."""
        wanted = [str(person_id) for person_id in people]
        found: dict[int, int] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            part = {"addresses": wanted[start : start + _AT_ONCE]}
            rows = self._connection.execute(_POSITIONS, part)
            found.update({int(address): position for address, position in rows})
        return found

    def mark_seen(self, address_id: int, positions: Iterable[int], now: datetime) -> int:
        """A screen showed exactly these messages; returns how many had not been seen before."""
        values = {"address_id_": address_id, "positions": list(positions), "now": now}
        return self._connection.execute(_SEEN, values).rowcount

    def tidy(self, now: datetime) -> int:
        """Delete sessions and codes that have ended; returns their number."""
        over = (
            delete(WEB_SESSION).where(WEB_SESSION.c.valid_until <= now),
            delete(WEB_CODE).where(WEB_CODE.c.expires_at <= now),
        )
        return sum(self._connection.execute(statement).rowcount for statement in over)

    def _drop_code(self, person_id: int) -> None:
        for code_hash in self._connection.execute(_DROP_CODE, {"person": person_id}).scalars():
            self._notes.code(code_hash)

    def _end(self, statement: Executable, values: Mapping[str, object]) -> int:
        ended = self._connection.execute(statement, values).scalars().all()
        for token in ended:
            self._notes.session(token)
        return len(ended)
