"""Sends the messages of the outbox: at least once, in order per address and lane.

1 lease an address and take its oldest message, 2 commit, 3 send, 4 record the result. A process may
die between any two steps: the lease expires and another sender continues.
"""

import asyncio
import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from domain.messages import Outgoing
from handlers.ground.access import STRANGER_LOCALE
from handlers.ground.library import Library
from scheduling.channel import Channel, Delivered, Recipient
from scheduling.fit import fit
from scheduling.letters import Fate, Letter
from scheduling.mailroom import NO_LEASE, Mailroom
from scheduling.pace import Pace
from scheduling.pump import SENDERS, Noted, Pump, Sender, unnoted
from scheduling.worker import Worker
from storage import Store

__all__ = ["NO_LEASE", "Deliverer", "Noted"]

_log = logging.getLogger("antt.deliver")


@dataclass(kw_only=True)
class Deliverer:
    """Sends for the given channels. `now` reads the clock; `noted` counts attempts."""

    store: Store
    channels: Mapping[str, Channel]
    library: Library
    worker: Worker
    now: Callable[[], datetime]
    noted: Noted = unnoted
    _senders: dict[tuple[str, str], Sender] = field(default_factory=dict)
    _pumps: list[Pump] = field(default_factory=list)

    async def run(self) -> None:
        """Send until cancelled; all bots of all channels run in parallel."""
        mailroom = self._mailroom()
        self._pumps = [
            Pump(mailroom, self.worker, channel, bot, self._sender(name, bot), self.wake)
            for name, channel in self.channels.items()
            for bot in channel.bots
        ]
        async with asyncio.TaskGroup() as group:
            for pump in self._pumps:
                group.create_task(pump.run())

    def wake(self) -> None:
        """Something was queued: look now. Call it in the event loop's thread."""
        for pump in self._pumps:
            pump.wake()

    async def once(self) -> int:
        """Send everything that is due now on all channels; returns the number of delivered
        messages.
        """
        mailroom = self._mailroom()
        arrived = 0
        for name in self.channels:
            fates: Sequence[Fate] = ()
            while (
                done := await self.worker.run(partial(mailroom.round, fates, name, None, SENDERS))
            ).letters:
                fates = await asyncio.gather(*map(self._send, done.letters))
                arrived += sum(1 for fate in fates if isinstance(fate.delivery, Delivered))
        return arrived

    async def to(self, address_id: int) -> int:
        """Send everything that is due now at one address whose reader is connected here, in order;
        returns the number of delivered messages. What the reader did not accept waits, without a
        counted attempt.
        """
        mailroom = self._mailroom()
        letters = await self.worker.run(partial(mailroom.take_for, address_id))
        arrived = []
        for letter in letters:
            fate = await self._send(letter)
            if not isinstance(fate.delivery, Delivered):
                break
            arrived.append(letter.leased)
        if letters:
            await self.worker.run(partial(mailroom.mark_shown, arrived, letters[0].leased))
        return len(arrived)

    async def directly(self, channel: str, to: Recipient, outgoing: Outgoing) -> None:
        """Send something once to a person who has no address, without a retry."""
        words = self.library.words(STRANGER_LOCALE)
        pieces = fit(outgoing, self.channels[channel].abilities, words)
        if not await self._sender(channel, to.bot).directly(to, pieces):
            _log.warning("a stranger was not answered", extra={"channel": channel})

    async def _send(self, letter: Letter) -> Fate:
        address = letter.leased.address
        return await self._sender(address.channel, address.bot).send(letter)

    def _sender(self, name: str, bot: str) -> Sender:
        """The only sender of a bot, so that all its messages share one rate limit."""
        if (name, bot) not in self._senders:
            channel = self.channels[name]
            pace = Pace(channel.rates.a_second, asyncio.get_running_loop().time)
            self._senders[name, bot] = Sender(channel, pace, self.noted)
        return self._senders[name, bot]

    def _mailroom(self) -> Mailroom:
        return Mailroom(
            store=self.store, channels=self.channels, library=self.library, now=self.now
        )
