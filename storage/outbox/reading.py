"""Reads messages for histories, listings and counts."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, func, select, text

from domain.messages import Lane, Outgoing
from storage.encoding import decode_outgoing
from storage.records import Message
from storage.statements import AnyRow, Repository
from storage.tables.messages import ADDRESS, LANES, OUTBOX, Author, SendState

LOOKED_THROUGH: Final = 30
"""Messages in which an earlier menu is searched: nobody taps on anything older."""

_LANES_BACK: Final = {number: Lane(name) for name, number in LANES.items()}
_WAITING: Final = text("outbox.state = 'waiting'")
_MESSAGES: Final = select(
    OUTBOX.c.id,
    OUTBOX.c.address_id,
    OUTBOX.c.author,
    OUTBOX.c.lane,
    OUTBOX.c.state,
    OUTBOX.c.body,
    OUTBOX.c.position,
    OUTBOX.c.queued_at,
    OUTBOX.c.sent_at,
    OUTBOX.c.seen_at,
    OUTBOX.c.attempts,
    OUTBOX.c.error,
)
_SHOWN: Final = _MESSAGES.where(OUTBOX.c.address_id == bindparam("address_id")).limit(
    bindparam("limit")
)
_AFTER: Final = _SHOWN.where(OUTBOX.c.position > bindparam("after")).order_by(OUTBOX.c.position)
_BEFORE: Final = _SHOWN.where(OUTBOX.c.position < bindparam("before")).order_by(
    OUTBOX.c.position.desc()
)
_COUNT: Final = select(func.count()).select_from(OUTBOX).where(_WAITING)
_COUNT_AT: Final = _COUNT.where(OUTBOX.c.address_id == bindparam("address_id"))

COUNTED: Final = 20_000
"""Most waiting messages of a lane that are counted: a message to every person in the country is
half of it, and a monitor asks every few seconds. For a longer queue the count is a minimum.
"""
_QUEUE: Final = (
    select(OUTBOX.c.due_at)
    .where(_WAITING)
    .where(OUTBOX.c.lane == bindparam("lane_"))
    .order_by(OUTBOX.c.id)
    .limit(COUNTED)
    .subquery()
)
_STATE_OF_QUEUE: Final = select(
    func.count().label("waiting"), func.min(_QUEUE.c.due_at).label("first_due")
).select_from(_QUEUE)

_ENDLESS: Final = 2**31 - 1
"""A position after all others; the column is a four-byte number on PostgreSQL."""
_LAST_OF_US: Final = (
    select(OUTBOX.c.body, OUTBOX.c.sent_at)
    .where(OUTBOX.c.address_id == bindparam("address_id"))
    .where(OUTBOX.c.author == Author.US)
    .where(OUTBOX.c.position.is_not(None))
    .order_by(OUTBOX.c.position.desc())
    .limit(LOOKED_THROUGH)
)

_WAITING_REPLIES: Final = (
    select(OUTBOX.c.body)
    .where(_WAITING)
    .where(OUTBOX.c.address_id == bindparam("address_id"))
    .where(OUTBOX.c.lane == LANES[Lane.REPLY.value])
    .order_by(OUTBOX.c.id)
)

EXACTLY: Final = timedelta(microseconds=1)
"""The precision of our own times."""

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, kw_only=True)
class Queue:
    """The waiting messages of one lane: their number, up to `COUNTED`, and when the first of them
    is or becomes due (UTC); None if nothing waits.
    """

    waiting: int
    first_due: datetime | None


# Also messages not marked as sent yet: a person may tap before we record the sending.
_LATEST_OF_US: Final = (
    select(OUTBOX.c.body)
    .join(ADDRESS, ADDRESS.c.id == OUTBOX.c.address_id)
    .where(ADDRESS.c.channel == bindparam("channel"))
    .where(ADDRESS.c.bot == bindparam("bot"))
    .where(ADDRESS.c.address == bindparam("address"))
    .where(ADDRESS.c.retired_at.is_(None))
    .where(OUTBOX.c.author == Author.US)
    .order_by(OUTBOX.c.id.desc())
    .limit(LOOKED_THROUGH)
)


class OutboxReading(Repository):
    """The read-only part of the outbox."""

    __slots__ = ()

    def waiting(self, address_id: int | None = None) -> int:
        """The number of waiting messages, at one address or in total."""
        if address_id is None:
            found: int = self._connection.execute(_COUNT).scalar_one()
        else:
            found = self._connection.execute(_COUNT_AT, {"address_id": address_id}).scalar_one()
        return found

    def queue_of(self, lane: Lane) -> Queue:
        """The length of a lane's queue, over all addresses; cheap at any length."""
        row = self._connection.execute(_STATE_OF_QUEUE, {"lane_": LANES[lane.value]}).one()
        return Queue(waiting=row.waiting, first_due=row.first_due)

    def history(
        self,
        address_id: int,
        *,
        after: int | None = None,
        before: int | None = None,
        limit: int = 50,
    ) -> tuple[Message, ...]:
        """Messages shown at an address, in order: the first ones `after` a position, or the last
        ones `before` it (neither: the newest).
        """
        values = {"address_id": address_id, "limit": limit}
        if after is not None:
            rows = self._connection.execute(_AFTER, {**values, "after": after}).all()
            return tuple(map(_message, rows))
        end = _ENDLESS if before is None else before
        rows = self._connection.execute(_BEFORE, {**values, "before": end}).all()
        return tuple(map(_message, reversed(rows)))

    def listing(self, state: SendState | None = None, limit: int = 100) -> tuple[Message, ...]:
        """The newest messages of all addresses, in one state or all; for the command line."""
        statement = _MESSAGES.order_by(OUTBOX.c.id.desc()).limit(limit)
        if state is not None:
            statement = statement.where(OUTBOX.c.state == state)
        return tuple(map(_message, self._connection.execute(statement)))

    def label_of(self, address_id: int, menu: str, choice: str) -> str | None:
        """The label of the tapped button; None if no recent message showed that menu."""
        for body in self._connection.execute(_LAST_OF_US, {"address_id": address_id}).scalars():
            outgoing = decode_outgoing(body)
            if outgoing.menu == menu:
                return next((one.label for one in outgoing.choices if one.key == choice), None)
        return None

    def shown(
        self,
        address_id: int,
        menu: str,
        *,
        before: datetime | None = None,
        to: timedelta = EXACTLY,
    ) -> bool:
        """Whether a message that opens this menu was accepted `before` a moment (None: at all), as
        far as times with the precision `to` tell. Also if no recent message opens it: then it was
        shown long ago.
        """
        among_shown = False
        for row in self._connection.execute(_LAST_OF_US, {"address_id": address_id}):
            if decode_outgoing(row.body).menu == menu:
                if before is None or _is_earlier(row.sent_at, before, to):
                    return True
                among_shown = True
        values = {"address_id": address_id}
        waiting = self._connection.execute(_WAITING_REPLIES, values).scalars()
        return not among_shown and all(decode_outgoing(body).menu != menu for body in waiting)

    def last_menu(self, address_id: int, *, before: datetime, to: timedelta) -> str | None:
        """The menu of the last message with a menu that was accepted before a moment."""
        rows = self._connection.execute(_LAST_OF_US, {"address_id": address_id})
        menus = (
            decode_outgoing(row.body).menu for row in rows if _is_earlier(row.sent_at, before, to)
        )
        return next(filter(None, menus), None)

    def keyboards(self, channel: str, bot: str, address: str) -> tuple[Outgoing, ...]:
        """The recent messages with choices of an address in use, newest first."""
        values = {"channel": channel, "bot": bot, "address": address}
        bodies = self._connection.execute(_LATEST_OF_US, values).scalars()
        return tuple(one for body in bodies if (one := decode_outgoing(body)).choices)


def _is_earlier(sent_at: datetime | None, moment: datetime, precision: timedelta) -> bool:
    """Whether it was earlier even if both times were rounded down to the precision."""
    return sent_at is not None and (sent_at - _EPOCH) // precision < (moment - _EPOCH) // precision


def _message(row: AnyRow) -> Message:
    return Message(
        id=row.id,
        address_id=row.address_id,
        author=row.author,
        lane=_LANES_BACK[row.lane],
        state=row.state,
        outgoing=decode_outgoing(row.body),
        position=row.position,
        queued_at=row.queued_at,
        sent_at=row.sent_at,
        seen_at=row.seen_at,
        attempts=row.attempts,
        error=row.error,
    )
