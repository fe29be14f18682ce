"""The length of a run and its seeds; `make fuzz` takes new seeds each time."""

import os
from contextlib import nullcontext
from secrets import randbits
from typing import Final

import pytest
from hypothesis import settings

SEED: Final = "ANTT_TEST_SEED"
"""Prints the seed of a failed run, to repeat it."""

THOROUGH: Final = settings().max_examples > 60
"""`make test-long` or `make fuzz`."""

LONG: Final = settings().max_examples > 1_000
"""The profile of `make fuzz`."""


def seeds(count: int) -> list[int]:
    """This many seeds: new ones each time in `make fuzz`, else the same ones."""
    if named := os.environ.get(SEED):
        return [int(named)]
    return [randbits(32) for _ in range(count)] if LONG else list(range(1, count + 1))


def told(capsys: pytest.CaptureFixture[str], figures: str) -> None:
    """The statistics of a run; for a long run they are also shown if it passed."""
    with capsys.disabled() if LONG else nullcontext():
        print(f"\n{figures}")  # noqa: T201  what a long run is for
