"""One person begins on Zalo, continues in the web chat, and gets a reminder by mail."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.clock import FixedClock
from tests.whole.city import City, city
from tests.whole.phones import page
from tests.whole.test_whole_demo import DUE, START, plan

MAIL = "can-bo@congan.example.vn"
NEXT_MORNING = datetime(2024, 12, 27, 1, 0, tzinfo=UTC)
CODE = re.compile(r"\b[A-Z2-79]{5}-?[A-Z2-79]{5}\b")


def _code_in(text: str) -> str:
    found = CODE.search(text)
    assert found is not None, text
    return found[0]


def _body(town: City) -> str:
    letter = town.mails.letters[-1]
    body = letter.get_payload(decode=True)
    assert isinstance(body, bytes)
    return body.decode()


@pytest.mark.usefixtures("quick")
async def test_from_zalo_to_the_web_to_mail(demo_file: Path) -> None:
    async with city(demo_file, FixedClock(START), mode="polling") as town, page(town) as web:
        phone = town.on_zalo("can-bo")
        await phone.types(town.code_for("can-bo"))
        await phone.types("đúng")
        await phone.types("hỏi từng câu")
        await phone.types("3")
        second = await phone.types("3")
        assert "Câu 3/51" in second

        offered = await phone.types("thêm kênh")
        shown = await web.opens(_code_in(offered))
        assert "Câu 3/51" in shown
        third = await web.types("1")
        assert "Câu 4/51" in third
        assert "Câu 4/51" in await phone.types("làm tiếp")

        assert MAIL in await web.types(f"thư {MAIL}")
        await town.until(lambda: len(town.mails.letters) == 1)
        assert town.mails.letters[0]["To"] == MAIL
        assert MAIL in await web.types(_code_in(_body(town)))
        assert "trang web trước" in await web.types("nhắc tôi qua web")

        await town.until(lambda: sum("vừa được nối" in one for one in phone.seen) == 2)
        plan(town.store, town.clock.now())
        town.clock.at = DUE
        assert "Zalo" in await web.types("bỏ kênh Zalo")
        # The person's other channel gets a notice of it.
        await town.until(lambda: len(town.mails.letters) == 2)
        await town.tick()
        await town.until(lambda: town.sent("web", "🔔 Nhắc việc N1"))
        assert len(town.mails.letters) == 2
        # The person did not open the page until the next working day.
        town.clock.at = NEXT_MORNING
        await town.tick()
        await town.until(lambda: len(town.mails.letters) == 3)
        assert town.mails.letters[-1]["To"] == MAIL
        told = _body(town)
        assert "mở trang web để xem: http" in told
        assert "Nhắc việc" not in told
        assert "Mỹ Long Bắc" not in told
        assert not any("🔔" in one for one in phone.seen)
