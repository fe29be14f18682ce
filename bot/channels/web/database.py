"""The store, called from the event loop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.channels.web.contracts import DatabaseBusy
from scheduling.worker import NotStarted, Worker
from storage import Store, Tx

T = TypeVar("T")

START_WITHIN_SECONDS: Final = 5.0
"""Seconds to wait for a free thread; then the request fails, and a page repeats it by itself."""


@dataclass(frozen=True, kw_only=True)
class StoreDatabase:
    """Runs reads in the readers' threads and writes in the writers' threads."""

    store: Store
    readers: Worker
    writers: Worker

    async def read(self, question: Callable[[Tx], T]) -> T:
        """Read in a read-only transaction. Raises `DatabaseBusy`."""

        def ask() -> T:
            with self.store.read() as tx:
                return question(tx)

        return await _run(self.readers, ask)

    async def write(self, change: Callable[[Tx], T]) -> T:
        """Write in one transaction, committed when this returns. Raises `DatabaseBusy`."""

        def do() -> T:
            with self.store.begin() as tx:
                return change(tx)

        return await _run(self.writers, do)


async def _run(worker: Worker, function: Callable[[], T]) -> T:
    try:
        return await worker.run(function, start_within=START_WITHIN_SECONDS)
    except NotStarted as error:
        raise DatabaseBusy from error
