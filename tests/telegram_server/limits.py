"""Telegram's rate limits, enforced more strictly than by the real server."""

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from math import ceil

WINDOW_S = 1.0


@dataclass(kw_only=True)
class FloodLimits:
    """At most `a_second` messages in any second, and at least `each_chat_s` between two messages in
    a chat. The real server lets short bursts pass. `refused` counts every 429.
    """

    time: Callable[[], float]
    a_second: int = 30
    each_chat_s: float = 1.0
    refused: int = 0
    taken: int = 0
    _window: deque[float] = field(default_factory=deque)
    _last: dict[Hashable, float] = field(default_factory=dict)

    def take(self, chat: Hashable) -> int | None:
        """None if the message may pass; else the whole seconds until a retry."""
        now = self.time()
        while self._window and self._window[0] <= now - WINDOW_S:
            self._window.popleft()
        waits = [0.0]
        if len(self._window) >= self.a_second:
            waits.append(self._window[0] + WINDOW_S - now)
        # A floating point clock may show slightly less than the time slept.
        waits.append(self._last.get(chat, float("-inf")) + self.each_chat_s - now - 1e-6)
        if max(waits) > 0:
            self.refused += 1
            return ceil(max(waits))
        self._window.append(now)
        self._last[chat] = now
        self.taken += 1
        return None
