"""Finds the rows that a transaction wrote, by comparing the tables before and after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Engine, Table, delete, insert, select, text

from storage import engines
from storage.files import wal
from storage.tables import METADATA
from storage.tables.base import Row, core

Key = tuple[Any, ...]
Rows = Mapping[Key, Mapping[str, Any]]

_BY_CHANCE: Final = {"lease_token"}
"""Columns that differ between runs; everything else is the same at each run."""

_COUNT_AGAIN: Final = (
    "SELECT setval(pg_get_serial_sequence('{0}', 'id'),"
    " (SELECT coalesce(max(id), 0) + 1 FROM {0}), false)"
)
"""Restarts id sequences after the last row, as SQLite does by itself."""


def _all_classes(base: type[Row]) -> list[type[Row]]:
    return [base, *(below for one in base.__subclasses__() for below in _all_classes(one))]


CLASSES: Final = {core(one).name: one for one in _all_classes(Row) if "__table__" in vars(one)}


@dataclass(frozen=True, kw_only=True)
class Written:
    """One row that a transaction added (`key` None, all values) or changed (new values only)."""

    table: type[Row]
    key: Key | None
    values: Mapping[str, Any]


@dataclass(kw_only=True)
class Looking:
    """Compares a whole database with its previous state, repeatedly."""

    engine: Engine
    _seen: dict[str, Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.written()

    def written(self) -> tuple[Written, ...]:
        """The rows written since the last call. Deleted rows are an error: no turn deletes."""
        found: list[Written] = []
        with self.engine.connect() as connection:
            for table in METADATA.sorted_tables:
                now = read(table, connection)
                before = self._seen.get(table.name, {})
                assert not before.keys() - now.keys(), f"rows of {table.name} went"
                found += _between(table, before, now)
                self._seen[table.name] = now
        return tuple(found)


def read(table: Table, connection: Any) -> Rows:
    """All rows of a table by primary key."""
    keys = [column.name for column in table.primary_key]
    return {
        tuple(row[name] for name in keys): row
        for row in map(dict, connection.execute(select(table)).mappings())
    }


def _between(table: Table, before: Rows, now: Rows) -> list[Written]:
    found = []
    for key, row in now.items():
        was = before.get(key)
        if was == row:
            continue
        changed = {name: value for name, value in row.items() if was is None or was[name] != value}
        found.append(
            Written(table=CLASSES[table.name], key=None if was is None else key, values=changed)
        )
    return found


def contents(database: str) -> dict[str, Rows]:
    """All rows of all tables."""
    engine = engines.open_for_reading(engines.parse_url(database))
    with engine.connect() as connection:
        found = {table.name: read(table, connection) for table in METADATA.sorted_tables}
    engine.dispose()
    return found


def must_be_alike(one: str, other: str) -> None:
    """Both databases must hold the same rows, or a comparison of their costs has no meaning."""
    first, second = contents(one), contents(other)
    for table, rows in first.items():
        same = _without_chance(rows) == _without_chance(second[table])
        assert same, f"the bare handler wrote other rows of {table}"


_MARK: Final = (wal.KEY,)
"""The random mark of an SQLite log in the table `meta`, which only our own store writes."""


def _without_chance(rows: Rows) -> Rows:
    return {
        key: {name: value for name, value in row.items() if name not in _BY_CHANCE}
        for key, row in rows.items()
        if key != _MARK
    }


def restored(database: str, template: str) -> None:
    """Reset a database to the rows of its template, while other processes have it open."""
    wanted, now = contents(template), contents(database)
    changed = [table for table in METADATA.sorted_tables if now[table.name] != wanted[table.name]]
    engine = engines.open_for_writing(engines.parse_url(database))
    with engine.begin() as connection:
        for table in reversed(changed):
            connection.execute(delete(table))
        for table in changed:
            if rows := list(wanted[table.name].values()):
                connection.execute(insert(table), rows)
            if engine.dialect.name == engines.POSTGRESQL and "id" in table.c:
                connection.execute(text(_COUNT_AGAIN.format(table.name)))
    engine.dispose()
