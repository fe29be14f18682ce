"""Sends the messages of one bot: as many at the same time as the limits allow.

A round is one transaction: it records the results of letters and takes the next. It takes what has
the highest priority at that time, so a reply waits for one message, not for a queue.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from functools import partial
from typing import Final

from domain.messages import Outgoing
from scheduling.channel import Channel, Delivered, Delivery, Recipient, Refused, Unknown
from scheduling.letters import Fate, Letter
from scheduling.mailroom import Mailroom
from scheduling.pace import Pace
from scheduling.worker import Worker

SENDERS: Final = 16
"""Addresses served at the same time: thirty messages a second to a service that answers within half
a second; few enough for a small host.
"""

SEND_TIMEOUT_S: Final = 60.0
"""Half a lease: a sender that waited longer might collide with the one that took over."""

LOOK_AGAIN_S: Final = 20.0
"""How often the outbox is read without a wake-up, for retries and other processes."""

NOTE_WITHIN_S: Final = 1.0
"""The delay before a delivery is recorded; a lease is a hundred times as long."""

GRACE_S: Final = 5.0
"""At the end of the process, messages being sent have this time; after it the result is unknown."""

_log = logging.getLogger("antt.deliver")

Noted = Callable[[str, str], None]
"""Called for each attempt: the channel and "sent", "refused", "unknown" or "silenced"."""


def unnoted(_channel: str, _outcome: str) -> None:
    """Does not count."""


class Sender:
    """Sends letters of one bot within its rate limit."""

    def __init__(self, channel: Channel, pace: Pace, noted: Noted) -> None:
        self._channel = channel
        self._pace = pace
        self._noted = noted

    def wait(self) -> float:
        """Seconds until a message of this bot may be sent."""
        return self._pace.wait()

    async def directly(self, to: Recipient, pieces: Iterable[Outgoing]) -> bool:
        """Send a message that is not stored, once; False if not all of it arrived."""
        for piece in pieces:
            await self._pace.turn()
            delivery = await _guarded(self._channel.send(to, piece, 0))
            self._note(delivery)
            if not isinstance(delivery, Delivered):
                return False
        return True

    async def send(self, letter: Letter) -> Fate:
        """Send the remaining pieces of the message, up to the first that fails."""
        leased = letter.leased
        to = Recipient(bot=leased.address.bot, address=leased.address.address)
        pieces = leased.pieces
        delivery: Delivery = Delivered()
        for number, piece in enumerate(letter.pieces):
            if number:
                await asyncio.sleep(self._channel.rates.each_chat_s or 0)
            await self._pace.turn()
            delivery = await _guarded(self._channel.send(to, piece, leased.outbox_id))
            self._note(delivery)
            if not isinstance(delivery, Delivered):
                return Fate(leased=leased, delivery=delivery, pieces=pieces)
            pieces += 1
        return Fate(leased=leased, delivery=delivery, pieces=pieces)

    def _note(self, delivery: Delivery) -> None:
        match delivery:
            case Refused(retry_after=float() | int() as seconds):
                self._pace.silence(seconds)
                self._noted(self._channel.name, "silenced")
            case Refused():
                self._noted(self._channel.name, "refused")
            case Unknown():
                self._noted(self._channel.name, "unknown")
            case Delivered():
                self._noted(self._channel.name, "sent")


class Pump:
    """Serves one bot of one channel until cancelled."""

    def __init__(
        self,
        mailroom: Mailroom,
        worker: Worker,
        channel: Channel,
        bot: str,
        sender: Sender,
        wake_all: Callable[[], None],
    ) -> None:
        self._mailroom = mailroom
        self._worker = worker
        self._channel = channel
        self._bot = bot
        self._sender = sender
        self._wake_all = wake_all
        self._woken = asyncio.Event()
        self._under_way: set[asyncio.Task[Fate]] = set()
        self._fates: list[Fate] = []
        self._chats_rest_until = float("-inf")
        self._looks_at: float | None = None

    def wake(self) -> None:
        """Something was queued."""
        self._woken.set()

    async def run(self) -> None:
        """Send until cancelled; then wait for messages being sent, and record them."""
        try:
            while True:
                self._woken.clear()
                await self._round(self._room())
                await self._rest()
                self._harvest()
        finally:
            await self._end()

    def _room(self) -> int:
        """How many letters may be taken now: one at a time with a rate limit, when its time has
        come.
        """
        free = SENDERS - len(self._under_way)
        if self._sender.wait() > 0:
            return 0
        return free if self._channel.rates.a_second is None else min(free, 1)

    async def _round(self, room: int) -> None:
        if not room and not self._fates:
            return
        begun, fates = self._time(), tuple(self._fates)
        job = partial(self._mailroom.round, fates, self._channel.name, self._bot, room)
        try:
            done = await self._worker.run(job)
        except Exception:
            # The database may be unavailable for a while; deliveries are recorded when it is back.
            _log.exception("delivery failed")
            self._looks_at = self._time() + NOTE_WITHIN_S
            return
        self._fates = self._fates[len(fates) :]
        if fates and self._channel.rates.each_chat_s is not None:
            self._chats_rest_until = self._time() + self._channel.rates.each_chat_s
        # There is no wake-up for messages queued during this round for a chat that had to wait.
        self._looks_at = self._chats_rest_until if begun < self._chats_rest_until else None
        self._under_way |= {asyncio.create_task(self._sender.send(one)) for one in done.letters}
        if done.elsewhere:
            self._wake_all()

    async def _rest(self) -> None:
        """Wait until there may be something to do."""
        # A new task first gets its turn at the rate limit.
        await asyncio.sleep(0)
        pause = self._sender.wait()
        if 0 < pause < NOTE_WITHIN_S and len(self._under_way) < SENDERS:
            # Deliveries until then are recorded when the next message may be sent.
            await asyncio.sleep(pause)
            return
        look = LOOK_AGAIN_S if self._looks_at is None else self._looks_at - self._time()
        await self._something(max(pause, look))

    def _time(self) -> float:
        return asyncio.get_running_loop().time()

    async def _something(self, seconds: float) -> None:
        woken = asyncio.create_task(self._woken.wait())
        try:
            await asyncio.wait(
                {woken, *self._under_way}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            woken.cancel()

    def _harvest(self) -> None:
        arrived = {task for task in self._under_way if task.done()}
        self._under_way -= arrived
        self._fates += [task.result() for task in arrived]

    async def _end(self) -> None:
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=GRACE_S)
            for task in late:
                task.cancel()
            self._under_way -= late
        self._harvest()
        await self._round(0)


async def _guarded(sending: Awaitable[Delivery]) -> Delivery:
    """Its result; a channel that hangs or fails delays one message and no other."""
    try:
        return await asyncio.wait_for(sending, SEND_TIMEOUT_S)
    except TimeoutError:
        return Unknown(error="no answer in time")
    except Exception as error:
        _log.exception("a channel broke")
        return Refused(permanent=False, ours=True, error=type(error).__name__)
