"""Standing rulings: which class of cases each decides, for which rows, and for how long."""

from datetime import date

import pytest

from domain.answers import NOT_APPLICABLE, Answer
from domain.criteria import Undecided
from domain.verdicts import RULABLE, ReasonCode, RulingError, StandingRuling, Verdict
from tests.domain.rows import FORCE_MAJEURE
from tests.domain.tra_vinh import (
    CRITERIA,
    NO_DOCUMENT,
    SECRET,
    casualties,
    chose,
    given,
    held,
    judged,
    ruling,
    steady,
    years,
)

U = Undecided
NO_CLAIM, CLAIM = 1, 0

OPEN_CASES: dict[U, tuple[str, Answer, dict[str, Answer]]] = {
    U.ZERO_BOTH_YEARS: ("I.5.g", years(0, 0), {}),
    U.EQUAL_NON_ZERO: ("I.5.g", years(3, 3, force_majeure=NO_CLAIM), {}),
    U.CASUALTIES_ROSE: ("I.5.f", casualties(10, 9, (1, 2), (0, 0)), {}),
    U.FORCE_MAJEURE: ("II.3.d", given(count=1, force_majeure=CLAIM), {}),
    U.AIM_OR_OUTCOME: ("I.5.b", years(100, 99), {}),
    U.SIGNED_IN_DECEMBER: ("I.1.a", held(date(2023, 12, 20)), {}),
    U.TITLE_OLDER_THAN_YEAR: ("I.6.o", held(date(2022, 5, 5)), {}),
    U.PLAN_OFF_THE_LIST: ("I.7.c", NO_DOCUMENT, {"I.7.b": chose(1)}),
    U.UNSETTLED_CASES: ("I.3.a", given(total=5, settled=4), {}),
    U.NO_CASES_TO_MEDIATE: ("I.6.l", given(total=0), {}),
    U.NOT_APPLICABLE_CLAIMED: ("I.6.b", NOT_APPLICABLE, {}),
    U.DATE_WITHHELD: ("I.1.b", SECRET, {}),
}
"""One open case of each class: requirement, answer, and other answers."""


@pytest.mark.parametrize("case_class", OPEN_CASES)
@pytest.mark.parametrize("says", [Verdict.MET, Verdict.NOT_MET])
def test_a_ruling_decides_its_class_and_is_named(case_class: U, says: Verdict) -> None:
    requirement, answer, beside = OPEN_CASES[case_class]
    settled = ruling(case_class, says)
    found = judged(requirement, answer, beside=beside, rulings=(settled,))

    if case_class in (U.FORCE_MAJEURE, U.NOT_APPLICABLE_CLAIMED):
        assert found.verdict is Verdict.NEEDS_REVIEW, "a claim is about one case, never a class"
        assert found.reason.ruling is None
    else:
        assert found.verdict is says
        assert found.reason.ruling == settled
        assert found.reason.undecided is case_class


@pytest.mark.parametrize("case_class", OPEN_CASES)
def test_a_ruling_on_another_class_decides_nothing(case_class: U) -> None:
    requirement, answer, beside = OPEN_CASES[case_class]
    others = tuple(ruling(other) for other in U if other is not case_class)
    alone = judged(requirement, answer, beside=beside)

    assert judged(requirement, answer, beside=beside, rulings=others) == alone


def test_only_claims_can_never_be_ruled_on() -> None:
    assert frozenset(U) - {U.FORCE_MAJEURE, U.NOT_APPLICABLE_CLAIMED} == RULABLE


@pytest.mark.parametrize("says", sorted(set(Verdict) - {Verdict.MET, Verdict.NOT_MET}))
def test_a_ruling_says_met_or_not_met(says: Verdict) -> None:
    with pytest.raises(RulingError, match="met or not met"):
        ruling(U.ZERO_BOTH_YEARS, says)


