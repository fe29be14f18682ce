"""Rules that read another answer or verdicts found before."""

from domain.answers import Answer, FieldName
from domain.criteria import Requirement, Undecided
from domain.rules.case import YES, Case, Found, counts, found, passes, undecided
from domain.rules.documents import document
from domain.steps import HELD, HELD_SECRET, NONE
from domain.verdicts import ReasonCode, Verdict, combine


def branch(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """The branching question itself, which gives no score (I.7.b)."""
    # A branching question gives no score: it is complete as soon as it is answered.
    label = requirement.choices[answer.choice or 0]
    return found(Verdict.NOT_APPLICABLE, ReasonCode.BRANCH, label)


def listed(requirement: Requirement, case: Case) -> bool:
    """Whether the commune said it is on the year's list of areas to convert (I.7.b)."""
    told = case.answers.get(requirement.rule.refs[0])
    return told is not None and told.choice == YES


def _branch_open(requirement: Requirement, case: Case) -> bool:
    # A claim that the question itself does not apply does not answer it.
    told = case.answers.get(requirement.rule.refs[0])
    return told is None or told.choice is None


def document_if_listed(requirement: Requirement, answer: Answer, case: Case) -> Found:
    """A plan. It is undecided whether it binds a commune that is not on the list (I.7.c)."""
    if answer.choice in (HELD, HELD_SECRET) or listed(requirement, case):
        return document(requirement, answer, case)
    if _branch_open(requirement, case):
        return found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    return undecided(Undecided.PLAN_OFF_THE_LIST, ReasonCode.DOCUMENT_OPTIONAL)


def off_the_list(requirement: Requirement, case: Case) -> Found:
    """The verdict of I.7.e for a commune that is not on the list: the only not_applicable."""
    if _branch_open(requirement, case):
        return found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    return found(Verdict.NOT_APPLICABLE, ReasonCode.NOT_ON_LIST)


def converted(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """On the list, and converted (I.7.e)."""
    return passes(answer.choice == YES, ReasonCode.CONVERTED, ReasonCode.NOT_CONVERTED)


def same_as(requirement: Requirement, _answer: Answer, case: Case) -> Found:
    """The answer of another requirement, which is not asked again (II.3.b-c)."""
    source = case.answers.get(requirement.rule.refs[0])
    if source is None:
        return found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    if source.get(FieldName.NOT_APPLICABLE):
        return undecided(Undecided.NOT_APPLICABLE_CLAIMED, ReasonCode.NOT_APPLICABLE_CLAIMED)
    if source.choice == NONE:
        return found(Verdict.MET, ReasonCode.NONE_HAPPENED)
    return found(Verdict.NOT_MET, ReasonCode.SOME_HAPPENED, *counts(source))


def all_met(requirement: Requirement, _answer: Answer, case: Case) -> Found:
    """All the named items are met (II.1, IV.1); the reason names those that are not.

    An item that does not apply changes nothing, as in its own part.
    """
    known = case.found or {}
    verdicts = {ref: known.get(ref, Verdict.INCOMPLETE) for ref in requirement.rule.refs}
    verdict = combine(verdicts.values())
    decisive = ", ".join(ref for ref, each in verdicts.items() if each is verdict)
    code = ReasonCode.REFS_MET if verdict is Verdict.MET else ReasonCode.REFS_NOT_MET
    return found(verdict, code, decisive)


def share_of_communes(_requirement: Requirement, _answer: Answer, _case: Case) -> Found:
    """A share of the communes below the unit (III.2.b-c, IV.2.b)."""
    # The communes of a unit are counted from their own verdict rows, which an assessment of one
    # unit does not hold; the share is unknown until the roll-up provides them.
    return found(Verdict.INCOMPLETE, ReasonCode.SHARE_UNKNOWN)
