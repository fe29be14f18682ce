"""Three bots, each in its own process: ours and two bare ones.

Each is a function that polls until its block ends. `live` is the main function of a process: it
gets the next dialogue over a connection, and answers with its processor time.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, replace
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any, Final

from benchmarks.bare_bots import on_aiogram, on_ptb
from benchmarks.conversation import BEGUN_AT
from benchmarks.counting import Counted, counting
from benchmarks.playing import Play
from bot.clock import FixedClock
from bot.compose import House, settle, worker_for
from bot.health import Looking
from bot.logs import start as start_log
from bot.metrics import Metrics
from bot.reception import Reception
from bot.settings import Settings
from bot.turns import Taken
from domain.messages import Incoming
from handlers.ground.library import Library
from scheduling.channel import UNLIMITED
from storage import Store
from tests.telegram_server import TOKEN

SETTLE_S: Final = 0.05
"""Seconds until the work after the last answer is done as well."""


Bot = Callable[[str, str, Play], AbstractAsyncContextManager[None]]
"""Arguments: the server's address, the database and the play."""


@dataclass(frozen=True, kw_only=True)
class _Dated(Reception):
    """The reception, with the clock set to the moment of each exchange, so that all bots write the
    same times.
    """

    clock: FixedClock
    play: Play

    async def take(self, incoming: Incoming) -> Taken:
        """Take the message at its moment."""
        self.clock.at = self.play.at(int(incoming.delivery_id)).incoming.at
        return await super().take(replace(incoming, at=self.clock.at))


@asynccontextmanager
async def ours(url: str, database: str, play: Play) -> AsyncIterator[None]:
    """Wired like `bot.assistant`, with its log and its counters; only the rate limits are off, so
    that nothing waits.
    """
    from bot.channels.telegram import TelegramSettings
    from bot.channels.telegram.running import Telegram

    start_log(Settings(log=os.devnull, telegram_token=TOKEN))
    telegram = Telegram(TelegramSettings(token=TOKEN, api=url))
    telegram.channel.rates = UNLIMITED
    clock, store = FixedClock(BEGUN_AT - timedelta(minutes=1)), Store(database)
    readers = worker_for(store)
    metrics = Metrics(look=Looking(store=store, readers=readers), now=clock.now)
    channels = {telegram.channel.name: telegram.channel}
    with House.build(
        store, clock, channels, Library(), turned=metrics.turn, sent=metrics.sent
    ) as house:
        reception = _Dated(turns=house.turns, deliverer=house.deliverer, clock=clock, play=play)
        async with (
            telegram.running(
                reception, store=store, worker=house.worker, library=house.library, clock=clock
            ),
            _beside(house.deliverer.run()),
        ):
            yield
    readers.close()


@asynccontextmanager
async def _beside(running: Any) -> AsyncIterator[None]:
    task = asyncio.create_task(running)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


OURS: Final = "ours"
BOTS: Final[Mapping[str, Bot]] = {OURS: ours, "aiogram": on_aiogram, "PTB": on_ptb}


@dataclass(frozen=True, kw_only=True)
class Spent:
    """Cost of one process during one leg: processor seconds; statements and commits if they were
    counted.
    """

    cpu: float
    counted: Counted | None


def live(name: str, url: str, database: str, connection: Connection) -> None:
    """The main function of one process. It sends None when it is ready. Then it receives legs; None
    ends the leg, and a second None ends the process.
    """
    asyncio.run(_live(BOTS[name], url, database, connection))


async def _live(bot: Bot, url: str, database: str, connection: Connection) -> None:
    play = Play()
    async with bot(url, database, play):
        settle()
        connection.send(None)
        while (leg := await asyncio.to_thread(connection.recv)) is not None:
            play.begin(leg)
            with counting() if leg.counts else nullcontext() as counted:
                begun = time.process_time()
                connection.send(None)
                await asyncio.to_thread(connection.recv)
                await asyncio.sleep(SETTLE_S)
                spent = Spent(cpu=time.process_time() - begun, counted=counted)
            connection.send(spent)
