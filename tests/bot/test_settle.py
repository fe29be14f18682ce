"""The garbage collector does not check what a process has loaded."""

import gc
from collections.abc import Iterator

import pytest

from bot.compose import settle


@pytest.fixture(autouse=True)
def _unfrozen() -> Iterator[None]:
    gc.unfreeze()
    yield
    gc.unfreeze()


def test_what_is_loaded_is_not_looked_through_again() -> None:
    kept = [object() for _ in range(3)]
    tracked = [kept]
    settle()
    assert gc.get_freeze_count() > 0
    assert all(one is not tracked for one in gc.get_objects())


def test_garbage_is_taken_out_first() -> None:
    circle: list[object] = []
    circle.append(circle)
    del circle
    before = gc.get_stats()[2]["collected"]
    settle()
    assert gc.get_stats()[2]["collected"] > before
