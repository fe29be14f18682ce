"""Playing the clock over a copy of a database, and noting every message that would go out.

Time does not pass minute by minute: it jumps to the next moment at which something is due
or somebody speaks, so a year takes seconds.
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
"""A note may be as long as it likes."""

PLAIN = Abilities(buttons=False, edits=False, files=False, text_limit=TEXT_LIMIT)

_SOON = timedelta(seconds=1)


@dataclass(frozen=True, kw_only=True)
class Noted:
    """One message that would have gone out at `at` (UTC)."""

    at: datetime
    channel: str
    address: str
    outgoing: Outgoing


@dataclass(kw_only=True)
class NotingChannel:
    """Takes every message and sends none."""

    name: str
    now: Callable[[], datetime]
    noted: list[Noted]
    abilities: Abilities = PLAIN
    bots: tuple[str, ...] = ONE_BOT
    rates: Rates = UNLIMITED

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Note it."""
        self.noted.append(
            Noted(at=self.now(), channel=self.name, address=to.address, outgoing=outgoing)
        )
        return Delivered()


def noting_channels(now: Callable[[], datetime], noted: list[Noted]) -> Mapping[str, NotingChannel]:
    """One for each channel: in a simulation all of them are noted and none is used."""
    return {name: NotingChannel(name=name, now=now, noted=noted) for name in CHANNELS}


@dataclass(frozen=True, kw_only=True)
class Event:
    """Somebody (short name) says something at a moment (aware)."""

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
        """Each moment in first..last at which something is due or said, in order, when it is
        reached: what is due later depends on what happens before."""
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
            # What an outage left waits for the hour at which reminders leave.
            moments.append(earliest_sending(max(due, now + _SOON)) if due <= now else due)
        return min(moments, default=None)

    async def pass_moment(self, now: datetime) -> None:
        """What the assistant does by itself at this moment."""
        self.set_clock(now)
        self.ticked = self.ticked.plus(tick(self.store, self.library, now))
        await self.deliverer.once()
