"""The webhook: the secret, the commit, then 200; any other request causes no error of ours."""

import asyncio
import http.client
import io
import json
import threading
import tracemalloc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.channels.telegram import HOOK_PATH, Mode
from bot.channels.telegram.webhook import CONNECTIONS, SECRET_HEADER, webhook
from bot.hooks import BODY_BYTES
from bot.turns import RETRY_AFTER_S, Busy, Handled, Taken, TurnRunner
from tests.channels.telegram.test_updates import ANY_JSON, KINDS, ODD
from tests.channels.telegram.town import OFFICER, PUBLIC, START, Town, assistant, listening
from tests.telegram_server import SECRET, BotApiServer, Person, SimulatedTime

GOOD = {SECRET_HEADER: SECRET}
UPDATE = b'{"update_id": 7}'


class Intake:
    """Returns the configured results."""

    def __init__(self) -> None:
        self.answer: Taken = Handled()
        self.taken: list[object] = []

    async def take(self, raw: object) -> Taken:
        """Like the real one."""
        self.taken.append(raw)
        return self.answer


@pytest.fixture
def intake() -> Intake:
    return Intake()


@pytest.fixture
async def local(server: BotApiServer, intake: Intake) -> AsyncIterator[str]:
    async with listening(server, (webhook(SECRET, intake.take),)) as address:
        yield address + HOOK_PATH


async def status_of(address: str, body: bytes, headers: dict[str, str]) -> tuple[int, str]:
    """The status and Retry-After of one call."""
    async with aiohttp.ClientSession() as session:  # noqa: SIM117  the answer ends before
        async with session.post(address, data=io.BytesIO(body), headers=headers) as answer:
            return answer.status, answer.headers.get("Retry-After", "")


async def test_what_was_taken_is_answered_with_200(local: str, intake: Intake) -> None:
    assert await status_of(local, UPDATE, GOOD) == (200, "")
    assert intake.taken == [{"update_id": 7}]


async def test_what_could_not_start_comes_again_when_we_say(local: str, intake: Intake) -> None:
    intake.answer = Busy(retry_after=5)
    assert await status_of(local, UPDATE, GOOD) == (503, "5")


@pytest.mark.parametrize("secret", [None, "", SECRET[:-1], SECRET + "x", "bí mật"])
async def test_nobody_else_is_heard(local: str, intake: Intake, secret: str | None) -> None:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    status, _ = await status_of(local, UPDATE, headers)
    assert (status, intake.taken) == (403, [])


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[" * 200_000, 400),
        (b"9" * 5_000, 400),
        (b"[]", 400),
        (b"{}", 400),
        (b'{"update_id": "7"}', 400),
        (b'{"update_id": 1e999}', 400),
        (b" " * (BODY_BYTES + 1), 413),
    ],
)
async def test_what_is_no_update_is_refused(
    local: str, intake: Intake, body: bytes, status: int
) -> None:
    assert (await status_of(local, body, GOOD))[0] == status
    assert intake.taken == []


async def test_it_is_set_with_its_secret_at_the_start_and_left_at_the_end(
    server: BotApiServer, time: SimulatedTime, demo_file: Path
) -> None:
    async with assistant(server, time, demo_file, Mode.WEBHOOK):
        await server.world.until(lambda: bool(server.bringer.url))
    [call] = server.calls_of("setWebhook")
    assert call.text("secret_token") == SECRET
    assert call.whole("max_connections") == CONNECTIONS
    assert call.table("allowed_updates") == ["message", "callback_query", "my_chat_member"]
    assert server.bringer.url == PUBLIC + HOOK_PATH
    assert server.calls_of("deleteWebhook") == []
    server.person(OFFICER).says("chờ đấy")
    assert len(server.world.waiting()) == 1


