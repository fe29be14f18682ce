"""The client's result for each possible answer of Zalo."""

import asyncio
import contextlib
import json
import logging
from datetime import UTC, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.zalo import client as client_module
from bot.channels.zalo.client import (
    AuthError,
    BadRequestError,
    NotFoundError,
    QuotaError,
    TransientError,
    UnclearError,
    Webhook,
    ZaloClient,
    ZaloError,
)
from bot.channels.zalo.settings import Bot
from tests.channels.zalo.conftest import BOT, TOKEN
from tests.channels.zalo.test_updates import ANY_JSON
from tests.zalo_server import BotState, Fault, ZaloServer

PUBLIC = "https://antt.example.vn/hooks/zalo/chinh"
SECRET = "a-secret-of-the-webhook"


async def test_it_says_who_it_is(client: ZaloClient, bot: BotState) -> None:
    me = await client.get_me()
    assert (me.id, me.account_name, me.display_name) == (bot.id, "bot.ANTT", "Bot ANTT")


async def test_a_message_is_sent_and_has_an_id(client: ZaloClient, zalo: ZaloServer) -> None:
    (bot,) = zalo.bots.values()
    human = zalo.human(bot, "Ba")
    await human.says("chào")
    accepted = await client.send_text(human.chat_id, "Chào đồng chí 🔔")
    assert human.sees == ["Chào đồng chí 🔔"]
    assert accepted.message_id == bot.sent[0].message_id
    assert accepted.at == datetime(2024, 11, 20, 1, 0, tzinfo=UTC)


async def test_silence_is_no_error(client: ZaloClient) -> None:
    assert await client.get_updates(30) is None


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(408, text="<html>timeout</html>"),
        httpx.Response(408, json={"ok": False, "description": "Request timeout"}),
        httpx.Response(200, json={"ok": False, "error_code": 408, "description": "…"}),
        httpx.Response(200, json={"ok": False, "errorCode": 408}),
        httpx.Response(200, json={"ok": False, "description": "Timeout"}),
        httpx.Response(200, json={"ok": True}),
    ],
)
async def test_silence_has_many_faces(answer: httpx.Response) -> None:
    client = _answering(answer)
    assert await client.get_updates(30) is None
    await client.close()


async def test_a_poll_brings_one_update(client: ZaloClient, zalo: ZaloServer) -> None:
    (bot,) = zalo.bots.values()
    human = zalo.human(bot, "Ba")
    first, second = await human.says("một"), await human.says("hai")
    assert await client.get_updates(30) == first
    assert await client.get_updates(30) == second


@pytest.mark.parametrize(
    ("fault", "error", "code"),
    [
        (Fault.FORBIDDEN, TransientError, 403),
        (Fault.SERVER_ERROR, TransientError, 500),
        (Fault.UNAVAILABLE, TransientError, 503),
        (Fault.REFUSED_IN_200, BadRequestError, 400),
        (Fault.NOT_OK_WITHOUT_CODE, TransientError, 0),
        (Fault.BAD_REQUEST, BadRequestError, 400),
        (Fault.QUOTA, QuotaError, 429),
        (Fault.DROPPED, UnclearError, 0),
        (Fault.ACTED_THEN_DROPPED, UnclearError, 0),
        (Fault.ACTED_THEN_BROKEN, UnclearError, 0),
        (Fault.NO_OBJECT, UnclearError, 0),
        (Fault.ENDLESS, UnclearError, 0),
    ],
)
async def test_every_failure_has_its_name(
    client: ZaloClient, zalo: ZaloServer, fault: Fault, error: type[ZaloError], code: int
) -> None:
    (bot,) = zalo.bots.values()
    human = zalo.human(bot, "Ba")
    await human.says("chào")
    bot.fails("sendMessage", fault)
    with pytest.raises(error) as raised:
        await client.send_text(human.chat_id, "x")
    assert type(raised.value) is error
    assert raised.value.code == code
    assert TOKEN not in str(raised.value)
    assert raised.value.__cause__ is None


