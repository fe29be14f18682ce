"""Which rows a transaction wrote, found by looking at the tables before and after it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from sqlalchemy import Engine, Table, select

from storage.tables import METADATA
from storage.tables.base import Row, core

Key = tuple[Any, ...]
Rows = Mapping[Key, Mapping[str, Any]]

_BY_DATABASE: Final = {"lease_token"}
"""Columns that hold chance; everything else comes out the same at each run."""


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
    """Looks at a whole database again and again."""

    engine: Engine
    _seen: dict[str, Rows] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.written()

    def written(self) -> tuple[Written, ...]:
        """The rows written since the last look. Rows taken out are an error: no turn does that."""
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


def contents(engine: Engine) -> dict[str, list[tuple[Any, ...]]]:
    """Everything in a database except what chance made, to compare two of them."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with engine.connect() as connection:
        for table in METADATA.sorted_tables:
            columns = [column for column in table.c if column.name not in _BY_DATABASE]
            order = list(table.primary_key)
            rows = connection.execute(select(*columns).order_by(*order)).all()
            found[table.name] = [tuple(row) for row in rows]
    return found
