"""Migrates a database to the tables of this version."""

import contextlib
from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from storage import engines, revisions
from storage.errors import NotADatabase, Problem, Unavailable
from storage.files.lock import FileLock
from storage.files.wal import log_of

MIGRATIONS: Final = Path(__file__).with_name("migrations")

_MIGRATING: Final = 0x616E7474
"""Number of the advisory lock that prevents two simultaneous migrations ("antt")."""


def migrate(url_or_path: str) -> None:
    """Make or update the tables, all steps in one transaction; makes a new SQLite file.

    Makes no copy: for new and empty databases; `storage.upgrade` is for databases with data. Raises
    NotADatabase if it is damaged, another program's or newer than this version, Unavailable if it
    cannot be opened, and InUse if other processes have it open.
    """
    url = engines.parse_url(url_or_path)
    file = engines.file_of(url)
    with contextlib.nullcontext() if file is None else _alone(file):
        migrate_locked(url)


def migrate_locked(url: URL) -> None:
    """Like `migrate`, for a caller that has the exclusive lock."""
    # A read-only connection checks it first: it may belong to another program.
    is_new = _is_new_file(url)
    refuse_newer(None if is_new else _revision(url), engines.place_of(url))
    engine = engines.open_for_migrating(url)
    try:
        if is_new:
            engines.make_private(Path(url.database or ""))
        with engines.named_errors(url), engine.begin() as connection:
            _upgrade(connection, url)
    finally:
        engine.dispose()


def current_revision(url_or_path: str) -> str | None:
    """The revision of the tables; None for an empty database. Raises as `migrate`."""
    url = engines.parse_url(url_or_path)
    engines.must_exist(url)
    return _revision(url)


def _alone(file: Path) -> FileLock:
    # Only after it is known that the folder exists: the lock is a file in it.
    if not file.absolute().parent.is_dir():
        raise Unavailable(str(file), "its folder does not exist")
    if file.is_dir():
        raise Unavailable(str(file), "it is a folder")
    return FileLock.alone(file)


def _revision(url: URL) -> str | None:
    engine = engines.open_for_reading(url)
    try:
        with engines.named_errors(url), engine.begin() as connection:
            return revisions.found(connection, engines.place_of(url))
    finally:
        engine.dispose()


def refuse_newer(revision: str | None, place: str) -> None:
    """Raises NotADatabase (NEWER) if a later version made these tables."""
    if revision is not None and revision > revisions.HEAD:
        raise NotADatabase(Problem.NEWER, place, found=revision, wanted=revisions.HEAD)


def _upgrade(connection: Connection, url: URL) -> None:
    # Alembic takes long to load, and only migrations need it.
    from alembic import command
    from alembic.config import Config

    place = engines.place_of(url)
    if url.get_backend_name() == engines.POSTGRESQL:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
    refuse_newer(revisions.found(connection, place), place)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if url.get_backend_name() == engines.SQLITE:
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise NotADatabase(Problem.DAMAGED, place)


def _is_new_file(url: URL) -> bool:
    if url.get_backend_name() != engines.SQLITE:
        return False
    file = Path(url.database or "")
    if file.exists() and file.stat().st_size:
        engines.must_exist(url)
        return False
    if log_of(file).exists():
        # SQLite would delete it, and it may be the last part of a database whose file is gone.
        raise NotADatabase(Problem.FOREIGN_WAL, str(file))
    return True
