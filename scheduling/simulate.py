"""Simulates time over a copy of a database, and records every message that would be sent.

Time does not pass minute by minute: it jumps to the next time at which something is due or a person
writes, so a year takes seconds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.channels import CHANNELS
from domain.messages import Outgoing
from handlers.ground.library import Library
from scheduling.channel import ONE_BOT, UNLIMITED, Abilities, Delivered, Delivery, Rates, Recipient
from scheduling.deliver import Deliverer
from scheduling.tick import Ticked, earliest_sending, tick
from storage import Store

TEXT_LIMIT = 100_000
"""The recorder has no length limit."""

PLAIN = Abilities(buttons=False, edits=False, files=False, text_limit=TEXT_LIMIT)

_SOON = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Noted:
    """One message that would have been sent at `at` (UTC)."""

    at: datetime
    channel: str
    address: str
    outgoing: Outgoing


@dataclass(kw_only=True)
class NotingChannel:
    """Accepts every message and sends none."""

    name: str
    now: Callable[[], datetime]
    noted: list[Noted]
    abilities: Abilities = PLAIN
    bots: tuple[str, ...] = ONE_BOT
    rates: Rates = UNLIMITED

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Record the message."""
        self.noted.append(
            Noted(at=self.now(), channel=self.name, address=to.address, outgoing=outgoing)
        )
        return Delivered()


def noting_channels(now: Callable[[], datetime], noted: list[Noted]) -> Mapping[str, NotingChannel]:
    """One for each channel: a simulation records messages for all of them and uses none."""
    return {name: NotingChannel(name=name, now=now, noted=noted) for name in CHANNELS}


@dataclass(frozen=True, kw_only=True)
class Event:
    """A person (short name) writes something at a time (aware)."""

    at: datetime
    who: str
    text: str


@dataclass(kw_only=True)
class Simulation:
    """A clock that jumps. `say` runs the turn of an event; the store is a copy."""

    store: Store
    library: Library
    deliverer: Deliverer
    set_clock: Callable[[datetime], None]
    ticked: Ticked = field(default_factory=Ticked)

    def moments(
        self, first: datetime, last: datetime, events: Iterable[Event]
    ) -> Iterator[tuple[datetime, tuple[Event, ...]]]:
        """Each time in first..last at which something is due or a person writes, in order, computed
        when it is reached: what is due later depends on what happens before.
        """
        waiting = sorted(events, key=lambda event: event.at)
        now = first
        yield now, ()
        while True:
            moment = self._next(now, waiting)
            if moment is None or moment > last:
                return
            now = moment
            here = tuple(event for event in waiting if event.at <= now)
            waiting = waiting[len(here) :]
            yield now, here

    def _next(self, now: datetime, waiting: list[Event]) -> datetime | None:
        with self.store.begin() as tx:
            due = tx.plans.next_due()
        moments = [event.at for event in waiting[:1]]
        if due is not None:
            # After an outage, waiting reminders are sent from the hour at which reminders may be
            # sent.
            moments.append(earliest_sending(max(due, now + _SOON)) if due <= now else due)
        return min(moments, default=None)

    async def pass_moment(self, now: datetime) -> None:
        """What the assistant does without a message at this time."""
        self.set_clock(now)
        self.ticked = self.ticked.plus(tick(self.store, self.library, now))
        await self.deliverer.once()
