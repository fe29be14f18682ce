"""Simulated time passes only when every task waits for it: hours of delivery run at once.

The event loop's clock stands still while anything can run and jumps to the next timer when nothing
can. Code under test sleeps as in production; no test sleeps.
"""

import asyncio
import selectors
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from typing import Any, TypeVar

from scheduling.worker import Worker

T = TypeVar("T")

REAL_WAIT_S = 5.0
"""Real seconds for something outside (a socket's peer, a thread) if no timer is set."""


class _Jumping(selectors.DefaultSelector):
    """Checks sockets first; jumps only if none is ready."""

    def __init__(self, jump: Callable[[float], None], settle_s: float) -> None:
        super().__init__()
        self._jump = jump
        self._settle_s = settle_s

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            return super().select(REAL_WAIT_S)
        ready = super().select(0 if timeout <= 0 else self._settle_s)
        if not ready and timeout > 0:
            self._jump(timeout)
        return ready


class SimulatedLoop(asyncio.SelectorEventLoop):
    """`settle_s`: real seconds that peers on loopback may need before time continues."""

    def __init__(self, settle_s: float = 0) -> None:
        self._now = 0.0
        super().__init__(_Jumping(self._jump, settle_s))

    def time(self) -> float:
        """Simulated seconds since the loop was made."""
        return self._now

    def _jump(self, seconds: float) -> None:
        self._now += seconds


class AtOnce(Worker):
    """Runs jobs in the event loop's own thread, where time stands still during the job."""

    def __init__(self) -> None:
        super().__init__(1)

    async def run(self, function: Callable[[], T], *, start_within: float | None = None) -> T:  # noqa: ARG002
        """The job's result; others may run before it, as with a thread."""
        await asyncio.sleep(0)
        return function()


def simulate(main: Callable[[], Coroutine[Any, Any, T]], *, settle_s: float = 0) -> T:
    """Run it to its end in simulated time."""
    with asyncio.Runner(loop_factory=lambda: SimulatedLoop(settle_s)) as runner:
        return runner.run(main())


def clock_from(start: datetime) -> Callable[[], datetime]:
    """A clock that shows `start` when the running loop's clock begins."""

    def now() -> datetime:
        return start + timedelta(seconds=asyncio.get_running_loop().time())

    return now
