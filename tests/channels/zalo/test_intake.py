"""Messages that cannot be handled at once are parked, screened, and handled later exactly once."""

import json
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot import turns
from bot.channels.zalo import intake as intake_module
from bot.channels.zalo import message_checks
from bot.channels.zalo.intake import Intake
from bot.channels.zalo.parked import NotReadable, from_body, screened, to_body
from bot.channels.zalo.updates import Ignored, Kind, Message, Why
from bot.clock import FixedClock
from bot.turns import Busy, Handled, SetAside, Taken
from domain.messages import Sent
from handlers.ground.library import Library
from storage import Parked, Store, Unavailable
from tests.channels.zalo.conftest import NOW
from tests.channels.zalo.zalo_house import ZaloHouse, zalo_house
from tests.zalo_server import Human, ZaloServer

REFUSED = "Tin vừa gửi có dấu hiệu chứa nội dung không được đưa vào đây"
PHONE = "Anh Ba, 0912 345 678"


@pytest.fixture
async def house(
    zalo: ZaloServer, store: Store, clock: FixedClock, library: Library
) -> AsyncIterator[ZaloHouse]:
    async with zalo_house(zalo, store, clock, library) as made:
        yield made


@pytest.fixture
def human(house: ZaloHouse) -> Human:
    made = house.human()
    house.link(made, "can-bo")
    return made


@contextmanager
def _occupied(house: ZaloHouse) -> Iterator[None]:
    """The store's only thread is busy."""
    over = threading.Event()
    house.house.worker._pool.submit(over.wait)
    try:
        yield
    finally:
        over.set()


