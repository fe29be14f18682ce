"""A correction of one field of an answer that was read back: its other fields stay."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from domain.answers import NOTHING_GIVEN, Answer
from domain.checklist import Checklist, Place
from domain.criteria import Requirement
from domain.replies import Completed, Continued, accept
from domain.steps import next_step
from handlers.understanding.line_replies import Question
from handlers.understanding.several import Line, read_line


def read_amendment(
    questions: Mapping[int, Question], waiting: Mapping[str, Answer], text: str
) -> tuple[Mapping[int, Question], Line] | None:
    """What a text says of a later field ("5 chết 1 so với 2"), with the questions to which it is a
    reply: those with the fields before it given. None if it is no such text.
    """
    longest = max((len(answer.fields) for answer in waiting.values()), default=0)
    for given in range(1, longest):
        begun = {
            number: replace(one, draft=_first(waiting, one.requirement, given))
            for number, one in questions.items()
        }
        line = read_line(begun, text)
        if line is not None and line.given and not (line.unclear or line.contradictory):
            return begun, line
    return None


def _first(waiting: Mapping[str, Answer], row: Requirement, count: int) -> Answer:
    fields = waiting.get(row.id, NOTHING_GIVEN).fields
    return Answer(fields=fields[:count]) if count < len(fields) else NOTHING_GIVEN


def keep_other_fields(
    checklist: Checklist, row: Requirement, before: Answer, draft: Answer, today: date
) -> Answer:
    """The corrected answer with the fields that it does not mention, as they were before."""
    if draft.choice != before.choice:
        return draft
    while (step := next_step(row, draft)) is not None:
        value = before.get(step.field)
        if value is None:
            return draft
        place = Place(requirement=row, step=step, draft=draft, revisiting=False)
        match accept(checklist, place, value, today=today):
            case Completed(answer=answer) | Continued(draft=answer):
                draft = answer
            case _:
                return draft
    return draft
