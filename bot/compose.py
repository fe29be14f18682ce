"""Wiring: which store, library, threads and channels belong together. Made once per process."""

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
"""As many as the store keeps connections."""


def open_store(database: str, now: datetime, *, data_folder: Path | None = None) -> Store:
    """The database of a path or URL, which must be of this version: only `serve`, `init` and
    `migrate` change it.

    Where it is an older copy that was put back, what was revoked since is revoked again.
    `data_folder` is where PostgreSQL's file of revocations lies. Raises `StorageError` when the
    database cannot be used.
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
    """What is loaded by now stays for the life of the process, so nobody need look through it
    for garbage again: each time, that stops all turns for a tenth of a second."""
    gc.collect()
    gc.freeze()


def worker_for(store: Store) -> Worker:
    """As many threads as the kind of database can use."""
    sqlite = store.url.startswith("sqlite")
    return Worker(SQLITE_THREADS if sqlite else POSTGRESQL_THREADS)


@dataclass(kw_only=True)
class House:
    """One process's parts, wired. Leave it with `with`: threads and connections end."""

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
        """Wire the parts; `channels` by the word that their addresses carry. `turned` and `sent`
        count turns and attempts to send."""
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
