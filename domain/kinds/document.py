"""A document that must exist: its number and date, or that it is secret, or none."""

from datetime import date
from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName, Undecided
from domain.kinds import branching
from domain.kinds.case import Case, Found, found, undecided
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import HELD, HELD_SECRET, NUMBER_AND_DATE, Step, choice
from domain.verdicts import ReasonCode, Verdict

FIRST_QUARTER_LAST_MONTH = 3
DECEMBER = 12

SAMPLE_NUMBER: Final = "12-NQ/ĐU"
SAMPLE_DATE: Final = date(2024, 1, 15)


def _steps(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    if answer.choice == HELD:
        return (choice(requirement), *NUMBER_AND_DATE)
    return (choice(requirement),)


def number_and_date(answer: Answer) -> tuple[str, date]:
    """The document of an answer that has one; KeyError if its date is missing."""
    return str(answer.get(FieldName.NUMBER)), answer.day(FieldName.ISSUED_ON)


def _document(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """A document on file, given by number and date, or kept on paper because it is secret."""
    if answer.choice == HELD:
        return found(Verdict.MET, ReasonCode.DOCUMENT_HELD, *number_and_date(answer))
    if answer.choice == HELD_SECRET:
        return found(Verdict.MET, ReasonCode.DOCUMENT_SECRET)
    return found(Verdict.NOT_MET, ReasonCode.DOCUMENT_MISSING)


def _in_first_quarter(requirement: Requirement, answer: Answer, case: Case) -> Found:
    """Signed 01/01 to 31/03 of the year; the December before is undecided (I.1.a-b, III.1.a-b)."""
    if answer.choice == HELD_SECRET:
        return undecided(Undecided.DATE_WITHHELD, ReasonCode.DATE_WITHHELD)
    if answer.choice != HELD:
        return _document(requirement, answer, case)
    number, signed = number_and_date(answer)
    if signed.year == case.year and signed.month <= FIRST_QUARTER_LAST_MONTH:
        return found(Verdict.MET, ReasonCode.SIGNED_IN_FIRST_QUARTER, number, signed)
    if signed.year == case.year - 1 and signed.month == DECEMBER:
        return undecided(
            Undecided.SIGNED_IN_DECEMBER, ReasonCode.SIGNED_IN_DECEMBER, number, signed
        )
    return found(Verdict.NOT_MET, ReasonCode.SIGNED_OUTSIDE_FIRST_QUARTER, number, signed)


def _if_listed(requirement: Requirement, answer: Answer, case: Case) -> Found:
    """A plan. It is undecided whether it binds a commune that is not on the list (I.7.c)."""
    if answer.choice in (HELD, HELD_SECRET) or branching.listed(requirement, case):
        return _document(requirement, answer, case)
    if branching.is_open(requirement, case):
        return found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    return undecided(Undecided.PLAN_OFF_THE_LIST, ReasonCode.DOCUMENT_OPTIONAL)


def _title_held(requirement: Requirement, answer: Answer, case: Case) -> Found:
    """A title by decision; one older than the year under review is undecided (I.6.o)."""
    if answer.choice == HELD_SECRET:
        return undecided(Undecided.DATE_WITHHELD, ReasonCode.DATE_WITHHELD)
    if answer.choice != HELD:
        return _document(requirement, answer, case)
    return dated_title(case, *number_and_date(answer))


def dated_title(case: Case, *figures: str | date) -> Found:
    """The verdict of a title by the date of its decision, the last of `figures`."""
    issued = figures[-1]
    if isinstance(issued, date) and issued.year < case.year:
        return undecided(Undecided.TITLE_OLDER_THAN_YEAR, ReasonCode.TITLE_OLD, *figures)
    return found(Verdict.MET, ReasonCode.TITLE_CURRENT, *figures)


DOCUMENT: Final = Kind(
    asked_as=AskedAs.DOCUMENT,
    natures=frozenset({AnswerKind.DOCUMENT}),
    steps=_steps,
    rules=(
        Rule(name=RuleName.DOCUMENT, judge=_document),
        Rule(
            name=RuleName.DOCUMENT_IN_FIRST_QUARTER,
            judge=_in_first_quarter,
            leaves_open=frozenset({Undecided.SIGNED_IN_DECEMBER, Undecided.DATE_WITHHELD}),
        ),
        Rule(
            name=RuleName.DOCUMENT_IF_LISTED,
            judge=_if_listed,
            needs=("refs",),
            leaves_open=frozenset({Undecided.PLAN_OFF_THE_LIST}),
        ),
        Rule(
            name=RuleName.TITLE_HELD,
            judge=_title_held,
            leaves_open=frozenset({Undecided.TITLE_OLDER_THAN_YEAR, Undecided.DATE_WITHHELD}),
        ),
    ),
    choices=(3, 3),
    sample={
        FieldName.CHOICE: HELD,
        FieldName.NUMBER: SAMPLE_NUMBER,
        FieldName.ISSUED_ON: SAMPLE_DATE,
    },
)
