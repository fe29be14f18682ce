"""Bringing a database that holds data to this version, after a copy."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from storage import engines
from storage.errors import NotCopied
from storage.files.copies import copy_sqlite
from storage.files.lock import FileLock
from storage.files.names import dated
from storage.migrate import current_revision, migrate_locked
from storage.revisions import HEAD


@dataclass(frozen=True, kw_only=True)
class Upgraded:
    """From which revision to which, and the copy of before; None where the operator made it."""

    before: str
    after: str
    copy: Path | None


def upgrade(url_or_path: str, now: datetime, *, copied: bool = False) -> Upgraded | None:
    """Copy the database beside itself, check the copy, then change the tables; None when there
    was nothing to change.

    PostgreSQL is copied by its operator, who says so with `copied`; else NotCopied is raised
    and nothing done. Raises InUse when anybody has an SQLite database open, Damaged when the
    copy is not whole, and as `migrate`; the database is as before then.
    """
    url = engines.parse_url(url_or_path)
    engines.must_exist(url)
    file = engines.file_of(url)
    before = current_revision(url_or_path)
    if before is None or before == HEAD:
        return None
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
