"""Knows the open streams and wakes them when there is something new.

The hub passes no messages: a stream reads its messages from the store, at its own pace, so that no
queue can grow or lose a message. The hub only wakes it. Once a second it asks the store for the
last position of each watched conversation; that also finds what another process has sent.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable, Iterator, Mapping
from typing import Final

LOOK_SECONDS: Final = 1.0
"""Seconds of delay for a notice on an open page; one query, for any number of pages."""

SOON_SECONDS: Final = (0.02, 0.05, 0.1, 0.2, 0.4)
"""Seconds after a turn: the reply is committed, but delivery must still mark it as shown."""

_MOST_SEEN: Final = 500
"""Ids of seen messages that wait for a stream; with more, a page learns them when it loads."""

_log = logging.getLogger("antt.web")

Positions = Callable[[Iterable[int]], Awaitable[Mapping[int, int]]]
"""Person ids -> the position of the last message shown to each."""


class Watcher:
    """One open stream: its wake-up event, and the messages seen on other devices meanwhile."""

    def __init__(self, person_id: int, session_id: int) -> None:
        self.person_id = person_id
        self.session_id = session_id
        self.news = asyncio.Event()
        self.seen: set[int] = set()
        self.over = False


class Hub:
    """Every open stream of this process. Use it from one event loop only."""

    def __init__(self, positions: Positions) -> None:
        self._positions = positions
        self._watchers: defaultdict[int, set[Watcher]] = defaultdict(set)
        self._last: dict[int, int] = {}
        self._kick = asyncio.Event()

    def open(self, person_id: int, session_id: int) -> Watcher:
        """Register a stream. `close` must follow."""
        watcher = Watcher(person_id, session_id)
        self._watchers[person_id].add(watcher)
        return watcher

    def close(self, watcher: Watcher) -> None:
        """Remove a stream."""
        others = self._watchers[watcher.person_id]
        others.discard(watcher)
        if not others:
            del self._watchers[watcher.person_id]
            self._last.pop(watcher.person_id, None)

    def count(self, person_id: int | None = None) -> int:
        """Open streams of one person, or of all."""
        if person_id is not None:
            return len(self._watchers.get(person_id, ()))
        return sum(map(len, self._watchers.values()))

    def look(self) -> None:
        """Check now and a few times soon, without the delay of up to a second: a turn ended."""
        self._kick.set()

    def saw(self, person_id: int, positions: Iterable[int]) -> None:
        """Tell the person's open pages which messages one of them has shown."""
        for watcher in self._watchers.get(person_id, ()):
            if len(watcher.seen) < _MOST_SEEN:
                watcher.seen.update(positions)
            watcher.news.set()

    def end(self, *, session_id: int | None = None) -> None:
        """End the streams of one session, or all of them when the process stops."""
        for watchers in self._watchers.values():
            for watcher in watchers:
                if session_id in {None, watcher.session_id}:
                    watcher.over = True
                    watcher.news.set()

    async def run(self) -> None:
        """Check for news until cancelled."""
        pauses: Iterator[float] = iter(())
        while True:
            if await self._kicked_within(next(pauses, LOOK_SECONDS)):
                pauses = iter(SOON_SECONDS)
            if self._watchers:
                await self._wake()

    async def _kicked_within(self, seconds: float) -> bool:
        try:
            await asyncio.wait_for(self._kick.wait(), seconds)
        except TimeoutError:
            return False
        self._kick.clear()
        return True

    async def _wake(self) -> None:
        try:
            positions = await self._positions(tuple(self._watchers))
        except Exception:
            # The database may be unavailable for a while; the next check is soon enough.
            _log.exception("looking for news failed")
            return
        for person_id, position in positions.items():
            if self._last.get(person_id) == position:
                continue
            self._last[person_id] = position
            for watcher in self._watchers.get(person_id, ()):
                watcher.news.set()
