"""The tests' Bot API server does what the Bot API's documentation says."""

import asyncio
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.channels.telegram.town import OFFICER, PUBLIC
from tests.telegram_server import SECRET, TOKEN, BotApiServer, FloodLimits, Person, SimulatedTime


async def call(server: BotApiServer, method: str, **values: Any) -> dict[str, Any]:
    """One call with a JSON body."""
    url = f"{server.url}/bot{TOKEN}/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, json=values) as answer:
        body: dict[str, Any] = await answer.json()
        assert body["ok"] is (answer.status == 200)
        return body


async def test_another_token_opens_nothing(server: BotApiServer) -> None:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"{server.url}/bot1:x/getMe") as answer,
    ):
        assert answer.status == 401


async def test_query_form_and_json_are_the_same_call(server: BotApiServer, officer: Person) -> None:
    url, values = f"{server.url}/bot{TOKEN}/sendMessage", {"chat_id": str(OFFICER), "text": "a"}
    async with aiohttp.ClientSession() as session:
        for how in ({"params": values}, {"data": values}, {"json": values}):
            async with session.post(url, **how) as answer:  # type: ignore[arg-type]
                assert answer.status == 200
    assert officer.sees == ["a", "a", "a"]


async def test_an_offset_confirms_all_before_it_and_nothing_else(
    server: BotApiServer, officer: Person
) -> None:
    numbers = [officer.says(str(at)) for at in range(3)]
    assert numbers[1] is not None
    for _ in range(2):
        found = (await call(server, "getUpdates"))["result"]
        assert [one["update_id"] for one in found] == numbers
    found = (await call(server, "getUpdates", offset=numbers[1], limit=1))["result"]
    assert [one["update_id"] for one in found] == numbers[1:2]
    found = (await call(server, "getUpdates", offset=-1))["result"]
    assert [one["update_id"] for one in found] == numbers[2:]


async def test_a_long_question_is_answered_as_soon_as_something_happens(
    server: BotApiServer, officer: Person
) -> None:
    asked = asyncio.create_task(call(server, "getUpdates", timeout=50))
    await server.world.until(lambda: server.polls.count == 1)
    officer.says("đây")
    found = await asyncio.wait_for(asked, 5)
    assert found["result"][0]["message"]["text"] == "đây"


async def test_polling_beside_a_webhook_is_a_conflict(server: BotApiServer) -> None:
    assert (await call(server, "setWebhook", url=PUBLIC))["ok"]
    assert (await call(server, "getUpdates"))["error_code"] == 409
    assert (await call(server, "deleteWebhook"))["ok"]
    assert (await call(server, "getUpdates"))["ok"]


async def test_taps_die_after_two_and_a_half_minutes_and_messages_after_a_day(
    server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    officer.says("x")
    officer.taps_data("=a|1", None)
    time.pass_by(149)
    assert len(server.world.waiting()) == 2
    time.pass_by(2)
    assert [one.kind for one in server.world.waiting()] == ["message"]
    time.pass_by(86_400)
    assert server.world.waiting() == []


async def test_an_old_tap_cannot_be_acknowledged(
    server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    officer.taps_data("=a|1", None)
    tap = server.world.waiting()[0].body["id"]
    assert (await call(server, "answerCallbackQuery", callback_query_id=tap))["ok"]
    time.pass_by(151)
    late = await call(server, "answerCallbackQuery", callback_query_id=tap)
    assert "query is too old" in late["description"]


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "x" * 4_097}, "message is too long"),
        ({"text": "🔔" * 2_049}, "message is too long"),
        ({"text": "a <b", "parse_mode": "HTML"}, "can't parse entities"),
        ({"chat_id": 404, "text": "x"}, "chat not found"),
        ({"text": "x", "reply_markup": "{"}, "can't parse reply_markup"),
    ],
)
async def test_what_it_refuses(
    server: BotApiServer, officer: Person, values: dict[str, Any], told: str
) -> None:
    refused = await call(server, "sendMessage", **{"chat_id": OFFICER, **values})
    assert refused["error_code"] == 400
    assert told in refused["description"]
    assert officer.sees == []


@pytest.mark.parametrize(("data", "good"), [("ữ" * 21, True), ("ữ" * 22, False), ("", False)])
async def test_buttons_bring_at_most_64_bytes(
    server: BotApiServer, officer: Person, data: str, good: bool
) -> None:
    markup = {"inline_keyboard": [[{"text": "?", "callback_data": data}]]}
    sent = await call(server, "sendMessage", chat_id=OFFICER, text="x", reply_markup=markup)
    assert sent["ok"] is good
    assert len(officer.sees) == good


