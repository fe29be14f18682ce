"""The outcome of a reply given at a place of a checklist: accepted, or refused with a reason."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import assert_never

from domain.answers import NOT_APPLICABLE, Answer, FieldName, Value
from domain.checklist import Checklist, Place
from domain.criteria import Requirement, RuleName, Sensitivity
from domain.kinds.percentage import HUNDREDTHS, WHOLE_PERCENT
from domain.registers import Entries
from domain.steps import SOME, Step, StepKind, next_step

MOST_CASES = 99_999
"""The largest count accepted: no commune has a hundred thousand cases, so a larger one is a typing
error.
"""

FAR_TIMES = 5
"""A figure so many times as large or as small as the known one is asked about, unless an
installation sets another number: a digit too many or a missing one makes ten times, and the figures
of communes move by less than five from year to year.
"""

DOCUMENT_NUMBER_LIMIT = 60
"""Characters of a document number; the longest in our packs has 17."""

NAMES_LIMIT = 30
"""Names in one list, each of at most `NAME_LIMIT` characters: a screen's worth of models."""

NAME_LIMIT = 120

EARLIEST_DOCUMENT = date(2000, 1, 1)
"""Older dates are typing errors; the oldest document in our packs is of 2010."""


@dataclass(frozen=True, kw_only=True)
class Completed:
    """The reply completed the answer, which must now be saved."""

    requirement: Requirement
    answer: Answer


@dataclass(frozen=True, kw_only=True)
class Continued:
    """The reply was accepted; the same requirement has another step."""

    requirement: Requirement
    draft: Answer


@dataclass(frozen=True, kw_only=True)
class NotAChoice:
    """The reply is none of the `options` choices."""

    options: int


@dataclass(frozen=True, kw_only=True)
class OutOfRange:
    """The number is not in least..most."""

    least: int
    most: int


@dataclass(frozen=True, kw_only=True)
class DateNotPossible:
    """The date lies before `earliest` or after `latest`."""

    earliest: date
    latest: date


@dataclass(frozen=True, kw_only=True)
class TooLong:
    """The text is longer than `limit` characters, or the list than `limit` names."""

    limit: int


@dataclass(frozen=True, kw_only=True)
class WrongKind:
    """The reply is not of the kind that the step needs."""

    kind: StepKind


@dataclass(frozen=True, kw_only=True)
class ClaimNotOpen:
    """The claim "Không áp dụng" is not allowed here: the question has exactly its two choices."""


@dataclass(frozen=True, kw_only=True)
class Locked:
    """The assessment was handed in; a correction needs another order."""


Refused = NotAChoice | OutOfRange | DateNotPossible | TooLong | WrongKind | ClaimNotOpen | Locked
Outcome = Completed | Continued | Refused


def accept(
    checklist: Checklist,
    place: Place,
    value: Value,
    *,
    today: date,
    field: FieldName | None = None,
) -> Outcome:
    """The outcome of `value` given at `place`. `today` is the local date: no document may be later.

    `field` is needed only if another step can replace the open one (`Step.instead`). A value of
    another kind than the step needs is refused, never converted.
    """
    if checklist.locked:
        return Locked()
    step = place.step if field is None else place.step.taking(field)
    if step is None:
        return WrongKind(kind=place.step.kind)
    refused = _refuse(step, value, today)
    if refused is not None:
        return refused
    draft = place.draft.adding(step.field, value)
    said_some = step.field is FieldName.CHOICE and value == SOME
    if said_some and checklist.withholds_figure(place.requirement):
        draft = draft.adding(FieldName.FIGURE_WITHHELD, value=True)
    if next_step(place.requirement, draft) is None:
        return Completed(requirement=place.requirement, answer=draft)
    return Continued(requirement=place.requirement, draft=draft)


def claim_not_applicable(checklist: Checklist, place: Place) -> Outcome:
    """The claim that the requirement does not apply; a reviewer will decide.

    A red requirement has only the choices of its row, and a branching question asks for a fact:
    neither accepts the claim.
    """
    if checklist.locked:
        return Locked()
    row = place.requirement
    if row.sensitivity is Sensitivity.RED or row.rule.name is RuleName.BRANCH:
        return ClaimNotOpen()
    return Completed(requirement=row, answer=NOT_APPLICABLE)


def _refuse(step: Step, value: Value, today: date) -> Refused | None:
    match step.kind:
        case StepKind.CHOICE:
            return _refuse_choice(step, value)
        case StepKind.WHOLE_NUMBER:
            return _refuse_number(step, value)
        case StepKind.DATE:
            return _refuse_date(value, today)
        case StepKind.DOCUMENT_NUMBER:
            return _refuse_text(value)
        case StepKind.NAMES:
            return _refuse_names(value)
        case StepKind.PERCENT:
            return _refuse_percent(value)
        case StepKind.ENTRIES:
            return _refuse_entries(value)
        case never:
            assert_never(never)


def _refuse_choice(step: Step, value: Value) -> Refused | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return WrongKind(kind=step.kind)
    return None if 0 <= value < step.options else NotAChoice(options=step.options)


def _refuse_number(step: Step, value: Value) -> Refused | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return WrongKind(kind=step.kind)
    most = MOST_CASES if step.most is None else step.most
    return None if step.least <= value <= most else OutOfRange(least=step.least, most=most)


def _refuse_percent(value: Value) -> Refused | None:
    if isinstance(value, bool) or not isinstance(value, int):
        return WrongKind(kind=StepKind.PERCENT)
    most = WHOLE_PERCENT // HUNDREDTHS
    return None if 0 <= value <= WHOLE_PERCENT else OutOfRange(least=0, most=most)


def _refuse_date(value: Value, today: date) -> Refused | None:
    # A datetime is a date to Python, and the two cannot be compared.
    if isinstance(value, datetime) or not isinstance(value, date):
        return WrongKind(kind=StepKind.DATE)
    if EARLIEST_DOCUMENT <= value <= today:
        return None
    return DateNotPossible(earliest=EARLIEST_DOCUMENT, latest=today)


def _refuse_text(value: Value) -> Refused | None:
    if not isinstance(value, str) or not value.strip():
        return WrongKind(kind=StepKind.DOCUMENT_NUMBER)
    return TooLong(limit=DOCUMENT_NUMBER_LIMIT) if len(value) > DOCUMENT_NUMBER_LIMIT else None


def _refuse_names(value: Value) -> Refused | None:
    if not isinstance(value, tuple) or not all(name.strip() for name in value):
        return WrongKind(kind=StepKind.NAMES)
    if len(value) > NAMES_LIMIT:
        return TooLong(limit=NAMES_LIMIT)
    return TooLong(limit=NAME_LIMIT) if any(len(name) > NAME_LIMIT for name in value) else None


def _refuse_entries(value: Value) -> Refused | None:
    if not isinstance(value, Entries):
        return WrongKind(kind=StepKind.ENTRIES)
    names = tuple(one.name for one in value.items)
    refused = _refuse_names(names)
    return WrongKind(kind=StepKind.ENTRIES) if isinstance(refused, WrongKind) else refused
