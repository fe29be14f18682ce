"""Bringing a database to the tables of this version."""

from pathlib import Path
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.engine import URL

from storage import engines, revisions
from storage.errors import NotADatabase, Problem, Unavailable

MIGRATIONS: Final = Path(__file__).with_name("migrations")

_MIGRATING: Final = 0x616E7474
"""Number of the advisory lock that keeps two processes from migrating at once ("antt")."""


def migrate(url_or_path: str) -> None:
    """Make or update the tables, all steps in one transaction; a new SQLite file is made.

    Raises NotADatabase when it is damaged, another program's or newer than this version, and
    Unavailable when it cannot be opened.
    """
    url = engines.parse_url(url_or_path)
    # Looked at first by a connection that changes nothing: it may be somebody else's.
    is_new = _is_new_file(url)
    _refuse(None if is_new else _revision(url), engines.place_of(url))
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


def _revision(url: URL) -> str | None:
    engine = engines.open_for_reading(url)
    try:
        with engines.named_errors(url), engine.begin() as connection:
            return revisions.found(connection, engines.place_of(url))
    finally:
        engine.dispose()


def _refuse(revision: str | None, place: str) -> None:
    if revision is not None and revision > revisions.HEAD:
        raise NotADatabase(Problem.NEWER, place, found=revision, wanted=revisions.HEAD)


def _upgrade(connection: Connection, url: URL) -> None:
    # Alembic takes long to load and only migrating needs it.
    from alembic import command
    from alembic.config import Config

    place = engines.place_of(url)
    if url.get_backend_name() == engines.POSTGRESQL:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_MIGRATING})")
    _refuse(revisions.found(connection, place), place)
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
    if not file.absolute().parent.is_dir():
        raise Unavailable(str(file), "its folder does not exist")
    if not file.exists():
        return True
    engines.must_exist(url)
    return file.stat().st_size == 0
