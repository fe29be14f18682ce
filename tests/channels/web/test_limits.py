import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.web import limits
from bot.channels.web.limits import Limiter, Rate

RATE = Rate(burst=3, per_second=0.5)


def test_a_burst_passes_and_the_next_one_waits() -> None:
    limiter = Limiter(RATE)
    assert [limiter.wait("a", 0) for _ in range(4)] == [0, 0, 0, 2]


def test_tokens_come_back_with_time() -> None:
    limiter = Limiter(RATE)
    for _ in range(3):
        limiter.wait("a", 0)
    assert limiter.wait("a", 1) == 1
    assert limiter.wait("a", 2) == 0


def test_one_caller_does_not_use_up_anothers() -> None:
    limiter = Limiter(RATE)
    for _ in range(9):
        limiter.wait("a", 0)
    assert limiter.wait("b", 0) == 0


def test_callers_beyond_the_memory_are_forgotten_oldest_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(limits, "_REMEMBERED", 2)
    limiter = Limiter(Rate(burst=1, per_second=1))
    for caller in "abc":
        limiter.wait(caller, 0)
    assert limiter.wait("c", 0) > 0
    assert limiter.wait("a", 0) == 0


@given(st.lists(st.floats(min_value=0, max_value=10), max_size=60))
def test_never_more_than_the_burst_and_what_time_gives(pauses: list[float]) -> None:
    limiter, now, passed = Limiter(RATE), 0.0, 0
    for pause in pauses:
        now += pause
        passed += limiter.wait("a", now) == 0
    assert passed <= RATE.burst + now * RATE.per_second + 1e-6
