"""Criteria sets in the version with which an assessment was stamped."""

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, select

from storage.statements import Repository, on_both
from storage.tables.assessments import CRITERIA_SET

_STAMP: Final = on_both(lambda insert: insert(CRITERIA_SET).on_conflict_do_nothing())
_BODY: Final = select(CRITERIA_SET.c.body).where(
    CRITERIA_SET.c.content_hash == bindparam("content_hash_")
)


class CriteriaSets(Repository):
    """Bodies are never deleted: an assessment is judged by the set with which it was stamped."""

    __slots__ = ()

    def stamp(self, set_id: str, content_hash: str, body: str, now: datetime) -> None:
        """Keep the body, if it is not kept yet. An assessment can only be opened afterwards."""
        values = {
            "set_id": set_id,
            "content_hash": content_hash,
            "body": body,
            "stamped_at": now,
        }
        self._connection.execute(_STAMP(self._connection), values)

    def body(self, content_hash: str) -> str | None:
        """The body with this hash, or None."""
        values = {"content_hash_": content_hash}
        found: str | None = self._connection.execute(_BODY, values).scalar()
        return found
