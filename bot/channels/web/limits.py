"""Rate and size limits for one browser, one address and all clients together, with reasons."""

from collections import OrderedDict
from dataclasses import dataclass

BODY_BYTES = 64 * 1024
"""The longest message (4,000 characters), written as JSON escapes, has 48,000 bytes."""

FILE_BYTES = 5 * 1024 * 1024
"""A workbook of a province's 12,000 people has 0.6 MB; a larger file is not our workbook."""

FILE_NAME_LIMIT = 120
"""Characters of a file's name that are shown and kept."""

BODY_SECONDS = 20
"""Seconds after which a page gives up too; a slower client holds a connection on purpose."""

SEEN_IDS = 200
"""Messages that one request marks as seen: more than fit on any screen."""

HISTORY_PAGE = 50
"""Messages in one page of the past: three screens of a desktop computer."""

STREAMS_PER_PERSON = 12
"""Three devices with four windows each."""

STREAMS_IN_ALL = 4_000
"""Four windows for each of a province's 1,000 people; each costs a file descriptor."""

SESSIONS_PER_PERSON = 20
"""Nobody uses more devices; beyond that, the least recently used one is signed out."""


@dataclass(frozen=True, kw_only=True)
class Rate:
    """`burst` at once, then `per_second` on average."""

    burst: int
    per_second: float


PER_SESSION = Rate(burst=80, per_second=8)
"""Opening the page needs six requests, a turn three; the rest is for messages queued offline."""

PER_ADDRESS = Rate(burst=600, per_second=100)
"""A whole office, sometimes a whole district, uses one address."""

JOIN_PER_ADDRESS = Rate(burst=20, per_second=1 / 15)
"""Joining needs two requests: ten officers of one office at once, two more each minute. An attacker
gets 5,760 tries a day at a code of 50 bits.
"""

JOIN_IN_ALL = Rate(burst=200, per_second=1)
"""For a morning on which a province joins; it limits an attacker with many addresses."""

LINKS_PER_SESSION = Rate(burst=5, per_second=1 / 60)
"""Codes for another device: nobody needs more, and each one opens the conversation."""

FILES_PER_SESSION = Rate(burst=10, per_second=1 / 30)
"""A workbook is corrected and sent again a few times in a row, not more often."""

_REMEMBERED = 20_000
"""Callers whose use is remembered; a few megabytes."""


class Limiter:
    """A token bucket for each caller, refilled with time.

    Kept in memory: a restart resets it, which costs less than a write for each request.
    """

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, caller: str, now: float) -> float:
        """Take a token. Returns 0 if there was one, else the seconds until the next one.

        `now` is in seconds of any monotonic clock.
        """
        tokens, at = self._buckets.pop(caller, (float(self._rate.burst), now))
        tokens = min(self._rate.burst, tokens + (now - at) * self._rate.per_second)
        missing = max(0.0, 1 - tokens)
        self._buckets[caller] = (tokens if missing else tokens - 1, now)
        if len(self._buckets) > _REMEMBERED:
            self._buckets.popitem(last=False)
        return missing / self._rate.per_second
