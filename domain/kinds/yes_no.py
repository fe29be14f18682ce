"""A statement that is true or false."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName
from domain.kinds.case import YES, Case, Found, found, passes
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import Step, choice
from domain.verdicts import ReasonCode, Verdict


def _steps(requirement: Requirement, _answer: Answer) -> tuple[Step, ...]:
    return (choice(requirement),)


def _yes(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """The passing choice of two or more fixed choices."""
    label = requirement.choices[answer.choice or 0]
    return passes(answer.choice == YES, ReasonCode.SAID_YES, ReasonCode.SAID_NO, label)


def _branch(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """The branching question itself (I.7.b)."""
    # A branching question gives no score: it is complete as soon as it is answered.
    label = requirement.choices[answer.choice or 0]
    return found(Verdict.NOT_APPLICABLE, ReasonCode.BRANCH, label)


def _converted(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """On the list, and converted (I.7.e)."""
    return passes(answer.choice == YES, ReasonCode.CONVERTED, ReasonCode.NOT_CONVERTED)


YES_NO: Final = Kind(
    asked_as=AskedAs.YES_NO,
    natures=frozenset({AnswerKind.YES_NO}),
    steps=_steps,
    rules=(
        Rule(name=RuleName.YES, judge=_yes),
        Rule(name=RuleName.BRANCH, judge=_branch),
        Rule(name=RuleName.CONVERTED_IF_LISTED, judge=_converted, needs=("refs",)),
    ),
    choices=(2, 2),
    sample={FieldName.CHOICE: YES},
)
