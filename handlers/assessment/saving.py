"""Saving an answer: the answer, its evidence, the verdict rows it moves, and the audit line."""

from domain.answers import FieldName
from domain.assessments import AT_THE_FIRST_OPEN
from domain.replies import Completed
from domain.steps import HELD
from domain.verdicts import Finding
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.ground.turn import Turn
from storage.verdicts import moved


def save(turn: Turn, sheet: Sheet, outcome: Completed) -> Sheet:
    """Write everything that follows from one complete answer; the sheet as it is afterwards.

    Raises storage.Conflict when somebody else changed the assessment in the meantime; the
    turn is then run again from the new state.
    """
    return save_several(turn, sheet, (outcome,))


def save_several(turn: Turn, sheet: Sheet, outcomes: tuple[Completed, ...]) -> Sheet:
    """`save` for answers that were given in one message: their verdicts are written once."""
    forget_sheet(turn)
    after = sheet
    for outcome in outcomes:
        row = outcome.requirement.id
        assessment = turn.tx.assessments.save_answer(
            after.assessment, row, outcome.answer, turn.person.id, turn.now
        )
        after = after.answering(assessment, row, outcome.answer)
        _save_evidence(turn, after, outcome)
        turn.tx.audit.record(
            turn.now, turn.person.id, "answered", f"assessment:{assessment.id}", row
        )
    if sheet.checklist.bookmark != AT_THE_FIRST_OPEN:
        turn.tx.assessments.set_bookmark(after.assessment.id, turn.person.id, AT_THE_FIRST_OPEN)
    turn.tx.assessments.save_findings(after.assessment.id, _moved(after), turn.now)
    return after


def _moved(after: Sheet) -> tuple[Finding, ...]:
    """The findings that the answer moved, in every part that binds the unit.

    The first answer of all moves every one, so that from then on each item and indicator
    has its row.
    """
    parts = after.criteria.parts_for(after.unit.kind)
    findings = [finding for part in parts for finding in after.findings_of(part)]
    return moved(after.kept, after.assessment.id, findings)


def _save_evidence(turn: Turn, sheet: Sheet, outcome: Completed) -> None:
    """A document told once belongs to the unit and the year, for every checklist that asks."""
    answer = outcome.answer
    number, issued_on = answer.get(FieldName.NUMBER), answer.get(FieldName.ISSUED_ON)
    if answer.choice != HELD or not isinstance(number, str):
        return
    turn.tx.evidence.add(
        sheet.unit.id,
        sheet.year,
        number=number,
        issued_on=answer.day(FieldName.ISSUED_ON) if issued_on else None,
        source=outcome.requirement.id,
        person_id=turn.person.id,
        now=turn.now,
    )
