"""A number: at least so many, or none at all."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName
from domain.kinds.case import Case, Found, counts, found, passes
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import FORCE_MAJEURE, NO_CLAIM, Step, figure
from domain.verdicts import ReasonCode, Verdict


def _steps(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    count = answer.get(FieldName.COUNT)
    fails = requirement.rule.name is RuleName.NONE and bool(count)
    if requirement.force_majeure and fails:
        return (figure(FieldName.COUNT), FORCE_MAJEURE)
    return (figure(FieldName.COUNT),)


def _none_happened(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """A count of 0 passes."""
    if answer.whole(FieldName.COUNT) == 0:
        return found(Verdict.MET, ReasonCode.NONE_HAPPENED)
    return found(Verdict.NOT_MET, ReasonCode.SOME_HAPPENED, *counts(answer))


def _at_least(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """A count of at least the minimum (I.6.f, II.4.b)."""
    minimum, count = requirement.rule.minimum or 1, answer.whole(FieldName.COUNT)
    return passes(count >= minimum, ReasonCode.COUNT_ENOUGH, ReasonCode.COUNT_SHORT, count, minimum)


COUNT: Final = Kind(
    asked_as=AskedAs.COUNT,
    natures=frozenset({AnswerKind.COUNT_ZERO, AnswerKind.COUNT_MIN}),
    steps=_steps,
    rules=(
        Rule(name=RuleName.NONE, judge=_none_happened),
        Rule(name=RuleName.AT_LEAST, judge=_at_least, needs=("minimum",)),
    ),
    counted=True,
    sample={FieldName.COUNT: 3, FieldName.FORCE_MAJEURE: NO_CLAIM},
)
