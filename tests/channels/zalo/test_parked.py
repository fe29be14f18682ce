"""A parked body lives until its turn, and for ten minutes at most."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from bot.channels.zalo.limits import PARKED_LIVES_S
from bot.clock import FixedClock
from handlers.ground.library import Library
from storage import Parked, Store, Unavailable
from tests.channels.zalo.test_intake import BusyChecks, _parked
from tests.channels.zalo.zalo_house import ZaloHouse, zalo_house
from tests.zalo_server import Human, ZaloServer


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


@pytest.fixture
def checks(house: ZaloHouse) -> BusyChecks:
    checks = BusyChecks(house)
    house.front.intake.checks = checks
    return checks


async def test_the_words_of_a_message_that_waited_too_long_are_dropped_and_asked_for_again(
    house: ZaloHouse, human: Human, checks: BusyChecks, clock: FixedClock
) -> None:
    await human.says("đang theo dõi một người")
    await house.comes_in()
    clock.at += timedelta(seconds=PARKED_LIVES_S - 1)
    assert not await house.front.intake.take_up()
    assert "theo dõi" in _parked(house)[0].body
    clock.at += timedelta(seconds=1)
    assert not await house.front.intake.take_up()
    (row,) = _parked(house)
    assert "theo dõi" not in row.body
    checks.busy = False
    assert await house.front.intake.take_up()
    assert _parked(house) == []
    await house.goes_out()
    assert len(human.sees) == 1
    assert "Đồng chí gửi lại" in human.sees[0]


async def test_a_parked_body_ends_with_the_transaction_of_its_turn(
    house: ZaloHouse, human: Human, checks: BusyChecks, monkeypatch: pytest.MonkeyPatch
) -> None:
    await human.says("menu")
    await house.comes_in()
    checks.busy = False

    def dies(_row: Parked) -> None:
        raise Unavailable("the database", "the process ends here")

    monkeypatch.setattr(house.front.intake, "_forget", dies)
    assert not await house.front.intake.take_up()
    assert checks.took == ["menu"]
    assert _parked(house) == []
