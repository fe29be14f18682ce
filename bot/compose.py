"""Wiring: connects store, library, threads and channels. Made once per process."""

import gc
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from bot.clock import Clock
from bot.turns import Noted, TurnRunner, unnoted
from handlers.ground.library import Library
from scheduling import deliver, pump
from scheduling.channel import Channel
from scheduling.deliver import Deliverer
from scheduling.worker import Worker
from storage import Store

_log = logging.getLogger("antt.compose")

SQLITE_THREADS: Final = 1
"""SQLite has one writer: a second thread would only wait for the first."""

POSTGRESQL_THREADS: Final = 4
"""The number of connections of the store."""


def open_store(database: str, now: datetime, *, data_folder: Path | None = None) -> Store:
    """The database of a path or URL, which must have this version: only `serve`, `init` and
    `migrate` change it.

    If it is a restored older copy, the later revocations are applied again. `data_folder` is the
    folder of PostgreSQL's file of revocations. Raises `StorageError` if the database cannot be
    used.
    """
    store = Store(database, data_folder=data_folder)
    try:
        applied = store.apply_revocations(now)
        store.complete_revocations()
    except BaseException:
        store.close()
        raise
    if applied is not None:
        _log.warning("an older copy was put back", extra=asdict(applied))
    return store


def settle() -> None:
    """Objects loaded by now stay until the process ends, so the garbage collector need not check
    them: each check stops all turns for 0.1 s.
    """
    gc.collect()
    gc.freeze()


def worker_for(store: Store) -> Worker:
    """As many threads as the kind of database can use."""
    sqlite = store.url.startswith("sqlite")
    return Worker(SQLITE_THREADS if sqlite else POSTGRESQL_THREADS)


@dataclass(kw_only=True)
class House:
    """The connected parts of one process. Use it with `with`, which ends threads and
    connections.
    """

    store: Store
    library: Library
    clock: Clock
    worker: Worker
    deliverer: Deliverer
    turns: TurnRunner

    @classmethod
    def build(
        cls,
        store: Store,
        clock: Clock,
        channels: Mapping[str, Channel],
        library: Library,
        *,
        turned: Noted = unnoted,
        sent: deliver.Noted = pump.unnoted,
    ) -> Self:
        """Connect the parts; `channels` by the name in their addresses. `turned` and `sent` count
        turns and attempts to send.
        """
        worker = worker_for(store)
        deliverer = Deliverer(
            store=store,
            channels=channels,
            library=library,
            worker=worker,
            now=clock.now,
            noted=sent,
        )
        turns = TurnRunner(store, library, clock, worker, wake=deliverer.wake, noted=turned)
        return cls(
            store=store,
            library=library,
            clock=clock,
            worker=worker,
            deliverer=deliverer,
            turns=turns,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.worker.close()
        self.store.close()
