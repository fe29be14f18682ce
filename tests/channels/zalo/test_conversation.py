"""The whole conversation on Zalo, by polling and by webhook: joining with a code, the checklist
with numbers, a question about a unit, a reminder.
"""

from collections.abc import AsyncIterator

import pytest

from bot.channels.zalo import Mode
from bot.clock import FixedClock
from handlers.ground.library import Library
from storage import Store
from tests.channels.zalo.zalo_house import ZaloHouse, zalo_house
from tests.zalo_server import ZaloServer

CODE = "ABCDEFGH23"


ON_POSTGRESQL = pytest.param((Mode.WEBHOOK, "demo_postgres"), marks=pytest.mark.postgres)


@pytest.fixture(
    params=[(Mode.POLLING, "demo_file"), (Mode.WEBHOOK, "demo_file"), ON_POSTGRESQL],
    ids=["polling", "webhook", "webhook-postgresql"],
)
async def house(
    request: pytest.FixtureRequest, zalo: ZaloServer, clock: FixedClock, library: Library
) -> AsyncIterator[ZaloHouse]:
    mode, database = request.param
    with Store(str(request.getfixturevalue(database))) as store:
        async with zalo_house(zalo, store, clock, library, mode=mode) as made:
            yield made


async def test_somebody_comes_in_by_his_code(house: ZaloHouse) -> None:
    house.invite("can-bo-2", CODE)
    human = house.human("Năm")
    assert "nhập mã do đơn vị cấp" in await house.says(human, "xin chào")
    shown = await house.says(human, f"LIENKET {CODE}")
    assert "Lê Văn Năm" in shown
    assert "xã Mỹ Long Bắc" in shown
    assert "đúng" in shown
    welcome = await house.says(human, "đúng")
    assert "1." in welcome
    assert house.addresses() == [("chinh", human.chat_id)]


async def test_a_number_opens_the_checklist(house: ZaloHouse) -> None:
    human = house.human()
    house.link(human, "can-bo")
    offered = await house.says(human, "menu")
    assert "1. " in offered
    asked = await house.says(human, "1")
    assert asked
    assert asked != offered
    assert _menu(house) not in (None, "main")


async def test_a_supervisor_asks_about_a_commune(house: ZaloHouse) -> None:
    human = house.human("Tư")
    house.link(human, "giam-sat")
    status = await house.says(human, "tình hình xã Mỹ Long Bắc")
    assert "Mỹ Long Bắc" in status
    assert len(human.sees) == 1


async def test_a_reminder_comes_by_itself(house: ZaloHouse) -> None:
    human = house.human()
    house.link(human, "can-bo")
    house.plan()
    house.tick()
    await house.goes_out()
    (reminder,) = human.sees
    assert reminder.startswith("🔔 Nhắc việc N1")
    assert house.bot("chinh").quota == 3_000 - 1


async def test_stickers_and_voices_are_answered_with_words(house: ZaloHouse) -> None:
    human = house.human()
    house.link(human, "can-bo")
    await human.sends_sticker()
    await human.sends_voice()
    await human.sends_something_else()
    await house.comes_in()
    assert human.sees == ["Ở đây trợ lý chỉ đọc được chữ. Đồng chí gõ câu trả lời."] * 3


async def test_a_picture_is_not_taken_unless_that_is_switched_on(house: ZaloHouse) -> None:
    human = house.human()
    house.link(human, "can-bo")
    await human.sends_image("https://photo.example/1.jpg", "Nghị quyết 12")
    await house.comes_in()
    assert len(human.sees) == 1


def _menu(house: ZaloHouse) -> str | None:
    """Which question the officer's digits answer."""
    with house.house.store.read() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        (address,) = [one for one in tx.addresses.of_person(person.id) if one.channel == "zalo"]
    return address.menu
