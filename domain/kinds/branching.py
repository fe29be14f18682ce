"""Rows that depend on the answer to a branching question (I.7.b decides about I.7.c and I.7.e)."""

from domain.criteria import Requirement
from domain.kinds.case import YES, Case, Found, found
from domain.verdicts import ReasonCode, Verdict


def listed(requirement: Requirement, case: Case) -> bool:
    """Whether the commune said it is on the year's list of areas to convert (I.7.b)."""
    told = case.answers.get(requirement.rule.refs[0])
    return told is not None and told.choice == YES


def is_open(requirement: Requirement, case: Case) -> bool:
    """Whether the branching question has no answer yet."""
    # A claim that the question itself does not apply does not answer it.
    told = case.answers.get(requirement.rule.refs[0])
    return told is None or told.choice is None


def off_the_list(requirement: Requirement, case: Case) -> Found:
    """The verdict of I.7.e for a commune that is not on the list: the only not_applicable."""
    if is_open(requirement, case):
        return found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    return found(Verdict.NOT_APPLICABLE, ReasonCode.NOT_ON_LIST)
