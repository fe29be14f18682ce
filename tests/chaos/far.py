"""A mock service with random failures, and a sender that can be killed."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from random import Random
from typing import Any

from domain.messages import Outgoing
from handlers.ground.library import Library
from scheduling.channel import (
    Abilities,
    Delivered,
    Delivery,
    Rates,
    Recipient,
    Refused,
    Unknown,
)
from scheduling.deliver import Deliverer
from storage import Store
from tests.simulated import AtOnce, T


class Fate(Enum):
    """The result of one sending. LOST and HUNG messages were accepted or not: the sender cannot
    know. BROKEN: the channel itself has a bug.
    """

    TAKEN = auto()
    REFUSED = auto()
    FLOODED = auto()
    LOST_BEFORE = auto()
    LOST_AFTER = auto()
    HUNG_BEFORE = auto()
    HUNG_AFTER = auto()
    BROKEN = auto()


TAKES = frozenset({Fate.TAKEN, Fate.LOST_AFTER, Fate.HUNG_AFTER})
HANGS = frozenset({Fate.HUNG_BEFORE, Fate.HUNG_AFTER})
WEIGHTS = {
    Fate.TAKEN: 70,
    Fate.REFUSED: 8,
    Fate.FLOODED: 4,
    Fate.LOST_BEFORE: 6,
    Fate.LOST_AFTER: 6,
    Fate.HUNG_BEFORE: 2,
    Fate.HUNG_AFTER: 2,
    Fate.BROKEN: 2,
}


@dataclass(frozen=True, kw_only=True)
class Taken:
    """One copy of a message that arrived; `at` in seconds of the event loop."""

    at: float
    outbox_id: int
    address: str
    bot: str
    text: str


@dataclass(kw_only=True)
class FarSide:
    """A channel over a service that completes what it began, even if the sender was killed.

    `wild` False: everything succeeds from now on.
    """

    name: str
    dice: Random
    abilities: Abilities
    bots: tuple[str, ...]
    rates: Rates
    wild: bool = True
    took: list[Taken] = field(default_factory=list)
    faults: int = 0
    floods: int = 0
    tasks: set[asyncio.Task[Delivery]] = field(default_factory=set)
    _last: dict[tuple[str, str], float] = field(default_factory=dict)

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """At random."""
        fate = self._fate()
        if fate is Fate.BROKEN:
            raise RuntimeError("an invented bug of a channel")
        if self._too_fast(to, fate):
            self.floods += 1
            return Refused(permanent=False, ours=False, error="429 too fast", retry_after=1)
        task = asyncio.create_task(self._happens(fate, to, outgoing, outbox_id))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)
        return await asyncio.shield(task)

    def _fate(self) -> Fate:
        if not self.wild:
            return Fate.TAKEN
        (fate,) = self.dice.choices(list(WEIGHTS), list(WEIGHTS.values()))
        self.faults += fate is not Fate.TAKEN
        return fate

    async def _happens(
        self, fate: Fate, to: Recipient, outgoing: Outgoing, outbox_id: int
    ) -> Delivery:
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self.dice.uniform(0.01, 2.0))
        if fate in TAKES:
            self.took.append(
                Taken(
                    at=loop.time(),
                    outbox_id=outbox_id,
                    address=to.address,
                    bot=to.bot,
                    text=outgoing.text,
                )
            )
        if fate in HANGS:
            await asyncio.sleep(3_600)
        await asyncio.sleep(self.dice.uniform(0.01, 1.0))
        match fate:
            case Fate.TAKEN:
                return Delivered()
            case Fate.REFUSED:
                return Refused(permanent=False, ours=False, error="503")
            case Fate.FLOODED:
                seconds = self.dice.randint(1, 5)
                return Refused(permanent=False, ours=False, error="429", retry_after=seconds)
            case _:
                return Unknown(error="the connection ended")

    def _too_fast(self, to: Recipient, fate: Fate) -> bool:
        now, place = asyncio.get_running_loop().time(), (to.bot, to.address)
        early = now - self._last.get(place, float("-inf")) < (self.rates.each_chat_s or 0) - 1e-6
        if fate in TAKES and not early:
            self._last[place] = now
        return early


class _Mortal(AtOnce):
    """After it is killed, no transaction begins any more."""

    dead = False

    async def run(self, function: Callable[[], T], *, start_within: float | None = None) -> T:
        """Never returns once it is killed."""
        await asyncio.sleep(0)
        if self.dead:
            await asyncio.Event().wait()
        return await super().run(function, start_within=start_within)


class Sender:
    """A sending process: it is started, and ends by itself or is killed."""

    def __init__(
        self,
        store: Store,
        library: Library,
        services: Sequence[FarSide],
        now: Callable[[], datetime],
    ) -> None:
        self._services = services
        self._spared = asyncio.all_tasks()
        self._worker = _Mortal()
        self.deliverer = Deliverer(
            store=store,
            channels={service.name: service for service in services},
            library=library,
            worker=self._worker,
            now=now,
        )
        self._running = asyncio.create_task(self.deliverer.run())

    async def ends(self) -> None:
        """SIGTERM: messages being sent may arrive."""
        self._running.cancel()
        with suppress(asyncio.CancelledError):
            await self._running
        self._worker.close()

    async def is_killed(self) -> None:
        """SIGKILL: none of its code runs after this. The service continues."""
        self._worker.dead = True
        while own := asyncio.all_tasks() - self._spared - self._others():
            for task in own:
                task.cancel()
            await asyncio.sleep(0)
        self._worker.close()

    def _others(self) -> set[asyncio.Task[Any]]:
        return {task for service in self._services for task in service.tasks}
