"""Questions that a channel below the red ceiling does not ask, and those that it asks."""

from dataclasses import replace
from datetime import date

import pytest

from domain.answers import NOTHING_GIVEN, Answer
from domain.assessments import Bookmark
from domain.checklist import Checklist, Place
from domain.criteria import AskedAs, PassRule, RuleName, Sensitivity
from domain.pages import next_page
from domain.replies import ClaimNotOpen, Completed, Outcome, accept, claim_not_applicable
from domain.steps import StepKind, first_step
from tests.domain.tra_vinh import CRITERIA, YEAR, chose, given, row

PART = CRITERIA.part("I")
TODAY = date(YEAR, 12, 20)
RED, AMBER, GREEN = Sensitivity.RED, Sensitivity.AMBER, Sensitivity.GREEN


def _checklist(ceiling: Sensitivity, bookmark: Bookmark | None = None) -> Checklist:
    return Checklist(
        part=PART, year=YEAR, answers={}, ceiling=ceiling, bookmark=bookmark or Bookmark()
    )


def _chosen(requirement: str, choice: int, ceiling: Sensitivity) -> Outcome:
    checklist = _checklist(ceiling, Bookmark(revisiting=requirement))
    place = checklist.place()
    assert place is not None
    return accept(checklist, place, choice, today=TODAY)


@pytest.mark.parametrize("sensitivity", Sensitivity)
@pytest.mark.parametrize("asked_as", AskedAs)
def test_only_the_figure_behind_some_is_withheld_and_only_above_green(
    asked_as: AskedAs, sensitivity: Sensitivity
) -> None:
    asked = replace(row("I.1.e"), asked_as=asked_as, sensitivity=sensitivity)
    withheld = asked_as is AskedAs.NONE_OR_SOME and sensitivity is not GREEN
    assert _checklist(AMBER).withholds_figure(asked) is withheld
    assert not _checklist(RED).withholds_figure(asked)


def test_none_is_said_without_a_word_about_a_figure() -> None:
    assert _chosen("I.1.e", 0, AMBER) == Completed(requirement=row("I.1.e"), answer=chose(0))


def test_some_is_complete_where_the_figure_is_withheld() -> None:
    complete = given(choice=1, figure_withheld=True)
    assert _chosen("I.1.e", 1, AMBER) == Completed(requirement=row("I.1.e"), answer=complete)


def test_the_second_choice_of_another_question_withholds_nothing() -> None:
    assert _chosen("I.1.c", 1, AMBER) == Completed(requirement=row("I.1.c"), answer=chose(1))


def test_a_draft_of_another_question_is_left_alone() -> None:
    bookmark = Bookmark(draft_of="I.1.b", draft=given(choice=0))
    place = _checklist(RED, bookmark).place()
    assert place is not None
    assert (place.requirement.id, place.draft) == ("I.1.a", NOTHING_GIVEN)


def _on_page(requirement: str, draft: Answer, ceiling: Sensitivity) -> Place:
    item = requirement.rpartition(".")[0]
    page = next_page(
        _checklist(ceiling), {requirement: draft}, size=lambda _: 1, limit=99, item_id=item
    )
    assert page is not None
    return next(one.place for one in page.entries if one.place.requirement.id == requirement)


@pytest.mark.parametrize(
    ("requirement", "draft", "ceiling", "asks"),
    [
        ("I.1.e", given(choice=1), RED, StepKind.WHOLE_NUMBER),
        ("I.1.a", given(choice=0), AMBER, StepKind.DOCUMENT_NUMBER),
        ("I.5.b", given(last_year=3), AMBER, StepKind.WHOLE_NUMBER),
    ],
)
def test_a_page_goes_on_with_what_the_channel_may_ask(
    requirement: str, draft: Answer, ceiling: Sensitivity, asks: StepKind
) -> None:
    place = _on_page(requirement, draft, ceiling)
    assert (place.draft, place.step.kind) == (draft, asks)
    assert not place.revisiting


@pytest.mark.parametrize(
    ("requirement", "draft", "ceiling"),
    [
        ("I.1.e", given(choice=1), AMBER),
        # A complete answer was never saved.
        ("I.1.c", chose(0), RED),
        ("I.1.e", chose(0), RED),
    ],
)
def test_a_page_asks_the_rest_from_the_start(
    requirement: str, draft: Answer, ceiling: Sensitivity
) -> None:
    place = _on_page(requirement, draft, ceiling)
    assert (place.draft, place.step) == (NOTHING_GIVEN, first_step(row(requirement)))


def test_a_branching_question_takes_no_claim_whatever_its_level() -> None:
    place = _checklist(RED, Bookmark(revisiting="I.7.b")).place()
    assert place is not None
    green = replace(place, requirement=replace(place.requirement, sensitivity=GREEN))
    assert claim_not_applicable(_checklist(RED), green) == ClaimNotOpen()


def test_a_branch_of_another_part_is_not_waited_for() -> None:
    elsewhere = PassRule(name=RuleName.CONVERTED_IF_LISTED, refs=("III.1.c",))
    assert _checklist(RED).waits_for(replace(row("I.7.e"), rule=elsewhere)) is None
    here = _checklist(RED).waits_for(row("I.7.e"))
    assert here is not None
    assert here.id == "I.7.b"
