"""Errors of storage that are not bugs.

    StorageError
    ├── Conflict              another turn changed it first: load it again and decide again
    │   └── AssessmentLocked  it was handed in, and the change gives no reason
    ├── NotADatabase          the file or server holds nothing that we can use (see Problem)
    ├── NotCopied             its version must change, and no copy was confirmed
    ├── Damaged               a check of the whole file found faults
    └── Unavailable           it cannot be opened, or was locked too long: try again later
        └── InUse             other processes have it open, and exclusive use is needed; or reverse

Every other database error is a bug of ours and is raised unchanged.
"""

from collections.abc import Sequence
from enum import StrEnum


class StorageError(Exception):
    """Any of the errors above; its text is one clear sentence without values of rows."""


class Conflict(StorageError):
    """A version conflict: of two simultaneous changes, this one came second."""


class AssessmentLocked(Conflict):
    """An answer of an assessment that is no longer open needs a reason."""


class Problem(StrEnum):
    """Why a database cannot be used."""

    DAMAGED = "damaged"
    NOT_OURS = "not_ours"
    NEEDS_MIGRATION = "needs_migration"
    NEWER = "newer"
    FOREIGN_WAL = "foreign_wal"


_SENTENCES = {
    Problem.DAMAGED: "{place} is damaged or is no SQLite file: restore the last backup.",
    Problem.NOT_OURS: "{place} is a database of another program: choose another name.",
    Problem.NEEDS_MIGRATION: (
        "{place} has the tables of an older version ({found}, wanted {wanted}): migrate it first."
    ),
    Problem.NEWER: (
        "{place} was written by a newer version ({found}, known up to {wanted}): "
        "update this program."
    ),
    Problem.FOREIGN_WAL: (
        "{place}-wal belongs to another state of {place}. Nothing was changed. Move {place}-wal "
        "and {place}-shm away, or put the copy back with `antt restore`."
    ),
}


class NotADatabase(StorageError):
    """`found` and `wanted` are revisions of the tables, None if there are no tables."""

    def __init__(
        self, problem: Problem, place: str, *, found: str | None = None, wanted: str | None = None
    ) -> None:
        self.problem = problem
        self.place = place
        self.found = found
        self.wanted = wanted
        sentence = _SENTENCES[problem]
        super().__init__(sentence.format(place=place, found=found or "none", wanted=wanted))


class Damaged(StorageError):
    """A check of all pages and rows of a file failed; `faults` are SQLite's messages or our own."""

    def __init__(self, place: str, faults: Sequence[str]) -> None:
        self.place = place
        self.faults = tuple(faults)
        super().__init__(f"{place} is damaged: {'; '.join(self.faults)}.")


class Unavailable(StorageError):
    """The database exists but does not answer now, or there is no database at this place."""

    def __init__(self, place: str, why: str) -> None:
        self.place = place
        self.why = why
        super().__init__(f"The database {place} cannot be used now: {why}.")


class InUse(Unavailable):
    """Other processes have the database open and it must be replaced, or it is being replaced
    now.
    """

    def __init__(self, place: str) -> None:
        super().__init__(place, "it is in use")


class NotCopied(StorageError):
    """The operator must copy a server's database before its version is changed."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(f"Copy {place} first, with pg_dump, and say so with --copied.")
