"""Long polling of Zalo: one poller for each bot, one update per poll.

A poll consumes its update and there is no acknowledgement, so the poller keeps an update until its
turn ran or it is parked. The inbox key recognises repetitions.
"""

import asyncio
import contextlib
import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot import errors
from bot.channels.zalo.bots import Introductions
from bot.channels.zalo.client import AuthError, QuotaError, Raw, ZaloClient, ZaloError
from bot.channels.zalo.limits import (
    AUTH_PAUSE_S,
    BACKOFF_S,
    BETWEEN_POLLS_S,
    POLL_S,
    QUOTA_PAUSES_S,
)
from bot.channels.zalo.updates import Update, read_update
from bot.clock import Clock
from bot.turns import Busy, Taken

_log = logging.getLogger("antt.zalo")

Sleep = Callable[[float], Awaitable[None]]


@dataclass(kw_only=True)
class Poller:
    """Polls for one bot. `sleep` and `time` are those of the event loop unless a test replaces
    them.
    """

    bot: str
    client: ZaloClient
    introductions: Introductions
    take: Callable[[Update], Awaitable[Taken]]
    clock: Clock
    sleep: Sleep = asyncio.sleep
    time: Callable[[], float] = time.monotonic
    poll_s: int = POLL_S
    _failures: int = 0
    _ready: bool = False
    _running: bool = False
    _stopped: asyncio.Event = field(default_factory=asyncio.Event)

    def stop(self) -> None:
        """End after the current update, if there is one."""
        self._stopped.set()

    async def run(self) -> None:
        """Poll until told to stop. Raises RuntimeError if it is already polling: two pollers of one
        bot would take each other's messages.
        """
        if self._running:
            raise RuntimeError(f"the bot {self.bot!r} is being polled already")
        self._running = True
        try:
            while not self._stopped.is_set():
                await self._unless_stopped(self.sleep(await self._guarded()))
        finally:
            self._running = False

    async def _guarded(self) -> float:
        try:
            return await self.once()
        except Exception as error:
            # A bug in one poll must not end the polling.
            errors.report(error, action="poll")
            return BACKOFF_S[-1]

    async def once(self) -> float:
        """One poll and the turn of its update; returns the seconds until the next poll."""
        begun = self.time()
        try:
            raw = await self._unless_stopped(self._poll())
        except ZaloError as error:
            return self._pause_after(error)
        self._failures = 0
        if raw is not None:
            await self._keep_until_taken(raw)
        return max(0.0, BETWEEN_POLLS_S - (self.time() - begun))

    async def _poll(self) -> Raw | None:
        if not self._ready:
            # A webhook of an earlier installation makes Zalo refuse every poll.
            await self.client.delete_webhook()
            self.introductions.note(self.bot, await self.client.get_me())
            self._ready = True
        return await self.client.get_updates(self.poll_s)

    async def _keep_until_taken(self, raw: Raw) -> None:
        me = self.introductions.of(self.bot)
        update = read_update(
            raw,
            bot=self.bot,
            now=self.clock.now(),
            own_id=me.id if me is not None else "",
            own_names=self.introductions.own_names(self.bot),
        )
        while isinstance(taken := await self.take(update), Busy):
            if self._stopped.is_set():
                _log.error("stopped with a message in hand", extra={"bot": self.bot})
                return
            await self._unless_stopped(self.sleep(taken.retry_after))

    def _pause_after(self, error: ZaloError) -> float:
        self._failures += 1
        at = self._failures - 1
        if isinstance(error, AuthError):
            pause = AUTH_PAUSE_S
            _log.error(
                "zalo refuses the token: copy it anew from Bot Creator into zalo_bots",
                extra={"bot": self.bot},
            )
            return pause
        pauses = QUOTA_PAUSES_S if isinstance(error, QuotaError) else BACKOFF_S
        pause = pauses[min(at, len(pauses) - 1)]
        # A webhook may have been set meanwhile, and then Zalo refuses every poll: start again.
        self._ready = False
        extra = {"bot": self.bot, "error": str(error), "pause_s": pause}
        _log.warning("a poll of zalo failed", extra=extra)
        return pause

    async def _unless_stopped(self, waiting: Awaitable[Raw | None]) -> Raw | None:
        """The result, or None if told to stop meanwhile."""
        task = asyncio.ensure_future(waiting)
        stopped = asyncio.ensure_future(self._stopped.wait())
        try:
            await asyncio.wait({task, stopped}, return_when=asyncio.FIRST_COMPLETED)
            return task.result() if task.done() else None
        finally:
            for one in (task, stopped):
                if not one.done():
                    one.cancel()
                    with contextlib.suppress(asyncio.CancelledError, ZaloError):
                        await one
