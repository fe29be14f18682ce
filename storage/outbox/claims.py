"""Takes messages for sending, and holds the leases under which they are sent.

A sender leases an address, not a message, so messages of one address arrive in order with any
number of sending processes. Replies go before notices; within a lane the oldest goes first, and a
message that waits for a retry blocks those behind it.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, exists, func, literal_column, or_, select, text, true, update

from domain.messages import Lane
from storage import addresses
from storage.encoding import decode_outgoing
from storage.outbox.marks import INTERRUPTED, OutboxMarks
from storage.records import Leased
from storage.statements import AnyRow
from storage.tables.messages import ADDRESS, LANES, OUTBOX
from storage.tables.people import PERSON

LEASE: Final = timedelta(minutes=2)
"""Twice the longest timeout of a channel; afterwards another process may take over."""

NO_LIMIT: Final = 1_000
"""Messages of one address taken together: more than a person reads."""

_OLDER: Final = OUTBOX.alias("older")
_LANES_BACK: Final = {number: Lane(name) for name, number in LANES.items()}

# A literal, because the partial index on waiting rows is not used for a parameter.
_WAITING: Final = text("outbox.state = 'waiting'")
_OLDER_WAITING: Final = text("older.state = 'waiting'")
_NOW: Final = bindparam("now", type_=OUTBOX.c.due_at.type)

_COLUMNS: Final = (
    *addresses.COLUMNS,
    ADDRESS.c.lease_token,
    ADDRESS.c.leased_row,
    OUTBOX.c.id.label("outbox_id"),
    OUTBOX.c.lane,
    OUTBOX.c.body,
    OUTBOX.c.attempts,
    OUTBOX.c.unknowns,
    OUTBOX.c.error,
    OUTBOX.c.pieces,
    OUTBOX.c.once,
    OUTBOX.c.queued_at,
    OUTBOX.c.expires_at,
    PERSON.c.locale,
)
_OF_ADDRESS: Final = len(addresses.COLUMNS)
_FREE: Final = or_(ADDRESS.c.leased_until.is_(None), ADDRESS.c.leased_until <= _NOW)
_SENDABLE: Final = (
    select(*_COLUMNS)
    .join(ADDRESS, ADDRESS.c.id == OUTBOX.c.address_id)
    .join(PERSON, PERSON.c.id == ADDRESS.c.person_id)
    .where(_WAITING)
    .where(OUTBOX.c.due_at <= _NOW)
    .where(or_(OUTBOX.c.expires_at.is_(None), OUTBOX.c.expires_at > _NOW))
    .where(ADDRESS.c.retired_at.is_(None))
    .order_by(OUTBOX.c.lane, OUTBOX.c.id)
    .limit(bindparam("limit"))
)
_BEHIND_ANOTHER: Final = (
    exists()
    .where(_OLDER_WAITING)
    .where(_OLDER.c.address_id == OUTBOX.c.address_id)
    .where(_OLDER.c.lane == OUTBOX.c.lane)
    .where(_OLDER.c.id < OUTBOX.c.id)
    .where(or_(_OLDER.c.expires_at.is_(None), _OLDER.c.expires_at > _NOW))
)
_OLDEST_OF_LANE: Final = _SENDABLE.where(~_BEHIND_ANOTHER)
_HEADS: Final = _OLDEST_OF_LANE.where(_FREE)
# An expression, or both databases begin with all addresses of the channel instead of the few
# messages: 0.1 s while a tick queues messages for ten thousand people.
_HEADS_ON: Final = _HEADS.where(ADDRESS.c.channel + literal_column("''") == bindparam("channel"))
_HEADS_OF_BOT: Final = _HEADS_ON.where(ADDRESS.c.bot + literal_column("''") == bindparam("bot"))
_HEADS_OF: Final = (
    _OLDEST_OF_LANE.where(ADDRESS.c.id.in_(bindparam("addresses", expanding=True)))
    .order_by(None)
    .limit(None)
)
# PostgreSQL's statistics are out of date after a tick: it estimates few waiting messages and sorts
# all of them, for seconds. In this transaction it reads them in index order.
_IN_ORDER: Final = select(
    *(
        func.set_config(way, "off", true())
        for way in ("enable_sort", "enable_bitmapscan", "enable_material")
    )
)
_ALL_AT: Final = (
    _SENDABLE.where(ADDRESS.c.id == bindparam("address_id"))
    .where(_FREE)
    .where(~_BEHIND_ANOTHER.where(_OLDER.c.due_at > _NOW))
)
_HOLD: Final = (
    select(ADDRESS.c.id)
    .where(ADDRESS.c.id.in_(bindparam("addresses", expanding=True)))
    .where(_FREE)
    .with_for_update(skip_locked=True)
)
_LEASE: Final = (
    update(ADDRESS)
    .where(ADDRESS.c.id == bindparam("address_id"))
    .where(_FREE)
    .values(
        leased_until=bindparam("until"),
        lease_token=bindparam("token"),
        leased_row=bindparam("row"),
    )
)


class OutboxClaims(OutboxMarks):
    """The part of the outbox that senders use."""

    __slots__ = ()

    def claim(
        self,
        now: datetime,
        limit: int,
        *,
        channel: str | None = None,
        bot: str | None = None,
        lease: timedelta = LEASE,
    ) -> tuple[Leased, ...]:
        """Lease up to `limit` addresses, of a channel or of one bot there, and take the first
        message of each.

        Send after the commit, then call `sent`, `failed` or `release`. A message whose lease
        expired is counted as an attempt without an answer.
        """
        values: dict[str, object] = {"now": now, "limit": limit}
        several_writers = self._connection.dialect.name != "sqlite"
        if several_writers:
            self._connection.execute(_IN_ORDER)
        if channel is None:
            rows = self._connection.execute(_HEADS, values).all()
        elif bot is None:
            rows = self._connection.execute(_HEADS_ON, {**values, "channel": channel}).all()
        else:
            whose = {**values, "channel": channel, "bot": bot}
            rows = self._connection.execute(_HEADS_OF_BOT, whose).all()
        if rows and several_writers:
            rows = self._hold(rows, now)
        return self._lease(_first_of_each_address(rows), now, lease)

    def take_for(
        self, address_id: int, now: datetime, *, lease: timedelta = LEASE
    ) -> tuple[Leased, ...]:
        """Lease one address and take all that waits there, replies first; for `sent_all`.

        Empty if another sender has the lease.
        """
        values = {"address_id": address_id, "now": now, "limit": NO_LIMIT}
        rows = self._connection.execute(_ALL_AT, values).all()
        if rows and self._connection.dialect.name != "sqlite":
            if not self._connection.execute(_HOLD, {"addresses": [address_id], "now": now}).all():
                return ()
            rows = self._connection.execute(_ALL_AT, values).all()
        return self._lease(rows, now, lease)

    def _hold(self, rows: Sequence[AnyRow], now: datetime) -> Sequence[AnyRow]:
        """Lock the addresses that are still free, and read their waiting messages again.

        SQLite has one writer, so nothing can have changed since the first read.
        """
        wanted = [row[0] for row in _first_of_each_address(rows)]
        held = self._connection.execute(_HOLD, {"addresses": wanted, "now": now}).scalars().all()
        if not held:
            return ()
        again = self._connection.execute(_HEADS_OF, {"addresses": held, "now": now}).all()
        return sorted(again, key=lambda row: (row.lane, row.outbox_id))

    def _lease(self, rows: Sequence[AnyRow], now: datetime, lease: timedelta) -> tuple[Leased, ...]:
        if not rows:
            return ()
        token = secrets.token_hex(8)
        until = now + lease
        addressed = {row[0]: row for row in reversed(rows)}
        leases = [
            {
                "address_id": address_id,
                "now": now,
                "until": until,
                "token": token,
                "row": row.outbox_id,
            }
            for address_id, row in addressed.items()
        ]
        self._connection.execute(_LEASE, leases)
        interrupted = {row.leased_row for row in rows if row.leased_row is not None}
        for outbox_id in interrupted:
            self._mark_interrupted(outbox_id, now)
        return tuple(_leased(row, token, row.outbox_id in interrupted) for row in rows)


def _first_of_each_address(rows: Sequence[AnyRow]) -> Sequence[AnyRow]:
    first: dict[int, AnyRow] = {}
    for row in rows:
        first.setdefault(row[0], row)
    return tuple(first.values())


def _leased(row: AnyRow, token: str, just_now: bool) -> Leased:
    """`just_now`: the interruption was found now, and the row as read does not contain it yet."""
    return Leased(
        outbox_id=row.outbox_id,
        address=addresses.read_address(tuple(row)[:_OF_ADDRESS]),
        outgoing=decode_outgoing(row.body),
        lane=_LANES_BACK[row.lane],
        attempts=row.attempts + just_now,
        unknowns=row.unknowns + just_now,
        pieces=row.pieces,
        once=row.once,
        interrupted=just_now or row.error == INTERRUPTED,
        queued_at=row.queued_at,
        expires_at=row.expires_at,
        locale=row.locale,
        token=token,
    )
