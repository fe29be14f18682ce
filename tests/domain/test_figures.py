"""Rules about figures, tested by arithmetic."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume
from hypothesis import given as given_that
from hypothesis import strategies as st

from domain.answers import FieldName
from domain.criteria import PassRule, RuleName, Undecided
from domain.replies import MOST_CASES
from domain.rules import Case, judge
from domain.verdicts import ReasonCode, Verdict
from tests.domain.rows import CUT, FORCE_MAJEURE, REDUCED
from tests.domain.tra_vinh import (
    YEAR,
    casualties,
    given,
    held,
    judged,
    row,
    ruling,
    steady,
    years,
)

FIGURE = st.integers(0, MOST_CASES)
NO_CLAIM = 1


@pytest.mark.fuzz
@given_that(requirement=st.sampled_from(CUT), last=st.integers(1, MOST_CASES), this=FIGURE)
def test_the_cut_is_exact(requirement: str, last: int, this: int) -> None:
    cut = 1 - Fraction(this, last)
    found = judged(requirement, years(last, this))

    assert found.verdict is (Verdict.MET if cut >= Fraction(5, 100) else Verdict.NOT_MET)
    assert found.reason.figures == (last, this, 5)


@pytest.mark.fuzz
@given_that(requirement=st.sampled_from(CUT), last=st.integers(1, MOST_CASES // 20))
def test_exactly_95_of_100_passes_whatever_the_size(requirement: str, last: int) -> None:
    assert judged(requirement, years(20 * last, 19 * last)).verdict is Verdict.MET
    assert judged(requirement, years(20 * last, 19 * last + 1)).verdict is Verdict.NOT_MET


@pytest.mark.fuzz
@given_that(requirement=st.sampled_from(REDUCED), last=FIGURE, this=FIGURE)
def test_fewer_cases_pass_and_more_fail(requirement: str, last: int, this: int) -> None:
    found = judged(requirement, steady(last, this, force_majeure=NO_CLAIM))

    if this < last:
        assert found.verdict is Verdict.MET
    elif this > last:
        assert found.verdict is Verdict.NOT_MET
    else:
        assert found.verdict is Verdict.NEEDS_REVIEW
        zero = this == 0
        open_class = Undecided.ZERO_BOTH_YEARS if zero else Undecided.EQUAL_NON_ZERO
        assert found.reason.undecided is open_class


@pytest.mark.fuzz
@given_that(
    requirement=st.sampled_from(["I.5.f", "III.3.f"]),
    last=FIGURE,
    this=FIGURE,
    deaths=st.tuples(FIGURE, FIGURE),
    injured=st.tuples(FIGURE, FIGURE),
)
def test_the_casualties_open_what_the_cases_would_pass_and_change_nothing_else(
    requirement: str, last: int, this: int, deaths: tuple[int, int], injured: tuple[int, int]
) -> None:
    cases_alone = judged("I.5.g", years(last, this, force_majeure=NO_CLAIM))
    found = judged(requirement, casualties(last, this, deaths, injured, force_majeure=NO_CLAIM))

    if this < last and (deaths[1] > deaths[0] or injured[1] > injured[0]):
        assert found.verdict is Verdict.NEEDS_REVIEW
        assert found.reason.undecided is Undecided.CASUALTIES_ROSE
        assert found.reason.figures == (last, this, *deaths, *injured)
    else:
        assert found.verdict is cases_alone.verdict
        assert found.reason == cases_alone.reason


def test_equal_cases_are_equal_whatever_the_casualties() -> None:
    found = judged("I.5.f", casualties(10, 10, (0, 3), (0, 3), force_majeure=NO_CLAIM))

    assert found.reason.code is ReasonCode.EQUAL
    assert found.reason.figures == (10, 10)


def test_a_year_without_accidents_has_no_casualties() -> None:
    only_last = years(4, 0, deaths_last_year=0, injured_last_year=0)

    assert judged("I.5.f", only_last).verdict is Verdict.MET


@pytest.mark.fuzz
@given_that(
    requirement=st.sampled_from(FORCE_MAJEURE),
    last=FIGURE,
    this=FIGURE,
    classes=st.sets(st.sampled_from(Undecided)),
)
def test_no_figures_and_no_rulings_make_a_claim_of_force_majeure_pass(
    requirement: str, last: int, this: int, classes: set[Undecided]
) -> None:
    count_only = requirement.startswith("II.3")
    assume(this > 0 if count_only else this >= last and this > 0)
    answer = (
        given(count=this, force_majeure=0) if count_only else steady(last, this, force_majeure=0)
    )
    found = judged(requirement, answer, rulings=tuple(map(ruling, classes)))

    assert found.verdict is Verdict.NEEDS_REVIEW


@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_at_least_one_model_is_one_or_more(count: int) -> None:
    for requirement in ("I.6.f", "II.4.b"):
        found = judged(requirement, given(count=count))
        assert found.verdict is (Verdict.MET if count else Verdict.NOT_MET)
        assert found.reason.figures == (count, 1)


def test_another_document_may_ask_for_more_than_one() -> None:
    three = replace(row("II.4.b"), rule=PassRule(name=RuleName.AT_LEAST, minimum=3))
    verdicts = [
        judge(three, Case(year=YEAR, answers={three.id: given(count=count)})).verdict
        for count in (2, 3)
    ]

    assert verdicts == [Verdict.NOT_MET, Verdict.MET]


@pytest.mark.fuzz
@given_that(total=st.integers(1, MOST_CASES), settled=FIGURE)
def test_what_is_left_of_the_disputes_waits_for_the_reviewer(total: int, settled: int) -> None:
    assume(settled <= total)
    found = judged("I.3.a", given(total=total, settled=settled))

    if settled == total:
        assert (found.verdict, found.reason.figures) == (Verdict.MET, (total,))
    else:
        assert found.verdict is Verdict.NEEDS_REVIEW
        assert found.reason.figures == (total, settled, total - settled)


def test_the_reason_of_a_failed_count_shows_the_count_where_it_was_given() -> None:
    assert judged("I.5.c", given(choice=1, count=3)).reason.figures == (3,)
    assert judged("I.5.c", given(choice=1, figure_withheld=True)).reason.figures == ()


def test_an_answer_gives_its_fields_by_name_and_refuses_those_of_another_kind() -> None:
    answer = held()

    assert answer.get(FieldName.COUNT) is None
    assert answer.day(FieldName.ISSUED_ON).year == 2024
    with pytest.raises(KeyError):
        answer.day(FieldName.NUMBER)
    with pytest.raises(KeyError):
        answer.whole(FieldName.NUMBER)
    assert given(names=()).choice is None


def test_casualties_are_weighed_only_where_the_row_says_so() -> None:
    more_dead = casualties(10, 9, (1, 2), (0, 0))
    rows = [row("I.5.f"), replace(row("I.5.f"), rule=PassRule(name=RuleName.REDUCED))]
    cases = [Case(year=YEAR, answers={one.id: more_dead}) for one in rows]
    verdicts = [judge(one, case).verdict for one, case in zip(rows, cases, strict=True)]
    assert verdicts == [Verdict.NEEDS_REVIEW, Verdict.MET]
