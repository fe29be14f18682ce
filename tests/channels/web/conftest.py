"""Fixtures: a web chat over its own database, and headless browsers for it."""

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from selenium.common.exceptions import WebDriverException

from bot.channels.web import WebServer, WebSettings
from bot.clock import FixedClock
from storage import Store
from tests.channels.web.asking import PHONE
from tests.channels.web.chromium import Chromium, chromium
from tests.channels.web.housed import DAY, OpenHouse, open_house
from tests.channels.web.serving import NOW, WebChat, served, web_chat


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
def store(tmp_path: Path, _migrated_sqlite: Path) -> Iterator[Store]:
    file = tmp_path / "web.db"
    shutil.copyfile(_migrated_sqlite, file)
    with Store(str(file)) as opened:
        yield opened


@pytest.fixture
def chat(store: Store, clock: FixedClock) -> Iterator[WebChat]:
    with web_chat(store, clock, WebSettings(port=0), beat_seconds=0.05) as made:
        yield made


@pytest.fixture
async def origin(chat: WebChat) -> AsyncIterator[str]:
    """The chat's address, in the test's own loop."""
    server = WebServer(chat.site)
    yield await server.start()
    await server.stop()


class Browser:
    """The behaviour of a browser without the page: keeps the cookie, sends JSON, reads streams."""

    def __init__(self, origin: str, session: aiohttp.ClientSession) -> None:
        self.origin = origin
        self.session = session

    async def get(self, path: str, **headers: str) -> tuple[int, Any]:
        async with self.session.get(self.origin + path, headers=headers) as answer:
            return answer.status, await _body(answer)

    async def post(self, path: str, body: object, **headers: str) -> tuple[int, Any]:
        async with self.session.post(self.origin + path, json=body, headers=headers) as answer:
            return answer.status, await _body(answer)

    async def sign_in(self, code: str) -> None:
        status, body = await self.post("/api/join", {"code": code})
        assert status == 200, body

    def events(self, after: int = 0, **headers: str) -> "Events":
        return Events(self.session.get(f"{self.origin}/api/events?after={after}", headers=headers))


async def _body(answer: aiohttp.ClientResponse) -> Any:
    if answer.content_type == "application/json":
        return await answer.json()
    return await answer.text()


class Events:
    """An open stream; `next` gives (event, id, data) and skips events without data."""

    def __init__(self, request: Any) -> None:
        self._request = request

    async def __aenter__(self) -> "Events":
        self.answer: aiohttp.ClientResponse = await self._request.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        self.answer.close()
        await self._request.__aexit__(*error)

    async def next(self, *, beats: bool = False) -> tuple[str, int | None, str]:
        while True:
            fields: dict[str, str] = {}
            while line := (await self.answer.content.readline()).decode().rstrip("\n"):
                name, _, value = line.partition(":")
                fields[name] = value.strip()
            event = fields.get("event", "message")
            if "data" in fields and (beats or event != "beat"):
                return event, int(fields["id"]) if "id" in fields else None, fields["data"]
            assert not self.answer.content.at_eof(), "the stream ended"


OpenBrowser = Callable[[], Browser]


@pytest.fixture
async def open_browser(origin: str) -> AsyncIterator[OpenBrowser]:
    """Opens browsers, each with its own cookies."""
    opened: list[aiohttp.ClientSession] = []

    def open_one() -> Browser:
        jar = aiohttp.CookieJar(unsafe=True)  # accepts cookies of 127.0.0.1
        timeout = aiohttp.ClientTimeout(total=20)
        opened.append(aiohttp.ClientSession(cookie_jar=jar, timeout=timeout))
        return Browser(origin, opened[-1])

    yield open_one
    for session in opened:
        await session.close()


@pytest.fixture
async def browser(open_browser: OpenBrowser) -> Browser:
    """A browser without a session."""
    return open_browser()


@pytest.fixture
async def officer(open_browser: OpenBrowser, chat: WebChat) -> Browser:
    """The officer's browser."""
    opened = open_browser()
    await opened.sign_in(chat.code(chat.officer))
    return opened


@pytest.fixture
def live(store: Store, clock: FixedClock) -> Iterator[tuple[WebChat, str]]:
    """A chat that listens in a separate thread, and its origin."""
    with web_chat(store, clock, WebSettings(port=0)) as chat, served(chat) as origin:
        yield chat, origin


class Browsers:
    """Started once for a test run and used by one test after the other: a start costs more than
    most tests.
    """

    def __init__(self, folder: Path, stack: ExitStack) -> None:
        self._folder = folder
        self._stack = stack
        self._started = 0
        self._idle: list[Chromium] = []

    def lend(self) -> Chromium:
        """A browser in its initial state."""
        if not self._idle:
            self._started += 1
            profile = self._folder / f"profile{self._started}"
            self._idle.append(self._stack.enter_context(chromium(profile)))
        lent = self._idle.pop()
        lent.size(1280, 800)
        return lent

    def take_back(self, lent: Chromium) -> None:
        """It is reused, unless it does not work any more."""
        with suppress(WebDriverException):
            lent.forget()
            self._idle.append(lent)


@pytest.fixture(scope="session")
def browsers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browsers]:
    with ExitStack() as stack:
        yield Browsers(tmp_path_factory.mktemp("browsers"), stack)


@pytest.fixture
def open_chromium(browsers: Browsers) -> Iterator[Callable[[], Chromium]]:
    """Opens browsers; each has its own state, without data of earlier ones."""
    lent: list[Chromium] = []

    def open_one() -> Chromium:
        lent.append(browsers.lend())
        return lent[-1]

    yield open_one
    for one in lent:
        browsers.take_back(one)


@pytest.fixture
def window(live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]) -> Chromium:
    """The officer's browser, signed in."""
    chat, origin = live
    opened = open_chromium()
    opened.sign_in(chat.link(origin, chat.officer))
    return opened


@pytest.fixture
def house(demo_file: Path) -> Iterator[OpenHouse]:
    with Store(str(demo_file)) as store, open_house(store, at=DAY, handle="can-bo") as opened:
        yield opened


@pytest.fixture
def page(house: OpenHouse, open_chromium: Callable[[], Chromium]) -> Chromium:
    """The officer's own phone, signed in."""
    window = open_chromium()
    window.size(*PHONE, phone=True)
    window.sign_in(house.link, own=True)
    return window
