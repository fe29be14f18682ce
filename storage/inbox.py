"""Incoming messages: each delivery once, the parked bodies, and those that could not be handled."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, insert, select, update

from domain.channels import ZALO
from storage.records import Parked
from storage.statements import Repository, on_both
from storage.tables.messages import INBOX, INBOX_ASIDE, INBOX_PENDING
from storage.tables.people import STRANGER

KEPT: Final = timedelta(days=90)
"""Messages dated more than 30 days ago are refused, so no channel can repeat one later."""

ASIDE_KEPT: Final = timedelta(days=30)
"""Enough time to look into a failure; not longer, because the text may contain personal data."""

STRANGER_KEPT: Final = timedelta(days=2)
"""Both periods for which strangers are counted, the day and the hour, are over by then."""

_RECORD: Final = on_both(lambda insert: insert(INBOX).on_conflict_do_nothing())
_PARKED: Final = (
    select(
        INBOX_PENDING.c.id,
        INBOX_PENDING.c.channel,
        INBOX_PENDING.c.bot,
        INBOX_PENDING.c.delivery_id,
        INBOX_PENDING.c.body,
        INBOX_PENDING.c.at,
    )
    .order_by(INBOX_PENDING.c.id)
    .limit(bindparam("limit"))
)


_PARKS: Final = frozenset({ZALO})
"""The channels whose messages are parked; the others deliver a message again."""
_UNPARK: Final = (
    delete(INBOX_PENDING)
    .where(INBOX_PENDING.c.channel == bindparam("channel_"))
    .where(INBOX_PENDING.c.bot == bindparam("bot_"))
    .where(INBOX_PENDING.c.delivery_id == bindparam("delivery_"))
)


class Inbox(Repository):
    """A delivery is identified by (channel, bot, the channel's own id of it)."""

    __slots__ = ()

    def record(self, channel: str, bot: str, delivery_id: str, now: datetime) -> bool:
        """Record that this delivery is being handled, and delete its body if it was parked: it
        lives until its turn is committed. False if it was recorded before.
        """
        if channel in _PARKS:
            key = {"channel_": channel, "bot_": bot, "delivery_": delivery_id}
            self._connection.execute(_UNPARK, key)
        values = {"channel": channel, "bot": bot, "delivery_id": delivery_id, "at": now}
        return self._connection.execute(_RECORD(self._connection), values).rowcount == 1

    def set_aside(
        self,
        channel: str,
        bot: str,
        delivery_id: str,
        *,
        kind: str,
        error: str,
        screened_text: str,
        now: datetime,
    ) -> None:
        """Keep a delivery that could not be handled; the caller has screened its text."""
        values = {
            "channel": channel,
            "bot": bot,
            "delivery_id": delivery_id,
            "kind": kind,
            "error": error,
            "screened_text": screened_text,
            "at": now,
        }
        self._connection.execute(insert(INBOX_ASIDE), values)

    def park(self, channel: str, bot: str, delivery_id: str, body: str, now: datetime) -> None:
        """Keep a screened body until its turn can start."""
        values = {
            "channel": channel,
            "bot": bot,
            "delivery_id": delivery_id,
            "body": body,
            "at": now,
        }
        self._connection.execute(insert(INBOX_PENDING), values)

    def parked(self, limit: int = 100) -> tuple[Parked, ...]:
        """The parked bodies, oldest first."""
        rows = self._connection.execute(_PARKED, {"limit": limit})
        return tuple(Parked(**row._mapping) for row in rows)

    def empty(self, parked_id: int, body: str) -> None:
        """Put a body without the person's words in place of a parked one."""
        emptied = update(INBOX_PENDING).where(INBOX_PENDING.c.id == parked_id)
        self._connection.execute(emptied.values(body=body))

    def unpark(self, parked_id: int) -> bool:
        """Delete a parked body of which no turn was made. False: it is gone."""
        gone = delete(INBOX_PENDING).where(INBOX_PENDING.c.id == parked_id)
        return self._connection.execute(gone).rowcount == 1

    def tidy(self, now: datetime) -> int:
        """Delete rows older than their retention period; returns the number of rows."""
        old = (
            delete(INBOX).where(INBOX.c.at < now - KEPT),
            delete(INBOX_ASIDE).where(INBOX_ASIDE.c.at < now - ASIDE_KEPT),
            delete(STRANGER)
            .where(STRANGER.c.tries_since < now - STRANGER_KEPT)
            .where(
                STRANGER.c.answered_on.is_(None)
                | (STRANGER.c.answered_on < (now - STRANGER_KEPT).date())
            ),
        )
        return sum(self._connection.execute(statement).rowcount for statement in old)