def _parked(house: ZaloHouse) -> list[Parked]:
    with house.house.store.read() as tx:
        return list(tx.inbox.parked())


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Turns start at once or not at all."""
    monkeypatch.setattr(turns, "START_WITHIN_S", 0.01)
    monkeypatch.setattr(message_checks, "START_WITHIN_S", 0.01)


class BusyChecks:
    """Checks that are busy until the test changes it."""

    def __init__(self, house: ZaloHouse) -> None:
        self.checks = house.front.intake.checks
        self.busy = True
        self.took: list[str] = []

    async def take(self, message: Message, picture: Sent | None = None) -> Taken:
        if self.busy:
            return Busy(retry_after=5)
        self.took.append(message.text)
        return await self.checks.take(message, picture)

    async def take_group(self, _called: object) -> Taken:
        return Busy(retry_after=5)


@pytest.fixture
def checks(house: ZaloHouse) -> BusyChecks:
    checks = BusyChecks(house)
    house.front.intake.checks = checks
    return checks


async def test_what_could_not_start_is_parked_and_taken_up_in_order(
    house: ZaloHouse, human: Human, checks: BusyChecks
) -> None:
    await human.says("menu")
    await human.says("trợ giúp")
    await house.comes_in()
    assert human.sees == []
    assert len(_parked(house)) == 2
    assert not await house.front.intake.take_up()
    checks.busy = False
    assert await house.front.intake.take_up()
    assert checks.took == ["menu", "trợ giúp"]
    assert _parked(house) == []
    await house.goes_out()
    assert len(human.sees) == 2


async def test_what_comes_after_a_parked_message_waits_behind_it(
    house: ZaloHouse, human: Human, checks: BusyChecks
) -> None:
    await human.says("menu")
    await house.comes_in()
    checks.busy = False
    await human.says("trợ giúp")
    await house.comes_in()
    assert checks.took == []
    await house.front.intake.take_up()
    assert checks.took == ["menu", "trợ giúp"]
    await human.says("1")
    await house.comes_in()
    assert checks.took == ["menu", "trợ giúp", "1"]
    assert _parked(house) == []


@pytest.mark.usefixtures("impatient")
async def test_a_busy_database_does_not_lose_a_message(
    house: ZaloHouse, human: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(intake_module, "PARK_WITHIN_S", 0.05)
    update = human.update("message.text.received", text="menu")
    read = _message(human, update)
    with _occupied(house):
        assert isinstance(await house.front.intake.take(read), Busy)
    assert await house.front.intake.take(read) == Handled(person_id=None)
    await house.goes_out()
    assert len(human.sees) == 1


async def test_a_restart_takes_up_what_was_parked_exactly_once(
    house: ZaloHouse, human: Human, checks: BusyChecks
) -> None:
    await human.says("menu")
    await house.comes_in()
    # The process ends; two others find the message, and one of them ends before it deletes it.
    (row,) = _parked(house)
    first = _another_intake(house, checks)
    second = _another_intake(house, checks)
    checks.busy = False
    assert isinstance(await checks.take(from_body(row)), Handled)
    assert await first.take_up()
    assert await second.take_up()
    await house.goes_out()
    assert len(human.sees) == 1


async def test_until_it_is_known_what_was_parked_nothing_overtakes_it(
    house: ZaloHouse, human: Human, checks: BusyChecks
) -> None:
    await human.says("menu")
    await house.comes_in()
    checks.busy = False
    restarted = _another_intake(house, checks)
    await restarted.take(_message(human, human.update("message.text.received", text="trợ giúp")))
    assert checks.took == []
    await restarted.take_up()
    assert checks.took == ["menu", "trợ giúp"]


async def test_a_forbidden_text_is_kept_nowhere_and_its_sender_is_told(
    house: ZaloHouse, human: Human, checks: BusyChecks
) -> None:
    await human.says(PHONE)
    await house.comes_in()
    (row,) = _parked(house)
    assert "0912" not in row.body
    assert json.loads(row.body)["kind"] == "refused"
    checks.busy = False
    await house.front.intake.take_up()
    await house.goes_out()
    assert len(human.sees) == 1
    assert human.sees[0].startswith(REFUSED)


async def test_a_parked_forbidden_text_of_a_stranger_is_a_strangers_word(
    house: ZaloHouse, checks: BusyChecks
) -> None:
    stranger = house.human("Lạ")
    await stranger.says(PHONE)
    await house.comes_in()
    checks.busy = False
    await house.front.intake.take_up()
    await house.goes_out()
    assert len(stranger.sees) == 1
    assert "trợ lý tự động nội bộ" in stranger.sees[0]


async def test_a_body_that_cannot_be_read_does_not_hold_up_the_others(
    house: ZaloHouse, human: Human, checks: BusyChecks
) -> None:
    with house.house.store.begin() as tx:
        tx.inbox.park("zalo", "chinh", "old", '{"v": 99}', NOW)
    await human.says("menu")
    await house.comes_in()
    checks.busy = False
    assert await house.front.intake.take_up()
    assert checks.took == ["menu"]
    assert _parked(house) == []


async def test_a_database_that_is_away_is_waited_for(
    house: ZaloHouse, human: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise Unavailable("the database", "database is locked")

    monkeypatch.setattr(house.house.store, "begin", away)
    monkeypatch.setattr(house.house.store, "read", away)
    assert isinstance(await house.front.intake.take(_message(human, {})), Busy)
    assert not await house.front.intake.take_up()


async def test_a_bug_of_ours_stops_nobody(
    house: ZaloHouse, human: Human, checks: BusyChecks, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(message: Message, picture: Sent | None = None) -> Taken:
        raise ZeroDivisionError(message, picture)

    monkeypatch.setattr(checks, "take", broken)
    assert isinstance(await house.front.intake.take(_message(human, {})), SetAside)


async def test_when_the_guard_breaks_the_turn_still_runs(
    house: ZaloHouse, human: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message_checks, "is_full", lambda *_: 1 / 0)
    assert "trợ lý tự động" in await house.says(house.human("Lạ"), "xin chào")
    assert human.sees == []


async def test_nothing_is_nothing(house: ZaloHouse) -> None:
    assert await house.front.intake.take(Ignored(why=Why.OWN)) == Handled()


def test_a_message_comes_back_from_its_body_as_it_was_screened() -> None:
    message = Message(
        bot="chinh", address="c1", delivery_id="m1", at=NOW, kind=Kind.TEXT, text="có"
    )
    for one in (message, replace(message, kind=Kind.STICKER, text="")):
        assert from_body(_row(to_body(screened(one)))) == one
    pictured = replace(message, kind=Kind.PICTURE, picture="https://photo.example/1.jpg")
    assert screened(pictured).picture is None
    assert screened(replace(message, text=PHONE)) == replace(message, kind=Kind.REFUSED, text="")


@pytest.mark.parametrize(
    "body", ["", "[]", "null", "{}", '{"v": 1}', '{"v": 2, "address": "c"}', "[" * 10_000]
)
def test_a_body_of_somebody_else_is_not_readable(body: str) -> None:
    with pytest.raises(NotReadable):
        from_body(_row(body))


def _row(body: str) -> Parked:
    return Parked(id=1, channel="zalo", bot="chinh", delivery_id="m1", body=body, at=NOW)


def _message(human: Human, update: dict[str, object]) -> Message:
    message = update.get("message")
    delivery_id = str(message["message_id"]) if isinstance(message, dict) else "m-1"
    text = str(message["text"]) if isinstance(message, dict) else "menu"
    return Message(
        bot="chinh",
        address=human.chat_id,
        delivery_id=delivery_id,
        at=NOW,
        kind=Kind.TEXT,
        text=text,
    )


def _another_intake(house: ZaloHouse, checks: BusyChecks) -> Intake:
    parts = house.house
    return Intake(checks=checks, store=parts.store, worker=parts.worker, clock=parts.clock)
