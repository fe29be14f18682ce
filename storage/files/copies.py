"""Copies a database while it is in use, and checks whether a copy is complete."""

import sqlite3
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy.engine import URL

from storage import engines, revisions
from storage.errors import Damaged, NotADatabase, Problem, Unavailable
from storage.files import wal

PAGES_AT_ONCE: Final = 2_000
"""Eight megabytes: a turn can write between two such steps."""

PARKED: Final = "inbox_pending"
"""The table of what people wrote and no turn has handled yet. It lives for minutes, and no copy has
it: a copy lives for years.
"""

FAULTS_SHOWN: Final = 3
"""Lines of an integrity check shown to a person; a damaged file has thousands."""


@dataclass(frozen=True, kw_only=True)
class Contents:
    """The content of a whole database file: its revision, None for no tables, and rows by table."""

    revision: str | None
    rows: Mapping[str, int] = field(default_factory=dict)


def copy_sqlite(url_or_path: str, target: Path) -> Contents:
    """Write a complete and consistent copy of an SQLite database of any version to a new file.

    The copy is checked: every page, every index, the references between rows, product and revision,
    and the rows of each table that did not change in the meantime. It gets its own log mark, so a
    log of the original is never accepted for the copy.

    Raises Damaged, and leaves no file, if the copy is not complete; NotADatabase if the original is
    not our database; Unavailable if there is no file, if it is not SQLite, or if the target cannot
    be written.
    """
    url = engines.parse_url(url_or_path)
    if url.get_backend_name() != engines.SQLITE:
        raise Unavailable(engines.place_of(url), "only an SQLite database is copied as a file")
    engines.must_exist(url)
    engines.make_private(target)
    try:
        return _copy(url, target)
    except OSError as error:
        remove(target)
        raise Unavailable(str(target), error.strerror or "it cannot be written") from error
    except BaseException:
        remove(target)
        raise


def _copy(url: URL, target: Path) -> Contents:
    place = engines.place_of(url)
    with (
        engines.named_errors(url),
        closing(sqlite3.connect(uri(Path(url.database or "")), uri=True)) as source,
    ):
        before = _looked_at(source, place)
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy, pages=PAGES_AT_ONCE)
            _without_parked(copy, before)
            if before.revision is not None:
                copy.isolation_level = None
                wal.write_mark(copy)
        after = _looked_at(source, place)
    copied = contents(target)
    _compare(copied, before, after, target)
    return copied


def _without_parked(copy: sqlite3.Connection, before: Contents) -> None:
    """Delete parked bodies from the copy, also from the pages that they left free."""
    if PARKED not in before.rows:
        return
    copy.execute("PRAGMA secure_delete = ON")
    copy.execute(f"DELETE FROM {PARKED}")  # noqa: S608  our own name of a table
    copy.commit()


def contents(file: Path) -> Contents:
    """The content of a file, after a check of all of it; changes nothing in it.

    Raises Damaged if it is not complete, NotADatabase if it is not ours.
    """
    wal.refuse_foreign(file)
    try:
        with closing(sqlite3.connect(uri(file), uri=True)) as connection:
            found = _looked_at(connection, str(file))
            faults = [line for (line,) in connection.execute("PRAGMA integrity_check")]
            if faults != ["ok"]:
                raise Damaged(str(file), faults[:FAULTS_SHOWN])
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                lines = [f"a row of {row[0]} refers to a missing {row[2]}" for row in broken]
                raise Damaged(str(file), sorted(set(lines))[:FAULTS_SHOWN])
            return found
    except sqlite3.DatabaseError as error:
        raise Damaged(str(file), (str(error),)) from error


def remove(file: Path, *more: str) -> None:
    """Delete a database that this program made and that no process uses yet, with SQLite's files
    next to it and with the endings `more`.
    """
    for suffix in (*BESIDE, *more):
        with suppress(OSError):
            file.with_name(file.name + suffix).unlink(missing_ok=True)


BESIDE: Final = ("", "-wal", "-shm")
"""The database file and SQLite's files next to it, in the order of moving: a log without its file
is recognised, a file without its log is not.
"""


_TABLES: Final = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"


def _looked_at(connection: sqlite3.Connection, place: str) -> Contents:
    """Product, revision and rows, in one read-only transaction."""
    connection.isolation_level = None
    connection.execute("BEGIN")
    try:
        names = {
            name
            for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type='table'")
        }
        if not names:
            return Contents(revision=None)
        if not names >= revisions.TABLE_NAMES:
            raise NotADatabase(Problem.NOT_OURS, place)
        query = "SELECT value FROM meta WHERE key = ?"
        product = connection.execute(query, (revisions.PRODUCT_KEY,)).fetchone()
        if product != (revisions.PRODUCT,):
            raise NotADatabase(Problem.NOT_OURS, place)
        (revision,) = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        rows = {
            name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
            for name in sorted(names)
        }
        return Contents(revision=revision, rows=rows)
    finally:
        connection.execute("COMMIT")


def _compare(copied: Contents, before: Contents, after: Contents, target: Path) -> None:
    """Raises Damaged unless the copy has what the original had before and after the copying."""
    expected = {name: count for name, count in before.rows.items() if after.rows.get(name) == count}
    if PARKED in expected:
        expected[PARKED] = 0
    wrong = [
        f"{name}: {copied.rows.get(name)} rows, expected {count}"
        for name, count in expected.items()
        # Our own mark may add one row.
        if name != "meta" and copied.rows.get(name) != count
    ]
    if copied.revision not in (before.revision, after.revision):
        wrong.append(f"revision {copied.revision}, expected {after.revision}")
    if wrong:
        raise Damaged(str(target), wrong[:FAULTS_SHOWN])


def uri(file: Path) -> str:
    """A read-only connection. If there is no log, no other process has the file open, or it is our
    own: then we tell SQLite so, because otherwise it would leave an empty log.
    """
    alone = "" if wal.log_of(file).exists() else "&immutable=1"
    return f"{file.absolute().as_uri()}?mode=ro{alone}"
