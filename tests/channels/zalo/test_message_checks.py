"""Which messages reach a turn: full bots, strangers and their cost, groups."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from bot.channels.zalo import answering as answering_module
from bot.channels.zalo.answering import Answering
from bot.channels.zalo.limits import ANSWERS_AT_ONCE, STRANGERS_UNTIL
from bot.clock import FixedClock
from domain.cards import saying
from domain.channels import ZALO
from domain.deadlines import local_date
from domain.messages import Lane, Outgoing
from handlers import STRANGERS_A_DAY
from handlers.ground.doors import roomiest
from handlers.ground.library import Library
from scheduling.channel import Recipient
from storage import Store
from tests.channels.zalo.zalo_house import ZaloHouse, zalo_house
from tests.zalo_server import Fault, ZaloServer

CODE = "ABCDEFGH23"
STRANGER = "Đây là trợ lý tự động nội bộ. Đồng chí nhập mã do đơn vị cấp để sử dụng."
MONTHLY = 1_000


@pytest.fixture
async def two(
    zalo: ZaloServer, store: Store, clock: FixedClock, library: Library
) -> AsyncIterator[ZaloHouse]:
    """Two bots with room for one person each, the first taken."""
    async with zalo_house(
        zalo, store, clock, library, bots=("chinh", "phu"), users=1, monthly=MONTHLY
    ) as made:
        made.link(made.human(), "can-bo")
        for poller in made.pollers.values():
            await poller.once()
        yield made


async def test_whoever_brings_a_code_to_a_full_bot_is_sent_to_the_other(two: ZaloHouse) -> None:
    two.invite("moi", CODE)
    newcomer = two.human("Năm")
    said = await two.says(newcomer, f"LIENKET {CODE}")
    assert "tìm “Bot phu” trên Zalo" in said
    with two.house.store.read() as tx:
        assert tx.invitations.find(tx.invitations.hash(CODE)) is not None
    at_other = two.human("Năm", bot="phu")
    assert "Lê Văn Năm" in await two.says(at_other, CODE)
    await two.says(at_other, "đúng")
    assert ("phu", at_other.chat_id) in two.addresses()


async def test_a_code_of_ones_own_for_one_more_channel_is_sent_there_too(two: ZaloHouse) -> None:
    now = two.clock.now()
    with two.house.store.begin() as tx:
        person = tx.people.by_handle("chi-huy")
        assert person is not None
        tx.web.add_code(CODE, person_id=person.id, expires_at=now.replace(year=2025))
    assert "Bot phu" in await two.says(two.human("Sáu"), CODE)
    with two.house.store.read() as tx:
        assert tx.web.owner_of(CODE, now) == person.id


async def test_who_waited_at_the_door_while_the_bot_filled_is_sent_to_the_other(
    two: ZaloHouse,
) -> None:
    two.invite("moi", CODE)
    newcomer = two.human("Năm", bot="phu")
    assert "Lê Văn Năm" in await two.says(newcomer, CODE)
    two.link(two.human("Bảy", bot="phu"), "chi-huy", bot="phu")
    assert "Các bot đã đủ người dùng" in await two.says(newcomer, "đúng")
    # Only once: afterwards a stranger may not join again.
    assert await two.says(newcomer, "đúng") == STRANGER
    with two.house.store.read() as tx:
        assert tx.invitations.find(tx.invitations.hash(CODE)) is not None


async def test_a_full_bot_is_no_place_to_guess_codes(two: ZaloHouse) -> None:
    guesser = two.human("Tám")
    for at in range(6):
        await two.says(guesser, f"ABCDEFGH2{'ABCDEF'[at]}")
    two.invite("moi", CODE)
    assert await two.says(guesser, CODE) == ""


async def test_those_who_are_in_go_on_at_a_full_bot(two: ZaloHouse) -> None:
    human = two.human()
    human.chat_id = two.addresses()[0][1]
    assert "1." in await two.says(human, "menu")


async def test_the_bot_with_the_fewest_people_is_for_new_ones(two: ZaloHouse) -> None:
    with two.house.store.read() as tx:
        door = roomiest(tx, ZALO, two.front.doors)
    assert door is not None
    assert (door.bot, door.name) == ("phu", "Bot phu")
    two.link(two.human(bot="phu"), "chi-huy", bot="phu")
    with two.house.store.read() as tx:
        assert roomiest(tx, ZALO, two.front.doors) is None


async def test_one_person_with_two_telephones_is_one_person(two: ZaloHouse) -> None:
    two.link(two.human("Ba"), "can-bo")
    with two.house.store.read() as tx:
        assert tx.bots.people("zalo") == {"chinh": 1}


async def test_strangers_are_answered_so_often_a_day_and_no_more(two: ZaloHouse) -> None:
    answered = [
        await two.says(two.human(f"Lạ {at}"), "xin chào") for at in range(STRANGERS_A_DAY + 3)
    ]
    assert answered == [STRANGER] * STRANGERS_A_DAY + [""] * 3
    # Another bot has its own daily limit, and the next day the limit starts again.
    assert await two.says(two.human("Lạ", bot="phu"), "xin chào") == STRANGER
    two.clock.at = two.clock.at.replace(day=21)
    assert await two.says(two.human("Lạ"), "xin chào") == STRANGER


async def test_one_stranger_is_answered_once_a_day(two: ZaloHouse) -> None:
    stranger = two.human("Lạ")
    assert await two.says(stranger, "xin chào") == STRANGER
    assert await two.says(stranger, "xin chào") == ""


async def test_what_strangers_are_told_comes_out_of_the_month(two: ZaloHouse) -> None:
    await two.says(two.human("Lạ"), "xin chào")
    assert _used(two) == 1
    assert two.bot("chinh").quota == 3_000 - 1


async def test_strangers_get_nothing_of_the_second_half_of_the_month(two: ZaloHouse) -> None:
    _use(two, "phu", round(MONTHLY * STRANGERS_UNTIL))
    assert await two.says(two.human("Lạ", bot="phu"), "xin chào") == ""
    two.invite("moi", CODE)
    newcomer = two.human("Năm", bot="phu")
    assert "Lê Văn Năm" in await two.says(newcomer, CODE)
    assert "1." in await two.says(newcomer, "đúng")


async def test_a_group_gets_one_sentence_and_silence(two: ZaloHouse) -> None:
    group = two.server.human(two.bot("chinh"), "Ba", chat_id="g-1", group=True)
    assert "không trả lời trong nhóm" in await two.says(group, "@Bot chinh ABCDEFGH23")
    assert await two.says(group, "tình hình xã Mỹ Long Bắc") == ""
    two.clock.at = two.clock.at.replace(month=12)
    assert await two.says(group, "xin chào") == ""
    another = two.server.human(two.bot("chinh"), "Ba", chat_id="g-2", group=True)
    assert await two.says(another, "xin chào") != ""


async def test_a_group_gets_nothing_when_messages_are_dear(two: ZaloHouse) -> None:
    _use(two, "chinh", round(MONTHLY * STRANGERS_UNTIL))
    group = two.server.human(two.bot("chinh"), "Ba", chat_id="g-1", group=True)
    assert await two.says(group, "xin chào") == ""


async def test_a_stranger_keeps_nobody_waiting_while_zalo_wants_silence(
    two: ZaloHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering_module, "WAITED_FOR_S", 0.01)
    two.bot("chinh").fails("sendMessage", Fault.QUOTA)
    stranger, another = two.human("Lạ"), two.human("Lạ 2")
    assert await two.says(stranger, "xin chào") == ""
    # From here on delivery pauses for a minute, and this answer waits for it.
    assert await two.says(another, "xin chào") == ""
    human = two.human()
    human.chat_id = two.addresses()[0][1]
    await human.says("menu")
    await two.pollers["chinh"].once()
    with two.house.store.read() as tx:
        assert len(tx.outbox.listing()) == 1
    await two.front.answering.close()


async def test_answers_to_strangers_are_so_many_and_so_long_under_way(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(answering_module, "WAITED_FOR_S", 0)
    monkeypatch.setattr(answering_module, "ANSWERED_WITHIN_S", 0.02)
    begun: list[str] = []

    async def hangs(_channel: str, to: Recipient, _outgoing: Outgoing) -> None:
        begun.append(to.address)
        await asyncio.Event().wait()

    answering = Answering(directly=hangs)
    for at in range(ANSWERS_AT_ONCE + 3):
        await answering.send("zalo", Recipient(address=str(at)), Outgoing(cards=saying("x")))
    await asyncio.gather(*answering._under_way)
    assert begun == [str(at) for at in range(ANSWERS_AT_ONCE)]
    assert caplog.text.count("was not answered in time") == ANSWERS_AT_ONCE
    await answering.send("zalo", Recipient(address="later"), Outgoing(cards=saying("x")))
    await answering.close()
    assert begun[-1] == "later"


def _use(two: ZaloHouse, bot: str, count: int) -> None:
    with two.house.store.begin() as tx:
        month = local_date(two.clock.now()).replace(day=1)
        tx.usage.add("zalo", bot, month, Lane.REPLY, count)


def _used(two: ZaloHouse) -> int:
    with two.house.store.read() as tx:
        month = local_date(two.clock.now()).replace(day=1)
        return sum(tx.usage.of("zalo", "chinh", month).values())
