"""Whether this process does its work: the database answers, the clock ticks, messages leave."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, TypeVar

from scheduling.worker import Worker
from storage import StorageError, Store, Tx

DATABASE_SECONDS: Final = 1.0
"""A question takes milliseconds; after a second a person waits already."""

TICK_LATE: Final = timedelta(minutes=3)
"""A tick comes every minute; two that were missed are a long transaction, three are a fault."""

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True)
class Looking:
    """Reads the store in threads that questions have anyway, and waits a second at most."""

    store: Store
    readers: Worker

    async def __call__(self, look: Callable[[Tx], T]) -> T | None:
        """What `look` finds; None where the database does not answer in time."""

        def run() -> T:
            with self.store.read() as tx:
                return look(tx)

        try:
            return await asyncio.wait_for(self.readers.run(run), DATABASE_SECONDS)
        except (TimeoutError, StorageError):
            return None


@dataclass(frozen=True, kw_only=True)
class Health:
    """What /ready says. `ticked_at` is the moment of the last tick that ended well, None before
    the first; `delivering` whether the loop that sends still runs."""

    look: Looking
    now: Callable[[], datetime]
    ticked_at: Callable[[], datetime | None]
    delivering: Callable[[], bool]

    async def reasons(self) -> Sequence[str]:
        """Why the process is not ready; nothing where it is."""
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
