"""How verdicts of parts are combined."""

from itertools import combinations_with_replacement
from random import Random

import pytest
from hypothesis import given as given_that
from hypothesis import strategies as st

from domain.assessments import AssessmentState
from domain.verdicts import (
    Finding,
    Judgement,
    Reason,
    ReasonCode,
    Standing,
    Verdict,
    combine,
)

VERDICTS = st.sampled_from(Verdict)

MET, NOT_MET, REVIEW = Verdict.MET, Verdict.NOT_MET, Verdict.NEEDS_REVIEW
INCOMPLETE, NOT_APPLICABLE = Verdict.INCOMPLETE, Verdict.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        ((), NOT_APPLICABLE),
        ((NOT_APPLICABLE,), NOT_APPLICABLE),
        ((NOT_APPLICABLE, NOT_APPLICABLE), NOT_APPLICABLE),
        ((MET,), MET),
        ((MET, NOT_APPLICABLE), MET),
        ((MET, REVIEW), REVIEW),
        ((NOT_APPLICABLE, REVIEW), REVIEW),
        ((REVIEW, INCOMPLETE), INCOMPLETE),
        ((NOT_APPLICABLE, INCOMPLETE), INCOMPLETE),
        ((INCOMPLETE, NOT_MET), NOT_MET),
        ((MET, REVIEW, INCOMPLETE, NOT_MET, NOT_APPLICABLE), NOT_MET),
    ],
)
def test_the_worst_part_decides(parts: tuple[Verdict, ...], whole: Verdict) -> None:
    assert combine(parts) is whole


def test_every_combination_of_up_to_five_parts_follows_the_order_of_the_design() -> None:
    for size in range(6):
        for parts in combinations_with_replacement(Verdict, size):
            whole = combine(parts)
            if NOT_MET in parts:
                assert whole is NOT_MET
            elif INCOMPLETE in parts:
                assert whole is INCOMPLETE
            elif REVIEW in parts:
                assert whole is REVIEW
            elif MET in parts:
                assert whole is MET
            else:
                assert whole is NOT_APPLICABLE


@pytest.mark.fuzz
@given_that(parts=st.lists(VERDICTS, max_size=12), order=st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_matters(parts: list[Verdict], order: Random) -> None:
    shuffled = parts * 2
    order.shuffle(shuffled)

    assert combine(shuffled) is combine(parts)


@pytest.mark.fuzz
@given_that(st.lists(st.lists(VERDICTS, max_size=6), max_size=6))
def test_a_whole_of_items_is_the_whole_of_their_requirements(items: list[list[Verdict]]) -> None:
    flat = [verdict for item in items for verdict in item]

    assert combine(combine(item) for item in items) is combine(flat)


@pytest.mark.fuzz
@given_that(st.lists(VERDICTS, max_size=12))
def test_a_whole_is_met_only_with_a_met_part_and_nothing_open(parts: list[Verdict]) -> None:
    whole = combine(parts)

    assert (whole is MET) == (MET in parts and set(parts) <= {MET, NOT_APPLICABLE})
    assert whole in {*parts, NOT_APPLICABLE}


def test_a_finding_lists_the_judgements_of_one_verdict_in_order() -> None:
    why = Reason(code=ReasonCode.SAID_YES)
    judgements = tuple(
        Judgement(requirement_id=name, verdict=verdict, reason=why)
        for name, verdict in (("I.1.a", NOT_MET), ("I.1.b", MET), ("I.1.c", NOT_MET))
    )
    found = Finding(subject="I.1", verdict=NOT_MET, judgements=judgements, with_evidence=0)

    assert [one.requirement_id for one in found.having(NOT_MET)] == ["I.1.a", "I.1.c"]
    assert found.having(REVIEW) == ()


def test_each_state_of_an_assessment_gives_its_verdicts_their_standing() -> None:
    assert [state.standing for state in AssessmentState] == [
        Standing.PROVISIONAL,
        Standing.SELF_ASSESSED,
        Standing.APPRAISED,
    ]
