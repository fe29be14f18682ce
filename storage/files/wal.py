"""Whether a write-ahead log (-wal) belongs to the database file next to it.

SQLite does not check this: it replays a -wal with correct checksums over any file of that name,
also over a backup that was copied there. So this module connects the two itself.

A row of the table `meta` holds a mark: a random token and the token before it. A separate
transaction changes the mark when the log begins again, just before and just after: each log begins
with "new token, token of the file below it". So the file below can only have tokens that are in the
log. Any other token means that the file is a different one. `docs/decisions/0011-back-and-forth.md`
shows the cases.
"""

import re
import secrets
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

from storage.errors import NotADatabase, Problem

KEY: Final = "wal"
"""Key of the row in `meta`."""

UNMARKED: Final = "-"
"""Replaces the token of a file that has none: older versions did not write it."""

TOKEN_BYTES: Final = 8
"""Enough random bits that no two tokens of an installation are equal."""

TRIES: Final = 5
PAUSE_S: Final = 0.02
"""The file and its log are read one after the other. A process that has them open may begin the log
again in between, at most once every few seconds; then both are read again.
"""

_MARK: Final = re.compile(rb"antt-wal:([0-9a-f]{16}):([0-9a-f]{16}|-)")
_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_SALT: Final = slice(16, 24)
_FRAME_SALT: Final = slice(8, 16)
_MAGIC: Final = (b"\x37\x7f\x06\x82", b"\x37\x7f\x06\x83")


def refuse_foreign(database: Path) -> None:
    """Raises NotADatabase (FOREIGN_WAL) if the -wal next to this file belongs to another file.

    Changes nothing: SQLite would replay the log as soon as it opens the file.
    """
    for attempt in range(TRIES):
        if attempt:
            time.sleep(PAUSE_S)
        if _belongs(database):
            return
    raise NotADatabase(Problem.FOREIGN_WAL, str(database))


def log_of(database: Path) -> Path:
    """The path of SQLite's write-ahead log for this file."""
    return database.with_name(f"{database.name}-wal")


def has_mark(database: Path) -> bool:
    """Whether the log exists and begins with our mark or contains one later."""
    return any(True for _ in _tokens(log_of(database)))


def write_mark(connection: sqlite3.Connection) -> None:
    """Change the token in a separate transaction; the connection must not be in a transaction."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        row = connection.execute("SELECT value FROM meta WHERE key = ?", (KEY,)).fetchone()
        before = _token(row)
        mark = f"antt-wal:{secrets.token_hex(TOKEN_BYTES)}:{before}"
        connection.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (KEY, mark),
        )
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def begin_anew(connection: sqlite3.Connection) -> None:
    """Checkpoint the log into the file and begin it again, with a mark before and after.

    Does as much as is possible now: while a reader uses an older state, the log continues, and its
    marks stay correct. Never waits.
    """
    settings = [("synchronous", 1), ("busy_timeout", 0)]
    before = [(name, connection.execute(f"PRAGMA {name}").fetchone()[0]) for name, _ in settings]
    try:
        for name, value in settings:
            # No fsync is needed here before the next turn, which makes its own.
            connection.execute(f"PRAGMA {name} = {value}")
        write_mark(connection)
        connection.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()
        write_mark(connection)
    finally:
        for name, value in before:
            connection.execute(f"PRAGMA {name} = {value}")


def _belongs(database: Path) -> bool:
    log = log_of(database)
    if not _begins(log):
        return True
    below = _token_below(database)
    if below is None:
        # The next process that opens the file reports the error.
        return True
    known = set(_tokens(log))
    if known:
        return below in known
    # Written by a version without marks, or by another program: only its effect can be checked.
    return _is_sound(database) and _product(database, "mode=ro") == _product(
        database, "mode=ro&immutable=1"
    )


def _begins(log: Path) -> bool:
    """Whether the log holds frames that SQLite would replay."""
    with suppress(FileNotFoundError), log.open("rb") as file:
        header = file.read(_HEADER)
        frame = file.read(_FRAME_HEADER)
        return (
            header[:4] in _MAGIC
            and len(frame) == _FRAME_HEADER
            and frame[_FRAME_SALT] == header[_SALT]
        )
    return False


def _tokens(log: Path) -> Iterator[str]:
    """All tokens in the current log; frames left from an earlier log have another salt."""
    with suppress(FileNotFoundError), log.open("rb") as file:
        header = file.read(_HEADER)
        if header[:4] not in _MAGIC:
            return
        page = int.from_bytes(header[8:12])
        while frame := file.read(_FRAME_HEADER + page):
            if frame[_FRAME_SALT] != header[_SALT]:
                return
            for new, before in _MARK.findall(frame):
                yield new.decode()
                yield before.decode()


def _token_below(database: Path) -> str | None:
    """The token in the file itself, without its log; None if the file cannot be read that way."""
    try:
        with closing(_open(database, "mode=ro&immutable=1")) as connection:
            query = "SELECT value FROM meta WHERE key = ?"
            return _token(connection.execute(query, (KEY,)).fetchone())
    except sqlite3.Error:
        return None


def _token(row: Any) -> str:
    found = _MARK.search(row[0].encode()) if row is not None else None
    return found[1].decode() if found is not None else UNMARKED


def _is_sound(database: Path) -> bool:
    """Whether the file and its log together are a complete database; makes no checkpoint."""
    try:
        with closing(_open(database, "mode=ro")) as connection:
            (answer,) = connection.execute("PRAGMA quick_check(1)").fetchone()
            broken = connection.execute("PRAGMA foreign_key_check").fetchone()
    except sqlite3.DatabaseError:
        return False
    return answer == "ok" and broken is None


def _product(database: Path, how: str) -> str | None:
    """The program that the database names as its own; None if it names none.

    A complete log of another program's database replaces all tables, and so this name.
    """
    try:
        with closing(_open(database, how)) as connection:
            row = connection.execute("SELECT value FROM meta WHERE key = 'product'").fetchone()
    except sqlite3.Error:
        return None
    return str(row[0]) if row is not None else None


def _open(database: Path, how: str) -> sqlite3.Connection:
    return sqlite3.connect(f"{database.absolute().as_uri()}?{how}", uri=True)
