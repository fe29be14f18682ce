"""What an answer stored, shown back with the year of each figure, and what goes with it."""

from dataclasses import replace

from domain.answers import Answer, FieldName
from domain.cards import Card, Row
from domain.criteria import Requirement
from domain.rules import YES_FORCE_MAJEURE
from handlers.assessment.results import result_after_answer
from handlers.assessment.sheet import Sheet
from handlers.ground.turn import Turn
from handlers.subjects.checklist.kinds import said_back


def shown_back(turn: Turn, after: Sheet, row: Requirement) -> tuple[Card, ...]:
    """The verdict of an answer that was just saved, above the figures that it stored."""
    first, *rest = result_after_answer(turn, after, row)
    answer = after.checklist.answers[row.id]
    return (
        replace(
            first,
            rows=(*first.rows[:1], *_figures(turn, after, row, answer), *first.rows[1:]),
            notes=(*first.notes, *_to_keep(turn, answer)),
        ),
        *rest,
    )


def _figures(turn: Turn, sheet: Sheet, row: Requirement, answer: Answer) -> tuple[Row, ...]:
    """Verdicts name few of the figures; a choice, a document and names stand in the verdict."""
    if not any(_is_figure(one.name, one.value) for one in answer.fields):
        return ()
    of_two_years = answer.get(FieldName.LAST_YEAR) is not None
    key = "checklist.saved" if of_two_years else "checklist.saved_in"
    label = turn.say(key, id=row.id, year=sheet.year)
    return (Row(label=label, value=said_back(turn, row, sheet.year, answer)),)


def _is_figure(name: FieldName, value: object) -> bool:
    if name in (FieldName.CHOICE, FieldName.FORCE_MAJEURE) or isinstance(value, bool):
        return False
    return isinstance(value, int)


def _to_keep(turn: Turn, answer: Answer) -> tuple[str, ...]:
    if answer.get(FieldName.FORCE_MAJEURE) != YES_FORCE_MAJEURE:
        return ()
    return (turn.say("checklist.force_majeure_papers"),)
