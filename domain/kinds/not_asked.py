"""Rows that nobody is asked: computed from verdicts, or taken over from another row."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName, Undecided
from domain.kinds.case import Case, Found, counts, found, undecided
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import NONE, Step
from domain.verdicts import ReasonCode, Verdict, combine


def _steps(_requirement: Requirement, _answer: Answer) -> tuple[Step, ...]:
    return ()


def _same_as(requirement: Requirement, _answer: Answer, case: Case) -> Found:
    """The answer of another requirement, which is not asked again (II.3.b-c)."""
    source = case.answers.get(requirement.rule.refs[0])
    if source is None:
        return found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    if source.get(FieldName.NOT_APPLICABLE):
        return undecided(Undecided.NOT_APPLICABLE_CLAIMED, ReasonCode.NOT_APPLICABLE_CLAIMED)
    if source.choice == NONE:
        return found(Verdict.MET, ReasonCode.NONE_HAPPENED)
    return found(Verdict.NOT_MET, ReasonCode.SOME_HAPPENED, *counts(source))


def _all_met(requirement: Requirement, _answer: Answer, case: Case) -> Found:
    """All the named items are met (II.1, IV.1); the reason names those that are not.

    An item that does not apply changes nothing, as in its own part.
    """
    known = case.found or {}
    verdicts = {ref: known.get(ref, Verdict.INCOMPLETE) for ref in requirement.rule.refs}
    verdict = combine(verdicts.values())
    decisive = ", ".join(ref for ref, each in verdicts.items() if each is verdict)
    code = ReasonCode.REFS_MET if verdict is Verdict.MET else ReasonCode.REFS_NOT_MET
    return found(verdict, code, decisive)


def _share_of_communes(_requirement: Requirement, _answer: Answer, _case: Case) -> Found:
    """A share of the communes below the unit (III.2.b-c, IV.2.b)."""
    # The communes of a unit are counted from their own verdict rows, which an assessment of one
    # unit does not hold; the share is unknown until the roll-up provides them.
    return found(Verdict.INCOMPLETE, ReasonCode.SHARE_UNKNOWN)


NOT_ASKED: Final = Kind(
    asked_as=AskedAs.NOT_ASKED,
    natures=frozenset({AnswerKind.COUNT_ZERO, AnswerKind.PERCENTAGE, AnswerKind.CROSSREF}),
    steps=_steps,
    rules=(
        Rule(name=RuleName.SAME_AS, judge=_same_as, needs=("refs",)),
        Rule(name=RuleName.ALL_MET, judge=_all_met, needs=("refs",)),
        Rule(
            name=RuleName.SHARE_OF_COMMUNES,
            judge=_share_of_communes,
            needs=("percent", "refs"),
        ),
    ),
)
