"""Fixtures: a mock Zalo on loopback, and an assistant with Zalo as its only channel."""

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.settings import Bot
from bot.clock import FixedClock
from handlers.ground.library import Library
from storage import Store
from tests.zalo_server import BotState, ZaloServer

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
TOKEN = "4711008150815:vErY-sEcReT_tOkEn"
BOT = Bot(name="chinh", token=TOKEN)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


@pytest.fixture
async def zalo(clock: FixedClock) -> AsyncIterator[ZaloServer]:
    server = ZaloServer(now=clock.now)
    await server.start()
    yield server
    await server.stop()


@pytest.fixture
def bot(zalo: ZaloServer) -> BotState:
    return zalo.bot(TOKEN, "ANTT")


@pytest.fixture
async def client(zalo: ZaloServer, bot: BotState) -> AsyncIterator[ZaloClient]:
    assert bot.token == TOKEN
    opened = ZaloClient(zalo.base, BOT)
    yield opened
    await opened.close()


@pytest.fixture(scope="session")
def library() -> Library:
    return Library()


@pytest.fixture
def store(demo_file: Path) -> Iterator[Store]:
    with Store(str(demo_file)) as opened:
        yield opened
