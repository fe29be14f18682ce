"""Other channels that a person may use: known soon after the start, with names to search for."""

from pathlib import Path

import pytest

from bot.clock import FixedClock
from handlers.ground.doors import Door, doors_of
from tests.whole.city import City, city
from tests.whole.test_whole_demo import START


def _doors(town: City) -> dict[str, Door]:
    with town.store.read() as tx:
        return {door.channel: door for door in doors_of(tx)}


@pytest.mark.usefixtures("quick")
async def test_the_bots_are_offered_as_soon_as_they_said_their_names(
    demo_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.assistant.SOON_S", 0.05)
    async with city(demo_file, FixedClock(START), mode="polling") as town:
        phone = town.on_zalo("can-bo")
        await phone.types(town.code_for("can-bo"))
        await phone.types("đúng")
        await town.until(lambda: "telegram" in _doors(town))
        assert "https://t.me/antt_test_bot?start=" in await phone.types("thêm kênh")
        assert _doors(town)["zalo"].name == town.zalo_bot.display_name
