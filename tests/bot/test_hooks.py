"""The second listener: webhooks with limits, and the process state for this machine only."""

import asyncio
import gzip
import io
import json
import socket
from collections.abc import AsyncIterator, Iterator

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot import hooks, logs
from bot.hooks import BODY_BYTES, Hook, HooksServer, listening
from bot.hooks_settings import HooksSettings, HooksSettingsError
from bot.settings import Settings
from storage import Unavailable
from tests.bot.calling_back import Page, Service, Well, raw

ANY_PORT = HooksSettings(port=0)
FORWARDED = ("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")


@pytest.fixture
def well() -> Well:
    return Well()


@pytest.fixture
def service() -> Service:
    return Service()


@pytest.fixture
async def origin(well: Well, service: Service) -> AsyncIterator[str]:
    server = HooksServer(
        ANY_PORT, [Hook(path="/hooks/telegram", handle=service.handle)], well, Page()
    )
    yield await server.start()
    await server.stop()


@pytest.fixture
async def client() -> AsyncIterator[aiohttp.ClientSession]:
    timeout = aiohttp.ClientTimeout(total=20)
    async with aiohttp.ClientSession(timeout=timeout, auto_decompress=False) as session:
        yield session


async def test_a_webhook_gets_what_its_service_posts(
    origin: str, client: aiohttp.ClientSession, service: Service
) -> None:
    async with client.post(f"{origin}/hooks/telegram", data=b'{"update_id": 7}') as answer:
        assert answer.status == 200
        assert answer.headers["Server"] == "antt"
    assert service.came == [b'{"update_id": 7}']


async def test_a_body_up_to_the_limit_is_taken_and_one_beyond_it_is_not(
    origin: str, client: aiohttp.ClientSession, service: Service
) -> None:
    for size, status in ((BODY_BYTES, 200), (BODY_BYTES + 1, 413)):
        async with client.post(f"{origin}/hooks/telegram", data=io.BytesIO(b"x" * size)) as answer:
            assert answer.status == status
    assert [len(body) for body in service.came] == [BODY_BYTES]


async def test_a_small_body_that_unpacks_to_a_huge_one_is_not_taken(
    origin: str, client: aiohttp.ClientSession, service: Service
) -> None:
    packed = gzip.compress(bytes(30 * BODY_BYTES))
    headers = {"Content-Encoding": "gzip"}
    async with client.post(f"{origin}/hooks/telegram", data=packed, headers=headers) as answer:
        assert 400 <= answer.status < 500
    assert service.came == []


async def test_who_sends_too_slowly_is_let_go(
    well: Well, service: Service, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "BODY_SECONDS", 0.05)
    monkeypatch.setattr(hooks, "LINGER_SECONDS", 0.05)
    server = HooksServer(ANY_PORT, [Hook(path="/hooks/x", handle=service.handle)], well, Page())
    origin = await server.start()
    head = b"POST /hooks/x HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf"
    try:
        assert (await raw(origin, head)).startswith(b"HTTP/1.1 408")
    finally:
        await server.stop()
    assert service.came == []


async def test_who_does_not_finish_the_head_is_let_go(
    well: Well, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hooks, "SILENT_SECONDS", 0.05)
    server = HooksServer(ANY_PORT, [], well, Page())
    origin = await server.start()
    try:
        for begun in (b"", b"POST /hooks/telegram HTTP/1.1\r\nHost:"):
            assert await raw(origin, begun) == b""
    finally:
        await server.stop()


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/hooks/telegram", 405),
        ("PUT", "/hooks/telegram", 405),
        ("POST", "/health", 405),
        ("POST", "/hooks/other", 404),
        ("GET", "/", 404),
        ("GET", "/api/session", 404),
        ("HEAD", "/health", 200),
    ],
)
async def test_there_is_nothing_else_to_call(
    origin: str, client: aiohttp.ClientSession, method: str, path: str, status: int
) -> None:
    async with client.request(method, origin + path) as answer:
        assert answer.status == status


async def test_a_busy_database_asks_the_service_to_come_again(
    origin: str, client: aiohttp.ClientSession, service: Service
) -> None:
    service.breaks = Unavailable("antt.db", "database is locked")
    async with client.post(f"{origin}/hooks/telegram", data=b"{}") as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "5")
        assert "locked" not in await answer.text()


