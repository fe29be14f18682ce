"""Zalo's calls: only with the secret, each message once, and no server error."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Future
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.channels.zalo import Mode
from bot.channels.zalo import webhook as webhook_module
from bot.channels.zalo.webhook import SECRET_HEADER, Registration
from bot.clock import FixedClock
from bot.turns import Busy, Taken
from handlers.ground.library import Library
from storage import Store, Unavailable
from tests.channels.zalo.conftest import NOW
from tests.channels.zalo.test_updates import ALMOST, ANY_JSON
from tests.channels.zalo.zalo_house import PUBLIC, SECRET, ZaloHouse, post, zalo_house
from tests.zalo_server import Fault, Human, ZaloServer

RIGHT = {SECRET_HEADER: SECRET}


@pytest.fixture
async def house(
    zalo: ZaloServer, store: Store, clock: FixedClock, library: Library
) -> AsyncIterator[ZaloHouse]:
    async with zalo_house(
        zalo, store, clock, library, mode=Mode.WEBHOOK, bots=("chinh", "phu")
    ) as made:
        yield made


@pytest.fixture
def human(house: ZaloHouse) -> Human:
    made = house.human()
    house.link(made, "can-bo")
    return made


async def test_zalo_was_told_where_to_call_and_tried_it(house: ZaloHouse) -> None:
    for name in ("chinh", "phu"):
        hooked = house.bot(name).webhook
        assert hooked is not None
        assert (hooked.url, hooked.secret) == (f"{PUBLIC}/hooks/zalo/{name}", SECRET)
    assert house.server.hook_answers == [200, 200]


async def test_the_turn_is_over_when_the_call_is_answered(house: ZaloHouse, human: Human) -> None:
    await human.says("menu")
    assert house.server.hook_answers[-1] == 200
    with house.house.store.read() as tx:
        assert len(tx.outbox.listing()) == 1


async def test_a_call_that_comes_again_is_handled_once(house: ZaloHouse, human: Human) -> None:
    update = await human.says("menu")
    for body in ({"ok": True, "result": update}, update):
        assert await house.server.call(human.bot, body) == 200
    await house.goes_out()
    assert len(human.sees) == 1


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {SECRET_HEADER: ""},
        {SECRET_HEADER: SECRET[:-1]},
        {SECRET_HEADER: SECRET + "x"},
        {SECRET_HEADER: SECRET.upper()},
        {"X-Secret": SECRET},
    ],
)
async def test_without_the_secret_nobody_is_heard(
    house: ZaloHouse, human: Human, headers: dict[str, str]
) -> None:
    body = json.dumps(human.update("message.text.received", text="menu")).encode()
    assert await post(house, body, **headers) == 403
    with house.house.store.read() as tx:
        assert tx.outbox.listing() == ()


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b"null", b"x", b'{"event_name": "x"}', b"\xff", b"[" * 9999]
)
async def test_what_means_nothing_is_answered_with_200(house: ZaloHouse, body: bytes) -> None:
    assert await post(house, body, **RIGHT) == 200


async def test_a_bot_hears_only_what_is_said_to_it(house: ZaloHouse, human: Human) -> None:
    body = json.dumps(human.update("message.text.received", text="xin chào")).encode()
    assert await post(house, body, path="/hooks/zalo/phu", **RIGHT) == 200
    await house.goes_out()
    assert human.sees == []
    assert await post(house, body, path="/hooks/zalo/nobody", **RIGHT) == 404


async def test_two_words_of_one_person_stay_in_order(house: ZaloHouse, human: Human) -> None:
    first = human.update("message.text.received", text="menu")
    second = human.update("message.text.received", text="trợ giúp")
    await asyncio.gather(house.server.call(human.bot, first), house.server.call(human.bot, second))
    await house.goes_out()
    assert len(human.sees) == 2
    assert "1." in human.sees[0]


async def test_too_many_at_once_are_told_to_come_again(
    house: ZaloHouse, human: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(webhook_module, "CALLS_AT_ONCE", 0)
    assert await house.server.call(human.bot, {}) == 503


async def test_what_cannot_start_is_parked_and_answered_with_200(
    house: ZaloHouse, human: Human
) -> None:
    house.front.intake.checks = _BusyChecks()
    update = await human.says("menu")
    assert house.server.hook_answers[-1] == 200
    with house.house.store.read() as tx:
        (parked,) = tx.inbox.parked()
    assert parked.delivery_id == update["message"]["message_id"]
    assert "display_name" not in parked.body


async def test_what_could_not_even_be_parked_must_come_again(
    house: ZaloHouse, human: Human, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away() -> None:
        raise Unavailable("the database", "database is locked")

    with monkeypatch.context() as patch:
        patch.setattr(house.house.store, "begin", away)
        update = await human.says("menu")
    assert house.server.hook_answers[-1] == 503
    assert await house.server.call(human.bot, update) == 200
    await house.goes_out()
    assert len(human.sees) == 1


class _BusyChecks:
    async def take(self, *_: object) -> Taken:
        return Busy(retry_after=5)

    async def take_group(self, _called: object) -> Taken:
        return Busy(retry_after=5)


async def test_registering_goes_on_until_zalo_knows(house: ZaloHouse) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    bot = house.settings.bots[0]
    state = house.bot("chinh")
    state.fails("setWebhook", Fault.SERVER_ERROR, Fault.DROPPED)
    registration = Registration(
        bot=bot,
        url=f"{PUBLIC}/hooks/zalo/chinh",
        secret=SECRET,
        client=house.front.zalo.clients["chinh"],
        introductions=house.front.introductions,
        sleep=sleep,
    )
    await registration.run()
    assert len(slept) == 2
    assert slept[0] < slept[1]


@pytest.fixture
def listened(demo_file: Path, library: Library) -> Iterator[tuple[str, int]]:
    """An assistant with a webhook in a separate thread; gives its address."""
    loop, over = asyncio.new_event_loop(), asyncio.Event()
    begun: Future[str] = Future()

    async def serve() -> None:
        clock = FixedClock(NOW)
        server = ZaloServer(now=clock.now)
        await server.start()
        with Store(str(demo_file)) as store:
            async with zalo_house(server, store, clock, library, mode=Mode.WEBHOOK):
                begun.set_result(server.routes[PUBLIC])
                await over.wait()
        await server.stop()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    parts = urlsplit(begun.result(20))
    yield str(parts.hostname), int(parts.port or 0)
    loop.call_soon_threadsafe(over.set)
    thread.join(20)
    loop.close()


BODIES = st.one_of(
    st.binary(max_size=300),
    ANY_JSON.map(lambda one: json.dumps(one).encode()),
    ALMOST.map(lambda one: json.dumps(one).encode()),
    ALMOST.map(lambda one: json.dumps({"ok": True, "result": one}).encode()),
)
HEADERS = st.dictionaries(
    st.sampled_from(
        (SECRET_HEADER, "Content-Type", "Content-Encoding", "Transfer-Encoding", "Expect", "Host")
    ),
    st.sampled_from((SECRET, "application/json", "gzip", "chunked", "100-continue", "x", ""))
    | st.text(st.characters(min_codepoint=0x21, max_codepoint=0xFF), max_size=20),
    max_size=3,
)


@pytest.mark.fuzz
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(body=BODIES, headers=HEADERS, right=st.booleans())
def test_whatever_is_sent_is_no_failure_of_ours(
    listened: tuple[str, int], body: bytes, headers: dict[str, str], right: bool
) -> None:
    lines = ["POST /hooks/zalo/chinh HTTP/1.1", "Host: antt.example.vn", "Connection: close"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    if right:
        lines.append(f"{SECRET_HEADER}: {SECRET}")
    lines.append(f"Content-Length: {len(body)}")
    request = "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body
    with socket.create_connection(listened, timeout=20) as connection:
        connection.sendall(request)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65_536), b""))
    # A client that sends Expect gets this response first.
    answer = answer.removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    status = int(answer.split(b" ", 2)[1]) if answer else 0
    assert status == 0 or 200 <= status < 500, (status, request)
