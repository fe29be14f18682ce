"""One PostgreSQL database for many tests, with its rows deleted in between.

Making a database takes longer than most tests. Changes of rows are undone by deleting the rows; a
database whose tables a test changed is dropped.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import NullPool

from tests.postgres import PostgresServer

# Rows that a migration made; all others belong to the test.
FROM_MIGRATIONS = {"meta": "key IN ('product', 'pepper')", "alembic_version": "true"}

_SHAPE = text(
    """
    SELECT string_agg(table_name || '.' || column_name, ',' ORDER BY table_name, ordinal_position)
           || (SELECT string_agg(version_num, ',') FROM alembic_version)
    FROM information_schema.columns WHERE table_schema = 'public'
    """
)


class RecycledDatabase:
    """Lends copies of a migrated database, the same one as long as it can be reused."""

    def __init__(self, server: PostgresServer, template: str) -> None:
        self._server = server
        self._template = template
        self._url: str | None = None
        self._shape = ""

    @contextmanager
    def lent(self) -> Iterator[str]:
        """The URL of a database with the present tables and no rows of other tests."""
        url = self._url or self._make()
        self._url = None
        try:
            yield url
        finally:
            if self._emptied(url):
                self._url = url
            else:
                self._server.drop(url)

    def _make(self) -> str:
        url = self._server.create(template=self._template)
        engine = create_engine(url, poolclass=NullPool)
        with engine.begin() as connection:
            self._shape = connection.execute(_SHAPE).scalar_one()
        return url

    def _emptied(self, url: str) -> bool:
        """Whether it was possible; an open transaction of the test may lock its rows."""
        engine = create_engine(url, poolclass=NullPool)
        try:
            with engine.begin() as connection:
                connection.execute(text("SET LOCAL lock_timeout = '1s'"))
                if connection.execute(_SHAPE).scalar() != self._shape:
                    return False
                _empty(connection)
        except DBAPIError:
            return False
        return True


def _empty(connection: Connection) -> None:
    from storage.tables import METADATA

    for table in reversed(METADATA.sorted_tables):
        kept = FROM_MIGRATIONS.get(table.name, "false")
        connection.execute(text(f"DELETE FROM {table.name} WHERE NOT ({kept})"))
