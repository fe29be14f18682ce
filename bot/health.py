"""Health checks of this process: the database answers, the clock ticks, messages are sent."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from scheduling.worker import Worker
from storage import StorageError, Store, Tx

DATABASE_SECONDS: Final = 1.0
"""Seconds. A query takes milliseconds; after a second, people already wait."""

TICK_LATE: Final = timedelta(minutes=3)
"""A tick comes every minute; two missed ticks are a long transaction, three are a fault."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Reads the store in the threads for queries, and waits a second at most."""

    store: Store
    readers: Worker

    async def __call__(self, look: Callable[[Tx], T]) -> T | None:
        """The result of `look`; None if the database does not answer in time."""

        def run() -> T:
            with self.store.read() as tx:
                return look(tx)

        try:
            return await asyncio.wait_for(self.readers.run(run), DATABASE_SECONDS)
        except (TimeoutError, StorageError):
            return None


@dataclass(frozen=True, kw_only=True)
class Health:
    """The answer of /ready. `ticked_at` is the moment of the last successful tick, None before the
    first; `delivering` says whether the loop that sends is running.
    """

    look: Looking
    now: Callable[[], datetime]
    ticked_at: Callable[[], datetime | None]
    delivering: Callable[[], bool]

    async def reasons(self) -> Sequence[str]:
        """The reasons why the process is not ready; empty if it is."""
        answered = await self.look(lambda tx: tx.about.is_demo())
        checks = (
            (answered is not None, f"the database did not answer within {DATABASE_SECONDS:g} s"),
            self._tick(),
            (self.delivering(), "delivery has ended: nothing is sent until a restart"),
        )
        return tuple(reason for fine, reason in checks if not fine)

    def _tick(self) -> tuple[bool, str]:
        last = self.ticked_at()
        if last is None:
            return False, "the first tick has not ended yet"
        late = self.now() - last
        minutes = int(late.total_seconds() // 60)
        return late <= TICK_LATE, f"the last tick ended {minutes} minutes ago"
