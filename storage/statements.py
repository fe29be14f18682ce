"""Statements that are built once and run often.

Building a statement costs more than running it on SQLite, so repositories keep theirs as module
constants with bound parameters.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Row

AnyRow = Row[*tuple[Any, ...]]
"""A row with any columns; the functions that read rows are next to the column lists."""


class Repository:
    """Named queries on one subject, in one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


def on_both(build: Callable[[Any], Insert]) -> Callable[[Connection], Insert]:
    """An INSERT with ON CONFLICT, for which each database has its own `insert`.

    Its `rowcount` is the number of rows written.
    """

    @lru_cache
    def for_dialect(name: str) -> Insert:
        # Without this option an INSERT on PostgreSQL has no rowcount.
        return build(_insert_of(name)).execution_options(preserve_rowcount=True)

    return lambda connection: for_dialect(connection.dialect.name)


def _insert_of(dialect: str) -> Any:
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert as sqlite_insert

        return sqlite_insert
    from sqlalchemy.dialects.postgresql import insert as postgresql_insert

    return postgresql_insert
