"""Two bots, on aiogram and on python-telegram-bot, which get the rows to write and the texts to
send.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import Final

from benchmarks.bare import Bare
from benchmarks.dialogue import Exchange, Rows
from benchmarks.playing import Play
from tests.telegram_server import TOKEN

POLL_S: Final = 30
"""Long poll of the bare bots, in seconds; a poll ends when an update arrives."""

PATIENCE_S: Final = 60
"""Seconds for an answer on a busy machine; python-telegram-bot's default is 5 s."""


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
    """The rows of each exchange, in three transactions, in a separate thread as in our bot."""

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
        """The exchange that an update begins, and its transactions."""
        exchange = self._play.at(update)
        assert self._play.leg is not None
        stores = self._play.leg.stores
        return exchange, self._bare.steps(exchange.incoming, exchange.writes) if stores else None

    async def next(self, steps: Iterator[None] | None) -> None:
        """One transaction."""
        if steps is not None:
            await asyncio.get_running_loop().run_in_executor(self._thread, next, steps)
