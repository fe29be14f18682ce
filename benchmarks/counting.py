"""Counts statements, commits and rows of a piece of work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Connection, Engine, event

from storage import engines

_NOT_COUNTED: Final = ("BEGIN", "PRAGMA")


@dataclass(kw_only=True)
class Counted:
    """Statements and commits that ran in the block."""

    statements: int = 0
    commits: int = 0


@dataclass(kw_only=True)
class CountedRows:
    """Rows of everything that ran in the block: `read` were passed to the program, `written` were
    added, changed or deleted by transactions that committed.
    """

    read: int = 0
    written: int = 0


@contextmanager
def counting() -> Iterator[Counted]:
    """Count until the block ends, on every open database."""
    counted = Counted()

    def statement(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        counted.statements += not sql.startswith(_NOT_COUNTED)

    def commit(_connection: Any) -> None:
        counted.commits += 1

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        yield counted
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)


@contextmanager
def counting_rows() -> Iterator[CountedRows]:
    """Count rows until the block ends, on every open database.

    Each row costs a call: do not use it for a block whose time is measured.
    """
    rows = _Rows()
    event.listen(Engine, "begin", rows.begun)
    event.listen(Engine, "after_cursor_execute", rows.executed)
    event.listen(Engine, "commit", rows.committed)
    try:
        yield rows.counted
    finally:
        event.remove(Engine, "begin", rows.begun)
        event.remove(Engine, "after_cursor_execute", rows.executed)
        event.remove(Engine, "commit", rows.committed)


class _Rows:
    """Receives each statement. Each driver reports the number of rows in its own way."""

    def __init__(self) -> None:
        self.counted = CountedRows()
        self._before = 0
        self._written = 0

    def begun(self, connection: Connection) -> None:
        self._before = _changes_of(connection)
        self._written = 0

    def executed(self, connection: Connection, cursor: Any, *_: Any) -> None:
        if connection.dialect.name == engines.SQLITE:
            # Called for each fetched row; the driver does not know their number in advance.
            cursor.row_factory = self._fetched
            return
        if cursor.description is not None:
            self.counted.read += cursor.rowcount
        if not cursor.statusmessage.startswith("SELECT"):
            self._written += cursor.rowcount

    def committed(self, connection: Connection) -> None:
        self.counted.written += self._written + _changes_of(connection) - self._before

    def _fetched(self, _cursor: Any, row: Any) -> Any:
        self.counted.read += 1
        return row


def _changes_of(connection: Connection) -> int:
    """Rows that an SQLite connection has changed so far; 0 on PostgreSQL, which counts them per
    statement.
    """
    if connection.dialect.name != engines.SQLITE:
        return 0
    driver: Any = connection.connection.dbapi_connection
    changes: int = driver.total_changes
    return changes
