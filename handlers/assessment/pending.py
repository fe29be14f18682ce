"""Answers of a person that are not saved yet: read back from a line, or asked about because
somebody else had answered.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from domain.answers import Answer
from storage import Tx
from storage.encoding import decode_answer, encode_answer, to_json

KEPT_FOR = timedelta(hours=24)
"""How long an answer waits for confirmation: the next day a person no longer remembers what was
read back, so it is read back again before anything is saved.
"""


@dataclass(frozen=True, kw_only=True)
class Pending:
    """Answers of one item by requirement, complete and partial ones, in the order of the page.

    `versions` are those of the stored answers when the line was read: if one changed since, another
    person answered it. `instead` are complete answers to requirements that somebody else has
    answered: the person is asked whether they replace those answers. `lapsed`: all of them waited
    too long and are read back again. `rejected`: the person said that something in them is wrong,
    so that only his yes to a new read-back saves them.
    """

    item: str = ""
    answers: Mapping[str, Answer] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    instead: Mapping[str, Answer] = field(default_factory=dict)
    lapsed: bool = False
    rejected: bool = False

    def __bool__(self) -> bool:
        return bool(self.answers)


NOTHING_PENDING = Pending()


def load(tx: Tx, person_id: int, assessment_id: int, now: datetime) -> Pending:
    """The answers that wait for this person's confirmation."""
    draft = tx.drafts.get(person_id, _step(assessment_id))
    if draft is None:
        return NOTHING_PENDING
    body = json.loads(draft.body)
    instead = body.get("instead", {})
    return Pending(
        item=body["item"],
        answers=tx.registers.filled(
            {row: decode_answer(answer) for row, (_, answer) in body["given"].items()}
        ),
        versions={row: version for row, (version, _) in body["given"].items()},
        instead={row: decode_answer(answer) for row, answer in instead.items()},
        lapsed=now - draft.at > KEPT_FOR,
        rejected=body.get("rejected", False),
    )


def has_lapsed(tx: Tx, person_id: int, now: datetime) -> bool:
    """Whether answers of the person, to any assessment, have waited too long."""
    drafts = tx.drafts.of_person(person_id)
    return any(one.step.startswith(_STEP) and now - one.at > KEPT_FOR for one in drafts)


def forget(tx: Tx, person_id: int, assessment_id: int) -> None:
    """Delete the pending answers."""
    tx.drafts.drop(person_id, _step(assessment_id))


def keep(tx: Tx, person_id: int, assessment_id: int, pending: Pending, now: datetime) -> None:
    """Replace what waited before; if nothing waits, it is deleted."""
    if not (pending.answers or pending.instead):
        forget(tx, person_id, assessment_id)
        return
    given = {
        row: (pending.versions.get(row, 0), encode_answer(answer))
        for row, answer in pending.answers.items()
    }
    body: dict[str, object] = {"item": pending.item, "given": given}
    if pending.rejected:
        body["rejected"] = True
    if pending.instead:
        body["instead"] = {row: encode_answer(one) for row, one in pending.instead.items()}
    tx.drafts.save(person_id, _step(assessment_id), to_json(body), now)


_STEP = "item:"


def _step(assessment_id: int) -> str:
    return f"{_STEP}{assessment_id}"
