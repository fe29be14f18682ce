"""A new or withdrawn ruling changes verdicts: the rows that roll-ups count are computed again."""

from domain.assessments import Assessment, AssessmentState, find
from domain.verdicts import StandingRuling
from handlers.subjects.setup.screens import SetupTurn
from storage.verdicts import moved


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
            changed += _rejudge(setup, assessment, rulings)
    return changed


def _rejudge(setup: SetupTurn, assessment: Assessment, rulings: tuple[StandingRuling, ...]) -> bool:
    tx = setup.turn.tx
    unit = tx.units.get(assessment.unit)
    answers = tx.assessments.answers(assessment.id)
    if unit is None or not answers:
        return False
    criteria = setup.turn.library.criteria(assessment.set_id, assessment.set_hash, tx)
    before = {row.subject: row for row in tx.assessments.verdict_rows(assessment.id)}
    findings = [
        finding
        for part in criteria.parts_for(unit.kind)
        for finding in find(criteria, part, answers, year=assessment.year, rulings=rulings)
    ]
    changed = moved(before, assessment.id, findings)
    tx.assessments.save_findings(assessment.id, changed, setup.turn.now)
    return any(
        one.subject not in before or before[one.subject].verdict is not one.verdict
        for one in changed
    )