async def test_the_same_edit_twice_is_refused(server: BotApiServer, officer: Person) -> None:
    await call(server, "sendMessage", chat_id=OFFICER, text="x")
    edit = {"chat_id": OFFICER, "message_id": officer.last.id, "text": "y"}
    assert (await call(server, "editMessageText", **edit))["ok"]
    again = await call(server, "editMessageText", **edit)
    assert "message is not modified" in again["description"]


async def test_rates_are_counted_in_any_second(time: SimulatedTime) -> None:
    limits = FloodLimits(time=time.time)
    assert [limits.take(chat) for chat in range(30)] == [None] * 30
    assert limits.take(99) == 1
    time.pass_by(1)
    assert limits.take(99) is None
    assert limits.take(99) == 1
    assert (limits.taken, limits.refused) == (31, 2)


class Hooked:
    """A webhook with configured responses; afterwards 200."""

    def __init__(self, *answers: tuple[int, dict[str, str]]) -> None:
        self.answers = list(answers)
        self.taken: list[int] = []
        self.secrets: set[str | None] = set()

    async def take(self, request: web.Request) -> web.Response:
        """One call."""
        self.secrets.add(request.headers.get("X-Telegram-Bot-Api-Secret-Token"))
        body = await request.json()
        status, headers = self.answers.pop(0) if self.answers else (200, {})
        if status == 200:
            self.taken.append(body["update_id"])
        return web.Response(status=status, headers=headers)


async def hooked(server: BotApiServer, hook: Hooked) -> web.AppRunner:
    """The webhook listening, and set."""
    app = web.Application()
    app.router.add_post("/", hook.take)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    port = runner.addresses[0][1]
    server.bringer.route = lambda _: f"http://127.0.0.1:{port}/"
    await call(server, "setWebhook", url=PUBLIC, secret_token=SECRET)
    return runner


@pytest.mark.parametrize(
    ("answers", "pauses"),
    [
        ([(500, {}), (302, {}), (404, {}), (503, {})], [0, 0, 2, 4, 8]),
        ([(503, {"Retry-After": "7"}), (429, {"Retry-After": "9999"})], [0, 7, 3600]),
        ([(500, {})] * 9, [0, 0, 2, 4, 8, 16, 32, 60, 60, 60]),
    ],
)
async def test_a_webhook_that_fails_is_called_again(
    server: BotApiServer,
    officer: Person,
    answers: list[tuple[int, dict[str, str]]],
    pauses: list[float],
) -> None:
    """At once, then after a doubling pause, or after Retry-After; later updates wait behind."""
    hook = Hooked(*answers)
    runner = await hooked(server, hook)
    numbers = [officer.says("a"), officer.says("b")]
    await server.all_taken()
    assert hook.taken == numbers
    tries = [one for one in server.bringer.brought if one.number == numbers[0]]
    assert [one.pause for one in tries] == pauses
    assert hook.secrets == {SECRET}
    await runner.cleanup()


async def test_an_update_nobody_takes_for_a_day_is_dropped(
    server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    hook = Hooked(*[(500, {})] * 2_000)
    runner = await hooked(server, hook)
    officer.says("a")
    await server.world.until(lambda: not server.world.waiting(), within=60)
    assert hook.taken == []
    assert sum(time.slept) >= 86_400
    assert "Wrong response from the webhook: 500" in str(server.bringer.info())
    await runner.cleanup()


async def test_chats_and_taps_have_queues_of_their_own(
    server: BotApiServer, officer: Person
) -> None:
    """A tap may overtake a text of the same person; messages of a chat stay in order."""
    gate = asyncio.Event()

    class Slow(Hooked):
        async def take(self, request: web.Request) -> web.Response:
            if "message" in await request.json():
                await gate.wait()
            return await super().take(request)

    hook = Slow()
    runner = await hooked(server, hook)
    first, second = officer.says("a"), officer.says("b")
    tap = officer.taps_data("=a|1", None)
    await server.world.until(lambda: len(server.world.waiting()) == 2)
    assert hook.taken == [tap]
    gate.set()
    await server.all_taken()
    assert hook.taken == [tap, first, second]
    await runner.cleanup()
