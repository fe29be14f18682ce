"""Notices that did not reach their reader: the other addresses that were tried, and unseen
notices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Select, bindparam, or_, select, text

from domain.messages import Outgoing
from storage.encoding import decode_outgoing
from storage.statements import AnyRow, Repository
from storage.tables.messages import ADDRESS, LANES, OUTBOX
from storage.web import CHANNEL

NOTICE: Final = LANES["notice"]


@dataclass(frozen=True, kw_only=True)
class Notice:
    """A notice at one address of a person, with what is needed to send it on another channel."""

    outbox_id: int
    address_id: int
    person_id: int
    outgoing: Outgoing
    once: str | None
    expires_at: datetime | None
    sent_at: datetime | None


_MOMENT: Final = OUTBOX.c.sent_at.type
_NOTICES: Final[Select[Any]] = select(
    OUTBOX.c.id,
    OUTBOX.c.address_id,
    ADDRESS.c.person_id,
    OUTBOX.c.body,
    OUTBOX.c.once,
    OUTBOX.c.expires_at,
    OUTBOX.c.sent_at,
).join(ADDRESS, ADDRESS.c.id == OUTBOX.c.address_id)
# A literal, because a partial index is not used for a parameter.
_UNSEEN_NOTICE: Final = text("outbox.state = 'sent' AND outbox.lane = 1 AND outbox.seen_at IS NULL")
_SINCE: Final = bindparam("since", type_=_MOMENT)
_UNSEEN: Final = (
    _NOTICES.where(_UNSEEN_NOTICE)
    .where(OUTBOX.c.sent_at >= _SINCE)
    .where(OUTBOX.c.sent_at < bindparam("before", type_=_MOMENT))
    .where(or_(OUTBOX.c.sent_at > _SINCE, OUTBOX.c.id > bindparam("after")))
    .where(ADDRESS.c.channel == CHANNEL)
    .where(ADDRESS.c.retired_at.is_(None))
    .order_by(OUTBOX.c.sent_at, OUTBOX.c.id)
    .limit(bindparam("limit"))
)
_WAITING: Final = (
    _NOTICES.where(text("outbox.state = 'waiting'"))
    .where(OUTBOX.c.address_id == bindparam("address"))
    .where(OUTBOX.c.lane == NOTICE)
    .order_by(OUTBOX.c.id)
)
_TRIED: Final = select(OUTBOX.c.address_id).where(
    or_(
        OUTBOX.c.once.in_(bindparam("names", expanding=True)),
        OUTBOX.c.id == bindparam("row"),
    )
)


class Unseen(Repository):
    """Read-only: the outbox queues the messages for other channels."""

    __slots__ = ()

    def on_the_web(
        self, since: datetime, after: int, before: datetime, limit: int
    ) -> tuple[Notice, ...]:
        """Notices of the web chat that were written from `since` to before `before` and that no
        screen has shown, oldest first.

        Of those written exactly at `since`, only ids above `after` are returned, so the last one's
        `sent_at` and id are the start of the next batch.
        """
        values = {"since": since, "after": after, "before": before, "limit": limit}
        return tuple(map(_notice, self._connection.execute(_UNSEEN, values)))

    def waiting_at(self, address_id: int) -> tuple[Notice, ...]:
        """The waiting notices of one address, oldest first."""
        return tuple(map(_notice, self._connection.execute(_WAITING, {"address": address_id})))

    def tried(self, names: Iterable[str], outbox_id: int) -> frozenset[int]:
        """The addresses of the message with this id and of those whose `once` is in `names`."""
        values = {"names": list(names), "row": outbox_id}
        return frozenset(self._connection.execute(_TRIED, values).scalars())


def _notice(row: AnyRow) -> Notice:
    return Notice(
        outbox_id=row.id,
        address_id=row.address_id,
        person_id=row.person_id,
        outgoing=decode_outgoing(row.body),
        once=row.once,
        expires_at=row.expires_at,
        sent_at=row.sent_at,
    )
