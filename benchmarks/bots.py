"""Three bots, each in a process of its own: ours, a bare one on aiogram, a bare one on
python-telegram-bot. The bare ones are told what to write and to say.

Each is a function that polls as long as its block runs. `live` is what a process runs: it is
told over a connection which dialogue comes next, and answers with its processor time.
"""

import asyncio
import os
import time
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from dataclasses import dataclass, field, replace
from datetime import timedelta
from multiprocessing.connection import Connection
from typing import Any, Final

from benchmarks.bare import Bare
from benchmarks.conversation import BEGUN_AT
from benchmarks.counting import Counted, counting
from benchmarks.dialogue import Dialogue, Exchange, Rows
from bot.clock import FixedClock
from bot.compose import House, settle, worker_for
from bot.health import Looking
from bot.logs import start as start_log
from bot.metrics import Metrics
from bot.reception import Reception
from bot.settings import Settings
from bot.turns import Taken
from domain.messages import Incoming
from handlers.library import Library
from scheduling.channel import UNLIMITED
from storage import Store
from tests.telegram_server import TOKEN

POLL_S: Final = 30
"""Of the bare bots; a poll ends when something happens."""

PATIENCE_S: Final = 60
"""For an answer on a busy machine; python-telegram-bot would wait for 5 s."""

SETTLE_S: Final = 0.05
"""Until what follows the last answer is done as well."""


@dataclass(frozen=True, kw_only=True)
class Leg:
    """What comes next. `stores` False: the bare bots only say it. `counts`: transactions are
    counted, which takes time."""

    dialogue: Dialogue
    stores: bool
    counts: bool = False


@dataclass(kw_only=True)
class Play:
    """The leg that is being played; exchanges are found by the number of their update."""

    leg: Leg | None = None
    _exchanges: dict[int, Exchange] = field(default_factory=dict)

    def begin(self, leg: Leg) -> None:
        """From now on this one."""
        self.leg = leg
        self._exchanges = {int(one.incoming.delivery_id): one for one in leg.dialogue}

    def at(self, update: int) -> Exchange:
        """The exchange that this update begins."""
        return self._exchanges[update]


Bot = Callable[[str, str, Play], AbstractAsyncContextManager[None]]
"""Given the server's address, the database and the play."""


@dataclass(frozen=True, kw_only=True)
class _Dated(Reception):
    """The reception, with the clock at the moment of each exchange, so that all bots write the
    same moments."""

    clock: FixedClock
    play: Play

    async def take(self, incoming: Incoming) -> Taken:
        """At its moment."""
        self.clock.at = self.play.at(int(incoming.delivery_id)).incoming.at
        return await super().take(replace(incoming, at=self.clock.at))


@asynccontextmanager
async def ours(url: str, database: str, play: Play) -> AsyncIterator[None]:
    """As `bot.assistant` wires it, with its log and its counters; only the rates are off, for
    nobody should wait here."""
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
async def on_aiogram(url: str, database: str, play: Play) -> AsyncIterator[None]:
    """A dispatcher with two handlers."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import (
        CallbackQuery,
        InlineKeyboardButton,
        InlineKeyboardMarkup,
        Message,
        Update,
    )

    def markup(rows: Rows) -> InlineKeyboardMarkup | None:
        keyboard = [
            [InlineKeyboardButton(text=label, callback_data=data) for label, data in row]
            for row in rows
        ]
        return InlineKeyboardMarkup(inline_keyboard=keyboard) if rows else None

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(url)))
    dispatcher = Dispatcher()
    with _Storage(database, play) as storage:

        @dispatcher.callback_query()
        async def tapped(query: CallbackQuery, event_update: Update) -> None:
            await query.answer()
            await handle(event_update.update_id, query.from_user.id)

        @dispatcher.message()
        async def said(message: Message, event_update: Update) -> None:
            await handle(event_update.update_id, message.chat.id)

        async def handle(update: int, chat: int) -> None:
            exchange, steps = storage.of(update)
            await storage.next(steps)
            await storage.next(steps)
            shown = exchange.shown
            buttons = markup(shown.rows)
            if shown.edits:
                await bot.edit_message_text(
                    shown.text, chat_id=chat, message_id=shown.number, reply_markup=buttons
                )
            else:
                await bot.send_message(chat, shown.text, reply_markup=buttons)
            await storage.next(steps)

        polling = asyncio.create_task(
            dispatcher.start_polling(bot, handle_signals=False, polling_timeout=POLL_S)
        )
        yield
        await dispatcher.stop_polling()
        await polling


@asynccontextmanager
async def on_ptb(url: str, database: str, play: Play) -> AsyncIterator[None]:
    """An application with two handlers."""
    from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
    from telegram.ext import (
        Application,
        CallbackQueryHandler,
        ContextTypes,
        MessageHandler,
        filters,
    )

    def markup(rows: Rows) -> InlineKeyboardMarkup | None:
        keyboard = [
            [InlineKeyboardButton(label, callback_data=data) for label, data in row] for row in rows
        ]
        return InlineKeyboardMarkup(keyboard) if rows else None

    patient = Application.builder().read_timeout(PATIENCE_S).write_timeout(PATIENCE_S)
    built = patient.token(TOKEN).base_url(f"{url}/bot").build()
    with _Storage(database, play) as storage:

        async def tapped(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            assert update.callback_query is not None
            await update.callback_query.answer()
            await handle(update.update_id, update.callback_query.from_user.id)

        async def said(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
            assert update.message is not None
            await handle(update.update_id, update.message.chat.id)

        async def handle(update: int, chat: int) -> None:
            exchange, steps = storage.of(update)
            await storage.next(steps)
            await storage.next(steps)
            shown = exchange.shown
            buttons = markup(shown.rows)
            if shown.edits:
                await built.bot.edit_message_text(
                    shown.text, chat, shown.number, reply_markup=buttons
                )
            else:
                await built.bot.send_message(chat, shown.text, reply_markup=buttons)
            await storage.next(steps)

        built.add_handler(CallbackQueryHandler(tapped))
        built.add_handler(MessageHandler(filters.TEXT, said))
        async with built:
            assert built.updater is not None
            await built.start()
            await built.updater.start_polling(poll_interval=0, timeout=POLL_S)
            yield
            await built.updater.stop()
            await built.stop()


class _Storage:
    """The rows of each exchange, in three transactions, in a thread as ours are."""

    def __init__(self, database: str, play: Play) -> None:
        self._bare = Bare(database)
        self._play = play
        self._thread = ThreadPoolExecutor(1)

    def __enter__(self) -> "_Storage":
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.shutdown()
        self._bare.close()

    def of(self, update: int) -> tuple[Exchange, Iterator[None] | None]:
        """What an update begins, and its transactions."""
        exchange = self._play.at(update)
        assert self._play.leg is not None
        stores = self._play.leg.stores
        return exchange, self._bare.steps(exchange.incoming, exchange.writes) if stores else None

    async def next(self, steps: Iterator[None] | None) -> None:
        """One transaction."""
        if steps is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, next, steps)


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
    """By one process during one leg: seconds of the processor; statements and commits where
    they were counted."""

    cpu: float
    counted: Counted | None


def live(name: str, url: str, database: str, connection: Connection) -> None:
    """One process. It says None when it is there. Then it is sent legs; None asks it to end the
    leg, and once more to end itself."""
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