async def test_updates_wait_through_a_restart(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    async with assistant(server, time, demo_file, Mode.WEBHOOK) as town:
        town.link("can-bo", OFFICER)
        await server.world.until(lambda: bool(server.bringer.url))
    officer.says("/lamtiep")
    async with assistant(server, time, demo_file, Mode.WEBHOOK) as town:
        await town.settle()
    assert "Câu 1/51" in officer.last.text


async def test_a_busy_database_is_told_and_the_update_comes_again_in_its_order(
    server: BotApiServer,
    time: SimulatedTime,
    demo_file: Path,
    officer: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    whole, busy = TurnRunner._turn, [1, 2]

    def turn(runner: TurnRunner, incoming: object) -> object:
        return Busy(retry_after=RETRY_AFTER_S) if busy and busy.pop() else whole(runner, incoming)  # type: ignore[arg-type]

    monkeypatch.setattr(TurnRunner, "_turn", turn)
    async with assistant(server, time, demo_file, Mode.WEBHOOK) as town:
        town.link("can-bo", OFFICER)
        numbers = [officer.says("/lamtiep"), officer.says("bỏ qua")]
        await town.settle()
    tries = [(one.number, one.status, one.pause) for one in server.bringer.brought]
    first, second = numbers
    assert tries == [
        (first, 503, 0.0),
        (first, 503, RETRY_AFTER_S),
        (first, 200, RETRY_AFTER_S),
        (second, 200, 0.0),
    ]
    assert "Câu 1/51" in officer.sees[0]


async def test_an_update_brought_twice_is_answered_once(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    async with assistant(server, time, demo_file, Mode.WEBHOOK) as town:
        town.link("can-bo", OFFICER)
        officer.says("/lamtiep")
        again = dict(server.world.updates)
        await town.settle()
        server.world.updates.update(again)
        server.world.change()
        await town.settle()
    assert len(officer.sees) == 1


HEADERS = st.dictionaries(
    st.sampled_from(["Content-Type", "Content-Encoding", "Expect", "X-Forwarded-For", "Range"]),
    st.sampled_from(["application/json", "gzip", "br", "100-continue", "text/plain", "x" * 50]),
    max_size=3,
)
BODIES = st.one_of(
    st.binary(max_size=300),
    ANY_JSON.map(lambda body: json.dumps(body).encode()),
    st.builds(
        lambda number, kind, body: json.dumps({"update_id": number, kind: body}).encode(),
        st.integers(min_value=-5, max_value=2**60),
        KINDS,
        ODD,
    ),
)
METHODS = st.sampled_from(["POST"] * 8 + ["GET", "PUT", "DELETE", "BREW"])


@pytest.fixture
def running(demo_file: Path) -> Iterator[tuple[str, int, Town]]:
    """The assistant with its webhook in a separate loop; the fuzz test below calls it with a plain
    client from this thread.
    """
    ready, found = threading.Event(), []
    loop, stop = asyncio.new_event_loop(), asyncio.Event()

    async def serve() -> None:
        time = SimulatedTime(START)
        async with (
            BotApiServer(clock=time.time, sleep=time.sleep) as server,
            assistant(server, time, demo_file, Mode.WEBHOOK) as town,
        ):
            address = server.bringer.route(PUBLIC).rpartition(":")
            found.append((address[0].partition("://")[2], int(address[2]), town))
            ready.set()
            await stop.wait()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(20), "the assistant did not start"
    yield found[0]
    loop.call_soon_threadsafe(stop.set)
    thread.join(20)
    loop.close()


@pytest.mark.fuzz
def test_any_bytes_get_an_answer_that_blames_no_one_here(running: tuple[str, int, Town]) -> None:
    host, port, _ = running

    @settings(max_examples=settings().max_examples * 4)
    @given(METHODS, st.booleans(), HEADERS, BODIES)
    def one(method: str, knows: bool, headers: dict[str, str], body: bytes) -> None:
        headers = {**headers, **(GOOD if knows else {})}
        status = _status(host, port, method, headers, body)
        assert 200 <= status < 500, (method, headers, body)
        assert knows or status >= 400

    one()
    assert _status(host, port, "POST", GOOD, b'{"update_id": 1, "x": {}}') == 200


@pytest.mark.fuzz
def test_large_bodies_do_not_stay(running: tuple[str, int, Town]) -> None:
    host, port, _ = running
    bodies = (b"[" * BODY_BYTES, b'{"a":' * 150_000, b" " * (3 * BODY_BYTES), b'"\\u0000' * 9_000)
    for body in bodies:
        _status(host, port, "POST", GOOD, body)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for body in bodies * 5:
            assert 400 <= _status(host, port, "POST", GOOD, body) < 500
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < BODY_BYTES
    # One body at a time: read, joined, decoded, and its parts.
    assert peak - before < 40 * BODY_BYTES


def _status(host: str, port: int, method: str, headers: dict[str, str], body: bytes) -> int:
    connection = http.client.HTTPConnection(host, port, timeout=20)
    try:
        connection.request(method, HOOK_PATH, body, headers)
        return connection.getresponse().status
    except (BrokenPipeError, ConnectionResetError):
        # The client got 413 and disconnected before it sent the whole body.
        return 413
    finally:
        connection.close()
