"""How one answer is judged. Every rule returns a verdict with its reason and does nothing else.

docs/packs.md says when each rule passes. If the law does not decide, the verdict is `needs_review`,
unless a standing ruling of the province decides that class of case.
"""

from collections.abc import Callable
from dataclasses import replace

from domain.answers import NOTHING_GIVEN, Answer, FieldName
from domain.criteria import AskedAs, Requirement, RuleName, Undecided
from domain.rules import documents, figures, references
from domain.rules.case import YES, Case, Found, counts, found, undecided
from domain.steps import is_complete
from domain.verdicts import Judgement, ReasonCode, Verdict

__all__ = ["YES", "YES_FORCE_MAJEURE", "Case", "judge"]

YES_FORCE_MAJEURE = 0
"""The index of "có, đề nghị xét bất khả kháng" among the two choices of that step."""


def judge(requirement: Requirement, case: Case) -> Judgement:
    """The verdict of one requirement in one assessment."""
    verdict, reason = _judge(requirement, case)
    if reason.undecided is not None:
        ruling = case.ruling(reason.undecided, requirement)
        if ruling is not None:
            verdict = ruling.verdict
            reason = replace(reason, ruling=ruling)
    return Judgement(requirement_id=requirement.id, verdict=verdict, reason=reason)


def _judge(requirement: Requirement, case: Case) -> Found:
    rule = _RULES[requirement.rule.name]
    if requirement.asked_as is AskedAs.NOT_ASKED:
        return rule(requirement, NOTHING_GIVEN, case)
    if requirement.rule.name is RuleName.CONVERTED_IF_LISTED and not references.listed(
        requirement, case
    ):
        return references.off_the_list(requirement, case)
    answer = case.answers.get(requirement.id)
    if answer is None or not is_complete(requirement, answer):
        return found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    if answer.get(FieldName.NOT_APPLICABLE):
        return undecided(Undecided.NOT_APPLICABLE_CLAIMED, ReasonCode.NOT_APPLICABLE_CLAIMED)
    if requirement.force_majeure and answer.get(FieldName.FORCE_MAJEURE) == YES_FORCE_MAJEURE:
        return undecided(Undecided.FORCE_MAJEURE, ReasonCode.FORCE_MAJEURE, *counts(answer))
    return rule(requirement, answer, case)


_RULES: dict[RuleName, Callable[[Requirement, Answer, Case], Found]] = {
    RuleName.YES: documents.yes,
    RuleName.DOCUMENT: documents.document,
    RuleName.DOCUMENT_IN_FIRST_QUARTER: documents.document_in_first_quarter,
    RuleName.DOCUMENT_IF_LISTED: references.document_if_listed,
    RuleName.TITLE_HELD: documents.title_held,
    RuleName.RATING_AT_LEAST: documents.rating,
    RuleName.NONE: figures.none_happened,
    RuleName.AT_LEAST: figures.at_least,
    RuleName.CUT_BY_PERCENT: figures.cut_by_percent,
    RuleName.REDUCED: figures.reduced,
    RuleName.ALL_SETTLED: figures.all_settled,
    RuleName.MEDIATED: figures.mediated,
    RuleName.LISTED: figures.named,
    RuleName.BRANCH: references.branch,
    RuleName.CONVERTED_IF_LISTED: references.converted,
    RuleName.SAME_AS: references.same_as,
    RuleName.ALL_MET: references.all_met,
    RuleName.SHARE_OF_COMMUNES: references.share_of_communes,
}
