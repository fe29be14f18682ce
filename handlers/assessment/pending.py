"""Answers that were read from one line and read back; the person confirms them by going on."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.answers import Answer
from storage import Tx
from storage.encoding import decode_answer, encode_answer, to_json

KEPT_FOR = timedelta(hours=24)
"""How long an answer waits for confirmation: the next day a person no longer remembers what was
read back, and a checklist must not be filled in from half-remembered lines.
"""


@dataclass(frozen=True, kw_only=True)
class Pending:
    """Answers of one item by requirement, complete and partial ones, in the order of the page.

    `versions` are those of the stored answers when the line was read: if one changed since, another
    person answered it. `expired`: the answers waited too long, and only their number is still used.
    """

    item: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    expired: bool = False

    def __bool__(self) -> bool:
        return bool(self.answers) and not self.expired


NOTHING_PENDING = Pending()


def load(tx: Tx, person_id: int, assessment_id: int, now: datetime) -> Pending:
    """The answers that wait for this person's confirmation."""
    draft = tx.drafts.get(person_id, _step(assessment_id))
    if draft is None:
        return NOTHING_PENDING
    body = json.loads(draft.body)
    return Pending(
        item=body["item"],
        answers=tx.registers.filled(
            {row: decode_answer(answer) for row, (_, answer) in body["given"].items()}
        ),
        versions={row: version for row, (version, _) in body["given"].items()},
        expired=now - draft.at > KEPT_FOR,
    )


def forget(tx: Tx, person_id: int, assessment_id: int) -> None:
    """Delete the pending answers."""
    tx.drafts.drop(person_id, _step(assessment_id))


def keep(tx: Tx, person_id: int, assessment_id: int, pending: Pending, now: datetime) -> None:
    """Replace what waited before; an empty `pending` deletes it."""
    if not pending:
        forget(tx, person_id, assessment_id)
        return
    given = {
        row: (pending.versions.get(row, 0), encode_answer(answer))
        for row, answer in pending.answers.items()
    }
    body = to_json({"item": pending.item, "given": given})
    tx.drafts.save(person_id, _step(assessment_id), body, now)


def _step(assessment_id: int) -> str:
    return f"item:{assessment_id}"
