"""Long polling of Telegram for updates.

The library's own loop either loses the updates of a killed process or stops at an update that it
cannot decode (aiogram #1840). Here the offset moves only after the turns are committed, and nothing
is decoded before that is safe.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime, timedelta
from typing import Final, TypeVar

from bot.channels.telegram.api import Answer, TelegramApi, Took
from bot.channels.telegram.failures import Rejected
from bot.channels.telegram.updates import chat_of, update_id_of
from bot.clock import Clock
from bot.turns import Busy, Taken

T = TypeVar("T")

CHATS_AT_ONCE: Final = 8
"""Turns in progress at a time: more would only wait for the database and be postponed."""

PAUSES_S: Final = (1.0, 2.0, 5.0, 15.0, 30.0, 60.0)
"""Seconds after each failure in a row; the last value repeats."""

SLOW_S: Final = 60.0
"""Seconds when only a person can help: the token is wrong, or another process polls with it."""

TAP_LIVES: Final = timedelta(seconds=150)
"""How long Telegram keeps a tap that is not fetched; messages stay a day (Bot API server)."""

CONFIRM_S: Final = 5.0
"""Seconds for the final confirmation. Without it Telegram sends those updates again, and the inbox
recognises them.
"""

_log = logging.getLogger("antt.telegram")


class Poller:
    """Call `run`; it ends after `stop`. `take` handles one update. After a pause in which Telegram
    dropped taps, `back` gets the time since when no update was received; `heard_at` is that time
    for the process before this one.
    """

    def __init__(
        self,
        api: TelegramApi,
        take: Callable[[object], Awaitable[Taken]],
        clock: Clock,
        *,
        back: Callable[[datetime], Awaitable[None]] | None = None,
        heard_at: datetime | None = None,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._api = api
        self._take = take
        self._clock = clock
        self._back = back
        self._sleep = sleep
        self._offset: int | None = None
        self._failures = 0
        self._heard_at = heard_at
        self._stopping = asyncio.Event()

    def stop(self) -> None:
        """Start no new turn. `run` ends after the turns in progress."""
        self._stopping.set()

    async def run(self) -> None:
        """Fetch updates and hand them on until stopped."""
        # A webhook that is still set makes Telegram answer every poll with a conflict.
        while isinstance(answer := await self._unless_stopped(self._api.delete_webhook()), Answer):
            if isinstance(answer, Took):
                break
            await self._pause(answer)
        while not self._stopping.is_set():
            answer = await self._unless_stopped(self._api.updates(self._offset))
            if answer is None:
                break
            if isinstance(answer, Took) and isinstance(answer.value, list):
                # Handle typed messages first: a person who answered gets the next question.
                await self._take_all(answer.value)
                await self._heard()
            else:
                await self._pause(answer)
        await self._confirm()

    async def _take_all(self, updates: list[object]) -> None:
        """Different chats in parallel, each chat in order; the offset moves to the first update
        that is not done.
        """
        numbered = [(number, raw) for raw in updates if (number := update_id_of(raw)) is not None]
        if len(numbered) < len(updates):
            _log.warning("an update without a number", extra={"action": "poll"})
        if updates and not numbered:
            # The update cannot be confirmed, and an immediate poll would return it at once.
            await self._wait(PAUSES_S[-1])
        queues: dict[str, list[tuple[int, object]]] = {}
        for number, raw in sorted(numbered, key=lambda one: one[0]):
            queues.setdefault(chat_of(raw), []).append((number, raw))
        done: set[int] = set()
        few = asyncio.Semaphore(CHATS_AT_ONCE)
        await asyncio.gather(*(self._take_queue(queue, done, few) for queue in queues.values()))
        self._move(sorted(number for number, _ in numbered), done)

    async def _take_queue(
        self, queue: Iterable[tuple[int, object]], done: set[int], few: asyncio.Semaphore
    ) -> None:
        for number, raw in queue:
            while not self._stopping.is_set():
                async with few:
                    taken = await self._take(raw)
                if not isinstance(taken, Busy):
                    done.add(number)
                    break
                await self._wait(taken.retry_after)
            else:
                return

    def _move(self, numbers: list[int], done: set[int]) -> None:
        for number in numbers:
            if number not in done:
                self._offset = number
                return
            self._offset = number + 1

    async def _heard(self) -> None:
        """Updates arrive again: was the pause longer than a tap is kept?"""
        now, before = self._clock.now(), self._heard_at
        self._failures, self._heard_at = 0, now
        # One poll may be open for `POLL_S` without any loss.
        if before is not None and now - before > TAP_LIVES and self._back is not None:
            await self._back(before)

    async def _pause(self, answer: Answer) -> None:
        seconds = PAUSES_S[min(self._failures, len(PAUSES_S) - 1)]
        why = "no list of updates" if isinstance(answer, Took) else answer.reason
        if isinstance(answer, Rejected):
            if answer.status in (401, 404, 409):
                seconds = SLOW_S
            seconds = answer.retry_after or seconds
        told = _TOLD.get(answer.status) if isinstance(answer, Rejected) else None
        level = logging.ERROR if told else logging.WARNING
        said = told or "updates could not be fetched"
        _log.log(level, said, extra={"action": "poll", "outcome": why, "again_in_s": seconds})
        self._failures += 1
        await self._wait(seconds)

    async def _confirm(self) -> None:
        if self._offset is None:
            return
        try:
            await asyncio.wait_for(self._api.updates(self._offset, wait=0), CONFIRM_S)
        except TimeoutError:
            return

    async def _wait(self, seconds: float) -> None:
        await self._unless_stopped(self._sleep(seconds))

    async def _unless_stopped(self, awaited: Awaitable[T]) -> T | None:
        """The result; None, after cancelling the awaitable, if stopped earlier."""
        working = asyncio.ensure_future(awaited)
        stopping = asyncio.ensure_future(self._stopping.wait())
        try:
            await asyncio.wait({working, stopping}, return_when=asyncio.FIRST_COMPLETED)
            return working.result() if working.done() else None
        finally:
            for task in (working, stopping):
                task.cancel()
            await asyncio.gather(working, stopping, return_exceptions=True)


_TOLD = {
    401: "telegram_token is not accepted",
    404: "telegram_token is not accepted",
    409: "somebody else fetches this bot's updates: another process, or a webhook was set",
}
