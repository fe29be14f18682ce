"""Queueing: adds messages, which then wait for a sender."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, insert, update

from domain.cards import saying
from domain.messages import Lane, Outgoing
from storage.encoding import encode_outgoing
from storage.outbox.claims import OutboxClaims
from storage.outbox.reading import OutboxReading
from storage.records import ToQueue
from storage.statements import on_both
from storage.tables.messages import ADDRESS, LANES, OUTBOX, Author, SendState

_ECHO_POSITION: Final = (
    update(ADDRESS)
    .where(ADDRESS.c.id == bindparam("address_id"))
    .values(position=ADDRESS.c.position + 1)
    .returning(ADDRESS.c.position)
)


def _build_queue(insert: Any) -> Any:
    return insert(OUTBOX).on_conflict_do_nothing(index_elements=[OUTBOX.c.once])


def _build_queue_one(insert: Any) -> Any:
    return _build_queue(insert).returning(OUTBOX.c.id)


_QUEUE: Final = on_both(_build_queue)
_QUEUE_ONE: Final = on_both(_build_queue_one)


class Outbox(OutboxClaims, OutboxReading):
    """All operations on outgoing messages."""

    __slots__ = ()

    def queue(
        self,
        address_id: int,
        lane: Lane,
        outgoing: Outgoing,
        now: datetime,
        *,
        once: str | None = None,
        expires_at: datetime | None = None,
    ) -> int | None:
        """Queue one message; returns its id, or None if `once` was used before."""
        row = ToQueue(
            address_id=address_id, lane=lane, outgoing=outgoing, once=once, expires_at=expires_at
        )
        statement = _QUEUE_ONE(self._connection)
        queued: int | None = self._connection.execute(statement, _new_row(row, now)).scalar()
        return queued

    def queue_many(self, rows: Iterable[ToQueue], now: datetime) -> int:
        """Queue many at once; returns their number, without those whose `once` was used before."""
        values = [_new_row(row, now) for row in rows]
        if not values:
            return 0
        return self._connection.execute(_QUEUE(self._connection), values).rowcount

    def echo(self, address_id: int, said: str, now: datetime) -> int:
        """Keep the person's own message among the shown messages; returns its position."""
        position: int = self._connection.execute(
            _ECHO_POSITION, {"address_id": address_id}
        ).scalar_one()
        row = ToQueue(address_id=address_id, lane=Lane.REPLY, outgoing=Outgoing(cards=saying(said)))
        shown = {
            "author": Author.PERSON,
            "state": SendState.SENT,
            "position": position,
            "sent_at": now,
            "seen_at": now,
        }
        self._connection.execute(insert(OUTBOX), {**_new_row(row, now), **shown})
        return position


def _new_row(row: ToQueue, now: datetime) -> dict[str, object]:
    return {
        "address_id": row.address_id,
        "lane": LANES[row.lane.value],
        "author": Author.US,
        "state": SendState.WAITING,
        "body": encode_outgoing(row.outgoing),
        "once": row.once,
        "queued_at": now,
        "due_at": row.due_at or now,
        "expires_at": row.expires_at,
        "attempts": 0,
        "unknowns": 0,
        "pieces": 0,
    }
