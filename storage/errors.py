"""What can go wrong in storage, other than a bug.

    StorageError
    ├── Conflict              somebody else changed it first: load again and decide anew
    │   └── AssessmentLocked  it was handed in, and the change gives no reason
    ├── NotADatabase          the file or server holds nothing that we can use (see Problem)
    ├── NotCopied             its version is to be changed, and nobody says that there is a copy
    ├── Damaged               a check of the whole file found faults
    └── Unavailable           it cannot be opened, or stayed locked too long: try again later
        └── InUse             others have it open, and it must be had alone; or the reverse

Everything else that the database raises is a mistake of ours and flies.
"""

from collections.abc import Sequence
from enum import StrEnum


class StorageError(Exception):
    """Any of the situations above; its text is one clear sentence without values of rows."""


class Conflict(StorageError):
    """A version was lost: of two simultaneous changes this one came second."""


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
    """`found` and `wanted` are revisions of the tables, None where there are none."""

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
    """A check of all pages and rows of a file failed; `faults` are SQLite's or our own words."""

    def __init__(self, place: str, faults: Sequence[str]) -> None:
        self.place = place
        self.faults = tuple(faults)
        super().__init__(f"{place} is damaged: {'; '.join(self.faults)}.")


class Unavailable(StorageError):
    """The database exists but does not answer now, or there is none at this place."""

    def __init__(self, place: str, why: str) -> None:
        self.place = place
        self.why = why
        super().__init__(f"The database {place} cannot be used now: {why}.")


class InUse(Unavailable):
    """Others have the database open, and it is to be replaced; or it is being replaced."""

    def __init__(self, place: str) -> None:
        super().__init__(place, "it is in use")


class NotCopied(StorageError):
    """A server's database is copied by its operator before its version is changed."""

    def __init__(self, place: str) -> None:
        self.place = place
        super().__init__(f"Copy {place} first, with pg_dump, and say so with --copied.")
