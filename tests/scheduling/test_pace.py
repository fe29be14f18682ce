"""How a pace keeps a rate limit, and how it reacts to "too many"."""

from dataclasses import dataclass

import pytest

from scheduling.pace import EASES_AFTER_S, SLOWER, SLOWEST, Pace

A_SECOND = 20.0


@dataclass
class Watch:
    """A clock that the test moves."""

    at: float = 0.0

    def __call__(self) -> float:
        return self.at


def _rate(pace: Pace, watch: Watch, messages: int = 100) -> float:
    """Messages a second, sent as soon as the pace allows."""
    begun = watch.at
    for _ in range(messages):
        watch.at += pace.wait()
        pace.take()
    return messages / (watch.at + pace.wait() - begun)


def _silenced(pace: Pace, watch: Watch) -> None:
    pace.silence(3)
    watch.at += pace.wait()


def test_after_being_refused_it_goes_on_a_little_slower() -> None:
    watch = Watch()
    pace = Pace(A_SECOND, watch)
    assert _rate(pace, watch) == pytest.approx(A_SECOND, rel=0.02)
    _silenced(pace, watch)
    assert _rate(pace, watch) == pytest.approx(A_SECOND / SLOWER, rel=0.02)
    _silenced(pace, watch)
    assert _rate(pace, watch) == pytest.approx(A_SECOND / SLOWER**2, rel=0.02)


def test_messages_refused_together_count_once() -> None:
    watch = Watch()
    pace = Pace(A_SECOND, watch)
    for _ in range(16):
        pace.silence(3)
        watch.at += 0.05
    watch.at += pace.wait()
    assert _rate(pace, watch) == pytest.approx(A_SECOND / SLOWER, rel=0.02)


def test_it_is_never_slower_than_half_and_comes_back_step_by_step() -> None:
    watch = Watch()
    pace = Pace(A_SECOND, watch)
    for _ in range(40):
        _silenced(pace, watch)
    assert _rate(pace, watch) == pytest.approx(A_SECOND / SLOWEST, rel=0.02)
    for _ in range(20):
        watch.at += EASES_AFTER_S + 1
        pace.take()
    assert _rate(pace, watch) == pytest.approx(A_SECOND, rel=0.02)


def test_a_channel_without_a_rate_only_keeps_the_silence() -> None:
    watch = Watch()
    pace = Pace(None, watch)
    _silenced(pace, watch)
    assert watch.at == 3
    assert pace.wait() == 0
