"""Fixtures: Telegram's mock server, and the assistant by polling and by webhook."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.channels.telegram import Mode
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.channel import TelegramChannel
from tests.channels.telegram.town import OFFICER, START, Town, assistant, settings_for
from tests.telegram_server import TOKEN, BotApiServer, Person, SimulatedTime


@pytest.fixture
def time() -> SimulatedTime:
    return SimulatedTime(START)


@pytest.fixture
async def server(time: SimulatedTime) -> AsyncIterator[BotApiServer]:
    async with BotApiServer(clock=time.time, sleep=time.sleep) as running:
        yield running


@pytest.fixture
async def api(server: BotApiServer) -> AsyncIterator[TelegramApi]:
    opened = TelegramApi(settings_for(server))
    yield opened
    await opened.close()


@pytest.fixture
def channel(api: TelegramApi, time: SimulatedTime) -> TelegramChannel:
    return TelegramChannel(api, sleep=time.sleep)


@pytest.fixture
def officer(server: BotApiServer) -> Person:
    return server.person(OFFICER)


@pytest.fixture(params=[Mode.POLLING, Mode.WEBHOOK])
async def town(
    request: pytest.FixtureRequest, server: BotApiServer, time: SimulatedTime, demo_file: Path
) -> AsyncIterator[Town]:
    """The assistant, by polling and by webhook."""
    async with assistant(server, time, demo_file, request.param) as running:
        yield running


@pytest.fixture
async def polling(
    server: BotApiServer, time: SimulatedTime, demo_file: Path
) -> AsyncIterator[Town]:
    """The assistant by polling."""
    async with assistant(server, time, demo_file) as running:
        yield running


@pytest.fixture
async def witness(server: BotApiServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    """PTB's client, initialised by its own getMe."""
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    request = HTTPXRequest(read_timeout=5, connect_timeout=5)
    async with Bot(TOKEN, base_url=f"{server.url}/bot", request=request) as bot:
        yield bot
