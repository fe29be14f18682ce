"""Time that passes when somebody sleeps."""

import asyncio
from datetime import UTC, datetime


class SimulatedTime:
    """A clock in seconds since 1970. Whoever sleeps on it moves it on and wakes at once; tests
    look at `slept` to see for how long. It serves one sleeper at a time: two who sleep beside
    one another would add up."""

    def __init__(self, at: datetime | float) -> None:
        self.at = at.timestamp() if isinstance(at, datetime) else at
        self.slept: list[float] = []

    def time(self) -> float:
        """The moment in seconds."""
        return self.at

    def now(self) -> datetime:
        """The moment, aware, in UTC; so it is a `bot.clock.Clock`."""
        return datetime.fromtimestamp(self.at, UTC)

    def pass_by(self, seconds: float) -> None:
        """Move on."""
        self.at += seconds

    async def sleep(self, seconds: float) -> None:
        """Move on, and let everybody else run once."""
        self.slept.append(seconds)
        self.at += seconds
        await asyncio.sleep(0)