@pytest.mark.parametrize(
    ("settled", "holds"),
    [
        (ruling(U.ZERO_BOTH_YEARS), True),
        (ruling(U.ZERO_BOTH_YEARS, requirements=("I.5.g", "I.5.h")), True),
        (ruling(U.ZERO_BOTH_YEARS, requirements=("I.5.h",)), False),
        (ruling(U.ZERO_BOTH_YEARS, withdrawn=True), False),
        # The last day of the period, 31/12/2024, decides
        (ruling(U.ZERO_BOTH_YEARS, valid_from=date(2024, 12, 31)), True),
        (ruling(U.ZERO_BOTH_YEARS, valid_from=date(2025, 1, 1)), False),
        (ruling(U.ZERO_BOTH_YEARS, valid_to=date(2024, 12, 31)), True),
        (ruling(U.ZERO_BOTH_YEARS, valid_to=date(2024, 12, 30)), False),
    ],
)
def test_where_and_when_a_ruling_holds(settled: StandingRuling, holds: bool) -> None:
    found = judged("I.5.g", years(0, 0), rulings=(settled,))

    assert found.verdict is (Verdict.MET if holds else Verdict.NEEDS_REVIEW)


def test_the_first_of_two_rulings_decides() -> None:
    first = ruling(U.ZERO_BOTH_YEARS, Verdict.NOT_MET, ruling_id=1)
    second = ruling(U.ZERO_BOTH_YEARS, Verdict.MET, ruling_id=2)
    found = judged("I.5.g", years(0, 0), rulings=(first, second))

    assert (found.verdict, found.reason.ruling) == (Verdict.NOT_MET, first)


@pytest.mark.parametrize("says", [Verdict.MET, Verdict.NOT_MET])
def test_a_ruling_on_the_aim_decides_only_what_the_figures_leave_short(says: Verdict) -> None:
    aim = (ruling(U.AIM_OR_OUTCOME, says),)

    assert judged("I.5.b", years(100, 95), rulings=aim).reason.code is ReasonCode.CUT_ENOUGH
    for last, this in ((100, 96), (100, 120), (0, 3), (0, 0)):
        found = judged("I.5.b", years(last, this), rulings=aim)
        assert (found.verdict, found.reason.code) == (says, ReasonCode.AIM_ONLY)
        assert found.reason.figures == (last, this, 5)


def test_without_a_ruling_on_the_aim_the_figures_are_compared() -> None:
    assert judged("I.5.b", years(100, 96)).verdict is Verdict.NOT_MET


def test_a_ruling_on_the_very_case_goes_before_the_one_on_the_aim() -> None:
    both = (ruling(U.AIM_OR_OUTCOME, Verdict.NOT_MET), ruling(U.ZERO_BOTH_YEARS, ruling_id=2))
    found = judged("I.5.b", years(0, 0), rulings=both)

    assert (found.verdict, found.reason.code) == (Verdict.MET, ReasonCode.ZERO_BOTH_YEARS)


def test_the_aim_is_no_question_where_the_document_asks_for_the_outcome() -> None:
    aim = (ruling(U.AIM_OR_OUTCOME, Verdict.MET),)

    assert judged("III.3.d", years(100, 96), rulings=aim).verdict is Verdict.NOT_MET


# Force majeure


@pytest.mark.parametrize("requirement", FORCE_MAJEURE)
def test_a_claim_of_force_majeure_alone_never_passes(requirement: str) -> None:
    failing = given(count=2) if requirement.startswith("II.3") else steady(3, 4)
    claimed = Answer(fields=(*failing.fields, *given(force_majeure=CLAIM).fields))
    every_ruling = tuple(ruling(case_class) for case_class in U)
    found = judged(requirement, claimed, rulings=every_ruling)

    assert (found.verdict, found.reason.undecided) == (Verdict.NEEDS_REVIEW, U.FORCE_MAJEURE)
    figures = (2,) if requirement.startswith("II.3") else (3, 4)
    assert found.reason.figures == figures


def test_force_majeure_may_be_claimed_where_the_document_says_so_and_nowhere_else() -> None:
    rows = [one for part in CRITERIA.parts for one in part.requirements()]

    assert sorted(one.id for one in rows if one.force_majeure) == sorted(FORCE_MAJEURE)