async def test_a_bug_gets_a_number_and_no_traceback(
    origin: str,
    client: aiohttp.ClientSession,
    service: Service,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    file = tmp_path_factory.mktemp("log") / "antt.log"
    logs.start(Settings(log=str(file)))
    service.breaks = KeyError("chat")
    try:
        async with client.post(f"{origin}/hooks/telegram", data=b"{}") as answer:
            said = await answer.text()
    finally:
        logs.stop()
    assert answer.status == 500
    assert "Traceback" not in said
    assert "chat" not in said
    assert json.loads(file.read_text(encoding="utf-8"))["error_id"] in said


@pytest.mark.fuzz
async def test_whatever_bytes_come_it_is_no_failure_of_ours(origin: str) -> None:
    loop = asyncio.get_running_loop()
    heads = st.sampled_from(
        (
            b"",
            b"POST /hooks/telegram HTTP/1.1\r\nHost: x\r\n",
            b"POST /hooks/%ff HTTP/1.1\r\n",
            b"GET /metrics?x=\xff HTTP/1.1\r\n",
            b"GET /ready HTTP/1.0\r\n",
            b"POST http://other/hooks/telegram HTTP/1.1\r\n",
        )
    )
    lines = st.lists(
        st.sampled_from(
            (
                b"Content-Length: 3",
                b"Content-Length: -1",
                b"Transfer-Encoding: chunked",
                b"Content-Encoding: gzip",
                b"Expect: \xff",
                b"Expect: 100-continue",
                b"Upgrade: websocket",
                b"X-Forwarded-For: \xe1",
            )
        ),
        max_size=3,
    )

    @given(heads, lines, st.binary(max_size=60))
    def one(head: bytes, headers: list[bytes], body: bytes) -> None:
        sent = head + b"".join(line + b"\r\n" for line in headers) + b"\r\n" + body
        got = asyncio.run_coroutine_threadsafe(raw(origin, sent, ends=True), loop).result(20)
        assert got == b"" or got.startswith((b"HTTP/1.1 ", b"HTTP/1.0 "))
        assert got[9:10] in b"1234"
        assert b"Traceback" not in got

    await asyncio.to_thread(settings(max_examples=settings().max_examples)(one))


def test_a_webhook_where_no_proxy_passes_anything_on_is_a_mistake(service: Service) -> None:
    with pytest.raises(ValueError, match="begins with /hooks/"):
        Hook(path="/telegram", handle=service.handle)


# The state of the process


async def test_health_is_that_the_process_answers(
    origin: str, client: aiohttp.ClientSession, well: Well
) -> None:
    well.found = ("nothing works",)
    async with client.get(f"{origin}/health") as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True})


async def test_ready_numbers_every_reason_why_not(
    origin: str, client: aiohttp.ClientSession, well: Well
) -> None:
    async with client.get(f"{origin}/ready") as answer:
        assert (answer.status, await answer.json()) == (200, {"ok": True})
    well.found = ("no database", "no tick")
    async with client.get(f"{origin}/ready") as answer:
        assert answer.status == 503
        assert await answer.json() == {"ok": False, "reasons": ["1. no database", "2. no tick"]}


async def test_metrics_are_prometheus_text(origin: str, client: aiohttp.ClientSession) -> None:
    async with client.get(f"{origin}/metrics") as answer:
        assert answer.headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8"
        assert await answer.text() == "antt_turns_total 1.0\n"


@pytest.mark.parametrize("header", FORWARDED)
@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
async def test_what_a_proxy_passes_on_finds_nothing_there(
    origin: str, client: aiohttp.ClientSession, path: str, header: str
) -> None:
    async with client.get(origin + path, headers={header: "203.0.113.7"}) as answer:
        assert answer.status == 404


# A port in use


@pytest.fixture
def taken() -> Iterator[HooksSettings]:
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield HooksSettings(port=other.getsockname()[1])


async def test_a_port_in_use_costs_a_warning_where_no_webhook_needs_it(
    taken: HooksSettings, well: Well
) -> None:
    warned: list[str] = []
    async with listening(taken, [], well, Page(), warn=warned.append) as address:
        assert address is None
    (sentence,) = warned
    assert f"127.0.0.1:{taken.port}" in sentence
    assert sentence.endswith("choose another hooks_port")


async def test_a_port_in_use_stops_the_start_where_a_webhook_needs_it(
    taken: HooksSettings, well: Well, service: Service
) -> None:
    hook = Hook(path="/hooks/telegram", handle=service.handle)
    with pytest.raises(HooksSettingsError, match="choose another hooks_port"):
        async with listening(taken, [hook], well, Page(), warn=pytest.fail):
            pass
