"""Connections to the two kinds of database, with every setting that our guarantees need."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from storage.errors import NotADatabase, Problem, StorageError, Unavailable
from storage.files import wal

BUSY_TIMEOUT_MS: Final = 5_000
"""How long SQLite waits for another writer. Our longest transaction, a tick that queues messages
for some people, takes under a second; after five seconds the other process hangs.
"""

POOL_SIZE: Final = 4
"""Connections of one process: the turn, the sender, the tick and a read-only query."""

POOL_TIMEOUT_S: Final = 10
"""How long a thread waits for a connection; a turn that waits longer is better retried."""

CONNECT_TIMEOUT_S: Final = 5
"""Connection timeout of PostgreSQL: a local network answers in milliseconds."""

LOCK_TIMEOUT_MS: Final = 5_000
"""The same as `BUSY_TIMEOUT_MS`, for the row locks of PostgreSQL."""

PRIVATE: Final = 0o600
"""File mode of a database that we make; SQLite gives its other files the same mode."""

SQLITE: Final = "sqlite"
POSTGRESQL: Final = "postgresql"
_DAMAGED: Final = ("malformed", "not a database", "encrypted", "unsupported file format")


_FORGETTING: Final = "secure_delete=ON"
"""What is deleted is overwritten: a copy has all pages of the file, also those that are free."""

_WRITING: Final = ("journal_mode=WAL", "wal_autocheckpoint=0")
"""Only `storage.files.wal.begin_anew` makes checkpoints, because it marks the log; nothing else
does while a process has the database open.
"""


def parse_url(url_or_path: str) -> URL:
    """A path names an SQLite file, a string with "://" is a URL. Raises Unavailable."""
    if "://" not in url_or_path:
        return URL.create(SQLITE, database=url_or_path)
    try:
        url = make_url(url_or_path)
    except ArgumentError as error:
        raise Unavailable("named", "its address cannot be read") from error
    kind = url.get_backend_name()
    if kind in {POSTGRESQL, "postgres"}:
        return url.set(drivername="postgresql+psycopg")
    if kind == SQLITE and url.database:
        return url.set(drivername=SQLITE)
    raise Unavailable(place_of(url), "only SQLite files and PostgreSQL are known here")


def place_of(url: URL) -> str:
    """The database's name in messages: the file, or the URL without its password."""
    if url.get_backend_name() == SQLITE:
        return url.database or ":memory:"
    return url.render_as_string(hide_password=True)


def open_for_writing(url: URL) -> Engine:
    """Each transaction takes the write lock at its beginning, so no transaction fails at its
    end.
    """
    if url.get_backend_name() == SQLITE:
        return _sqlite(url, *_WRITING, _FORGETTING, "foreign_keys=ON", begin="BEGIN IMMEDIATE")
    return _postgresql(url)


def open_for_reading(url: URL, writing: Engine | None = None) -> Engine:
    """Transactions that see one state of the database and cannot change it or its file.

    On PostgreSQL they use the connections of `writing`, if given.
    """
    if url.get_backend_name() == SQLITE:
        return _sqlite(url, "query_only=ON", begin="BEGIN")
    return (writing or _postgresql(url)).execution_options(
        isolation_level="REPEATABLE READ", postgresql_readonly=True
    )


def open_for_migrating(url: URL) -> Engine:
    """Like the engine for writing, but on SQLite without foreign keys: a changed table is made
    again, and dropping the old one would count as deleting its rows. The keys are checked
    afterwards.
    """
    if url.get_backend_name() == SQLITE:
        return _sqlite(url, *_WRITING, "foreign_keys=OFF", begin="BEGIN IMMEDIATE")
    return _postgresql(url)


def _sqlite(url: URL, *settings: str, begin: str) -> Engine:
    engine = create_engine(
        url,
        # Values of rows never appear in an exception's text, so they never reach a log.
        hide_parameters=True,
        pool_size=POOL_SIZE,
        pool_timeout=POOL_TIMEOUT_S,
        # None: the driver begins no transaction on its own, so the events below decide.
        connect_args={"isolation_level": None, "timeout": BUSY_TIMEOUT_MS / 1000},
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        for setting in ("synchronous=FULL", *settings):
            connection.execute(f"PRAGMA {setting}")

    @event.listens_for(engine, "begin")
    def begin_explicitly(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine


def _postgresql(url: URL) -> Engine:
    arguments: dict[str, Any] = {
        "connect_timeout": CONNECT_TIMEOUT_S,
        "options": f"-c lock_timeout={LOCK_TIMEOUT_MS} -c timezone=UTC",
    }
    return create_engine(
        url,
        hide_parameters=True,
        pool_size=POOL_SIZE,
        max_overflow=0,
        pool_timeout=POOL_TIMEOUT_S,
        connect_args=arguments,
    )


def file_of(url: URL) -> Path | None:
    """The file of an SQLite database; None for PostgreSQL."""
    return Path(url.database or "") if url.get_backend_name() == SQLITE else None


def must_exist(url: URL) -> None:
    """Call this before an SQLite file is opened: opening would create a missing file, and would
    replay a write-ahead log that belongs to another file. Raises Unavailable and NotADatabase.
    """
    file = file_of(url)
    if file is None:
        return
    if not file.exists():
        raise Unavailable(place_of(url), "there is no such file")
    if file.is_dir():
        raise Unavailable(place_of(url), "it is a folder")
    wal.refuse_foreign(file)


def make_private(file: Path) -> None:
    """Make an empty file that only its owner can read, if there is none. Raises Unavailable."""
    try:
        file.touch(mode=PRIVATE)
    except OSError as error:
        raise Unavailable(str(file), error.strerror or str(error)) from error


@contextmanager
def named_errors(url: URL) -> Iterator[None]:
    """Turns driver errors about damaged, locked or missing databases into our errors.

    An error in our own statements is raised unchanged.
    """
    try:
        yield
    except PoolTimeout as error:
        raise Unavailable(place_of(url), "all its connections are busy") from error
    except DBAPIError as error:
        if (ours := _named(error.orig, url)) is None:
            raise
        raise ours from error
    except sqlite3.Error as error:  # from the settings made at connection time
        if (ours := _named(error, url)) is None:
            raise
        raise ours from error


def _named(error: BaseException | None, url: URL) -> StorageError | None:
    said = str(error).strip()
    if url.get_backend_name() == SQLITE and any(word in said for word in _DAMAGED):
        return NotADatabase(Problem.DAMAGED, place_of(url))
    # Both drivers use this class for errors that are not caused by the statement.
    kinds = {kind.__name__ for kind in type(error).__mro__}
    if "OperationalError" in kinds and not _is_our_mistake(said):
        return Unavailable(place_of(url), said.partition("\n")[0])
    return None


def _is_our_mistake(said: str) -> bool:
    # SQLite also reports a wrong statement as an operational error.
    return said.startswith(("no such", "near ")) or "has no column" in said
