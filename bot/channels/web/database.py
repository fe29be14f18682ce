"""The store, reached from the event loop."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeVar

from bot.channels.web.contracts import DatabaseBusy
from scheduling.worker import NotStarted, Worker
from storage import Store, Tx

T = TypeVar("T")

START_WITHIN_SECONDS: Final = 5.0
"""Who waits longer for a free thread is told to come again; a page does so by itself."""


@dataclass(frozen=True, kw_only=True)
class StoreDatabase:
    """Runs questions in the readers' threads and changes in the writers'."""

    store: Store
    readers: Worker
    writers: Worker

    async def read(self, question: Callable[[Tx], T]) -> T:
        """Ask in a read-only transaction. Raises `DatabaseBusy`."""

        def ask() -> T:
            with self.store.read() as tx:
                return question(tx)

        return await _run(self.readers, ask)

    async def write(self, change: Callable[[Tx], T]) -> T:
        """Change in one transaction, committed when this returns. Raises `DatabaseBusy`."""

        def do() -> T:
            with self.store.begin() as tx:
                return change(tx)

        return await _run(self.writers, do)


async def _run(worker: Worker, function: Callable[[], T]) -> T:
    try:
        return await worker.run(function, start_within=START_WITHIN_SECONDS)
    except NotStarted as error:
        raise DatabaseBusy from error
