"""Cases, and how many of them are settled."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName, Undecided
from domain.kinds.case import Case, Found, found, undecided
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import Step, figure
from domain.verdicts import ReasonCode, Verdict


def _steps(_requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    total = answer.get(FieldName.TOTAL)
    if total == 0:
        return (figure(FieldName.TOTAL),)
    most = total if isinstance(total, int) else None
    return (figure(FieldName.TOTAL), figure(FieldName.SETTLED, most=most))


def _all_settled(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """Every case settled; a reviewer decides about unsettled ones (I.3.a)."""
    total = answer.whole(FieldName.TOTAL)
    settled = answer.whole(FieldName.SETTLED) if total else 0
    if settled == total:
        return found(Verdict.MET, ReasonCode.ALL_SETTLED, total)
    return undecided(
        Undecided.UNSETTLED_CASES, ReasonCode.UNSETTLED, total, settled, total - settled
    )


def _mediated(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """Mediation took place; the document asks no ratio (I.6.l)."""
    total = answer.whole(FieldName.TOTAL)
    if total == 0:
        return undecided(Undecided.NO_CASES_TO_MEDIATE, ReasonCode.NONE_TO_MEDIATE)
    return found(Verdict.MET, ReasonCode.MEDIATED, total, answer.whole(FieldName.SETTLED))


CASES: Final = Kind(
    asked_as=AskedAs.CASES,
    natures=frozenset({AnswerKind.NUMBER}),
    steps=_steps,
    rules=(
        Rule(
            name=RuleName.ALL_SETTLED,
            judge=_all_settled,
            leaves_open=frozenset({Undecided.UNSETTLED_CASES}),
        ),
        Rule(
            name=RuleName.MEDIATED,
            judge=_mediated,
            leaves_open=frozenset({Undecided.NO_CASES_TO_MEDIATE}),
        ),
    ),
    counted=True,
    sample={FieldName.TOTAL: 15, FieldName.SETTLED: 12},
)
