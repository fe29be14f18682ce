"""Durations, ratios and their text form."""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

MICRO: Final = 1_000_000
"""Microseconds in a second."""

_SOME_WORK: Final = 20_000_000
"""Numbers to add up: about half a second, which is many time slices of other processes."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """Wall-clock seconds, and processor seconds of this thread."""

    wall: float = 0.0
    cpu: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(wall=self.wall + other.wall, cpu=self.cpu + other.cpu)


def cost_of(work: Callable[[], object]) -> Cost:
    """The cost of one run of `work`, without the processor time of a database server."""
    wall, cpu = time.perf_counter(), time.thread_time()
    work()
    return Cost(wall=time.perf_counter() - wall, cpu=time.thread_time() - cpu)


def crowding() -> float:
    """Wall time divided by processor time: 1 on a machine without other load."""
    cost = cost_of(lambda: sum(range(_SOME_WORK)))
    return cost.wall / cost.cpu


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """Ratios of pairs measured side by side, so that other load affects both alike."""

    middle: float
    least: float
    most: float

    def __str__(self) -> str:
        return f"{self.middle:.2f} ({self.least:.2f}-{self.most:.2f})"


def ratio(pairs: Iterable[tuple[float, float]]) -> Ratio:
    """The median of first/second, with the smallest and the largest."""
    found = [first / second for first, second in pairs]
    return Ratio(middle=median(found), least=min(found), most=max(found))


def percentile(values: Sequence[float], percent: int) -> float:
    """The smallest of the values that at least `percent` of them do not exceed."""
    ordered = sorted(values)
    return ordered[max(0, -(-len(ordered) * percent // 100) - 1)]


def reached(value: float, aim: float) -> str:
    """ "reached" if the value is at most the aim."""
    return "reached" if value <= aim else "MISSED"
