"""The Telegram part of the assistant. Importing this module loads aiogram.

1. `Telegram(settings)` has the channel, which delivery needs first;
2. `async with telegram.running(reception, store=…, …)` takes updates until the block ends.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from functools import partial
from typing import Final

from bot import errors
from bot.channels.telegram.api import Answer, TelegramApi, Took
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.check import username_of
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.menus import Menus
from bot.channels.telegram.polling import PAUSES_S, TAP_LIVES, Poller
from bot.channels.telegram.settings import NAME, Mode, TelegramSettings
from bot.channels.telegram.webhook import CONNECTIONS, webhook
from bot.clock import Clock
from bot.hooks import Hook
from bot.making import Maker
from bot.reception import Reception
from handlers.deciding.shown_again import show_again
from handlers.ground.library import Library
from scheduling.worker import Worker
from storage import Store

STOP_S: Final = 10.0
"""For a turn in progress to end; systemd and containers wait longer before they kill."""

_log = logging.getLogger("antt.telegram")


class Telegram:
    """One bot. `username` is None until Telegram answers."""

    def __init__(
        self,
        settings: TelegramSettings,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._settings = settings
        self._sleep = sleep
        self._api = TelegramApi(settings)
        self.channel = TelegramChannel(self._api, sleep=sleep)
        self.username: str | None = None

    @contextlib.asynccontextmanager
    async def running(
        self,
        reception: Reception,
        *,
        store: Store,
        worker: Worker,
        library: Library,
        clock: Clock,
        maker: Maker | None = None,
        away_since: datetime | None = None,
    ) -> AsyncIterator[tuple[Hook, ...]]:
        """Take updates until the block ends; gives the webhook's route, none for polling.

        `maker` makes attachments from now on. `away_since` is when the previous process was last
        alive: if that is longer ago than a tap is kept, the open questions are shown again. An
        unreachable Telegram does not delay the start: requests repeat until it answers. At the end,
        turns in progress finish; a webhook stays set, and updates wait at Telegram.
        """
        self.channel.maker = maker
        menus = Menus(api=self._api, store=store, worker=worker, library=library, clock=clock)
        intake = Intake(
            api=self._api,
            reception=reception,
            store=store,
            worker=worker,
            library=library,
            clock=clock,
            turned=menus.after_turn,
        )

        async def back(since: datetime) -> None:
            try:
                shown = await _show_again(store, worker, library, since, clock.now())
            except Exception as error:
                # A failure must not end the polling: the next message of the person shows the
                # question.
                errors.report(error, action="back")
                return
            if shown:
                _log.info("asked again", extra={"action": "back", "count": shown})
                reception.deliverer.wake()

        poller = Poller(
            self._api, intake.take, clock, back=back, heard_at=away_since, sleep=self._sleep
        )
        polls = self._settings.mode is Mode.POLLING
        tasks = [asyncio.create_task(self._introduce(menus))]
        tasks.append(asyncio.create_task(self._poll(poller) if polls else self._set_webhook()))
        if not polls and away_since is not None and clock.now() - away_since > TAP_LIVES:
            await back(away_since)
        try:
            yield () if polls else (webhook(self._settings.secret, intake.take),)
        finally:
            poller.stop()
            tasks[0].cancel()
            if not polls:
                tasks[1].cancel()
            await _ended(tasks)
            await _ended([asyncio.create_task(intake.settle())])
            await self._api.close()

    async def _introduce(self, menus: Menus) -> None:
        self.username = username_of(await self._until_taken(self._api.me))
        await menus.for_everybody()

    async def _poll(self, poller: Poller) -> None:
        """Restarts the polling after a bug of ours, so that messages are still read."""
        while True:
            try:
                return await poller.run()
            except Exception as error:
                errors.report(error, action="poll")
                await self._sleep(PAUSES_S[-1])

    async def _set_webhook(self) -> None:
        url, secret = self._settings.hook_url, self._settings.secret
        await self._until_taken(lambda: self._api.set_webhook(url, secret, CONNECTIONS))

    async def _until_taken(self, call: Callable[[], Awaitable[Answer]]) -> Took:
        failures = 0
        while not isinstance(answer := await call(), Took):
            pause = PAUSES_S[min(failures, len(PAUSES_S) - 1)]
            _log.warning(
                "Telegram does not answer",
                extra={"action": "start", "outcome": answer.reason, "again_in_s": pause},
            )
            failures += 1
            await self._sleep(pause)
        return answer


async def _show_again(
    store: Store, worker: Worker, library: Library, since: datetime, now: datetime
) -> int:
    """How many people got their question again. It uses several transactions, so that turns run
    between them.
    """

    def some(after: int) -> tuple[int, int | None]:
        with store.begin() as tx:
            return show_again(tx, library, NAME, since=since, now=now, after=after)

    count, last = await worker.run(lambda: some(0))
    while last is not None:
        queued, last = await worker.run(partial(some, last))
        count += queued
    return count


async def _ended(tasks: list[asyncio.Task[None]]) -> None:
    """Wait for tasks that were told to end; cancel those that do not end."""
    _, late = await asyncio.wait(tasks, timeout=STOP_S)
    for task in late:
        task.cancel()
    for outcome in await asyncio.gather(*tasks, return_exceptions=True):
        if isinstance(outcome, Exception):
            _log.error("Telegram ended with a bug", exc_info=outcome)
