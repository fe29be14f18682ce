"""The source of the time. Everywhere else `now` is an argument."""

import time
from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """An object that gives the current time."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return datetime.now(UTC)


class FixedClock:
    """A clock that stands still until it is set."""

    def __init__(self, at: datetime) -> None:
        self.at = at.astimezone(UTC)

    def now(self) -> datetime:
        """The moment to which it was set."""
        return self.at


class StartedClock:
    """A clock that is set once and then runs at the speed of the machine's clock.

    A change of the machine's clock does not affect it.
    """

    def __init__(self, at: datetime) -> None:
        self._at = at.astimezone(UTC)
        self._started = time.monotonic()

    def now(self) -> datetime:
        """The moment to which it was set, plus the time since then."""
        return self._at + timedelta(seconds=time.monotonic() - self._started)
