"""Figures that a person typed and that are far from what is known: they wait for his yes, and lapse
with the next thing that he says instead.
"""

import json
from dataclasses import dataclass

from domain.answers import Answer, Field
from handlers.assessment.sheet import Sheet
from handlers.ground.turn import Turn
from handlers.subjects.checklist.reading.asked import Fields
from storage.encoding import decode_answer, encode_answer, to_json


@dataclass(frozen=True, kw_only=True)
class Doubt:
    """The fields that a text gave to one requirement, certain and doubtful ones."""

    requirement_id: str
    fields: Fields


def keep_doubt(turn: Turn, sheet: Sheet, requirement_id: str, fields: Fields) -> None:
    """Let the fields wait for a yes."""
    answer = Answer(fields=tuple(Field(name=name, value=value) for name, value in fields.items()))
    body = to_json({"row": requirement_id, "answer": encode_answer(answer)})
    turn.tx.drafts.save(turn.person.id, _step(sheet), body, turn.now)


def doubt_at(turn: Turn, sheet: Sheet, requirement_id: str) -> Doubt | None:
    """What waits for a yes at this requirement."""
    draft = turn.tx.drafts.get(turn.person.id, _step(sheet))
    body = json.loads(draft.body) if draft is not None else None
    if body is None or body["row"] != requirement_id:
        return None
    answer = decode_answer(body["answer"])
    return Doubt(
        requirement_id=requirement_id, fields={one.name: one.value for one in answer.fields}
    )


def drop_doubt(turn: Turn, sheet: Sheet) -> None:
    """Nothing waits for a yes any more."""
    turn.tx.drafts.drop(turn.person.id, _step(sheet))


def _step(sheet: Sheet) -> str:
    return f"doubt:{sheet.assessment.id}"
