"""The transcripts on channels of other people's: what each shows must be what the terminal shows.

The servers are local, everything else is real: the words go over HTTP to our own poller or web
server, and what is compared is what a person would see there, buttons read as numbered lines.
"""

import asyncio
import re
import uuid
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import (
    AbstractAsyncContextManager,
    AsyncExitStack,
    asynccontextmanager,
    contextmanager,
)
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp

from bot.attachments import Attachments
from bot.channels.telegram import TelegramSettings
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.channel import TelegramChannel
from bot.channels.telegram.intake import Intake as TelegramIntake
from bot.channels.telegram.polling import Poller as TelegramPoller
from bot.channels.web import Desk, StoreDatabase, WebChannel, WebServer, WebSettings, build_site
from bot.channels.zalo import Zalo
from bot.channels.zalo.running import Front
from bot.channels.zalo.settings import read_zalo_settings
from bot.clock import FixedClock
from bot.compose import House
from bot.reception import Reception
from domain.people import Person
from handlers.library import Library
from handlers.several.way import Way, set_way
from handlers.turn import Turn
from locales import Words
from scheduling.channel import UNLIMITED, Channel
from scheduling.worker import Worker
from storage import Store, Tx
from tests.telegram_server import SECRET, TOKEN, BotApiServer
from tests.telegram_server.reading import Call
from tests.zalo_server import BotState, Human, ZaloServer

FIRST_NUMBER = 5_000_000


def numbered(text: str, buttons: list[tuple[str, str]], words: Words) -> str:
    """A message as a terminal shows it: `buttons` are (key, label), no key for a side action."""
    lines = [text, *(f"{key}. {label}" for key, label in buttons if key)]
    actions = [label for key, label in buttons if not key]
    if actions:
        lines.append(words.say("delivery.actions", actions=actions))
    return "\n".join(lines)


def same(shown: str) -> str:
    """Without what differs by channel: how long messages are cut apart, the channel's name."""
    return re.sub(r"\(kênh [^)]+\)", "(kênh …)", re.sub(r"\n\s*\n+", "\n", shown)).strip()


class Medium(Protocol):
    """One channel while a transcript is played; `bot` is our bot's name in its addresses."""

    name: str
    bot: str

    def server(self, clock: FixedClock, /) -> AbstractAsyncContextManager[None]:
        """The far side, as long as the transcript lasts."""

    def channel(self) -> Channel:
        """The channel for one house."""

    def address_of(self, person: Person | None, handle: str) -> str:
        """How the channel calls somebody."""

    async def says(self, house: House, address: str, typed: str) -> None:
        """Somebody types, or taps the button that says so; until our turn has ended."""

    async def sees(self, house: House, address: str, words: Words) -> list[str]:
        """What came since he looked last, each message as a terminal would show it."""


@dataclass(kw_only=True)
class Far:
    """Talks over a channel; our side is built anew for every line."""

    database: str
    clock: FixedClock
    library: Library
    medium: Medium
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _has_chosen: set[int] = field(default_factory=set)

    async def begin(self) -> None:
        """The channel's server is up, and our process runs."""
        await self._stack.enter_async_context(self.medium.server(self.clock))
        self._move()

    async def end(self) -> None:
        """Everything ends."""
        await self._stack.aclose()

    def arrive(self, handle: str) -> str:
        """Whoever is known is reached here from now on; returns his address."""
        with Store(self.database) as store, store.begin() as tx:
            person = tx.people.by_handle(handle)
            if person is not None:
                self._link(tx, person)
        return self.medium.address_of(person, handle)

    def _link(self, tx: Tx, person: Person) -> None:
        place = (self.medium.name, self.medium.bot)
        address = self.medium.address_of(person, person.handle)
        tx.addresses.link(*place, address, person.id, self.clock.now())

    def _move(self) -> None:
        """Who is known in a terminal is known here instead."""
        with Store(self.database) as store, store.begin() as tx:
            for person in tx.people.all():
                for address in tx.addresses.of_person(person.id):
                    tx.addresses.retire(address.id, "moved", self.clock.now())
                    self._link(tx, person)

    async def show(self, address: str, typed: str | None) -> str:
        """What he sees after typing, or of what waited for him, as a terminal would show it."""
        store = Store(self.database)
        channels: Mapping[str, Channel] = {self.medium.name: self.medium.channel()}
        with House.build(store, self.clock, channels, self.library) as house:
            self._prepared(house, address)
            if typed is not None:
                await self.medium.says(house, address, typed)
            await house.deliverer.once()
            seen = await self.medium.sees(house, address, self._prepared(house, address))
        return "\n\n".join(seen)

    def _prepared(self, house: House, address: str) -> Words:
        """His language; and one question at a time until he chooses otherwise."""
        with house.store.begin() as tx:
            found = tx.addresses.lock(self.medium.name, self.medium.bot, address)
            person = tx.people.get(found.person_id) if found is not None else None
            if person is not None and person.id not in self._has_chosen:
                self._has_chosen.add(person.id)
                # The transcripts are of one question at a time; on Zalo that is to be chosen.
                now = self.clock.now()
                turn = Turn(tx=tx, now=now, library=self.library, person=person, address=found)
                set_way(turn, Way.ONE_BY_ONE)
        return self.library.words(person.locale if person is not None else "vi")


