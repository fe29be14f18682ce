"""Something that must not have happened: none, or how many."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName
from domain.kinds.case import Case, Found, counts, found
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import NONE, SOME, Step, choice, figure
from domain.verdicts import ReasonCode, Verdict


def _steps(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    withheld = answer.get(FieldName.FIGURE_WITHHELD)
    if answer.choice == SOME and not withheld:
        return (choice(requirement), figure(FieldName.COUNT, least=1))
    return (choice(requirement),)


def _none_happened(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """ "Không có" passes."""
    if answer.choice == NONE:
        return found(Verdict.MET, ReasonCode.NONE_HAPPENED)
    return found(Verdict.NOT_MET, ReasonCode.SOME_HAPPENED, *counts(answer))


NONE_OR_SOME: Final = Kind(
    asked_as=AskedAs.NONE_OR_SOME,
    natures=frozenset({AnswerKind.COUNT_ZERO}),
    steps=_steps,
    rules=(Rule(name=RuleName.NONE, judge=_none_happened),),
    choices=(2, 2),
    counted=True,
    withheld=FieldName.COUNT,
    sample={FieldName.CHOICE: SOME, FieldName.COUNT: 3},
)
