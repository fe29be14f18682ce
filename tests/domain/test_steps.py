"""The steps of a requirement, one at a time."""

from dataclasses import replace

import pytest

from domain.answers import NOT_APPLICABLE, NOTHING_GIVEN, Answer, FieldName
from domain.criteria import Requirement, Sensitivity
from domain.steps import Step, StepKind, first_step, is_complete, next_step
from tests.domain.rows import RED
from tests.domain.tra_vinh import CRITERIA, chose, given, held, row, steady, years

ROWS = [one for part in CRITERIA.parts for one in part.requirements()]

HURT_LAST = {"deaths_last_year": 0, "injured_last_year": 0}
HURT_THIS = {"deaths_this_year": 0, "injured_this_year": 0}


@pytest.mark.parametrize(
    ("requirement", "so_far", "asked"),
    [
        ("I.1.a", NOTHING_GIVEN, "choice"),
        ("I.1.a", chose(0), "number"),
        ("I.1.a", given(choice=0, number="12-NQ/ĐU"), "issued_on"),
        ("I.1.a", held(), None),
        ("I.1.a", chose(1), None),
        ("I.1.a", chose(2), None),
        ("I.1.c", chose(1), None),
        ("I.1.e", chose(0), None),
        ("I.1.e", chose(1), "count"),
        ("I.1.e", given(choice=1, figure_withheld=True), None),
        ("I.3.a", NOTHING_GIVEN, "total"),
        ("I.3.a", given(total=0), None),
        ("I.3.a", given(total=3), "settled"),
        ("I.3.a", given(total=3, settled=0), None),
        ("I.5.b", NOTHING_GIVEN, "last_year"),
        ("I.5.b", given(last_year=0), "this_year"),
        ("I.5.b", years(3, 9), None),
        ("I.5.g", given(this_year=3), "last_year"),
        ("I.5.g", years(3, 2), None),
        ("I.5.g", years(0, 0), None),
        ("I.5.g", years(3, 3), "force_majeure"),
        ("I.5.g", years(0, 1), "force_majeure"),
        ("I.5.g", years(3, 4, force_majeure=1), None),
        ("I.5.f", years(3, 2), "deaths_last_year"),
        ("I.5.f", years(3, 2, deaths_last_year=0), "deaths_this_year"),
        ("I.5.f", steady(3, 2), None),
        ("I.5.f", years(3, 0, deaths_last_year=1), "injured_last_year"),
        ("I.5.f", years(3, 0, **HURT_LAST), None),
        ("I.5.f", years(0, 2), "deaths_this_year"),
        ("I.5.f", years(0, 2, **HURT_THIS), "force_majeure"),
        ("I.6.d", NOTHING_GIVEN, "names"),
        ("I.6.d", given(names=()), None),
        ("I.6.f", given(count=0), None),
        ("I.8.c", chose(0), "number"),
        ("I.8.c", chose(1), "number"),
        ("I.8.c", chose(2), None),
        ("I.8.e", chose(0), None),
        ("II.3.d", given(count=0), None),
        ("II.3.d", given(count=1), "force_majeure"),
        ("II.1", NOTHING_GIVEN, None),
        ("III.2.b", NOTHING_GIVEN, None),
    ],
)
def test_what_is_asked_next(requirement: str, so_far: Answer, asked: str | None) -> None:
    step = next_step(row(requirement), so_far)

    assert (step.field if step else None) == asked
    assert is_complete(row(requirement), so_far) == (asked is None)


@pytest.mark.parametrize("one", [one for one in ROWS if one.asked], ids=lambda one: one.id)
def test_a_claim_that_it_does_not_apply_leaves_nothing_to_ask(one: Requirement) -> None:
    assert next_step(one, NOT_APPLICABLE) is None
    assert first_step(one) == next_step(one, NOTHING_GIVEN)


@pytest.mark.parametrize("requirement", RED)
def test_a_red_row_has_one_step_with_two_choices(requirement: str) -> None:
    only = Step(field=FieldName.CHOICE, kind=StepKind.CHOICE, options=2)

    assert first_step(row(requirement)) == only
    for choice in range(only.options):
        assert is_complete(row(requirement), chose(choice))


def test_the_red_rows_are_those_of_the_table() -> None:
    red = [one.id for one in ROWS if one.sensitivity is Sensitivity.RED]

    assert sorted(red) == sorted(RED)
    assert len(red) == 13


def test_no_more_can_be_settled_than_there_were() -> None:
    step = next_step(row("I.3.a"), given(total=7))

    assert step == Step(field=FieldName.SETTLED, kind=StepKind.WHOLE_NUMBER, least=0, most=7)


def test_whoever_says_some_tells_at_least_one() -> None:
    step = next_step(row("I.1.e"), chose(1))

    assert step == Step(field=FieldName.COUNT, kind=StepKind.WHOLE_NUMBER, least=1)


@pytest.mark.parametrize(
    ("requirement", "failing"),
    [("II.3.d", given(count=1)), ("I.5.g", years(3, 4)), ("I.5.f", steady(3, 4))],
)
def test_force_majeure_is_asked_only_where_the_row_has_the_flag(
    requirement: str, failing: Answer
) -> None:
    flagged = row(requirement)
    step = next_step(flagged, failing)
    assert step == Step(field=FieldName.FORCE_MAJEURE, kind=StepKind.CHOICE, options=2)
    assert next_step(replace(flagged, force_majeure=False), failing) is None


@pytest.mark.parametrize(
    ("requirement", "passing"),
    [("II.3.d", given(count=0)), ("I.5.g", years(3, 2)), ("I.6.f", given(count=1))],
)
def test_what_passes_needs_no_force_majeure(requirement: str, passing: Answer) -> None:
    assert next_step(replace(row(requirement), force_majeure=True), passing) is None
