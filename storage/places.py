"""A person's place in an assessment: skipped requirements, and each person's bookmark."""

from typing import Any, Final

from sqlalchemy import bindparam, delete, func, select

from domain.assessments import Bookmark
from storage.encoding import decode_bookmark, encode_drafts
from storage.statements import Repository, on_both
from storage.tables.assessments import BOOKMARK, SKIP

_SKIPPED: Final = SKIP.c.assessment_id == bindparam("assessment")
_SKIPS: Final = select(SKIP.c.requirement_id, SKIP.c.number).where(_SKIPPED)
_LAST: Final = select(func.coalesce(func.max(SKIP.c.number), 0)).where(_SKIPPED)
_UNSKIP: Final = (
    delete(SKIP).where(_SKIPPED).where(SKIP.c.requirement_id == bindparam("requirement"))
)
_BOOKMARK: Final = (
    select(BOOKMARK.c.revisiting, BOOKMARK.c.draft_of, BOOKMARK.c.draft)
    .where(BOOKMARK.c.assessment_id == bindparam("assessment"))
    .where(BOOKMARK.c.person_id == bindparam("person"))
)


def read_bookmark(revisiting: str | None, draft_of: str | None, draft: str | None) -> Bookmark:
    """A bookmark from its columns; None if all are None."""
    return decode_bookmark(revisiting, draft_of, draft)


class Places(Repository):
    """The part of `Assessments` for the place in a checklist, apart from the answers."""

    __slots__ = ()

    def skips(self, assessment_id: int) -> dict[str, int]:
        """Skipped requirements with the number of their skip: a higher number is a later skip."""
        rows = self._connection.execute(_SKIPS, {"assessment": assessment_id})
        return {requirement: number for requirement, number in rows}

    def skip(self, assessment_id: int, requirement_id: str) -> int:
        """Move a requirement behind all other open ones; returns its number."""
        last: int = self._connection.execute(_LAST, {"assessment": assessment_id}).scalar_one()
        values = {
            "assessment_id": assessment_id,
            "requirement_id": requirement_id,
            "number": last + 1,
        }
        self._connection.execute(_SKIP(self._connection), values)
        return last + 1

    def unskip(self, assessment_id: int, requirement_id: str) -> None:
        """The requirement was answered; no error if it was not skipped."""
        values = {"assessment": assessment_id, "requirement": requirement_id}
        self._connection.execute(_UNSKIP, values)

    def bookmark(self, assessment_id: int, person_id: int) -> Bookmark:
        """The person's bookmark; an empty one if there is none."""
        values = {"assessment": assessment_id, "person": person_id}
        row = self._connection.execute(_BOOKMARK, values).first()
        return Bookmark() if row is None else read_bookmark(*row)

    def set_bookmark(self, assessment_id: int, person_id: int, bookmark: Bookmark) -> None:
        """Store the person's bookmark."""
        values = {
            "assessment_id": assessment_id,
            "person_id": person_id,
            "revisiting": bookmark.revisiting,
            "draft_of": bookmark.draft_of,
            "draft": encode_drafts(bookmark),
        }
        self._connection.execute(_SET_BOOKMARK(self._connection), values)


def _build_skip(insert: Any) -> Any:
    statement = insert(SKIP)
    return statement.on_conflict_do_update(
        index_elements=[SKIP.c.assessment_id, SKIP.c.requirement_id],
        set_={"number": statement.excluded.number},
    )


def _build_set_bookmark(insert: Any) -> Any:
    statement = insert(BOOKMARK)
    return statement.on_conflict_do_update(
        index_elements=[BOOKMARK.c.assessment_id, BOOKMARK.c.person_id],
        set_={name: statement.excluded[name] for name in ("revisiting", "draft_of", "draft")},
    )


_SKIP: Final = on_both(_build_skip)
_SET_BOOKMARK: Final = on_both(_build_set_bookmark)