async def test_an_answer_that_does_not_come_is_unclear(
    client: ZaloClient, bot: BotState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(client_module, "ANSWER_S", 0.05)
    bot.fails("getMe", Fault.SLOW)
    with pytest.raises(UnclearError):
        await client._exchange("getMe", {}, 0.05)


async def test_nobody_listens() -> None:
    client = ZaloClient("http://127.0.0.1:9", BOT)
    with pytest.raises(TransientError) as raised:
        await client.get_me()
    assert TOKEN not in str(raised.value)
    await client.close()


async def test_a_wrong_token_is_refused(zalo: ZaloServer) -> None:
    client = ZaloClient(zalo.base, Bot(name="x", token="1234567:wrong-token"))
    with pytest.raises(AuthError):
        await client.get_me()
    await client.close()


async def test_a_method_that_does_not_exist_is_not_found(client: ZaloClient) -> None:
    with pytest.raises(NotFoundError):
        await client._call("getNothing")


async def test_webhooks_come_and_go(client: ZaloClient) -> None:
    assert await client.get_webhook() is None
    # Nothing listens there; Zalo says so and keeps the address nevertheless.
    assert not await client.set_webhook(PUBLIC, SECRET)
    assert await client.get_webhook() == Webhook(url=PUBLIC)
    with pytest.raises(BadRequestError):
        await client.get_updates(30)
    await client.delete_webhook()
    await client.delete_webhook()
    assert await client.get_webhook() is None
    assert await client.get_updates(30) is None


@pytest.mark.parametrize(("url", "secret"), [(PUBLIC, ""), ("https://10.0.0.1/x", SECRET)])
async def test_zalo_refuses_webhooks_without_secret_or_of_a_private_network(
    client: ZaloClient, url: str, secret: str
) -> None:
    with pytest.raises(BadRequestError):
        await client.set_webhook(url, secret)


async def test_the_words_of_a_refusal_hold_neither_the_token_nor_what_was_sent() -> None:
    said = f"cannot send 'Đồng chí nhập mã' with {TOKEN} to c1-of-somebody"
    client = _answering(httpx.Response(400, json={"ok": False, "description": said}))
    with pytest.raises(BadRequestError) as raised:
        await client.send_text("c1-of-somebody", "Đồng chí nhập mã")
    assert str(raised.value) == "sendMessage 400 cannot send '[…]' with […] to […]"
    await client.close()


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({}, None), ({"Retry-After": "17"}, 17.0), ({"Retry-After": "soon"}, None)],
)
async def test_a_quota_may_say_when_it_is_over(
    headers: dict[str, str], seconds: float | None
) -> None:
    client = _answering(httpx.Response(429, json={"ok": False}, headers=headers))
    with pytest.raises(QuotaError) as raised:
        await client.get_me()
    assert raised.value.retry_after == seconds
    await client.close()


async def test_a_redirect_is_not_followed() -> None:
    """A redirect would send the token to another host."""
    client = _answering(httpx.Response(307, headers={"Location": "https://other.example/"}))
    with pytest.raises(UnclearError):
        await client.get_me()
    await client.close()


@pytest.mark.parametrize("level", [logging.DEBUG, logging.INFO])
async def test_no_log_holds_the_token(
    client: ZaloClient, bot: BotState, caplog: pytest.LogCaptureFixture, level: int
) -> None:
    caplog.set_level(level)
    bot.fails("getMe", Fault.SERVER_ERROR, Fault.DROPPED)
    for _ in range(2):
        with pytest.raises(ZaloError):
            await client.get_me()
    await client.get_me()
    assert TOKEN not in caplog.text
    assert "vErY" not in repr(BOT)


ANYTHING = st.one_of(
    st.binary(max_size=60),
    ANY_JSON.map(lambda one: json.dumps(one).encode()),
    st.fixed_dictionaries(
        {"ok": st.booleans() | ANY_JSON},
        optional={
            "result": ANY_JSON,
            "error_code": st.integers() | ANY_JSON,
            "errorCode": st.integers() | ANY_JSON,
            "description": st.text(max_size=20) | st.just("timeout") | ANY_JSON,
        },
    ).map(lambda one: json.dumps(one).encode()),
)
STATUSES = st.sampled_from((200, 201, 204, 301, 400, 401, 403, 404, 408, 418, 426, 429, 500, 504))


@pytest.mark.fuzz
@given(status=STATUSES, body=ANYTHING)
def test_whatever_zalo_answers_is_a_value_or_a_failure_with_a_name(
    status: int, body: bytes
) -> None:
    async def ask_everything() -> None:
        client = _answering(httpx.Response(status, content=body))
        for call in (
            client.get_me(),
            client.get_updates(1),
            client.send_text("c1", "x"),
            client.set_webhook(PUBLIC, SECRET),
            client.get_webhook(),
        ):
            with contextlib.suppress(ZaloError):
                await call
        await client.close()

    asyncio.run(ask_everything())


def _answering(answer: httpx.Response) -> ZaloClient:
    transport = httpx.MockTransport(lambda _: answer)
    return ZaloClient("https://zalo.example", BOT, transport)
