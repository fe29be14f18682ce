"""What the database says became of each message."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import create_engine, select

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
    """One message of the outbox with every mark that its attempts left, oldest first."""

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
        """Within which its order is kept."""
        return (self.channel, self.bot, self.address, self.lane)

    @property
    def unknowns(self) -> int:
        """Attempts of which nobody knows whether they arrived."""
        return self.outcomes.count(AttemptOutcome.UNKNOWN)

    @property
    def most(self) -> int:
        """Copies that the far side may have taken."""
        return self.unknowns + self.outcomes.count(AttemptOutcome.SENT)

    @property
    def fewest(self) -> int:
        """Copies that it must have taken."""
        return int(self.state is SendState.SENT)


def rows(url: str) -> list[Row]:
    """Everything of ours that was ever queued, in the order of the ids."""
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
    """How many ended how."""
    return Counter(row.state.value for row in found)
