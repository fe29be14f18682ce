"""A share: a part of a whole, or the percentage itself. Always computed in whole numbers."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName, Undecided
from domain.kinds.case import Case, Found, passes, undecided
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import Step, StepKind, figure
from domain.verdicts import ReasonCode

HUNDREDTHS: Final = 100
"""In one per cent. Reports give at most two decimals."""

WHOLE_PERCENT: Final = 100 * HUNDREDTHS
"""100 %: no part is larger than its whole."""

_PERCENT: Final = Step(field=FieldName.HUNDREDTHS, kind=StepKind.PERCENT)
_WHOLE: Final = Step(field=FieldName.WHOLE, kind=StepKind.WHOLE_NUMBER, instead=_PERCENT)


def _steps(_requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    if answer.get(FieldName.HUNDREDTHS) is not None:
        return (_PERCENT,)
    whole = answer.get(FieldName.WHOLE)
    if whole == 0:
        return (_WHOLE,)
    most = whole if isinstance(whole, int) else None
    return (_WHOLE, figure(FieldName.PART, most=most))


def _at_least(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """The percentage is `percent` or more."""
    return _judged(
        requirement, answer, (ReasonCode.PERCENT_ENOUGH, ReasonCode.PERCENT_SHORT), at_least=True
    )


def _below(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """The percentage is less than `percent`, which itself fails."""
    return _judged(
        requirement, answer, (ReasonCode.PERCENT_LOW, ReasonCode.PERCENT_HIGH), at_least=False
    )


def _judged(
    requirement: Requirement,
    answer: Answer,
    codes: tuple[ReasonCode, ReasonCode],
    *,
    at_least: bool,
) -> Found:
    part, whole = _share(answer)
    if whole == 0:
        # Nothing of which a share could be taken: the documents do not say what follows.
        return undecided(Undecided.EMPTY_WHOLE, ReasonCode.EMPTY_WHOLE)
    percent = requirement.rule.percent or 0
    reaches = 100 * part >= percent * whole
    given = answer.get(FieldName.HUNDREDTHS) is not None
    # Cut, not rounded: 79,999 must not appear as 80, which would pass.
    cut = WHOLE_PERCENT * part // whole
    figures = (cut, percent) if given else (cut, percent, part, whole)
    return passes(reaches is at_least, *codes, *figures)


def _share(answer: Answer) -> tuple[int, int]:
    """Part and whole. A percentage is a part of 100 %."""
    hundredths = answer.get(FieldName.HUNDREDTHS)
    if isinstance(hundredths, int):
        return hundredths, WHOLE_PERCENT
    whole = answer.whole(FieldName.WHOLE)
    return (answer.whole(FieldName.PART), whole) if whole else (0, 0)


_OPEN: Final = frozenset({Undecided.EMPTY_WHOLE})

PERCENTAGE: Final = Kind(
    asked_as=AskedAs.PERCENTAGE,
    natures=frozenset({AnswerKind.PERCENTAGE}),
    steps=_steps,
    rules=(
        Rule(
            name=RuleName.PERCENT_AT_LEAST, judge=_at_least, needs=("percent",), leaves_open=_OPEN
        ),
        Rule(name=RuleName.PERCENT_BELOW, judge=_below, needs=("percent",), leaves_open=_OPEN),
    ),
    counted=True,
    sample={FieldName.WHOLE: 50, FieldName.PART: 45},
)
