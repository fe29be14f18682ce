"""The screens of people: one for each channel."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

import aiohttp

from bot.clock import FixedClock
from tests.telegram_server import BotApiServer
from tests.telegram_server import Person as OnTelegram
from tests.zalo_server import Human

LOOK_S = 0.005
PATIENCE_S = 60.0
"""Real seconds to wait for an expected message."""


class Around(Protocol):
    """The part of the city that its phones need."""

    clock: FixedClock
    telegram: BotApiServer

    @property
    def address(self) -> str:
        """The address of the web chat."""

    def later(self, **span: float) -> None:
        """Move the clock on."""

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait for the assistant."""


class Phone(Protocol):
    """A person's screen on one channel."""

    async def types(self, text: str) -> str:
        """Send this; returns the last message afterwards."""

    @property
    def seen(self) -> list[str]:
        """All messages, oldest first."""


@dataclass(kw_only=True)
class TelegramPhone:
    """Taps the button with the typed text, if the newest message has one."""

    city: Around
    person: OnTelegram

    @property
    def seen(self) -> list[str]:
        """The messages, with their edits."""
        return [
            call.text("text") or call.text("caption")
            for call in self.city.telegram.calls
            if call.method in ("sendMessage", "editMessageText", "sendDocument", "sendPhoto")
            and call.text("chat_id") == str(self.person.number)
        ]

    async def types(self, text: str) -> str:
        """Send this; returns the last message afterwards."""
        before = len(self.seen)
        self.city.later(seconds=2)
        labels = self.person.last.labels if self.person.sees else []
        tapped = next((one for one in labels if text in (one, one.partition(". ")[0])), None)
        if tapped is not None:
            self.person.taps(tapped, self.person.last)
        else:
            self.person.says(text)
        await self.city.until(lambda: len(self.seen) > before)
        return self.seen[-1]


@dataclass(kw_only=True)
class ZaloPhone:
    """Types every answer."""

    city: Around
    human: Human

    @property
    def seen(self) -> list[str]:
        """The messages in order."""
        return self.human.sees

    async def types(self, text: str) -> str:
        """Send this; returns the last message afterwards."""
        before = len(self.seen)
        self.city.later(seconds=2)
        await self.human.says(text)
        await self.city.until(lambda: len(self.seen) > before)
        return self.seen[-1]


@dataclass(kw_only=True)
class Page:
    """The web chat in a browser."""

    city: Around
    browser: aiohttp.ClientSession
    _ids: int = 0

    async def opens(self, code: str) -> str:
        """Sign in with a code; returns the last message on the page."""
        where = f"{self.city.address}/api/join"
        async with self.browser.post(where, json={"code": code}) as answer:
            assert answer.status == 200, await answer.text()
        return await self.shows_more_than(0)

    async def shows(self) -> list[str]:
        """Our replies; all count as seen now."""
        address = self.city.address
        async with self.browser.get(f"{address}/api/history") as answer:
            page = await answer.json()
        if ids := [one["id"] for one in page["messages"] if not one["seen"]]:
            async with self.browser.post(f"{address}/api/seen", json={"ids": ids}) as answer:
                assert answer.status == 200, await answer.text()
        ours = [one for one in page["messages"] if one["author"] == "us"]
        return [one["text"] for one in ours if one["lane"] == "reply"]

    async def types(self, text: str) -> str:
        """Send this; returns the last message afterwards."""
        before = len(await self.shows())
        self.city.later(seconds=2)
        self._ids += 1
        body = {
            "id": f"00000000-0000-4000-8000-{self._ids:012d}",
            "at": self.city.clock.now().isoformat(),
            "said": text,
        }
        where = f"{self.city.address}/api/messages"
        async with self.browser.post(where, json=body) as answer:
            assert answer.status == 202, await answer.text()
        return await self.shows_more_than(before)

    async def shows_more_than(self, count: int) -> str:
        """The last message once there are more than so many messages."""
        async with asyncio.timeout(PATIENCE_S):
            while len(shown := await self.shows()) <= count:  # noqa: ASYNC110
                await asyncio.sleep(LOOK_S)
        return shown[-1]


@contextlib.asynccontextmanager
async def page(city: Around) -> AsyncIterator[Page]:
    """A separate browser."""
    jar = aiohttp.CookieJar(unsafe=True)  # accepts cookies of 127.0.0.1
    async with aiohttp.ClientSession(cookie_jar=jar) as browser:
        yield Page(city=city, browser=browser)
