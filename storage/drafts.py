"""Unfinished, unconfirmed set-up steps; the person can continue on any phone and process."""

from datetime import datetime
from typing import Any, Final

from sqlalchemy import bindparam, delete, select

from storage.records import Draft
from storage.statements import Repository, on_both
from storage.tables.setup import SETUP_DRAFT

_OF: Final = SETUP_DRAFT.c.person_id == bindparam("person")
_STEP: Final = SETUP_DRAFT.c.step == bindparam("step_")
_COLUMNS: Final = (SETUP_DRAFT.c.step, SETUP_DRAFT.c.body, SETUP_DRAFT.c.at)
_GET: Final = select(*_COLUMNS).where(_OF).where(_STEP)
_ALL: Final = select(*_COLUMNS).where(_OF).order_by(SETUP_DRAFT.c.step)
_DROP: Final = delete(SETUP_DRAFT).where(_OF).where(_STEP)


class Drafts(Repository):
    """One draft for each person and step; bodies are JSON texts whose format the step defines."""

    __slots__ = ()

    def get(self, person_id: int, step: str) -> Draft | None:
        """The draft of a step, or None if the person has not begun it."""
        row = self._connection.execute(_GET, {"person": person_id, "step_": step}).first()
        return None if row is None else Draft(**row._mapping)

    def of_person(self, person_id: int) -> tuple[Draft, ...]:
        """All drafts of the person, by step."""
        rows = self._connection.execute(_ALL, {"person": person_id})
        return tuple(Draft(**row._mapping) for row in rows)

    def save(self, person_id: int, step: str, body: str, now: datetime) -> None:
        """Store the person's progress in this step; replaces the earlier draft."""
        values = {"person_id": person_id, "step": step, "body": body, "at": now}
        self._connection.execute(_SAVE(self._connection), values)

    def drop(self, person_id: int, step: str) -> None:
        """Delete the draft, because it was confirmed or given up; no error if there is none."""
        self._connection.execute(_DROP, {"person": person_id, "step_": step})


def _build_save(insert: Any) -> Any:
    statement = insert(SETUP_DRAFT)
    return statement.on_conflict_do_update(
        index_elements=[SETUP_DRAFT.c.person_id, SETUP_DRAFT.c.step],
        set_={"body": statement.excluded.body, "at": statement.excluded.at},
    )


_SAVE: Final = on_both(_build_save)
