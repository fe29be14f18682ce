"""Whether a database is ours, and its revision. Does not need Alembic, which is slow to load."""

from typing import Final

from sqlalchemy import Connection, inspect, text

from storage.errors import NotADatabase, Problem

HEAD: Final = "0012"
"""The newest migration. Revisions are four digits and compare as text."""

PRODUCT_KEY: Final = "product"
PRODUCT: Final = "antt-bot"

TABLE_NAMES: Final = frozenset({"meta", "alembic_version"})


def found(connection: Connection, place: str) -> str | None:
    """The revision of our tables, None if there are no tables at all.

    Raises NotADatabase if the tables belong to another program.
    """
    names = set(inspect(connection).get_table_names())
    if not names:
        return None
    if not names >= TABLE_NAMES:
        raise NotADatabase(Problem.NOT_OURS, place)
    product = connection.execute(text("SELECT value FROM meta WHERE key = 'product'")).scalar()
    if product != PRODUCT:
        raise NotADatabase(Problem.NOT_OURS, place)
    revision: str | None = connection.execute(
        text("SELECT version_num FROM alembic_version")
    ).scalar()
    return revision


def check(connection: Connection, place: str) -> None:
    """Raises NotADatabase unless the tables are ours and of exactly this version."""
    revision = found(connection, place)
    if revision is None:
        raise NotADatabase(Problem.NEEDS_MIGRATION, place, found=None, wanted=HEAD)
    if revision > HEAD:
        raise NotADatabase(Problem.NEWER, place, found=revision, wanted=HEAD)
    if revision < HEAD:
        raise NotADatabase(Problem.NEEDS_MIGRATION, place, found=revision, wanted=HEAD)
