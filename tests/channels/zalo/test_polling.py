"""Polling: nothing twice, nothing lost, one at a time, and recovery from every failure."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from bot.channels.zalo.bots import Introductions
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.limits import AUTH_PAUSE_S, BACKOFF_S, BETWEEN_POLLS_S, QUOTA_PAUSES_S
from bot.channels.zalo.polling import Poller
from bot.channels.zalo.settings import Bot
from bot.channels.zalo.updates import Message, Update
from bot.clock import FixedClock
from bot.turns import Busy, Handled, Taken
from handlers.ground.library import Library
from storage import Store
from tests.channels.zalo.conftest import BOT
from tests.channels.zalo.zalo_house import ZaloHouse, zalo_house
from tests.zalo_server import BotState, Fault, Human, ZaloServer


@dataclass
class Taker:
    """Takes updates; the first calls return busy."""

    busy: int = 0
    taken: list[str] = field(default_factory=list)
    tried: int = 0

    async def take(self, update: Update) -> Taken:
        self.tried += 1
        if self.busy:
            self.busy -= 1
            return Busy(retry_after=7)
        if isinstance(update, Message):
            self.taken.append(update.text)
        return Handled()


@pytest.fixture
def taker() -> Taker:
    return Taker()


@pytest.fixture
def slept() -> list[float]:
    return []


@pytest.fixture
def poller(client: ZaloClient, taker: Taker, clock: FixedClock, slept: list[float]) -> Poller:
    async def sleep(seconds: float) -> None:
        slept.append(seconds)
        await asyncio.sleep(0)

    return Poller(
        bot=BOT.name,
        client=client,
        introductions=Introductions(),
        take=taker.take,
        clock=clock,
        sleep=sleep,
        time=lambda: 0.0,
        poll_s=1,
    )


@pytest.fixture
def human(zalo: ZaloServer, bot: BotState) -> Human:
    return zalo.human(bot, "Ba")


@pytest.fixture
async def house(
    zalo: ZaloServer, store: Store, clock: FixedClock, library: Library
) -> AsyncIterator[ZaloHouse]:
    async with zalo_house(zalo, store, clock, library) as made:
        yield made


async def test_messages_are_taken_in_order(poller: Poller, taker: Taker, human: Human) -> None:
    await human.says("một")
    await human.says("hai")
    assert [await poller.once(), await poller.once()] == [BETWEEN_POLLS_S] * 2
    assert taker.taken == ["một", "hai"]


async def test_a_webhook_that_was_left_is_taken_away_first(
    poller: Poller, taker: Taker, human: Human, client: ZaloClient
) -> None:
    await client.set_webhook("https://old.example/hook", "an-old-secret-of-somebody")
    human.bot.add(human.update("message.text.received", text="chào"))
    await poller.once()
    assert taker.taken == ["chào"]
    assert human.bot.calls["deleteWebhook"] == 1


async def test_a_message_in_hand_is_kept_while_we_are_busy(
    poller: Poller, taker: Taker, human: Human, slept: list[float]
) -> None:
    taker.busy = 3
    await human.says("một")
    await human.says("hai")
    await poller.once()
    assert taker.taken == ["một"]
    assert slept == [7, 7, 7]
    assert human.bot.calls["getUpdates"] == 1


@pytest.mark.parametrize(
    ("fault", "pauses"),
    [
        (Fault.SERVER_ERROR, BACKOFF_S),
        (Fault.FORBIDDEN, BACKOFF_S),
        (Fault.DROPPED, BACKOFF_S),
        (Fault.NO_OBJECT, BACKOFF_S),
        (Fault.QUOTA, QUOTA_PAUSES_S),
    ],
)
async def test_failures_in_a_row_make_it_slower_and_one_success_quick_again(
    poller: Poller, bot: BotState, fault: Fault, pauses: tuple[float, ...]
) -> None:
    bot.fails("getUpdates", *[fault] * (len(pauses) + 1))
    assert [await poller.once() for _ in range(len(pauses) + 1)] == [*pauses, pauses[-1]]
    assert await poller.once() == BETWEEN_POLLS_S
    bot.fails("getUpdates", fault)
    assert await poller.once() == pauses[0]


async def test_a_refused_token_is_said_and_tried_rarely(
    poller: Poller, zalo: ZaloServer, caplog: pytest.LogCaptureFixture
) -> None:
    poller.client = ZaloClient(zalo.base, Bot(name="x", token="1234567:wrong-token"))
    assert await poller.once() == AUTH_PAUSE_S
    assert "Bot Creator" in caplog.text
    assert "wrong-token" not in caplog.text
    await poller.client.close()


async def test_what_it_says_itself_is_not_taken(
    poller: Poller, taker: Taker, zalo: ZaloServer, bot: BotState
) -> None:
    echo = zalo.human(bot, "Bot")
    echo.id, echo.chat_id = bot.id, "c1"
    await echo.says("Chào đồng chí")
    await poller.once()
    assert taker.taken == []


async def test_it_runs_until_it_is_stopped(
    poller: Poller, taker: Taker, human: Human, slept: list[float]
) -> None:
    running = asyncio.create_task(poller.run())
    for text in ("một", "hai", "ba"):
        await human.says(text)
    await _until(lambda: len(taker.taken) == 3)
    with pytest.raises(RuntimeError, match="polled already"):
        await poller.run()
    poller.stop()
    await asyncio.wait_for(running, 5)
    assert taker.taken == ["một", "hai", "ba"]
    assert human.bot.most_polls_open == 1
    assert slept[:3] == [BETWEEN_POLLS_S] * 3


async def test_it_stops_in_the_middle_of_a_long_poll(
    poller: Poller, zalo: ZaloServer, bot: BotState
) -> None:
    zalo.patience_s = 60
    poller.poll_s = 60
    running = asyncio.create_task(poller.run())
    await _until(lambda: bot.polls_open == 1)
    poller.stop()
    await asyncio.wait_for(running, 5)


async def test_what_came_for_a_poll_that_was_given_up_waits_for_the_next(
    poller: Poller, taker: Taker, zalo: ZaloServer, human: Human
) -> None:
    zalo.patience_s = poller.poll_s = 60
    running = asyncio.create_task(poller.run())
    await _until(lambda: human.bot.polls_open == 1)
    poller.stop()
    await running
    await human.says("một")
    await _until(lambda: human.bot.polls_open == 0)
    poller._stopped.clear()
    await poller.once()
    assert taker.taken == ["một"]


async def test_a_bug_in_one_poll_is_not_the_end(
    poller: Poller, taker: Taker, human: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = [True]

    async def take(update: Update) -> Taken:
        if broken:
            raise ZeroDivisionError(broken.pop())
        return await taker.take(update)

    monkeypatch.setattr(poller, "take", take)
    running = asyncio.create_task(poller.run())
    await human.says("một")
    await human.says("hai")
    await _until(lambda: taker.taken == ["hai"])
    poller.stop()
    await running


async def test_a_replay_is_handled_once(house: ZaloHouse) -> None:
    human = house.human()
    house.link(human, "can-bo")
    await house.says(human, "menu")
    house.bot("chinh").replays()
    await house.comes_in()
    house.bot("chinh").replays(back=2)
    await house.comes_in()
    assert len(human.sees) == 1


async def test_the_turn_is_over_before_the_next_poll(house: ZaloHouse) -> None:
    human = house.human()
    house.link(human, "can-bo")
    await human.says("menu")
    await house.pollers["chinh"].once()
    with house.house.store.read() as tx:
        assert len(tx.outbox.listing()) == 1


async def _until(condition: object) -> None:
    assert callable(condition)
    for _ in range(2_000):
        if condition():
            return
        await asyncio.sleep(0.001)
    raise AssertionError("it did not happen")
