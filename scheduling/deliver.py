"""Sending what waits in the outbox: at least once, in order per address and lane.

1 lease an address and take its oldest message, 2 commit, 3 send, 4 mark what became of it.
A process may die between any two: the lease runs out and another sender goes on.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Final

from domain.messages import Lane, Outgoing
from domain.people import Role
from handlers.access import STRANGER_LOCALE
from handlers.library import Library
from scheduling.channel import (
    Abilities,
    Channel,
    Delivered,
    Delivery,
    Recipient,
    Refused,
    Unknown,
)
from scheduling.fit import fit
from scheduling.retry import Again, Aside, Done, consequence, until
from scheduling.worker import Worker
from storage import AttemptOutcome, Leased, Store, ToQueue, Tx

__all__ = [
    "Abilities",
    "Channel",
    "Delivered",
    "Deliverer",
    "Delivery",
    "Refused",
    "Unknown",
    "fit",
]

SENDERS: Final = 8
"""Addresses served at the same time: enough to hide a slow service, few for a small host."""

SEND_TIMEOUT_S: Final = 60.0
"""Half a lease: a sender that waited longer might meet the one that took over."""

NO_LEASE: Final = timedelta(0)
"""For an address whose reader sits here: what a killed process of his held is his at once, and
the worst that two of them do is to show him a message twice."""

LOOK_AGAIN_S: Final = 20.0
"""Without a wake-up the outbox is looked at this often, for retries and other processes."""

_log = logging.getLogger("antt.deliver")


@dataclass(frozen=True, kw_only=True)
class _Letter:
    """A leased message, cut to its channel."""

    leased: Leased
    pieces: tuple[Outgoing, ...]


Fate = tuple[Leased, Delivery]


@dataclass(kw_only=True)
class Deliverer:
    """Sends for the channels it was given. `now` reads the clock."""

    store: Store
    channels: Mapping[str, Channel]
    library: Library
    worker: Worker
    now: Callable[[], datetime]
    _wake: asyncio.Event = field(default_factory=asyncio.Event)

    async def once(self) -> int:
        """Send everything that is due now on all channels; returns how many arrived."""
        arrived = 0
        while letters := await self.worker.run(self._claim):
            fates = await asyncio.gather(*map(self._send, letters))
            await self.worker.run(partial(self._mark, fates))
            arrived += sum(1 for _, fate in fates if isinstance(fate, Delivered))
        return arrived

    async def to(self, address_id: int) -> int:
        """Send everything that is due now at one address whose reader sits here, in order;
        returns how many arrived. What he did not take waits as if it had never been tried."""
        letters = await self.worker.run(partial(self._take_for, address_id))
        arrived = []
        for letter in letters:
            _, fate = await self._send(letter)
            if not isinstance(fate, Delivered):
                break
            arrived.append(letter.leased)
        if letters:
            await self.worker.run(partial(self._mark_shown, arrived, letters[0].leased))
        return len(arrived)

    async def directly(self, channel: str, to: Recipient, outgoing: Outgoing) -> None:
        """Send something to somebody who has no address, once, whatever becomes of it."""
        abilities = self.channels[channel].abilities
        for piece in fit(outgoing, abilities, self.library.words(STRANGER_LOCALE)):
            fate = await _guarded(self.channels[channel].send(to, piece, 0))
            if not isinstance(fate, Delivered):
                _log.warning("a stranger was not answered", extra={"channel": channel})
                return

    def wake(self) -> None:
        """Something was queued: look now. To be called in the loop's thread."""
        self._wake.set()

    async def run(self) -> None:
        """Send for ever; ends when cancelled."""
        while True:
            self._wake.clear()
            try:
                await self.once()
            except Exception:
                # The database may be away for a while; the next look is soon enough.
                _log.exception("delivery failed")
            await _either(self._wake.wait(), LOOK_AGAIN_S)

    def _claim(self) -> tuple[_Letter, ...]:
        now = self.now()
        claimed: list[Leased] = []
        with self.store.begin() as tx:
            for name in self.channels:
                claimed += tx.outbox.claim(now, SENDERS - len(claimed), channel=name)
                if len(claimed) >= SENDERS:
                    break
        return tuple(map(self._letter, claimed))

    def _take_for(self, address_id: int) -> tuple[_Letter, ...]:
        with self.store.begin() as tx:
            leased = tx.outbox.take_for(address_id, self.now(), lease=NO_LEASE)
        return tuple(map(self._letter, leased))

    def _mark_shown(self, arrived: Sequence[Leased], first: Leased) -> None:
        with self.store.begin() as tx:
            tx.outbox.sent_all(arrived, self.now())
            if not arrived:
                tx.outbox.release(first)

    def _letter(self, leased: Leased) -> _Letter:
        words = self.library.words(leased.locale)
        abilities = self.channels[leased.address.channel].abilities
        return _Letter(leased=leased, pieces=fit(leased.outgoing, abilities, words))

    async def _send(self, letter: _Letter) -> Fate:
        leased = letter.leased
        channel = self.channels[leased.address.channel]
        if leased.unknowns and not channel.abilities.repeatable:
            return leased, Unknown(error="its fate is unknown and it cannot be sent twice")
        to = Recipient(bot=leased.address.bot, address=leased.address.address)
        for piece in letter.pieces:
            fate = await _guarded(channel.send(to, piece, leased.outbox_id))
            if not isinstance(fate, Delivered):
                return leased, fate
        return leased, Delivered()

    def _mark(self, fates: Iterable[Fate]) -> None:
        now = self.now()
        with self.store.begin() as tx:
            for leased, fate in fates:
                self._mark_one(tx, leased, fate, now)

    def _mark_one(self, tx: Tx, leased: Leased, fate: Delivery, now: datetime) -> None:
        follows = consequence(
            fate,
            lane=leased.lane,
            attempts=leased.attempts + 1,
            now=now,
            end=until(leased.lane, leased.queued_at, leased.expires_at),
            repeatable=self.channels[leased.address.channel].abilities.repeatable,
        )
        outcome = AttemptOutcome.UNKNOWN if isinstance(fate, Unknown) else AttemptOutcome.REFUSED
        match follows:
            case Done():
                tx.outbox.sent(leased, now)
            case Again(at=at, error=error):
                tx.outbox.failed(leased, now, error, retry_at=at, outcome=outcome)
            case Aside(error=error, retire=retire):
                tx.outbox.failed(
                    leased, now, error, retry_at=None, permanent=retire, outcome=outcome
                )
                if retire:
                    self._retire(tx, leased, error, now)

    def _retire(self, tx: Tx, leased: Leased, error: str, now: datetime) -> None:
        """Send nothing there any more, and tell who stands above the person."""
        address = leased.address
        tx.addresses.retire(address.id, error, now)
        person = tx.people.get(address.person_id)
        if person is None or not person.posts:
            return
        superiors = tx.people.overseers_of(
            person.posts[0].unit, Role.SUPERVISOR, Role.ADMINISTRATOR
        )
        locales = {superior.id: superior.locale for superior in superiors}
        tx.outbox.queue_many(
            (
                ToQueue(
                    address_id=one.id,
                    lane=Lane.NOTICE,
                    outgoing=Outgoing(
                        text=self.library.words(locales[one.person_id]).say(
                            "delivery.address_lost", name=person.name, channel=address.channel
                        )
                    ),
                    once=f"lost:{address.id}:{one.id}",
                )
                for one in tx.addresses.of_people(locales)
            ),
            now,
        )


async def _guarded(sending: Awaitable[Delivery]) -> Delivery:
    """Its fate; a channel that hangs or breaks holds up one message and no other."""
    try:
        return await asyncio.wait_for(sending, SEND_TIMEOUT_S)
    except TimeoutError:
        return Unknown(error="no answer in time")
    except Exception as error:
        _log.exception("a channel broke")
        return Refused(permanent=False, ours=True, error=type(error).__name__)


async def _either(waiting: Awaitable[object], seconds: float) -> None:
    try:
        await asyncio.wait_for(waiting, seconds)
    except TimeoutError:
        return
