"""Judges a whole assessment again: something other than its own answers changed."""

from datetime import datetime

from domain.assessments import Assessment, find
from domain.verdicts import StandingRuling
from handlers.ground.library import Library
from storage import Tx
from storage.verdicts import moved


def judge_again(
    tx: Tx,
    library: Library,
    assessment: Assessment,
    rulings: tuple[StandingRuling, ...],
    now: datetime,
) -> bool:
    """Store the verdict rows that differ now; whether any verdict is another one."""
    unit = tx.units.get(assessment.unit)
    answers = tx.assessments.answers(assessment.id)
    if unit is None or not answers:
        return False
    criteria = library.criteria(assessment.set_id, assessment.set_hash, tx)
    before = {row.subject: row for row in tx.assessments.verdict_rows(assessment.id)}
    findings = [
        finding
        for part in criteria.parts_for(unit.kind)
        for finding in find(criteria, part, answers, year=assessment.year, rulings=rulings)
    ]
    changed = moved(before, assessment.id, findings)
    tx.assessments.save_findings(assessment.id, changed, now)
    return any(
        one.subject not in before or before[one.subject].verdict is not one.verdict
        for one in changed
    )
