"""Says why an answer, or a part of it, was not stored."""

from domain.answers import Answer, Field
from domain.criteria import Requirement
from domain.steps import first_step, next_step
from handlers.assessment.sheet import Sheet
from handlers.ground.turn import Turn
from handlers.subjects.checklist.kinds import said_back, wrong_reply
from handlers.subjects.checklist.reading.asked import Fields, Reading
from handlers.understanding.values.reasons import Reason

KEPT_NOWHERE = frozenset({Reason.MAYBE_SECRET, Reason.PERSON_OR_CASE})
"""Reasons for which nothing of the text is kept, not even in the history."""


def why_asked(turn: Turn, sheet: Sheet, row: Requirement, draft: Answer, reading: Reading) -> str:
    """The sentence for a reading that asks; for one that cannot be read, which reply would be
    correct.
    """
    if reading.ask is None:
        return ""
    if reading.ask is Reason.OUTLIER:
        return turn.say("asked.outlier", said=_said(turn, sheet, row, draft, reading))
    if reading.ask is Reason.NOT_READABLE:
        return _how(turn, sheet, row, draft)
    return turn.say("asked.because", reason=reading.ask)


def _how(turn: Turn, sheet: Sheet, row: Requirement, draft: Answer) -> str:
    step = next_step(row, draft) or first_step(row)
    return wrong_reply(turn, row, step, sheet.year)


def _said(turn: Turn, sheet: Sheet, row: Requirement, draft: Answer, reading: Reading) -> str:
    """The figures with their years, as they would be stored."""
    together: Fields = {
        **{one.name: one.value for one in draft.fields},
        **reading.fields,
        **reading.doubtful,
    }
    answer = Answer(fields=tuple(Field(name=name, value=value) for name, value in together.items()))
    return said_back(turn, row, sheet.year, answer)
