"""How soon the next message of one bot may go, so that its service never says "too many"."""

import asyncio
from collections.abc import Callable
from typing import Final

CATCH_UP: Final = 0.5
"""Share of one interval by which a late message may be early again. With 1 / 29.4 s between
messages, no second holds more than 1.5 + 29.4, so 30 whole ones."""


SLOWER: Final = 1.05
"""After each "too many": its second is shorter than ours, or messages bunch on their way."""

SLOWEST: Final = 2.0
"""Half the rate; below it the service is ill, not we too fast."""

EASES_AFTER_S: Final = 60.0
"""Without another "too many" the pace gains one such step, so that it is found out anew what
may be sent, and no sooner than once a minute."""


class Pace:
    """Even spacing (the generic cell rate algorithm), silence while the service wants it, and a
    slower pace afterwards: at the same pace it would say so again a second later.

    `a_second` None: no spacing. `time` is the event loop's clock, in seconds.
    """

    def __init__(self, a_second: float | None, time: Callable[[], float]) -> None:
        self._shortest = 1 / a_second if a_second else 0.0
        self._slower = 1.0
        self._eases_at = float("inf")
        self._time = time
        self._due = float("-inf")
        self._silent_until = float("-inf")

    def wait(self) -> float:
        """Seconds until a message may go; 0.0 for now."""
        allowed = max(self._due - CATCH_UP * self._interval, self._silent_until)
        return max(0.0, allowed - self._time())

    def take(self) -> None:
        """A message goes now."""
        if self._time() >= self._eases_at:
            self._ease()
        self._due = max(self._due, self._time()) + self._interval

    def silence(self, seconds: float) -> None:
        """The service wants nothing for so long."""
        if self._time() >= self._silent_until:
            # What was under way with it is refused for the same reason.
            self._slower = min(SLOWER * self._slower, SLOWEST)
        self._eases_at = self._time() + seconds + EASES_AFTER_S
        self._silent_until = max(self._silent_until, self._time() + seconds)

    async def turn(self) -> None:
        """Wait until a message may go, and count it."""
        # Time itself is waited for, and a silence may become longer meanwhile.
        while (seconds := self.wait()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(seconds)
        self.take()

    @property
    def _interval(self) -> float:
        return self._shortest * self._slower

    def _ease(self) -> None:
        self._slower = max(1.0, self._slower / SLOWER)
        self._eases_at = self._time() + EASES_AFTER_S if self._slower > 1 else float("inf")
