"""Telegram with polling: buttons are tapped if there are any."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.channels.telegram import TelegramSettings
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.intake import Intake
from bot.channels.telegram.polling import Poller
from bot.clock import FixedClock
from bot.compose import House
from bot.reception import Reception
from domain.people import Person
from locales import Words
from scheduling.channel import UNLIMITED
from tests.conversations.far.shapes import numbered
from tests.telegram_server import SECRET, TOKEN, BotApiServer
from tests.telegram_server.reading import Call

FIRST_NUMBER = 5_000_000


class Telegram:
    """Buttons are tapped if there are any; with polling."""

    name, bot = "telegram", ""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._read: dict[str, int] = {}

    @asynccontextmanager
    async def server(self, clock: FixedClock) -> AsyncIterator[None]:
        """A mock server of the Bot API."""
        async with BotApiServer(clock=lambda: clock.now().timestamp()) as self._server:
            settings = TelegramSettings.read(
                token=TOKEN, mode="polling", secret=SECRET, api=self._server.url, public_url=""
            )
            self._api = TelegramApi(settings)
            try:
                yield
            finally:
                await self._api.close()

    def channel(self) -> TelegramChannel:
        """Without its rate limits: the clock of a transcript is fixed."""
        channel = TelegramChannel(self._api)
        channel.rates = UNLIMITED
        return channel

    def address_of(self, _person: Person | None, handle: str) -> str:
        """The person's own number; they have written to the bot before."""
        number = self._numbers.setdefault(handle, str(FIRST_NUMBER + len(self._numbers)))
        self._server.person(int(number))
        return number

    async def says(self, house: House, address: str, typed: str) -> None:
        """Tap the button with that number or label on the newest message, else type."""
        person = self._server.person(int(address))
        labels = person.last.labels if person.sees else []
        tapped = next(
            (one for one in labels if one.partition(". ")[0] == typed or one == typed), None
        )
        if tapped is None or not (typed.isdecimal() or tapped == typed):
            person.says(typed)
        else:
            person.taps(tapped, person.last)
        await self._poll(house)

    async def _poll(self, house: House) -> None:
        intake = Intake(
            api=self._api,
            reception=Reception(turns=house.turns, deliverer=house.deliverer),
            store=house.store,
            worker=house.worker,
            library=house.library,
            clock=house.clock,
        )
        poller = Poller(self._api, intake.take, house.clock)
        polling = asyncio.create_task(poller.run())
        await self._server.all_taken()
        poller.stop()
        await polling
        await intake.settle()

    async def sees(self, _house: House, address: str, words: Words) -> list[str]:
        """Every message and every edit, in order."""
        calls = self._server.calls[self._read.get(address, 0) :]
        self._read[address] = len(self._server.calls)
        sent = ("sendMessage", "editMessageText", "sendDocument", "sendPhoto")
        return [
            _telegram_form(call, words)
            for call in calls
            if call.method in sent and call.text("chat_id") == address
        ]


def _telegram_form(call: Call, words: Words) -> str:
    text = call.text("text") or call.text("caption")
    markup = call.table("reply_markup") or {}
    labels = [one["text"] for row in markup.get("inline_keyboard", []) for one in row]
    buttons = []
    for label in labels:
        key, dot, rest = label.partition(". ")
        if label.isdecimal():
            continue  # its line is already in the text
        buttons.append((key, rest) if dot and key.isdecimal() else ("", label))
    return numbered(text, buttons, words)
