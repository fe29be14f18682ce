"""What a monitor reads: five measurements, without names of people."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import FixedClock
from bot.health import Looking
from bot.metrics import Metrics
from bot.turns import TurnRunner
from domain.cards import saying
from domain.messages import Incoming, Lane, Outgoing, Said
from handlers.ground.library import Library
from scheduling.worker import Worker
from storage import Store, Tx

NOW = datetime(2026, 10, 31, 18, 30, tzinfo=UTC)
"""In Viet Nam it is already November."""
SECRET = "0912345678"


@pytest.fixture
def store(demo_file: Path) -> Iterator[Store]:
    with Store(str(demo_file)) as opened:
        yield opened


@pytest.fixture
def readers() -> Iterator[Worker]:
    worker = Worker(1)
    yield worker
    worker.close()


@pytest.fixture
def metrics(store: Store, readers: Worker) -> Metrics:
    return Metrics(
        look=Looking(store=store, readers=readers),
        now=lambda: NOW,
        limits={("zalo", "mot"): 3000, ("zalo", "hai"): 3000},
    )


async def _lines(metrics: Metrics) -> list[str]:
    page = (await metrics.page()).decode()
    return [line for line in page.splitlines() if not line.startswith("#")]


async def test_there_are_five_measurements(metrics: Metrics) -> None:
    page = (await metrics.page()).decode()
    named = {line.split()[2] for line in page.splitlines() if line.startswith("# TYPE")}
    assert named == {
        "antt_turns_total",
        "antt_turn_seconds",
        "antt_queue_messages",
        "antt_queue_oldest_seconds",
        "antt_sendings_total",
        "antt_budget_used",
        "antt_budget_limit",
    }, "a queue has a length and an age, a budget what is used and what there is"


async def test_two_processes_in_one_count_apart(metrics: Metrics) -> None:
    other = Metrics(look=metrics.look, now=metrics.now)
    metrics.turn("web", "handled", 0.004)
    assert 'antt_turns_total{channel="web",outcome="handled"} 1.0' in await _lines(metrics)
    assert not [line for line in await _lines(other) if line.startswith("antt_turns")]


async def test_a_turn_is_counted_and_timed_by_the_one_that_runs_it(
    store: Store, readers: Worker, metrics: Metrics
) -> None:
    with store.read() as tx:
        officer = tx.people.by_handle("can-bo")
        assert officer is not None
    runner = TurnRunner(store, Library(), FixedClock(NOW), readers, noted=metrics.turn)
    incoming = Incoming(
        channel="web",
        bot="",
        address=SECRET,
        delivery_id="1",
        at=NOW,
        content=Said(text=f"gọi {SECRET}"),
    )
    await runner.take(incoming)
    lines = await _lines(metrics)
    assert 'antt_turns_total{channel="web",outcome="handled"} 1.0' in lines
    assert 'antt_turn_seconds_count{channel="web"} 1.0' in lines
    assert SECRET not in "\n".join(lines)


async def test_the_latency_tells_a_usual_turn_from_a_slow_one(metrics: Metrics) -> None:
    for seconds in (0.004, 0.2, 9.0):
        metrics.turn("zalo", "handled", seconds)
    buckets = [line for line in await _lines(metrics) if 'seconds_bucket{channel="zalo"' in line]
    counted = {line.partition('le="')[2].partition('"')[0]: line.split()[-1] for line in buckets}
    assert (counted["0.005"], counted["0.25"], counted["5.0"], counted["+Inf"]) == (
        "1.0",
        "2.0",
        "2.0",
        "3.0",
    )


async def test_sendings_are_counted_by_what_became_of_them(metrics: Metrics) -> None:
    for outcome in ("sent", "sent", "refused", "unknown", "repeated", f"403 to {SECRET}"):
        metrics.sent("telegram", outcome)
    lines = await _lines(metrics)
    assert 'antt_sendings_total{channel="telegram",outcome="sent"} 2.0' in lines
    assert 'antt_sendings_total{channel="telegram",outcome="repeated"} 1.0' in lines
    # An unexpected error is counted without its text.
    assert 'antt_sendings_total{channel="telegram",outcome="other"} 1.0' in lines
    assert SECRET not in "\n".join(lines)


async def test_the_queue_is_read_when_somebody_looks(store: Store, metrics: Metrics) -> None:
    before = await _lines(metrics)
    assert 'antt_queue_oldest_seconds{lane="reply"} 0.0' in before
    with store.begin() as tx:
        tx.outbox.queue(
            _some_address(tx), Lane.REPLY, Outgoing(cards=saying("x")), NOW - _minutes(2)
        )
        waiting = tx.outbox.queue_of(Lane.REPLY).waiting
    lines = await _lines(metrics)
    assert f'antt_queue_messages{{lane="reply"}} {waiting}.0' in lines
    assert 'antt_queue_oldest_seconds{lane="reply"} 120.0' in lines


async def test_a_message_for_later_is_not_late(store: Store, metrics: Metrics) -> None:
    with store.begin() as tx:
        tx.outbox.queue(
            _some_address(tx), Lane.REPLY, Outgoing(cards=saying("x")), NOW + _minutes(600)
        )
    assert 'antt_queue_oldest_seconds{lane="reply"} 0.0' in await _lines(metrics)


async def test_the_budget_is_that_of_the_month_in_viet_nam(store: Store, metrics: Metrics) -> None:
    with store.begin() as tx:
        tx.usage.add("zalo", "mot", date(2026, 10, 1), Lane.REPLY, 2_900)
        tx.usage.add("zalo", "mot", date(2026, 11, 1), Lane.REPLY, 20)
        tx.usage.add("zalo", "mot", date(2026, 11, 1), Lane.NOTICE, 5)
    lines = await _lines(metrics)
    assert 'antt_budget_used{bot="mot",channel="zalo"} 25.0' in lines
    assert 'antt_budget_used{bot="hai",channel="zalo"} 0.0' in lines
    assert 'antt_budget_limit{bot="mot",channel="zalo"} 3000.0' in lines


async def test_without_its_database_the_rest_is_still_shown(store: Store, metrics: Metrics) -> None:
    metrics.turn("web", "busy", 1.6)
    await metrics.page()
    _break(store)
    lines = await _lines(metrics)
    assert 'antt_turns_total{channel="web",outcome="busy"} 1.0' in lines
    assert not [line for line in lines if line.startswith(("antt_queue", "antt_budget"))]


def _minutes(number: int) -> timedelta:
    return timedelta(minutes=number)


def _some_address(tx: Tx) -> int:
    officer = tx.people.by_handle("can-bo")
    assert officer is not None
    return tx.addresses.link("web", "", "somebody", officer.id, NOW).id


def _break(store: Store) -> None:
    """Replace the database with something else."""
    store.close()
    Path(store.place).write_bytes(b"no database" * 100)
