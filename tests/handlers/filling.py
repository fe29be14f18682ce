"""A commune that has answered its whole checklist and met all requirements."""

from bot.demo.invented import GOOD, invented
from domain.assessments import find
from domain.units import Structure, UnitId
from tests.handlers.talking import Talk

MY_LONG_BAC = UnitId(Structure.Y2021, "29422")
OFFICER = "can-bo"


def fill(talk: Talk) -> None:
    """Fill in Mỹ Long Bắc's checklist of the demo, as its officer."""
    with talk.store.begin() as tx:
        officer = tx.people.by_handle(OFFICER)
        unit = tx.units.get(MY_LONG_BAC)
        assert officer is not None
        assert unit is not None
        loaded = tx.assessments.load(unit.id, officer.id)
        assert loaded is not None
        assessment = loaded.assessment
        criteria = talk.library.criteria(assessment.set_id, assessment.set_hash, tx)
        parts = criteria.parts_for(unit.kind)
        answers = invented(parts[0], unit.code, assessment.year, GOOD)
        for row, answer in answers.items():
            assessment = tx.assessments.save_answer(assessment, row, answer, officer.id, talk.now)
        for part in parts:
            findings = find(criteria, part, answers, year=assessment.year)
            tx.assessments.save_findings(assessment.id, findings, talk.now)
