"""Migrates a database with data to this version, after a copy."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import engines
from storage.errors import NotCopied
from storage.files.copies import copy_sqlite
from storage.files.lock import FileLock
from storage.files.names import dated
from storage.migrate import current_revision, migrate_locked, refuse_newer
from storage.revisions import HEAD


@dataclass(frozen=True, kw_only=True)
class Upgraded:
    """The old and the new revision, and the copy of before; None if the operator made it."""

    before: str
    after: str
    copy: Path | None


def upgrade(url_or_path: str, now: datetime, *, copied: bool = False) -> Upgraded | None:
    """Copy the database next to itself, check the copy, then change the tables; None if there was
    nothing to change.

    The operator copies PostgreSQL and confirms it with `copied`; otherwise NotCopied is raised and
    nothing is changed. Raises InUse if any process has an SQLite database open, Damaged if the copy
    is not complete, and as `migrate`; the database is then unchanged.
    """
    url = engines.parse_url(url_or_path)
    engines.must_exist(url)
    file = engines.file_of(url)
    before = current_revision(url_or_path)
    if before is None or before == HEAD:
        return None
    refuse_newer(before, engines.place_of(url))
    if file is None:
        if not copied:
            raise NotCopied(engines.place_of(url))
        migrate_locked(url)
        return Upgraded(before=before, after=HEAD, copy=None)
    with FileLock.alone(file):
        copy = dated(file, before, now)
        copy_sqlite(url_or_path, copy)
        migrate_locked(url)
    return Upgraded(before=before, after=HEAD, copy=copy)
