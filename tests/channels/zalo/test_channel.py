"""The outcome of each sending, as delivery gets it."""

import httpx
import pytest

from bot.channels.zalo import channel as channel_module
from bot.channels.zalo.channel import GONE_WORDS, ZaloChannel
from bot.channels.zalo.client import ZaloClient
from bot.channels.zalo.limits import QUOTA_PAUSES_S, TEXT_UNITS
from bot.channels.zalo.settings import Bot
from domain.cards import saying
from domain.messages import Choice, Outgoing
from handlers.ground.library import Library
from scheduling.channel import Delivered, Delivery, Recipient, Refused, Unknown
from scheduling.fit import fit
from tests.channels.zalo.conftest import BOT, NOW, TOKEN
from tests.zalo_server import BotState, Fault, Human, ZaloServer

HELLO = Outgoing(cards=saying("Chào đồng chí."))


@pytest.fixture
async def human(zalo: ZaloServer, bot: BotState) -> Human:
    writer = zalo.human(bot, "Ba")
    await writer.says("chào")
    return writer


@pytest.fixture
def channel(client: ZaloClient) -> ZaloChannel:
    return ZaloChannel.over({BOT.name: client}, monthly=3_000)


async def _send(channel: ZaloChannel, human: Human, outgoing: Outgoing = HELLO) -> Delivery:
    return await channel.send(Recipient(address=human.chat_id, bot=BOT.name), outgoing, 1)


async def test_what_is_taken_is_delivered(channel: ZaloChannel, human: Human) -> None:
    sent = await _send(channel, human)
    assert isinstance(sent, Delivered)
    assert sent.at == NOW
    assert human.sees == ["Chào đồng chí."]


@pytest.mark.parametrize(
    ("fault", "permanent", "ours"),
    [
        (Fault.FORBIDDEN, False, False),
        (Fault.SERVER_ERROR, False, False),
        (Fault.UNAVAILABLE, False, False),
        (Fault.NOT_OK_WITHOUT_CODE, False, False),
        (Fault.BAD_REQUEST, True, True),
        (Fault.REFUSED_IN_200, True, True),
    ],
)
async def test_a_refusal_says_whose_fault_it_is(
    channel: ZaloChannel, human: Human, fault: Fault, permanent: bool, ours: bool
) -> None:
    human.bot.fails("sendMessage", fault)
    fate = await _send(channel, human)
    assert isinstance(fate, Refused)
    assert (fate.permanent, fate.ours) == (permanent, ours)
    assert human.sees == []


@pytest.mark.parametrize(
    "fault", [Fault.ACTED_THEN_DROPPED, Fault.ACTED_THEN_BROKEN, Fault.DROPPED, Fault.NO_OBJECT]
)
async def test_without_an_answer_nobody_knows(
    channel: ZaloChannel, human: Human, fault: Fault
) -> None:
    human.bot.fails("sendMessage", fault)
    assert isinstance(await _send(channel, human), Unknown)


async def test_somebody_who_blocked_the_bot_is_not_reached_again(
    channel: ZaloChannel, human: Human
) -> None:
    human.blocks()
    fate = await _send(channel, human)
    assert isinstance(fate, Refused)
    assert (fate.permanent, fate.ours) == (True, False)


@pytest.mark.parametrize(
    ("code", "said", "permanent", "ours"),
    [
        (404, "Not Found", False, True),
        (404, "Chat not found", True, False),
        (400, "Bad Request: user has blocked the bot", True, False),
        (403, "Internal server error", False, False),
        (403, "user service failed", False, False),
        (426, "Upgrade", True, True),
    ],
)
async def test_only_words_about_a_person_cost_him_his_address(
    code: int, said: str, permanent: bool, ours: bool
) -> None:
    answer = httpx.Response(code, json={"ok": False, "description": said, "error_code": code})
    client = ZaloClient("https://zalo.example", BOT, httpx.MockTransport(lambda _: answer))
    channel = ZaloChannel.over({BOT.name: client}, monthly=3_000)
    fate = await channel.send(Recipient(address="c1", bot=BOT.name), HELLO, 1)
    assert isinstance(fate, Refused)
    assert (fate.permanent, fate.ours) == (permanent, ours)
    await client.close()


async def test_a_refused_token_is_our_fault(zalo: ZaloServer) -> None:
    client = ZaloClient(zalo.base, Bot(name="x", token="1234567:wrong-token"))
    channel = ZaloChannel.over({"x": client}, monthly=3_000)
    fate = await channel.send(Recipient(address="c1", bot="x"), HELLO, 1)
    assert fate == Refused(permanent=False, ours=True, error="sendMessage 401 Unauthorized")
    await client.close()


async def test_a_bot_that_was_taken_out_is_our_fault(channel: ZaloChannel) -> None:
    fate = await channel.send(Recipient(address="c1", bot="gone"), HELLO, 1)
    assert fate == Refused(permanent=False, ours=True, error="no bot named 'gone'")


async def test_silence_grows_with_each_quota_and_ends_with_a_success(
    channel: ZaloChannel, human: Human
) -> None:
    human.bot.fails("sendMessage", *[Fault.QUOTA] * 5)
    pauses = [await _send(channel, human) for _ in range(5)]
    assert [fate.retry_after for fate in pauses if isinstance(fate, Refused)] == [
        *QUOTA_PAUSES_S,
        QUOTA_PAUSES_S[-1],
    ]
    assert await _send(channel, human) == Delivered()
    human.bot.fails("sendMessage", Fault.QUOTA)
    fate = await _send(channel, human)
    assert isinstance(fate, Refused)
    assert fate.retry_after == QUOTA_PAUSES_S[0]
    assert (fate.permanent, fate.ours) == (False, False)


async def test_the_month_is_used_up(channel: ZaloChannel, human: Human) -> None:
    human.bot.quota = 1
    assert await _send(channel, human) == Delivered()
    assert isinstance(await _send(channel, human), Refused)


async def test_a_long_message_comes_in_pieces_that_zalo_takes(
    channel: ZaloChannel, human: Human, library: Library
) -> None:
    long = Outgoing(
        cards=saying("Đảng ủy xã đã có nghị quyết chưa? 🔔\n" * 90),
        choices=(Choice(key="1", label="Có"), Choice(key="2", label="Chưa có")),
    )
    for piece in fit(long, channel.abilities, library.words("vi")):
        assert await _send(channel, human, piece) == Delivered()
    assert len(human.sees) == 2
    assert human.sees[-1].endswith("1. Có\n2. Chưa có")
    assert all(len(text.encode("utf-16-le")) // 2 <= TEXT_UNITS for text in human.sees)


async def test_no_fate_holds_the_token_or_the_text(channel: ZaloChannel, human: Human) -> None:
    human.bot.fails("sendMessage", *Fault)
    human.bot.faults["sendMessage"].remove(Fault.SLOW)
    for _ in range(len(Fault) - 1):
        fate = await _send(channel, human)
        assert TOKEN not in repr(fate)
        assert HELLO.text not in repr(fate)


def test_the_words_about_a_person_are_small_letters() -> None:
    assert all(word == word.lower() for word in channel_module.GONE_WORDS)
    assert GONE_WORDS
