"""Incoming turns: handled once, retried, postponed, set aside."""

import asyncio
import logging
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import turns
from bot.clock import FixedClock
from bot.turns import TRIES, Busy, Handled, SetAside, TurnRunner, screened
from domain.messages import Content, Incoming, Joined, Outgoing, Said, Sent, Tap
from handlers.ground.library import Library
from scheduling.worker import Worker
from storage import Conflict, Message, Store, Tx

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
Handler = Callable[[Incoming, Tx, datetime, Library], Outgoing | None]


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture
def store(demo_file: Path) -> Iterator[Store]:
    with Store(str(demo_file)) as opened:
        yield opened


@pytest.fixture
def worker() -> Iterator[Worker]:
    made = Worker(1)
    yield made
    made.close()


@pytest.fixture
def runner(store: Store, library: Library, worker: Worker) -> TurnRunner:
    return TurnRunner(store, library, FixedClock(NOW), worker)


def _said(text: str, delivery_id: str = "d1", address: str = "can-bo") -> Incoming:
    return Incoming(
        channel="terminal",
        address=address,
        delivery_id=delivery_id,
        at=NOW,
        content=Said(text=text),
    )


def _outbox(store: Store) -> tuple[Message, ...]:
    with store.begin() as tx:
        return tx.outbox.listing()


async def test_a_turn_is_handled_and_its_reply_waits(runner: TurnRunner, store: Store) -> None:
    assert await runner.take(_said("xin chào")) == Handled()
    (reply,) = _outbox(store)
    assert reply.outgoing.text.startswith("Chào đồng chí")


async def test_a_delivery_that_comes_twice_is_handled_once(
    runner: TurnRunner, store: Store
) -> None:
    for _ in range(2):
        assert await runner.take(_said("xin chào")) == Handled()
    assert len(_outbox(store)) == 1


async def test_a_stranger_is_answered_at_once_and_nothing_of_his_is_kept(
    runner: TurnRunner, store: Store
) -> None:
    taken = await runner.take(_said("tình hình xã Mỹ Long Bắc", address="nguoi-la"))
    assert isinstance(taken, Handled)
    assert taken.to_stranger is not None
    assert _outbox(store) == ()


def _handler(monkeypatch: pytest.MonkeyPatch, handler: Handler) -> None:
    monkeypatch.setattr(turns, "handle", handler)


async def test_a_lost_race_is_run_again_from_the_start(
    runner: TurnRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs = 0

    def lose_twice(*_: object) -> None:
        nonlocal runs
        runs += 1
        if runs < TRIES:
            raise Conflict("somebody was first")

    _handler(monkeypatch, lose_twice)
    assert await runner.take(_said("1")) == Handled()
    assert runs == TRIES


async def test_what_always_loses_is_set_aside(
    runner: TurnRunner, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    def always_lose(*_: object) -> None:
        raise Conflict("somebody was first")

    _handler(monkeypatch, always_lose)
    assert isinstance(await runner.take(_said("1")), SetAside)
    assert len(_outbox(store)) == 1


async def test_a_bug_is_answered_with_its_id_and_the_next_message_goes_through(
    runner: TurnRunner, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError

    with monkeypatch.context() as broken:
        _handler(broken, break_down)
        taken = await runner.take(_said("hỏng", "d1"))
    assert isinstance(taken, SetAside)
    assert taken.error_id in _outbox(store)[0].outgoing.text
    assert await runner.take(_said("hỏng", "d1")) == Handled()
    assert await runner.take(_said("xin chào", "d2")) == Handled()
    assert len(_outbox(store)) == 2


async def test_what_a_broken_turn_wrote_is_taken_back(
    runner: TurnRunner, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    def write_and_break(_incoming: Incoming, tx: Tx, now: datetime, _library: Library) -> None:
        tx.audit.record(now, None, "half", "done")
        raise ZeroDivisionError

    _handler(monkeypatch, write_and_break)
    await runner.take(_said("1"))
    with store.begin() as tx:
        assert tx.audit.listing(action="half") == ()


async def test_a_turn_that_cannot_start_in_time_is_put_off_and_leaves_nothing(
    runner: TurnRunner, worker: Worker, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    release = threading.Event()
    blocking = asyncio.create_task(worker.run(release.wait))
    await asyncio.sleep(0)
    with monkeypatch.context() as hasty:
        hasty.setattr(turns, "START_WITHIN_S", 0.05)
        assert isinstance(await runner.take(_said("1")), Busy)
    release.set()
    await blocking
    assert _outbox(store) == ()
    assert await runner.take(_said("xin chào")) == Handled()


async def test_a_turn_that_began_is_waited_for(
    runner: TurnRunner, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The first limit is long enough to start a thread on a busy machine; the turn takes longer.
    monkeypatch.setattr(turns, "START_WITHIN_S", 0.5)
    # The loop ends the turn: a timed wait of a thread hangs when the machine's clock is replaced.
    over = threading.Event()
    asyncio.get_running_loop().call_later(0.7, over.set)

    def take_long(*_: object) -> None:
        assert over.wait()

    _handler(monkeypatch, take_long)
    assert await runner.take(_said("1")) == Handled()


async def test_a_commit_wakes_delivery(store: Store, library: Library, worker: Worker) -> None:
    woken: list[int] = []
    runner = TurnRunner(store, library, FixedClock(NOW), worker, wake=lambda: woken.append(1))
    await runner.take(_said("xin chào"))
    assert woken == [1]


async def test_a_message_of_last_month_is_refused_with_a_sentence(
    runner: TurnRunner, store: Store
) -> None:
    old = _said("xin chào")
    await runner.take(Incoming(**{**vars(old), "at": NOW - timedelta(days=31)}))
    (reply,) = _outbox(store)
    assert not reply.outgoing.choices


@pytest.mark.parametrize(
    ("content", "kept"),
    [
        (Said(text="12-NQ/ĐU"), "12-NQ/ĐU"),
        (Said(text="gọi 0912345678"), "[phone_number]"),
        (Said(text="văn bản MẬT"), "[secrecy_mark]"),
        (Joined(code="ABCDEFGH23"), "[code]"),
        (Tap(menu="q:1:I.1.a", choice="1"), "q:1:I.1.a 1"),
        (Sent(name="0912345678.pdf", media_type="application/pdf", size=7), "[application/pdf, 7]"),
    ],
)
def test_what_is_kept_of_a_broken_message_holds_no_secret(content: Content, kept: str) -> None:
    assert screened(content) == kept


@pytest.mark.parametrize("menu", ["q:1:I.2.c:choice:0", "p:1:I.2:abcd"])
def test_of_a_broken_answer_only_the_length_is_kept(menu: str) -> None:
    assert screened(Said(text="đang theo dõi"), menu=menu) == "[13]"
    assert screened(Said(text="đang theo dõi", asked=menu), menu="main") == "[13]"
    assert screened(Said(text="tình hình"), menu="main") == "tình hình"


async def test_the_log_says_who_did_what_and_how_it_went_and_no_word_of_it(
    runner: TurnRunner, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO, logger="antt.turns"):
        await runner.take(_said("xin chào"))
        await runner.take(_said("xin chào", "d2", address="0912345678"))
    known, stranger = (vars(record) for record in caplog.records)
    assert (known["person"], known["action"], known["outcome"]) == (1, "Said", "Handled")
    assert known["ms"] > 0
    assert stranger["person"] is None
    assert not any("chào" in str(record) or "0912" in str(record) for record in (known, stranger))
