"""A database as an older version of the program wrote it."""

import sqlite3
from pathlib import Path

_LATER = (
    "ALTER TABLE web_session DROP COLUMN own_device",
    "DROP TABLE register_copy",
    "DROP TABLE register_entry",
    "DROP TABLE revocation",
)
"""What undoes the revisions behind 0009, the last one first."""


def as_of_0009(file: Path) -> None:
    """Take out of an SQLite file what the revisions after 0009 added."""
    connection = sqlite3.connect(file)
    with connection:
        for statement in _LATER:
            connection.execute(statement)
        connection.execute("UPDATE alembic_version SET version_num = '0009'")
    connection.close()
