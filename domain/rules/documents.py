"""Rules about documents, titles and plain statements."""

from datetime import date

from domain.answers import Answer, FieldName
from domain.criteria import Requirement, Undecided
from domain.rules.case import YES, Case, Found, found, passes, undecided
from domain.steps import HELD, HELD_SECRET
from domain.verdicts import ReasonCode, Verdict

FIRST_QUARTER_LAST_MONTH = 3
DECEMBER = 12


def yes(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """The passing choice of two or more fixed choices."""
    label = requirement.choices[answer.choice or 0]
    return passes(answer.choice == YES, ReasonCode.SAID_YES, ReasonCode.SAID_NO, label)


def _number_and_date(answer: Answer) -> tuple[str, date]:
    return str(answer.get(FieldName.NUMBER)), answer.day(FieldName.ISSUED_ON)


def document(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """A document on file, given by number and date, or kept on paper because it is secret."""
    if answer.choice == HELD:
        return found(Verdict.MET, ReasonCode.DOCUMENT_HELD, *_number_and_date(answer))
    if answer.choice == HELD_SECRET:
        return found(Verdict.MET, ReasonCode.DOCUMENT_SECRET)
    return found(Verdict.NOT_MET, ReasonCode.DOCUMENT_MISSING)


def document_in_first_quarter(requirement: Requirement, answer: Answer, case: Case) -> Found:
    """Signed 01/01 to 31/03 of the year; the December before is undecided (I.1.a-b, III.1.a-b)."""
    if answer.choice == HELD_SECRET:
        return undecided(Undecided.DATE_WITHHELD, ReasonCode.DATE_WITHHELD)
    if answer.choice != HELD:
        return document(requirement, answer, case)
    number, signed = _number_and_date(answer)
    if signed.year == case.year and signed.month <= FIRST_QUARTER_LAST_MONTH:
        return found(Verdict.MET, ReasonCode.SIGNED_IN_FIRST_QUARTER, number, signed)
    if signed.year == case.year - 1 and signed.month == DECEMBER:
        return undecided(
            Undecided.SIGNED_IN_DECEMBER, ReasonCode.SIGNED_IN_DECEMBER, number, signed
        )
    return found(Verdict.NOT_MET, ReasonCode.SIGNED_OUTSIDE_FIRST_QUARTER, number, signed)


def title_held(requirement: Requirement, answer: Answer, case: Case) -> Found:
    """A title by decision; one older than the year under review is undecided (I.6.o)."""
    if answer.choice == HELD_SECRET:
        return undecided(Undecided.DATE_WITHHELD, ReasonCode.DATE_WITHHELD)
    if answer.choice != HELD:
        return document(requirement, answer, case)
    return _dated_title(answer, case, *_number_and_date(answer))


def _dated_title(_answer: Answer, case: Case, *figures: str | date) -> Found:
    issued = figures[-1]
    if isinstance(issued, date) and issued.year < case.year:
        return undecided(Undecided.TITLE_OLDER_THAN_YEAR, ReasonCode.TITLE_OLD, *figures)
    return found(Verdict.MET, ReasonCode.TITLE_CURRENT, *figures)


def rating(requirement: Requirement, answer: Answer, case: Case) -> Found:
    """A level at least as high as the rule names; a title also by its age (I.8.c, I.8.e)."""
    level = answer.choice or 0
    label = requirement.choices[level]
    if level > (requirement.rule.minimum or 0):
        return found(Verdict.NOT_MET, ReasonCode.RATED_SHORT, label)
    if answer.get(FieldName.ISSUED_ON) is not None:
        return _dated_title(answer, case, label, *_number_and_date(answer))
    return found(Verdict.MET, ReasonCode.RATED_ENOUGH, label)
