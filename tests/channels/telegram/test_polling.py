"""Long polling: nothing is lost, nothing blocks."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.polling import SLOW_S, Poller
from bot.channels.telegram.updates import ALLOWED_UPDATES
from bot.turns import Busy, Handled, Taken, TurnRunner
from storage import Store
from tests.channels.telegram.town import OFFICER, Town, assistant
from tests.telegram_server import BotApiServer, Fault, Person, SimulatedTime


class Intake:
    """Records its updates, and returns the configured results."""

    def __init__(self, *answers: Taken | Exception) -> None:
        self.answers = list(answers)
        self.taken: list[int] = []
        self.running = self.most = 0
        self.began = asyncio.Event()
        self.hold: asyncio.Event | None = None

    async def take(self, raw: object) -> Taken:
        """Like the real one."""
        assert isinstance(raw, dict)
        self.taken.append(raw["update_id"])
        self.running += 1
        self.began.set()
        self.most = max(self.most, self.running)
        if self.hold is not None:
            await self.hold.wait()
        await asyncio.sleep(0)
        self.running -= 1
        answer = self.answers.pop(0) if self.answers else Handled()
        if isinstance(answer, Exception):
            raise answer
        return answer


async def polled(
    poller: Poller, server: BotApiServer, until: Callable[[], bool] | None = None
) -> None:
    """Run it until all (or more) updates are taken, then stop it."""
    running = asyncio.create_task(poller.run())
    done = until or (lambda: not server.world.waiting())
    await server.world.until(done)
    poller.stop()
    await asyncio.wait_for(running, 10)


async def test_it_asks_for_what_it_reads_and_ends_a_webhook_of_before(
    api: TelegramApi, server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    await api.set_webhook("https://other.example.vn/x", "", 5)
    officer.says("một")
    intake = Intake()
    await polled(Poller(api, intake.take, time), server)
    assert len(intake.taken) == 1
    asked = server.calls_of("getUpdates")[0]
    assert tuple(asked.table("allowed_updates")) == ALLOWED_UPDATES
    assert asked.whole("timeout") == 50


async def test_one_chat_is_handled_in_order_and_several_beside_one_another(
    api: TelegramApi, server: BotApiServer, time: SimulatedTime
) -> None:
    people = [server.person(number) for number in (1, 2, 3)]
    sent = {person.number: [person.says(str(at)) for at in range(4)] for person in people}
    intake = Intake()
    await polled(Poller(api, intake.take, time), server)
    assert intake.most == 3
    for numbers in sent.values():
        assert [one for one in intake.taken if one in numbers] == numbers


async def test_the_offset_waits_for_what_is_not_done(
    api: TelegramApi, server: BotApiServer, time: SimulatedTime
) -> None:
    """One chat is postponed twice: it comes again after the pause, and the others only once."""
    first, second = server.person(1), server.person(2)
    put_off, after = first.says("a"), first.says("b")
    intake = Intake(Busy(retry_after=5), Handled(), Busy(retry_after=7))
    other = second.says("c")
    await polled(Poller(api, intake.take, time, sleep=time.sleep), server)
    assert intake.taken.count(put_off or 0) == 3
    assert intake.taken.count(other or 0) == intake.taken.count(after or 0) == 1
    assert intake.taken[-1] == after
    assert time.slept == [5, 7]


async def test_a_stop_lets_the_turn_end_and_confirms_it_and_nothing_else(
    api: TelegramApi, server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    first, second = officer.says("một"), officer.says("hai")
    intake = Intake()
    intake.hold = asyncio.Event()
    poller = Poller(api, intake.take, time)
    running = asyncio.create_task(poller.run())
    await intake.began.wait()
    poller.stop()
    assert len(server.world.waiting()) == 2
    intake.hold.set()
    await asyncio.wait_for(running, 10)
    assert intake.taken == [first]
    assert [one.number for one in server.world.waiting()] == [second]


async def test_a_killed_turn_comes_again(
    api: TelegramApi, server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    number = officer.says("một")
    dying = Intake()
    dying.hold = asyncio.Event()
    running = asyncio.create_task(Poller(api, dying.take, time).run())
    await dying.began.wait()
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    intake = Intake()
    await polled(Poller(api, intake.take, time), server)
    assert intake.taken == [number]


async def test_a_turn_committed_before_the_kill_is_not_answered_twice(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    """The process dies after the commit and before the offset moves: Telegram sends it again."""
    async with assistant(server, time, demo_file) as town:
        town.link("can-bo", OFFICER)
        await town.talk(officer, "/lamtiep")
        officer.says("chưa có")
        brought = dict(server.world.updates)
        await town.settle()
        count, shown = len(officer.sees), officer.last.text
    server.world.updates.update(brought)
    async with assistant(server, time, demo_file) as again:
        await again.settle()
    assert (len(officer.sees), officer.last.text) == (count, shown)


async def test_updates_that_are_no_updates_stop_nobody(
    api: TelegramApi, server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    odd = b'{"ok": true, "result": ["x", null, {"update_id": "a"}, 5]}'
    server.goes_wrong(Fault(method="getUpdates", body=odd))
    officer.says("một")
    intake = Intake()
    await polled(Poller(api, intake.take, time, sleep=time.sleep), server)
    assert len(intake.taken) == 1
    assert time.slept == [60]


async def test_a_poison_update_is_set_aside_and_those_behind_it_are_answered(
    polling: Town, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Our parser raises on one update: a bug, recorded with its number, that blocks nothing."""
    polling.link("can-bo", OFFICER)
    monkeypatch.setattr("bot.channels.telegram.intake.read", _breaks_on("hỏng"))
    officer.says("hỏng")
    officer.says("/lamtiep")
    await polling.settle()
    assert "Câu 1/51" in officer.last.text
    with polling.house.store.begin() as tx:
        rows = tx._connection.exec_driver_sql("SELECT kind, error, screened_text FROM inbox_aside")
        [(kind, error, kept)] = rows.all()
    assert (kind, kept) == ("update", "")
    assert error.endswith("ZeroDivisionError")


