"""The result of each message according to the database, and changes of stored times."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Column, Table, create_engine, select

from storage.tables.messages import (
    ADDRESS,
    DELIVERY_ATTEMPT,
    OUTBOX,
    AttemptOutcome,
    Author,
    SendState,
)

LANES = ("reply", "notice")


@dataclass(frozen=True, kw_only=True)
class Row:
    """One message of the outbox with the mark of each attempt, oldest first."""

    id: int
    channel: str
    bot: str
    address: str
    lane: str
    state: SendState
    body: str
    error: str | None
    queued_at: datetime
    outcomes: tuple[AttemptOutcome, ...]
    last_tried_at: datetime | None
    replaced: bool

    @property
    def queue(self) -> tuple[str, str, str, str]:
        """The queue in which its order is kept."""
        return (self.channel, self.bot, self.address, self.lane)

    @property
    def unknowns(self) -> int:
        """Attempts with an unknown result."""
        return self.outcomes.count(AttemptOutcome.UNKNOWN)

    @property
    def most(self) -> int:
        """The most copies that the mock service may have accepted."""
        return self.unknowns + self.outcomes.count(AttemptOutcome.SENT)

    @property
    def fewest(self) -> int:
        """The fewest copies that it must have accepted."""
        return int(self.state is SendState.SENT)


def rows(url: str) -> list[Row]:
    """Every message of ours that was ever queued, in the order of the ids."""
    engine = create_engine(url)
    attempts: dict[int, list[tuple[AttemptOutcome, datetime]]] = {}
    with engine.connect() as connection:
        marks = select(
            DELIVERY_ATTEMPT.c.outbox_id, DELIVERY_ATTEMPT.c.outcome, DELIVERY_ATTEMPT.c.at
        ).order_by(DELIVERY_ATTEMPT.c.id)
        for outbox_id, outcome, at in connection.execute(marks):
            attempts.setdefault(outbox_id, []).append((outcome, at.astimezone(UTC)))
        queued = (
            select(OUTBOX, ADDRESS.c.channel, ADDRESS.c.bot, ADDRESS.c.address)
            .join(ADDRESS, ADDRESS.c.id == OUTBOX.c.address_id)
            .where(OUTBOX.c.author == Author.US)
            .order_by(OUTBOX.c.id)
        )
        found = [
            Row(
                id=row.id,
                channel=row.channel,
                bot=row.bot,
                address=row.address,
                lane=LANES[row.lane],
                state=row.state,
                body=row.body,
                error=row.error,
                queued_at=row.queued_at,
                outcomes=tuple(outcome for outcome, _ in attempts.get(row.id, ())),
                replaced=row.expires_at is not None,
                last_tried_at=attempts[row.id][-1][1] if row.id in attempts else None,
            )
            for row in connection.execute(queued)
        ]
    engine.dispose()
    return found


def by_state(found: list[Row]) -> Counter[str]:
    """The number of messages by final state."""
    return Counter(row.state.value for row in found)


def unsent(url: str, now: datetime, soon: timedelta) -> int:
    """The number of queues with a message that is due by then."""
    engine = create_engine(url)
    heads: dict[tuple[int, int], datetime] = {}
    with engine.connect() as connection:
        waiting = (
            select(OUTBOX.c.address_id, OUTBOX.c.lane, OUTBOX.c.due_at)
            .where(OUTBOX.c.state == SendState.WAITING)
            .order_by(OUTBOX.c.id)
        )
        for address_id, lane, due_at in connection.execute(waiting):
            heads.setdefault((address_id, lane), due_at)
    engine.dispose()
    return sum(1 for due_at in heads.values() if due_at <= now + soon)


def moments_pass(url: str, span: timedelta) -> None:
    """Make waiting messages older by this time, as if no process had run for that time."""
    engine = create_engine(url)
    with engine.begin() as connection:
        moments: tuple[tuple[Table, Column[datetime]], ...] = (
            (ADDRESS, ADDRESS.c.leased_until),
            (OUTBOX, OUTBOX.c.due_at),
            (OUTBOX, OUTBOX.c.queued_at),
        )
        for table, column in moments:
            kept = select(table.c.id, column).where(column.is_not(None))
            if table is OUTBOX:
                # Sent messages keep their time, because the file of revocations uses it as a key.
                kept = kept.where(OUTBOX.c.state == SendState.WAITING)
            for number, at in connection.execute(kept).all():
                moved = table.update().where(table.c.id == number)
                connection.execute(moved.values({column.name: at - span}))
    engine.dispose()
