"""The next single thing to ask for a requirement, computed from the fields given so far."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import assert_never

from domain.answers import NOTHING_GIVEN, Answer, FieldName
from domain.criteria import AskedAs, Requirement, RuleName, Undecided

HELD, HELD_SECRET, NOT_HELD = 0, 1, 2
"""The three choices of every document question, in this order."""

NONE, SOME = 0, 1
"""The two choices of a none-or-some question."""


class StepKind(StrEnum):
    """What kind of reply a step needs."""

    CHOICE = "choice"
    WHOLE_NUMBER = "whole_number"
    DATE = "date"
    DOCUMENT_NUMBER = "document_number"
    NAMES = "names"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to ask: which field it fills, with what kind of reply.

    `options` is the number of choices of a CHOICE. A WHOLE_NUMBER lies in `least`..`most` (`most`
    None: `domain.replies.MOST_CASES`).
    """

    field: FieldName
    kind: StepKind
    options: int = 0
    least: int = 0
    most: int | None = None


_CASUALTY_FIELDS = (
    FieldName.DEATHS_LAST_YEAR,
    FieldName.DEATHS_THIS_YEAR,
    FieldName.INJURED_LAST_YEAR,
    FieldName.INJURED_THIS_YEAR,
)


def next_step(requirement: Requirement, answer: Answer) -> Step | None:
    """What must still be asked, or None if the answer is complete.

    A requirement that is not asked has no step.
    """
    if answer.get(FieldName.NOT_APPLICABLE):
        return None
    for step in _steps(requirement, answer):
        if answer.get(step.field) is None:
            return step
    return None


def first_step(requirement: Requirement) -> Step:
    """The first step, before any field was given; IndexError if nobody is asked."""
    return _steps(requirement, NOTHING_GIVEN)[0]


def is_complete(requirement: Requirement, answer: Answer) -> bool:
    """Whether this requirement needs no further reply."""
    return next_step(requirement, answer) is None


def _steps(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    match requirement.asked_as:
        case AskedAs.YES_NO:
            return (_choice(requirement),)
        case AskedAs.DOCUMENT:
            return _document(requirement, answer)
        case AskedAs.NONE_OR_SOME:
            return _none_or_some(requirement, answer)
        case AskedAs.COUNT:
            return _count(requirement, answer)
        case AskedAs.CASES:
            return _cases(answer)
        case AskedAs.YEAR_ON_YEAR:
            return _year_on_year(requirement, answer)
        case AskedAs.RATING:
            return _rating(requirement, answer)
        case AskedAs.LIST:
            return (Step(field=FieldName.NAMES, kind=StepKind.NAMES),)
        case AskedAs.NOT_ASKED:
            return ()
        case never:
            assert_never(never)


def _choice(requirement: Requirement) -> Step:
    return _choice_of(len(requirement.choices))


# Cached: judging a checklist asks for the step of every requirement, and few differ.
@cache
def _choice_of(options: int) -> Step:
    return Step(field=FieldName.CHOICE, kind=StepKind.CHOICE, options=options)


def _figure(field: FieldName, *, least: int = 0, most: int | None = None) -> Step:
    return Step(field=field, kind=StepKind.WHOLE_NUMBER, least=least, most=most)


_NUMBER_AND_DATE = (
    Step(field=FieldName.NUMBER, kind=StepKind.DOCUMENT_NUMBER),
    Step(field=FieldName.ISSUED_ON, kind=StepKind.DATE),
)

_FORCE_MAJEURE = Step(field=FieldName.FORCE_MAJEURE, kind=StepKind.CHOICE, options=2)


def _document(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    if answer.choice == HELD:
        return (_choice(requirement), *_NUMBER_AND_DATE)
    return (_choice(requirement),)


def _none_or_some(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    withheld = answer.get(FieldName.FIGURE_WITHHELD)
    if answer.choice == SOME and not withheld:
        return (_choice(requirement), _figure(FieldName.COUNT, least=1))
    return (_choice(requirement),)


def _count(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    count = answer.get(FieldName.COUNT)
    fails = requirement.rule.name is RuleName.NONE and bool(count)
    if requirement.force_majeure and fails:
        return (_figure(FieldName.COUNT), _FORCE_MAJEURE)
    return (_figure(FieldName.COUNT),)


def _cases(answer: Answer) -> tuple[Step, ...]:
    total = answer.get(FieldName.TOTAL)
    if total == 0:
        return (_figure(FieldName.TOTAL),)
    most = total if isinstance(total, int) else None
    return (_figure(FieldName.TOTAL), _figure(FieldName.SETTLED, most=most))


def _year_on_year(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    steps = [_figure(FieldName.LAST_YEAR), _figure(FieldName.THIS_YEAR)]
    last, this = answer.get(FieldName.LAST_YEAR), answer.get(FieldName.THIS_YEAR)
    if not isinstance(last, int) or not isinstance(this, int):
        return tuple(steps)
    if requirement.rule.casualties:
        # A year without accidents has no dead or injured: nothing to ask.
        with_cases = (last, this, last, this)
        steps += [
            _figure(name) for name, cases in zip(_CASUALTY_FIELDS, with_cases, strict=True) if cases
        ]
    if requirement.force_majeure and this >= last and this > 0:
        steps.append(_FORCE_MAJEURE)
    return tuple(steps)


def _rating(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    # A title that may be too old is given with the decision that granted it.
    dated = Undecided.TITLE_OLDER_THAN_YEAR in requirement.undecided
    lowest_pass = requirement.rule.minimum or 0
    if dated and answer.choice is not None and answer.choice <= lowest_pass:
        return (_choice(requirement), *_NUMBER_AND_DATE)
    return (_choice(requirement),)
