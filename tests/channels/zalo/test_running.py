"""Zalo in `bot` and in `antt channels test`; a search for its tokens in all output."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot import logs
from bot.channels.zalo import Bot, Mode, Zalo, ZaloSettings, check
from bot.clock import FixedClock
from bot.compose import House
from bot.settings import Settings
from bot.trying import About, Tried, What
from handlers.ground.library import Library
from scheduling.channel import Rates
from storage import Store
from tests.channels.zalo.conftest import BOT, TOKEN
from tests.channels.zalo.zalo_house import PUBLIC, SECRET
from tests.zalo_server import BotState, Fault, ZaloServer


def _settings(zalo: ZaloServer, **changes: object) -> ZaloSettings:
    values = {"bots": (BOT,), "api": zalo.base} | changes
    return ZaloSettings(**values)  # type: ignore[arg-type]


@pytest.fixture
async def house(
    zalo: ZaloServer, bot: BotState, store: Store, clock: FixedClock, library: Library
) -> AsyncIterator[tuple[House, Zalo]]:
    assert bot.token == TOKEN
    made = Zalo.of(_settings(zalo))
    made.channel.rates = Rates(a_month=3_000)
    house = House.build(store, clock, {made.channel.name: made.channel}, library)
    yield house, made
    house.worker.close()


async def test_it_takes_messages_as_long_as_it_runs(
    house: tuple[House, Zalo], zalo: ZaloServer, bot: BotState
) -> None:
    parts, made = house
    front = made.front(parts)
    assert front.hooks == ()
    human = zalo.human(bot, "Lạ")
    async with front.running():
        await human.says("xin chào")
        await _until(lambda: bool(human.sees))
    await human.says("còn đó không?")
    await front.close()
    assert len(human.sees) == 1
    assert len(bot.waiting) == 1
    assert bot.polls_open == 0


async def test_with_webhooks_zalo_is_told_where_they_are(
    zalo: ZaloServer,
    bot: BotState,
    store: Store,
    clock: FixedClock,
    library: Library,
    caplog: pytest.LogCaptureFixture,
) -> None:
    settings = _settings(zalo, mode=Mode.WEBHOOK, secret=SECRET, public_url=PUBLIC)
    made = Zalo.of(settings)
    parts = House.build(store, clock, {made.channel.name: made.channel}, library)
    front = made.front(parts)
    assert [hook.path for hook in front.hooks] == ["/hooks/zalo/chinh"]
    async with front.running():
        await _until(lambda: bot.webhook is not None)
        # Nothing listens in this test.
        await _until(lambda: "does not reach the webhook" in caplog.text)
    await front.close()
    parts.worker.close()
    assert bot.calls["getUpdates"] == 0


@pytest.mark.parametrize(
    ("mode", "hooked", "what", "ok"),
    [
        (Mode.POLLING, None, What.WORKS, True),
        (Mode.POLLING, f"{PUBLIC}/hooks/zalo/chinh", What.OTHER_WEBHOOK, False),
        (Mode.WEBHOOK, None, What.NO_WEBHOOK, False),
        (Mode.WEBHOOK, f"{PUBLIC}/hooks/zalo/chinh", What.WORKS, True),
        (Mode.WEBHOOK, f"{PUBLIC}/hooks/zalo/khac", What.OTHER_WEBHOOK, False),
    ],
)
async def test_a_check_says_whether_the_webhook_fits(
    zalo: ZaloServer, bot: BotState, mode: Mode, hooked: str | None, what: What, ok: bool
) -> None:
    settings = _settings(zalo, mode=mode, secret=SECRET, public_url=PUBLIC)
    if hooked is not None:
        client = Zalo.of(settings).clients["chinh"]
        await client.set_webhook(hooked, SECRET)
        await client.close()
    known, fits = await check(settings)
    assert known == Tried(
        channel="zalo", bot="chinh", about=About.TOKEN, what=What.WORKS, detail="Bot ANTT"
    )
    assert (fits.about, fits.what, fits.ok) == (About.UPDATES, what, ok)
    assert bot.sent == []


@pytest.mark.parametrize(
    ("fault", "what"),
    [
        (Fault.SERVER_ERROR, What.UNREACHABLE),
        (Fault.NO_OBJECT, What.UNKNOWN),
        (Fault.DROPPED, What.UNKNOWN),
    ],
)
async def test_a_check_says_what_is_wrong(
    zalo: ZaloServer, bot: BotState, fault: Fault, what: What
) -> None:
    bot.fails("getMe", fault)
    (found,) = await check(_settings(zalo))
    assert (found.about, found.what, found.ok) == (About.TOKEN, what, False)
    assert TOKEN not in found.detail


async def test_a_check_knows_a_wrong_token_and_goes_on_with_the_next_bot(
    zalo: ZaloServer, bot: BotState
) -> None:
    assert bot.token == TOKEN
    bots = (Bot(name="cu", token="1234567:wrong-token"), BOT)
    refused, known, _ = await check(_settings(zalo, bots=bots))
    assert (refused.bot, refused.what, refused.settings) == ("cu", What.REFUSED, "zalo_bots")
    assert refused.detail == "getMe 401 Unauthorized"
    assert known.ok


async def test_tokens_secrets_and_codes_are_in_no_log(
    house: tuple[House, Zalo], zalo: ZaloServer, bot: BotState, tmp_path: Path
) -> None:
    """All loggers at their lowest level, and every failure once."""
    file = tmp_path / "antt.log"
    logs.start(Settings(log=str(file), log_level="debug"))
    root, noisy = logging.getLogger(), _Kept()
    before = root.level
    root.addHandler(noisy)
    root.setLevel(logging.DEBUG)
    parts, made = house
    front = made.front(parts)
    bot.fails("getMe", Fault.SERVER_ERROR)
    human = zalo.human(bot, "Lạ")
    pollers = front._pollers()
    try:
        for fault in (Fault.DROPPED, Fault.FORBIDDEN, Fault.NO_OBJECT, Fault.QUOTA):
            bot.fails("getUpdates", fault)
            bot.fails("sendMessage", fault)
            await human.says("ABCDEFGH23, 0912345678")
            for _ in range(3):
                await pollers[0].once()
    finally:
        root.removeHandler(noisy)
        root.setLevel(before)
        logs.stop()
        await front.close()
    written = file.read_text(encoding="utf-8") + "\n".join(noisy.lines)
    assert '"said": "a poll of zalo failed"' in written
    for secret in (TOKEN, TOKEN.partition(":")[2], "ABCDEFGH23", "0912345678"):
        assert secret not in written
    assert all(json.loads(line) for line in file.read_text(encoding="utf-8").splitlines())


class _Kept(logging.Handler):
    """The logs of other libraries."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(f"{record.name} {record.getMessage()} {vars(record)}")


async def _until(condition: object) -> None:
    assert callable(condition)
    for _ in range(5_000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it did not happen")
