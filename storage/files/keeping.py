"""Decides when the write-ahead log of an open database is checkpointed."""

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from storage.files import wal

COMMITS: Final = 50
"""Transactions between two checkpoints. SQLite's own rule is 1,000 pages, and a turn writes about
twenty.
"""


class LogKeeper:
    """Makes a checkpoint with marks after a fixed number of transactions of this process."""

    def __init__(self, engine: Engine, database: Path) -> None:
        self._engine = engine
        self._database = database
        self._commits = 0
        self._known_marked = False
        self._busy = threading.Lock()

    def before_writing(self) -> None:
        """Make sure that the log begins with a mark; call it outside of a transaction."""
        if not self._known_marked:
            if not wal.has_mark(self._database):
                self._begin_anew()
            self._known_marked = True

    def committed(self) -> None:
        """Count one more transaction; call it outside of a transaction."""
        self._commits += 1
        if self._commits >= COMMITS:
            self._begin_anew()

    def _begin_anew(self) -> None:
        # Another thread is doing it already: once is enough.
        if not self._busy.acquire(blocking=False):
            return
        try:
            connection: Any = self._engine.raw_connection()
            # Another transaction writes now: a later transaction tries again.
            with suppress(sqlite3.OperationalError):
                wal.begin_anew(connection.driver_connection)
                self._commits = 0
            connection.close()
        finally:
            self._busy.release()
