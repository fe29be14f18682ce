"""How soon the next message of one bot may go, so that its service never says "too many"."""

import asyncio
from collections.abc import Callable
from typing import Final

CATCH_UP: Final = 0.5
"""Share of one interval by which a late message may be early again. With 1 / 29.4 s between
messages, no second holds more than 1.5 + 29.4, so 30 whole ones."""


class Pace:
    """Even spacing (the generic cell rate algorithm), and silence while the service wants it.

    `a_second` None: no spacing. `time` is the event loop's clock, in seconds.
    """

    def __init__(self, a_second: float | None, time: Callable[[], float]) -> None:
        self._interval = 1 / a_second if a_second else 0.0
        self._time = time
        self._due = float("-inf")
        self._silent_until = float("-inf")

    def wait(self) -> float:
        """Seconds until a message may go; 0.0 for now."""
        allowed = max(self._due - CATCH_UP * self._interval, self._silent_until)
        return max(0.0, allowed - self._time())

    def take(self) -> None:
        """A message goes now."""
        self._due = max(self._due, self._time()) + self._interval

    def silence(self, seconds: float) -> None:
        """The service wants nothing for so long."""
        self._silent_until = max(self._silent_until, self._time() + seconds)

    async def turn(self) -> None:
        """Wait until a message may go, and count it."""
        # Time itself is waited for, and a silence may become longer meanwhile.
        while (seconds := self.wait()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(seconds)
        self.take()
