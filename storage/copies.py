"""A copy of a database while it is in use."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Final

from storage import engines
from storage.errors import Unavailable

PAGES_AT_ONCE: Final = 2_000
"""Eight megabytes: between two such steps a turn can write."""


def copy_sqlite(url_or_path: str, target: Path) -> None:
    """Write a whole and consistent copy of an SQLite database to a new file.

    Raises Unavailable when there is none to copy, when it is not SQLite, or when the file
    cannot be written.
    """
    url = engines.parse_url(url_or_path)
    if url.get_backend_name() != engines.SQLITE:
        raise Unavailable(engines.place_of(url), "only an SQLite database is copied as a file")
    engines.must_exist(url)
    engines.make_private(target)
    try:
        with (
            engines.named_errors(url),
            closing(sqlite3.connect(_read_only(url.database), uri=True)) as source,
            closing(sqlite3.connect(target)) as copy,
        ):
            source.backup(copy, pages=PAGES_AT_ONCE)
    except OSError as error:
        raise Unavailable(str(target), error.strerror or "it cannot be written") from error


def _read_only(file: str | None) -> str:
    return f"{Path(file or '').absolute().as_uri()}?mode=ro"
