"""A database file takes the place of another, which is moved aside and never deleted."""

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from storage.files.copies import BESIDE
from storage.files.names import dated

ASIDE: Final = "before-restore"


def put_in_place(new: Path, database: Path, now: datetime) -> tuple[Path, ...]:
    """Move the database with what SQLite keeps beside it aside, under one dated name, and put
    the new file in its place; returns the files that were moved.

    For who has the database alone. If this ends half-way, there is no database of this name or
    one beside the old log, and both are refused at the next opening; doing it again ends it.
    Raises OSError.
    """
    aside = dated(database, ASIDE, now)
    moved = []
    for suffix in BESIDE:
        there = database.with_name(database.name + suffix)
        if there.exists():
            target = aside.with_name(aside.name + suffix)
            there.rename(target)
            moved.append(target)
    new.rename(database)
    _save_names(database.absolute().parent)
    return tuple(moved)


def _save_names(folder: Path) -> None:
    """Wait until the disk has the new names."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
