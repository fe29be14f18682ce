"""Verdicts that come from another answer, or from verdicts found before."""

import pytest

from domain.answers import NOT_APPLICABLE
from domain.verdicts import ReasonCode as R
from domain.verdicts import Verdict
from tests.domain.rows import CROSSREF, TAKEN_OVER
from tests.domain.tra_vinh import chose, given, judged, row

MET, NOT_MET, REVIEW = Verdict.MET, Verdict.NOT_MET, Verdict.NEEDS_REVIEW
INCOMPLETE, NOT_APPLICABLE_HERE = Verdict.INCOMPLETE, Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(("taker", "source"), TAKEN_OVER.items())
def test_an_answer_taken_over_is_judged_as_where_it_was_given(taker: str, source: str) -> None:
    cases = [
        (chose(0), MET, R.NONE_HAPPENED),
        (given(choice=1, count=1), NOT_MET, R.SOME_HAPPENED),
        (given(choice=1, figure_withheld=True), NOT_MET, R.SOME_HAPPENED),
        (NOT_APPLICABLE, REVIEW, R.NOT_APPLICABLE_CLAIMED),
    ]
    for answer, verdict, code in cases:
        found = judged(taker, None, beside={source: answer})
        assert (found.verdict, found.reason.code) == (verdict, code)
        assert judged(source, answer).verdict is verdict
        assert found.reason.undecided is judged(source, answer).reason.undecided
    unanswered = judged(taker, None)
    assert (unanswered.verdict, unanswered.reason.code) == (INCOMPLETE, R.NOT_ANSWERED)


@pytest.mark.parametrize("choice", [0, 1])
def test_a_branching_question_says_the_choice_back(choice: int) -> None:
    label = row("I.7.b").choices[choice]
    assert judged("I.7.b", chose(choice)).reason.figures == (label,)


@pytest.mark.parametrize(("requirement", "refs"), CROSSREF.items())
def test_a_reference_is_met_when_all_it_names_are(requirement: str, refs: list[str]) -> None:
    all_met = dict.fromkeys(refs, MET)
    worst_first = [
        ({}, MET, R.REFS_MET, ", ".join(refs)),
        ({refs[0]: REVIEW}, REVIEW, R.REFS_NOT_MET, refs[0]),
        ({refs[0]: NOT_APPLICABLE_HERE}, MET, R.REFS_MET, ", ".join(refs[1:])),
        (
            dict.fromkeys(refs, NOT_APPLICABLE_HERE),
            NOT_APPLICABLE_HERE,
            R.REFS_NOT_MET,
            ", ".join(refs),
        ),
        ({refs[0]: REVIEW, refs[1]: INCOMPLETE}, INCOMPLETE, R.REFS_NOT_MET, refs[1]),
        (
            {refs[0]: REVIEW, refs[1]: NOT_MET, refs[2]: INCOMPLETE},
            NOT_MET,
            R.REFS_NOT_MET,
            refs[1],
        ),
        (
            {refs[1]: NOT_MET, refs[3]: NOT_MET},
            NOT_MET,
            R.REFS_NOT_MET,
            f"{refs[1]}, {refs[3]}",
        ),
    ]
    for changed, verdict, code, named in worst_first:
        found = judged(requirement, None, found=all_met | changed)
        assert (found.verdict, found.reason.code) == (verdict, code)
        assert found.reason.figures == (named,)
        assert found.reason.undecided is None, "no ruling settles what an item leaves open"
    assert judged(requirement, None).verdict is INCOMPLETE
    assert judged(requirement, None, found={**all_met, "III.2": NOT_MET}).verdict is MET
