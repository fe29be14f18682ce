"""Whether a process does its work, checked in ways that cannot hang."""

import asyncio
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.health import Health, Looking
from handlers.ground.library import Library
from scheduling.ticker import Ticker
from scheduling.worker import Worker
from storage import Store

NOW = datetime(2026, 10, 31, 18, 30, tzinfo=UTC)
MORNING = datetime(2026, 10, 30, 2, 0, tzinfo=UTC)  # 09:00 of a Friday in Viet Nam: a tick works


@pytest.fixture
def store(demo_file: Path) -> Iterator[Store]:
    with Store(str(demo_file)) as opened:
        yield opened


@pytest.fixture
def readers() -> Iterator[Worker]:
    worker = Worker(1)
    yield worker
    worker.close()


def _health(
    store: Store, readers: Worker, *, ticked_at: datetime | None = NOW, delivering: bool = True
) -> Health:
    return Health(
        look=Looking(store=store, readers=readers),
        now=lambda: NOW,
        ticked_at=lambda: ticked_at,
        delivering=lambda: delivering,
    )


async def test_a_process_that_works_is_ready(store: Store, readers: Worker) -> None:
    assert await _health(store, readers, ticked_at=NOW - _minutes(3)).reasons() == ()


@pytest.mark.parametrize(
    ("ticked_at", "said"),
    [
        (None, "the first tick has not ended yet"),
        (NOW - timedelta(minutes=4, seconds=30), "the last tick ended 4 minutes ago"),
    ],
)
async def test_a_clock_that_stands_still_is_a_reason(
    store: Store, readers: Worker, ticked_at: datetime | None, said: str
) -> None:
    assert await _health(store, readers, ticked_at=ticked_at).reasons() == (said,)


async def test_delivery_that_has_ended_is_a_reason(store: Store, readers: Worker) -> None:
    (reason,) = await _health(store, readers, delivering=False).reasons()
    assert reason.startswith("delivery has ended")


async def test_all_reasons_are_given_at_once(store: Store, readers: Worker) -> None:
    _break(store)
    health = _health(store, readers, ticked_at=None, delivering=False)
    assert [reason.split()[1] for reason in await health.reasons()] == [
        "database",
        "first",
        "has",
    ]


async def test_a_database_that_hangs_is_a_reason_after_a_second(
    store: Store, readers: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    hanging = threading.Event()
    monkeypatch.setattr("bot.health.DATABASE_SECONDS", 0.05)
    busy = readers.run(lambda: hanging.wait(20))
    task = asyncio.ensure_future(busy)
    await asyncio.sleep(0)
    (reason,) = await _health(store, readers).reasons()
    hanging.set()
    await task
    assert reason == "the database did not answer within 0.05 s"


async def test_a_tick_leaves_its_moment_unless_it_failed(store: Store, readers: Worker) -> None:
    clock = FixedClock(MORNING)
    ticker = Ticker(store, Library(), readers, lambda: None, clock.now)
    moments = [ticker.ticked_at]
    await ticker.tick()
    moments.append(ticker.ticked_at)
    _break(store)
    clock.at += _minutes(1)
    await ticker.tick()
    moments.append(ticker.ticked_at)
    assert moments == [None, MORNING, MORNING]


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def _break(store: Store) -> None:
    """Replace the database with something else."""
    store.close()
    Path(store.place).write_bytes(b"no database" * 100)
