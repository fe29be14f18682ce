"""Passes messages to turns: immediately, or after they were parked, always in order.

Zalo stores nothing for us (a poll consumes its update; whether webhooks are retried is unknown), so
a message that cannot be handled at once is parked in the database before it is acknowledged.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, Protocol

from bot import errors
from bot.channels.zalo.limits import (
    LOOK_FOR_PARKED_S,
    PARK_WITHIN_S,
    PARKED_LIVES_S,
    TAKE_UP_AGAIN_S,
)
from bot.channels.zalo.parked import NotReadable, emptied, from_body, screened, to_body
from bot.channels.zalo.settings import NAME
from bot.channels.zalo.updates import Ignored, InGroup, Kind, Message, Update
from bot.clock import Clock
from bot.turns import Busy, Handled, SetAside, Taken
from domain.messages import Sent
from scheduling.worker import NotStarted, Worker
from storage import Parked, Store, Tx, Unavailable

_log = logging.getLogger("antt.zalo")

_PAGE: Final = 50
"""Parked messages read at a time."""


class Taking(Protocol):
    """The final receiver of messages (`MessageChecks`)."""

    async def take(self, message: Message, picture: Sent | None = None) -> Taken:
        """Handle one message."""

    async def take_group(self, called: InGroup) -> Taken:
        """Answer a group."""


class Pictures(Protocol):
    """Fetches pictures (`Images`)."""

    async def taken(
        self, message: Message, take: Callable[[Sent | None], Awaitable[Taken]]
    ) -> Taken:
        """Fetch the message's picture, pass it to the turn, and delete it."""


@dataclass(kw_only=True)
class Intake:
    """One instance for all our bots. `pictures` None: no pictures are fetched."""

    checks: Taking
    store: Store
    worker: Worker
    clock: Clock
    pictures: Pictures | None = None
    _parked: asyncio.Event = field(default_factory=asyncio.Event)
    _queue: dict[str, asyncio.Lock] = field(default_factory=dict)
    _behind: bool = True
    """Messages may be parked; until that is checked, new ones are parked behind them."""
    _count: int = 0

    async def take(self, update: Update) -> Taken:
        """Handle an update or park it: in both cases it may be acknowledged. After `Busy` it could
        not even be parked, and must come again.
        """
        try:
            match update:
                case Ignored():
                    return Handled()
                case InGroup():
                    return await self.checks.take_group(update)
                case Message():
                    return await self._take(update)
        except Exception as error:
            # A turn sets its own failures aside; this is a bug of ours, and it must not stop a
            # poller.
            return SetAside(error_id=errors.report(error, action="zalo"))

    async def _take(self, message: Message) -> Taken:
        # One at a time for each bot: two messages of one person must stay in order.
        async with self._queue.setdefault(message.bot, asyncio.Lock()):
            if not self._behind:
                taken = await self._with_picture(message)
                if not isinstance(taken, Busy):
                    return taken
            return await self._park(message)

    async def _with_picture(self, message: Message) -> Taken:
        if self.pictures is None or message.picture is None:
            return await self.checks.take(message)
        return await self.pictures.taken(message, lambda got: self.checks.take(message, got))

    async def _park(self, message: Message) -> Taken:
        kept = screened(message)

        def park() -> None:
            with self.store.begin() as tx:
                key = (NAME, kept.bot, kept.delivery_id)
                tx.inbox.park(*key, to_body(kept), self.clock.now())

        try:
            await self.worker.run(park, start_within=PARK_WITHIN_S)
        except (NotStarted, Unavailable):
            return Busy(retry_after=int(TAKE_UP_AGAIN_S))
        self._behind = True
        self._count += 1
        self._parked.set()
        return Handled()

    async def run(self) -> None:
        """Handle parked messages, of this process and of those that ended; until cancelled."""
        while True:
            self._parked.clear()
            try:
                done = await self.take_up()
            except Exception:
                _log.exception("parked messages could not be taken up")
                done = False
            if not done:
                await asyncio.sleep(TAKE_UP_AGAIN_S)
                continue
            try:
                await asyncio.wait_for(self._parked.wait(), LOOK_FOR_PARKED_S)
            except TimeoutError:
                continue

    async def take_up(self) -> bool:
        """Handle parked messages, oldest first. False if the database is still busy.

        Its turn deletes a message when it is committed. The words of one that waited for
        `PARKED_LIVES_S` are deleted at once, and its sender is asked to send them again.
        """
        while True:
            count = self._count
            try:
                rows = await self.worker.run(self._rows)
            except Unavailable:
                return False
            self._behind = self._behind or bool(rows)
            for row in rows:
                if not await self._take_up_one(row):
                    return False
            if not rows and count == self._count:
                # Nothing was parked during this check: from now on messages are handled directly.
                self._behind = False
                return True

    async def _take_up_one(self, row: Parked) -> bool:
        try:
            message = from_body(row)
        except NotReadable as error:
            _log.error("a parked message cannot be read", extra={"error": str(error)})
        else:
            if isinstance(await self.checks.take(message), Busy):
                return False
        try:
            await self.worker.run(lambda: self._forget(row))
        except Unavailable:
            return False
        return True

    def _rows(self) -> tuple[Parked, ...]:
        with self.store.read() as tx:
            rows = tuple(row for row in tx.inbox.parked(_PAGE) if row.channel == NAME)
        late = [row for row in rows if self._is_late(row)]
        if not late:
            return rows
        with self.store.begin() as tx:
            for row in late:
                self._empty(tx, row)
            return tuple(row for row in tx.inbox.parked(_PAGE) if row.channel == NAME)

    def _is_late(self, row: Parked) -> bool:
        lives = timedelta(seconds=PARKED_LIVES_S)
        return self.clock.now() - row.at >= lives and f'"{Kind.LATE.value}"' not in row.body

    def _empty(self, tx: Tx, row: Parked) -> None:
        try:
            tx.inbox.empty(row.id, to_body(emptied(from_body(row))))
        except NotReadable:
            tx.inbox.unpark(row.id)

    def _forget(self, row: Parked) -> None:
        with self.store.begin() as tx:
            tx.inbox.unpark(row.id)
