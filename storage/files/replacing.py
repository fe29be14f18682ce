"""Replaces a database file with another; the old one is moved aside and never deleted."""

import os
from datetime import datetime
from pathlib import Path
from typing import Final

from storage.files.copies import BESIDE
from storage.files.names import dated

ASIDE: Final = "before-restore"


def put_in_place(new: Path, database: Path, now: datetime) -> tuple[Path, ...]:
    """Move the database and SQLite's files next to it aside, under one dated name, and put the new
    file in its place; returns the moved files.

    The caller must have the exclusive lock. If this stops half-way, there is no database with this
    name, or there is one next to the old log; the next opening refuses both. Running it again
    completes it. Raises OSError.
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
    """Wait until the new names are on the disk (fsync)."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
