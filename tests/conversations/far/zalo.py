"""Zalo with polling: text only."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.channels.zalo import Zalo
from bot.channels.zalo.running import Front
from bot.channels.zalo.settings import ZaloSettings
from bot.clock import FixedClock
from bot.compose import House
from domain.people import Person
from locales import Words
from scheduling.channel import UNLIMITED, Channel
from tests.zalo_server import BotState, Human, ZaloServer


class ZaloChat:
    """Text only; with polling."""

    name, bot = "zalo", "mot"

    def __init__(self) -> None:
        self._humans: dict[str, Human] = {}

    @asynccontextmanager
    async def server(self, clock: FixedClock) -> AsyncIterator[None]:
        """A mock server of Zalo."""
        self._server = ZaloServer(now=clock.now)
        base = await self._server.start()
        token = "123456789:invented-zalo-token"
        self._state: BotState = self._server.bot(token, "mot")
        self._settings = ZaloSettings.read(
            bots=f"mot={token}",
            mode="polling",
            secret="",
            api=base,
            users="50",
            monthly="3000",
            images="off",
            public_url="",
        )
        self._zalo = Zalo.of(self._settings)
        # Without its rate limits: the clock of a transcript is fixed.
        self._zalo.channel.rates = UNLIMITED
        try:
            yield
        finally:
            for client in self._zalo.clients.values():
                await client.close()
            await self._server.stop()

    def channel(self) -> Channel:
        """The bot of this mock server."""
        return self._zalo.channel

    def address_of(self, _person: Person | None, handle: str) -> str:
        """An id in Zalo's format."""
        if handle not in self._humans:
            self._humans[handle] = self._server.human(self._state, handle)
            self._state.known_chats.add(self._humans[handle].chat_id)
        return self._humans[handle].id

    def _human(self, address: str) -> Human:
        return next(one for one in self._humans.values() if one.id == address)

    async def says(self, house: House, address: str, typed: str) -> None:
        """Type it."""
        front: Front = self._zalo.front(house)
        await self._human(address).says(typed)
        (poller,) = front._pollers()
        # A new process parks incoming updates until it knows that none are parked already.
        await front.intake.take_up()
        await poller.once()
        await front.intake.take_up()

    async def sees(self, _house: House, address: str, _words: Words) -> list[str]:
        """Numbers and words are already in the text."""
        return self._human(address).sees_now()
