"""Simulated time that passes when a task sleeps."""

import asyncio
from datetime import UTC, datetime


class SimulatedTime:
    """A clock in seconds since 1970. A sleep on it moves it on and returns at once; tests read
    `slept` to see how long. It serves one sleeper at a time: the times of two parallel sleepers
    would add up.
    """

    def __init__(self, at: datetime | float) -> None:
        self.at = at.timestamp() if isinstance(at, datetime) else at
        self.slept: list[float] = []

    def time(self) -> float:
        """The moment in seconds."""
        return self.at

    def now(self) -> datetime:
        """The moment, aware, in UTC; so the class is a `bot.clock.Clock`."""
        return datetime.fromtimestamp(self.at, UTC)

    def pass_by(self, seconds: float) -> None:
        """Move the clock on."""
        self.at += seconds

    async def sleep(self, seconds: float) -> None:
        """Move the clock on, and let every other task run once."""
        self.slept.append(seconds)
        self.at += seconds
        await asyncio.sleep(0)
