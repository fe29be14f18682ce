"""A new or withdrawn ruling changes verdicts: the rows that roll-ups count are computed again."""

from domain.assessments import AssessmentState
from handlers.assessment.judging_again import judge_again
from handlers.subjects.setup.screens import SetupTurn


def rejudge(setup: SetupTurn, set_id: str) -> int:
    """Judge again every assessment of the province with this set that is not approved; returns how
    many got a different verdict.

    Approved assessments do not change.
    """
    tx = setup.turn.tx
    rulings = tx.rulings.in_force(setup.province.id, set_id)
    units = {unit.id for unit in setup.units()}
    changed = 0
    for assessment in tx.visible_to(setup.turn.person).assessments():
        wanted = assessment.set_id == set_id and assessment.unit in units
        if wanted and assessment.state is not AssessmentState.APPROVED:
            turn = setup.turn
            changed += judge_again(tx, turn.library, assessment, rulings, turn.now)
    return changed
