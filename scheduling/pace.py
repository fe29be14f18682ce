"""How soon the next message of one bot may be sent, so that its service never answers "too
many".
"""

import asyncio
from collections.abc import Callable
from typing import Final

CATCH_UP: Final = 0.5
"""The part of one interval by which a message may be early after a late one. With 1 / 29.4 s
between messages, no second holds more than 1.5 + 29.4, that is 30 whole messages.
"""


SLOWER: Final = 1.05
"""After each "too many": its second is shorter than ours, or messages arrive in bursts."""

SLOWEST: Final = 2.0
"""Half the rate; below it the service has a fault, and our rate is not the cause."""

EASES_AFTER_S: Final = 60.0
"""Without another "too many" the rate rises by one such step, at most once a minute, to find again
what the service accepts.
"""


class Pace:
    """Even spacing (the generic cell rate algorithm), a pause while the service asks for it, and a
    lower rate afterwards: at the same rate it would ask again a second later.

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
        """Seconds until a message may be sent; 0.0 for now."""
        allowed = max(self._due - CATCH_UP * self._interval, self._silent_until)
        return max(0.0, allowed - self._time())

    def take(self) -> None:
        """Count a message that is sent now."""
        if self._time() >= self._eases_at:
            self._ease()
        self._due = max(self._due, self._time()) + self._interval

    def silence(self, seconds: float) -> None:
        """The service accepts nothing for this time."""
        if self._time() >= self._silent_until:
            # Messages already being sent are refused for the same reason.
            self._slower = min(SLOWER * self._slower, SLOWEST)
        self._eases_at = self._time() + seconds + EASES_AFTER_S
        self._silent_until = max(self._silent_until, self._time() + seconds)

    async def turn(self) -> None:
        """Wait until a message may be sent, and count it."""
        # Only time can be waited for, not an event, and a pause may become longer during the wait.
        while (seconds := self.wait()) > 0:  # noqa: ASYNC110
            await asyncio.sleep(seconds)
        self.take()

    @property
    def _interval(self) -> float:
        return self._shortest * self._slower

    def _ease(self) -> None:
        self._slower = max(1.0, self._slower / SLOWER)
        self._eases_at = self._time() + EASES_AFTER_S if self._slower > 1 else float("inf")
