"""What came in: each delivery once, the few that wait, and those that could not be handled."""

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import bindparam, delete, insert, select

from storage.records import Parked
from storage.statements import Repository, on_both
from storage.tables.messages import INBOX, INBOX_ASIDE, INBOX_PENDING
from storage.tables.people import STRANGER

KEPT: Final = timedelta(days=90)
"""Messages dated more than 30 days ago are refused anyway, so no channel can repeat one later."""

ASIDE_KEPT: Final = timedelta(days=30)
"""Long enough for whoever looks into a failure; the text may be of a person."""

STRANGER_KEPT: Final = timedelta(days=2)
"""Both the day and the hour that are counted for strangers are over by then."""

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


class Inbox(Repository):
    """A delivery is known by (channel, bot, the channel's own id of it)."""

    __slots__ = ()

    def record(self, channel: str, bot: str, delivery_id: str, now: datetime) -> bool:
        """Note that this delivery is being handled. False when it was before."""
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
        """Keep what could not be handled; its text was screened by the caller."""
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
        """What waits, oldest first."""
        rows = self._connection.execute(_PARKED, {"limit": limit})
        return tuple(Parked(**row._mapping) for row in rows)

    def unpark(self, parked_id: int) -> bool:
        """Forget a parked body, in the transaction that handles it. False: somebody else did."""
        gone = delete(INBOX_PENDING).where(INBOX_PENDING.c.id == parked_id)
        return self._connection.execute(gone).rowcount == 1

    def tidy(self, now: datetime) -> int:
        """Forget what is older than it need be; returns how many rows went."""
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
