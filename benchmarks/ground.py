"""The base of benchmarks: the sizes, and databases of each kind."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from tests.postgres import PostgresServer, running_server

Say = Callable[[str], None]
"""Receives each finished line of a report."""


@dataclass(frozen=True, kw_only=True)
class Size:
    """How much is measured.

    `rounds` of the conversation, cut after `turns` replies; `people` to remind at each of `ticks`
    stages; `starts` of each program; `repeats` of a short piece of work; `updates` for a running
    process.
    """

    rounds: int
    turns: int | None
    people: int
    ticks: int
    starts: int
    repeats: int
    updates: int


FULL: Final = Size(
    rounds=9, turns=None, people=10_000, ticks=10, starts=7, repeats=200, updates=400
)
TINY: Final = Size(rounds=1, turns=4, people=30, ticks=1, starts=1, repeats=2, updates=8)


class Databases(Protocol):
    """One kind of database: templates are built once and copied for each run."""

    @property
    def name(self) -> str:
        """ "sqlite" or "postgresql"."""

    def build(self, make: Callable[[str], object]) -> str:
        """A template: `make` gets the path or URL of a database that does not exist yet, or is
        empty.
        """

    def copy(self, template: str) -> str:
        """A copy of the template, to open and write to."""

    def drop(self, database: str) -> None:
        """Remove a copy; no connection may be open."""


class SqliteFiles:
    """Files in one folder, on the disk of that folder."""

    name: Final = "sqlite"

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made = 0

    def build(self, make: Callable[[str], object]) -> str:
        path = self._next()
        make(path)
        return path

    def copy(self, template: str) -> str:
        path = self._next()
        shutil.copyfile(template, path)
        return path

    def drop(self, database: str) -> None:
        for suffix in ("", "-wal", "-shm"):
            Path(database + suffix).unlink(missing_ok=True)

    def _next(self) -> str:
        self._made += 1
        return str(self._folder / f"{self._made}.db")


class PostgresDatabases:
    """Databases on the tests' server, with every durability setting on."""

    name: Final = "postgresql"

    def __init__(self, server: PostgresServer) -> None:
        self._server = server

    def build(self, make: Callable[[str], object]) -> str:
        url = self._server.create()
        make(url)
        return url

    def copy(self, template: str) -> str:
        return self._server.create(template=template)

    def drop(self, database: str) -> None:
        self._server.drop(database)


@contextmanager
def databases(folder: Path, kinds: tuple[str, ...]) -> Iterator[tuple[Databases, ...]]:
    """The requested kinds of database; a PostgreSQL server runs inside the block."""
    with ExitStack() as stack:
        found: list[Databases] = []
        if SqliteFiles.name in kinds:
            found.append(SqliteFiles(folder))
        if PostgresDatabases.name in kinds:
            server = stack.enter_context(running_server(durable=True))
            found.append(PostgresDatabases(server))
        yield tuple(found)