def _breaks_on(text: str) -> Callable[[object, datetime], object]:
    from bot.channels.telegram.updates import read

    def breaking(raw: object, now: datetime) -> object:
        return 1 // 0 if text in str(raw) else read(raw, now)

    return breaking


async def test_a_turn_that_breaks_is_told_and_the_next_one_runs(
    polling: Town, officer: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    polling.link("can-bo", OFFICER)
    whole = TurnRunner._once

    def once(runner: TurnRunner, incoming: object) -> object:
        return 1 // 0 if "hỏng" in str(incoming) else whole(runner, incoming)  # type: ignore[arg-type]

    monkeypatch.setattr(TurnRunner, "_once", once)
    officer.says("hỏng")
    officer.says("/lamtiep")
    await polling.settle()
    assert "mã lỗi" in officer.sees[0]
    assert "Câu 1/51" in officer.last.text


@pytest.mark.parametrize(
    ("fault", "slept", "said"),
    [
        (Fault.conflict(), SLOW_S, "somebody else fetches this bot's updates"),
        (
            Fault(method="getUpdates", status=401, description="Unauthorized"),
            SLOW_S,
            "telegram_token is not accepted",
        ),
        (Fault.flood(9, "getUpdates"), 9.0, "updates could not be fetched"),
        (Fault.broken(502, "getUpdates"), 1.0, "updates could not be fetched"),
        (Fault(method="getUpdates", drops=True), 1.0, "updates could not be fetched"),
        (Fault(method="getUpdates", body=b"garbage"), 1.0, "updates could not be fetched"),
        (
            Fault(method="getUpdates", body=b'{"ok": true, "result": {}}'),
            1.0,
            "updates could not be fetched",
        ),
        (Fault.broken(500, "deleteWebhook"), 1.0, "updates could not be fetched"),
    ],
)
async def test_trouble_is_logged_and_waited_out(
    api: TelegramApi,
    server: BotApiServer,
    officer: Person,
    time: SimulatedTime,
    caplog: pytest.LogCaptureFixture,
    fault: Fault,
    slept: float,
    said: str,
) -> None:
    server.goes_wrong(fault)
    officer.says("một")
    intake = Intake()
    with caplog.at_level(logging.INFO, "antt"):
        await polled(Poller(api, intake.take, time, sleep=time.sleep), server)
    assert len(intake.taken) == 1
    assert time.slept == [slept]
    assert said in caplog.text


async def test_pauses_grow_to_a_minute_and_no_further(
    api: TelegramApi, server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    server.goes_wrong(*(Fault.broken(502, "getUpdates") for _ in range(8)))
    officer.says("một")
    await polled(Poller(api, Intake().take, time, sleep=time.sleep), server)
    assert time.slept == [1, 2, 5, 15, 30, 60, 60, 60]


async def test_after_a_pause_longer_than_a_tap_lives_somebody_is_told(
    api: TelegramApi, server: BotApiServer, officer: Person, time: SimulatedTime
) -> None:
    told: list[datetime] = []

    async def back(since: datetime) -> None:
        told.append(since)
        server.world.change()

    before = time.now()
    server.goes_wrong(*(Fault.broken(502, "getUpdates") for _ in range(8)))
    officer.says("một")
    poller = Poller(api, Intake().take, time, back=back, heard_at=before, sleep=time.sleep)
    await polled(poller, server, lambda: bool(told))
    assert told == [before]


async def test_two_pollers_are_noticed(
    api: TelegramApi, server: BotApiServer, time: SimulatedTime, caplog: pytest.LogCaptureFixture
) -> None:
    """The conflict is the server's own, not a fault on demand."""
    paused = asyncio.Event()

    async def sleep(seconds: float) -> None:
        assert seconds == SLOW_S
        paused.set()
        await asyncio.Event().wait()

    first = Poller(api, Intake().take, time, sleep=sleep)
    running = asyncio.create_task(first.run())
    await server.world.until(lambda: server.polls.count == 1)
    with caplog.at_level(logging.ERROR, "antt"):
        await api.updates(None, wait=0)
        await asyncio.wait_for(paused.wait(), 10)
    assert "somebody else fetches this bot's updates" in caplog.text
    first.stop()
    await asyncio.wait_for(running, 10)


async def test_a_stop_with_the_network_gone_does_not_wait(
    time: SimulatedTime, demo_file: Path
) -> None:
    async with BotApiServer(clock=time.time) as server:
        pass
    async with assistant(server, time, demo_file):
        await asyncio.sleep(0.05)
    assert time.slept
    Store(str(demo_file)).close()
