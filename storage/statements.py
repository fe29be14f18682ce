"""Statements that are built once and run often.

Building a statement costs more than running it on SQLite, so repositories keep theirs as
module constants with bound parameters.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Insert, Row

AnyRow = Row[*tuple[Any, ...]]
"""A row of whatever columns; readers of rows stand beside the columns that they read."""


class Repository:
    """Named queries on one subject, inside one transaction."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection


def on_both(build: Callable[[Any], Insert]) -> Callable[[Connection], Insert]:
    """An INSERT with ON CONFLICT, which each database builds with an `insert` of its own.

    Its `rowcount` says how many rows were written.
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
