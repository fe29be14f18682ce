"""How long a tap waits while a tick queues a reminder for all people.

Ticks, taps and sending share the product's threads, and the steps are those of `scheduling.ticker`;
only the clock is set to the moment of each reminder. The first tick of a process is measured
separately: it builds the statements that later ticks find in the cache.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, Final

from benchmarks.crowd import build, crowd, drop_waiting
from benchmarks.figures import percentile, reached
from benchmarks.ground import Databases, Say, Size
from benchmarks.real import BUTTONS, CHANNEL
from bot.clock import FixedClock
from bot.compose import House, settle
from bot.turns import Handled
from domain.messages import Incoming, Outgoing
from handlers.ground.library import Library
from scheduling.channel import ONE_BOT, UNLIMITED, Abilities, Delivered, Delivery, Rates, Recipient
from scheduling.tick import tick_once
from storage import Store

AIM_MS: Final = 150
"""Milliseconds for 99 taps of 100: below it nobody notices the queueing of reminders."""

TAPS_A_SECOND: Final = 20
"""Taps of 10,000 people who answer 70 questions each within one working day."""

QUIET_SHARE: Final = 100
"""One tap without a tick for each so many people, for comparison."""

MS: Final = 1_000


@dataclass(frozen=True, kw_only=True)
class Swallow:
    """A channel that accepts everything at once."""

    name: str = CHANNEL
    abilities: Abilities = BUTTONS
    bots: tuple[str, ...] = ONE_BOT
    rates: Rates = UNLIMITED

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Send nothing."""
        return Delivered()


@dataclass(kw_only=True)
class Seen:
    """Waits in seconds, from the moment of a tap to its commit."""

    first: list[float] = field(default_factory=list)
    quiet: list[float] = field(default_factory=list)
    ticking: list[float] = field(default_factory=list)
    ticked_in: list[float] = field(default_factory=list)
    """Duration of each tick in seconds, without the first of each process."""


def run(places: Sequence[Databases], size: Size, say: Say) -> None:
    """Print the waits on each kind of database."""
    library = Library()
    for place in places:
        template = place.build(partial(build, people=size.people))
        seen = Seen()
        while len(seen.ticked_in) < size.ticks:
            database = place.copy(template)
            _live(database, library, size, seen)
            place.drop(database)
        _say(place, size, seen, say)


def _live(database: str, library: Library, size: Size, seen: Seen) -> None:
    """One process: its first tick, a quiet period, and the ticks of later stages."""
    who = crowd(database)
    clock = FixedClock(who.moments[0])
    taps = iter(who.taps)
    with House.build(Store(database), clock, {CHANNEL: Swallow()}, library) as house:
        settle()
        asyncio.run(_ticking(house, size, taps, seen.first))
        asyncio.run(_quiet(house, size, taps, seen.quiet))
        for moment in who.moments[1:][: size.ticks - len(seen.ticked_in)]:
            drop_waiting(database)
            clock.at = moment
            begun = time.perf_counter()
            asyncio.run(_ticking(house, size, taps, seen.ticking))
            seen.ticked_in.append(time.perf_counter() - begun)


async def _quiet(house: House, size: Size, taps: Iterator[Incoming], waits: list[float]) -> None:
    lasts = asyncio.sleep(size.people / QUIET_SHARE / TAPS_A_SECOND)
    await _taps_until(asyncio.create_task(lasts), house, taps, waits)


async def _ticking(house: House, size: Size, taps: Iterator[Incoming], waits: list[float]) -> None:
    """Taps at a steady rate until a tick has queued everything, while messages are sent."""
    sending = asyncio.create_task(house.deliverer.run())
    ticking = asyncio.create_task(_tick(house))
    await _taps_until(ticking, house, taps, waits)
    queued = await ticking
    assert queued == size.people, f"{queued} reminders for {size.people} people"
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)


async def _tick(house: House) -> int:
    queued, now = 0, house.clock.now()
    while True:
        ticked = await house.worker.run(partial(tick_once, house.store, house.library, now))
        if ticked is None:
            return queued
        queued += ticked.queued
        house.deliverer.wake()


async def _taps_until(
    end: asyncio.Task[Any], house: House, taps: Iterator[Incoming], waits: list[float]
) -> None:
    """Taps come at their own times, whether or not earlier ones were answered."""
    running: list[asyncio.Task[None]] = []
    due = time.perf_counter()
    while not end.done() or not running:
        running.append(asyncio.create_task(_tap(house, next(taps), due, waits)))
        due += 1 / TAPS_A_SECOND
        await asyncio.sleep(max(0.0, due - time.perf_counter()))
    await asyncio.gather(*running)


async def _tap(house: House, tap: Incoming, due: float, waits: list[float]) -> None:
    taken = await house.turns.take(replace(tap, at=house.clock.now()))
    waits.append(time.perf_counter() - due)
    assert isinstance(taken, Handled), f"a tap was not handled: {taken}"


def _say(place: Databases, size: Size, seen: Seen, say: Say) -> None:
    whens = {
        "no tick": seen.quiet,
        "first tick of a process": seen.first,
        "during a tick": seen.ticking,
    }
    for when, waits in whens.items():
        p50, p99 = percentile(waits, 50) * MS, percentile(waits, 99) * MS
        say(
            f"tap, {place.name}, {when}: p50 {p50:.0f} ms, p99 {p99:.0f} ms,"
            f" max {max(waits) * MS:.0f} ms of {len(waits)} taps"
        )
    took = sum(seen.ticked_in) / len(seen.ticked_in)
    p99 = percentile(seen.ticking, 99) * MS
    say(
        f"tap, {place.name}: {size.ticks} ticks for {size.people} people each, {took:.1f} s"
        f" a tick; aim p99 {AIM_MS} ms: {reached(p99, AIM_MS)}"
    )
