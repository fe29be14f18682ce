"""The web chat over HTTP, each person with their own browser."""

import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import timedelta
from typing import Any

import aiohttp

from bot.attachments import Attachments
from bot.channels.web import (
    Admission,
    StoreDatabase,
    WebChannel,
    WebServer,
    WebSettings,
    build_site,
)
from bot.clock import FixedClock
from bot.compose import House
from domain.people import Person
from handlers.ground.new_codes import new_code
from locales import Words
from scheduling.channel import Channel
from scheduling.worker import Worker
from tests.conversations.far.shapes import numbered


class Web:
    """Over HTTP, each person with their own browser."""

    name, bot = "web", ""

    def __init__(self) -> None:
        self._browsers: dict[str, aiohttp.ClientSession] = {}
        self._last: dict[str, list[dict[str, Any]]] = {}
        self._read: dict[str, int] = {}

    @asynccontextmanager
    async def server(self, _clock: FixedClock) -> AsyncIterator[None]:
        """Browsers are closed at the end; our server runs during each turn."""
        try:
            yield
        finally:
            for browser in self._browsers.values():
                await browser.close()

    def channel(self) -> Channel:
        """The real channel."""
        return WebChannel()

    def address_of(self, person: Person | None, handle: str) -> str:
        """The person's number; a stranger has none on the web."""
        return str(person.id) if person is not None else handle

    async def says(self, house: House, address: str, typed: str) -> None:
        """Tap a choice of the newest message, else type."""
        async with self._serving(house) as origin:
            browser = await self._signed_in(house, origin, address)
            last = (self._last.get(address) or [{}])[-1]
            choice = next(
                (one for one in last.get("choices", []) if typed in (one["key"], one["label"])),
                None,
            )
            act: dict[str, object] = {"said": typed}
            if choice is not None and last["menu"]:
                act = {"tap": {"menu": last["menu"], "choice": choice["key"]}}
            at = house.clock.now().isoformat()
            body = {"id": str(uuid.uuid4()), "at": at, **act}
            async with browser.post(f"{origin}/api/messages", json=body) as answer:
                assert answer.status == 202, await answer.text()

    async def sees(self, house: House, address: str, words: Words) -> list[str]:
        """Our messages since the person last looked."""
        async with self._serving(house) as origin:
            browser = await self._signed_in(house, origin, address)
            async with browser.get(f"{origin}/api/history") as answer:
                messages = (await answer.json())["messages"]
        new = [one for one in messages if one["id"] > self._read.get(address, 0)]
        ours = [one for one in new if one["author"] == "us"]
        if new:
            self._read[address] = new[-1]["id"]
        if ours:
            self._last[address] = ours
        return [_web_form(one, words) for one in ours]

    @asynccontextmanager
    async def _serving(self, house: House) -> AsyncIterator[str]:
        with _readers() as readers:
            database = StoreDatabase(store=house.store, readers=readers, writers=house.worker)
            admission = Admission(database=database, library=house.library, wake=lambda: None)
            maker = Attachments(
                database=database, library=house.library, clock=house.clock, origin="http://x"
            )
            site = build_site(
                WebSettings(port=0), house.clock, database, house.turns, admission, maker
            )
            server = WebServer(site)
            origin = await server.start()
            try:
                yield origin
            finally:
                await server.stop()

    async def _signed_in(self, house: House, origin: str, address: str) -> aiohttp.ClientSession:
        if address not in self._browsers:
            jar = aiohttp.CookieJar(unsafe=True)  # cookies of 127.0.0.1 too
            self._browsers[address] = aiohttp.ClientSession(cookie_jar=jar)
            code = new_code()
            with house.store.begin() as tx:
                expires_at = house.clock.now() + timedelta(days=365)
                tx.web.add_code(code, person_id=int(address), expires_at=expires_at)
            join = self._browsers[address].post(f"{origin}/api/join", json={"code": code})
            async with join as answer:
                assert answer.status == 200, await answer.text()
        return self._browsers[address]


@contextmanager
def _readers() -> Iterator[Worker]:
    readers = Worker(1)
    try:
        yield readers
    finally:
        readers.close()


def _web_form(message: dict[str, Any], words: Words) -> str:
    attachment = message["attachment"]
    text = message["text"]
    if attachment is not None:
        text = "\n".join(part for part in (text, attachment["alternative"]) if part)
    buttons = [
        (choice["key"] if choice["kind"] == "answer" else "", choice["label"])
        for choice in message["choices"]
    ]
    return numbered(text, buttons, words)
