"""How one answer is judged. Every rule returns a verdict with its reason and does nothing else.

docs/packs.md says when each rule passes; the rules themselves are in the modules of
`domain.kinds`. If the law does not decide, the verdict is `needs_review`, unless a standing ruling
of the province decides that class of case.
"""

from dataclasses import replace

from domain.answers import NOTHING_GIVEN, FieldName
from domain.criteria import Requirement, RuleName, Undecided
from domain.kinds import branching, kind_of
from domain.kinds.case import YES, Case, Found, counts, found, undecided
from domain.steps import is_complete
from domain.verdicts import Judgement, ReasonCode, Verdict

__all__ = ["YES", "YES_FORCE_MAJEURE", "Case", "RuleNotForKind", "judge"]

YES_FORCE_MAJEURE = 0
"""The index of "có, đề nghị xét bất khả kháng" among the two choices of that step."""


class RuleNotForKind(LookupError):
    """The rule of a requirement cannot judge its kind; no checked pack has such a row."""


def judge(requirement: Requirement, case: Case) -> Judgement:
    """The verdict of one requirement in one assessment. Raises RuleNotForKind."""
    verdict, reason = _judge(requirement, case)
    if reason.undecided is not None:
        ruling = case.ruling(reason.undecided, requirement)
        if ruling is not None:
            verdict = ruling.verdict
            reason = replace(reason, ruling=ruling)
    return Judgement(requirement_id=requirement.id, verdict=verdict, reason=reason)


def _judge(requirement: Requirement, case: Case) -> Found:
    rule = kind_of(requirement).rule(requirement.rule.name)
    if rule is None:
        msg = f"{requirement.id}: {requirement.rule.name} cannot judge {requirement.asked_as}"
        raise RuleNotForKind(msg)
    if not requirement.asked:
        return rule.judge(requirement, NOTHING_GIVEN, case)
    if rule.name is RuleName.CONVERTED_IF_LISTED and not branching.listed(requirement, case):
        return branching.off_the_list(requirement, case)
    answer = case.answers.get(requirement.id)
    if answer is None or not is_complete(requirement, answer):
        return found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    if answer.get(FieldName.NOT_APPLICABLE):
        return undecided(Undecided.NOT_APPLICABLE_CLAIMED, ReasonCode.NOT_APPLICABLE_CLAIMED)
    if requirement.force_majeure and answer.get(FieldName.FORCE_MAJEURE) == YES_FORCE_MAJEURE:
        return undecided(Undecided.FORCE_MAJEURE, ReasonCode.FORCE_MAJEURE, *counts(answer))
    return rule.judge(requirement, answer, case)
