"""A level of a grading or a title, with the decision that granted it where its age matters."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName, Undecided
from domain.kinds.case import Case, Found, found
from domain.kinds.document import SAMPLE_DATE, SAMPLE_NUMBER, dated_title, number_and_date
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import NUMBER_AND_DATE, Step, choice
from domain.verdicts import ReasonCode, Verdict

LEAST_LEVELS: Final = 2
"""One that passes and one that does not."""


def _steps(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    # A title that may be too old is given with the decision that granted it.
    dated = Undecided.TITLE_OLDER_THAN_YEAR in requirement.undecided
    lowest_pass = requirement.rule.minimum or 0
    if dated and answer.choice is not None and answer.choice <= lowest_pass:
        return (choice(requirement), *NUMBER_AND_DATE)
    return (choice(requirement),)


def _at_least(requirement: Requirement, answer: Answer, case: Case) -> Found:
    """A level at least as high as the rule names; a title also by its age (I.8.c, I.8.e)."""
    level = answer.choice or 0
    label = requirement.choices[level]
    if level > (requirement.rule.minimum or 0):
        return found(Verdict.NOT_MET, ReasonCode.RATED_SHORT, label)
    if answer.get(FieldName.ISSUED_ON) is not None:
        return dated_title(case, label, *number_and_date(answer))
    return found(Verdict.MET, ReasonCode.RATED_ENOUGH, label)


RATING: Final = Kind(
    asked_as=AskedAs.RATING,
    natures=frozenset({AnswerKind.RATING}),
    steps=_steps,
    rules=(
        Rule(
            name=RuleName.RATING_AT_LEAST,
            judge=_at_least,
            needs=("minimum",),
            open_where_named=frozenset({Undecided.TITLE_OLDER_THAN_YEAR}),
        ),
    ),
    choices=(LEAST_LEVELS, None),
    choices_beside=True,
    sample={
        FieldName.CHOICE: 0,
        FieldName.NUMBER: SAMPLE_NUMBER,
        FieldName.ISSUED_ON: SAMPLE_DATE,
    },
)