class Telegram:
    """Buttons are tapped where there are any; polled."""

    name, bot = "telegram", ""

    def __init__(self) -> None:
        self._numbers: dict[str, str] = {}
        self._read: dict[str, int] = {}

    @asynccontextmanager
    async def server(self, clock: FixedClock) -> AsyncIterator[None]:
        """A Bot API of our own."""
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
        """Without its rates: the clock of a transcript stands still."""
        channel = TelegramChannel(self._api)
        channel.rates = UNLIMITED
        return channel

    def address_of(self, _person: Person | None, handle: str) -> str:
        """A number of his own; he has talked to the bot before."""
        number = self._numbers.setdefault(handle, str(FIRST_NUMBER + len(self._numbers)))
        self._server.person(int(number))
        return number

    async def says(self, house: House, address: str, typed: str) -> None:
        """Tap the button of that number or word on the newest message, else type."""
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
        intake = TelegramIntake(
            api=self._api,
            reception=Reception(turns=house.turns, deliverer=house.deliverer),
            store=house.store,
            worker=house.worker,
            library=house.library,
            clock=house.clock,
        )
        poller = TelegramPoller(self._api, intake.take, house.clock)
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
            continue  # its line stands in the text already
        buttons.append((key, rest) if dot and key.isdecimal() else ("", label))
    return numbered(text, buttons, words)


class ZaloChat:
    """Text only; polled."""

    name, bot = "zalo", "mot"

    def __init__(self) -> None:
        self._humans: dict[str, Human] = {}

    @asynccontextmanager
    async def server(self, clock: FixedClock) -> AsyncIterator[None]:
        """A Zalo of our own."""
        self._server = ZaloServer(now=clock.now)
        base = await self._server.start()
        token = "123456789:invented-zalo-token"
        self._state: BotState = self._server.bot(token, "mot")
        self._settings = read_zalo_settings(
            bots=f"mot={token}",
            mode="polling",
            secret="",
            api=base,
            users="50",
            monthly="3000",
            images="off",
            public_url="",
        )
        assert self._settings is not None
        self._zalo = Zalo.of(self._settings)
        # Without its rates: the clock of a transcript stands still.
        self._zalo.channel.rates = UNLIMITED
        try:
            yield
        finally:
            for client in self._zalo.clients.values():
                await client.close()
            await self._server.stop()

    def channel(self) -> Channel:
        """The one of this Zalo."""
        return self._zalo.channel

    def address_of(self, _person: Person | None, handle: str) -> str:
        """An id as Zalo makes them."""
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
        # A process that just came parks what comes until it knows that nothing is parked.
        await front.intake.take_up()
        await poller.once()
        await front.intake.take_up()

    async def sees(self, _house: House, address: str, _words: Words) -> list[str]:
        """Numbers and words are in the text already."""
        return self._human(address).sees_now()


class Web:
    """Over HTTP, each person with a browser of his own."""

    name, bot = "web", ""

    def __init__(self) -> None:
        self._browsers: dict[str, aiohttp.ClientSession] = {}
        self._last: dict[str, list[dict[str, Any]]] = {}
        self._read: dict[str, int] = {}

    @asynccontextmanager
    async def server(self, _clock: FixedClock) -> AsyncIterator[None]:
        """Browsers are closed at the end; our server runs while somebody speaks."""
        try:
            yield
        finally:
            for browser in self._browsers.values():
                await browser.close()

    def channel(self) -> Channel:
        """The real one."""
        return WebChannel()

    def address_of(self, person: Person | None, handle: str) -> str:
        """The person's number; a stranger has none on the web."""
        return str(person.id) if person is not None else handle

    async def says(self, house: House, address: str, typed: str) -> None:
        """Tap what the newest message offers, else type."""
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
        """Our messages since he looked last."""
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
            desk = Desk(database=database, library=house.library, wake=lambda: None)
            maker = Attachments(
                database=database, library=house.library, clock=house.clock, origin="http://x"
            )
            site = build_site(WebSettings(port=0), house.clock, database, house.turns, desk, maker)
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
            code = uuid.uuid4().hex[:10]
            with house.store.begin() as tx:
                expires_at = house.clock.now().replace(year=house.clock.now().year + 1)
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
