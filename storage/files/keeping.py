"""When the write-ahead log of an open database is written back into its file."""

import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Engine

from storage.files import wal

COMMITS: Final = 50
"""Transactions between two times. SQLite's own rule is 1,000 pages, and a turn writes about
twenty."""


class LogKeeper:
    """Writes the log back every so many transactions of this process, with its marks."""

    def __init__(self, engine: Engine, database: Path) -> None:
        self._engine = engine
        self._database = database
        self._commits = 0
        self._known_marked = False
        self._busy = threading.Lock()

    def before_writing(self) -> None:
        """See that the log begins with a mark; to be called outside of a transaction."""
        if not self._known_marked:
            if not wal.has_mark(self._database):
                self._begin_anew()
            self._known_marked = True

    def committed(self) -> None:
        """One more transaction; to be called outside of a transaction."""
        self._commits += 1
        if self._commits >= COMMITS:
            self._begin_anew()

    def _begin_anew(self) -> None:
        # Another thread is at it already: once is enough.
        if not self._busy.acquire(blocking=False):
            return
        try:
            connection: Any = self._engine.raw_connection()
            # Somebody writes just now: the next transactions come here again.
            with suppress(sqlite3.OperationalError):
                wal.begin_anew(connection.driver_connection)
                self._commits = 0
            connection.close()
        finally:
            self._busy.release()
