"""The source of the time, and which code may read it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.clock import FixedClock, StartedClock
from bot.commands import MISUSE
from domain.deadlines import VIETNAM
from storage import Store, migrate
from tests.bot.calling import Antt

AT = datetime(2027, 2, 6, 7, 30, tzinfo=VIETNAM)


@pytest.fixture
def seconds(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """A monotonic clock with an unknown start; a test adds to it."""
    counted = [1_000.0]
    monkeypatch.setattr("bot.clock.time.monotonic", lambda: counted[0])
    return counted


def test_a_fixed_clock_stands_still() -> None:
    clock = FixedClock(AT)
    assert clock.now() == AT
    assert clock.now().tzinfo is UTC


def test_a_started_clock_runs_on_from_where_it_was_set(seconds: list[float]) -> None:
    clock = StartedClock(AT)
    assert clock.now() == AT
    assert clock.now().tzinfo is UTC
    seconds[0] += 90
    assert clock.now() - AT == timedelta(seconds=90)


def test_a_real_database_is_not_served_at_another_time(antt: Antt, tmp_path: Path) -> None:
    file = tmp_path / "province.db"
    migrate(str(file))
    said = antt("serve", "--db", str(file), "--port", "0", "--at", "2027-02-06T07:30")
    assert (said.code, said.out) == (MISUSE, "")
    assert "--at chỉ dùng với cơ sở dữ liệu dùng thử" in said.err
    Store(str(file)).close()  # The database was closed and can be opened.


def test_a_time_that_is_none_is_refused_before_the_database_is_opened(antt: Antt) -> None:
    said = antt("serve", "--db", "/nowhere/antt.db", "--at", "tomorrow")
    assert said.code == MISUSE
    assert "tomorrow" in said.err
