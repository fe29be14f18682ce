"""Telegram's rates, without the patience of the real one."""

from collections import deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from math import ceil

WINDOW_S = 1.0


@dataclass(kw_only=True)
class FloodLimits:
    """At most `a_second` messages in any second, and `each_chat_s` from one message to the next
    in a chat. The real server lets short bursts pass. `refused` counts every 429."""

    time: Callable[[], float]
    a_second: int = 30
    each_chat_s: float = 1.0
    refused: int = 0
    taken: int = 0
    _window: deque[float] = field(default_factory=deque)
    _last: dict[Hashable, float] = field(default_factory=dict)

    def take(self, chat: Hashable) -> int | None:
        """None when the message may pass; else after how many whole seconds to try again."""
        now = self.time()
        while self._window and self._window[0] <= now - WINDOW_S:
            self._window.popleft()
        waits = [0.0]
        if len(self._window) >= self.a_second:
            waits.append(self._window[0] + WINDOW_S - now)
        # A clock of floating point may be short by a hair of what was slept.
        waits.append(self._last.get(chat, float("-inf")) + self.each_chat_s - now - 1e-6)
        if max(waits) > 0:
            self.refused += 1
            return ceil(max(waits))
        self._window.append(now)
        self._last[chat] = now
        self.taken += 1
        return None
