"""Pages of a checklist: which questions one message has, in which order, with which numbers."""

from dataclasses import replace

import pytest

from domain.answers import NOTHING_GIVEN, Answer
from domain.assessments import Bookmark
from domain.checklist import Checklist
from domain.criteria import AskedAs, Item, Sensitivity
from domain.pages import Page, grouped, in_order, next_page
from domain.steps import StepKind, next_step
from tests.domain.tra_vinh import CRITERIA, YEAR, chose, given, held

PART = CRITERIA.part("I")
ITEMS = {item.id: item for item in PART.items}
EVERYTHING = Checklist(part=PART, year=YEAR, answers={})
ROOM = 10_000


def page_of(checklist: Checklist, drafts: dict[str, Answer] | None = None) -> Page:
    page = next_page(checklist, drafts or {}, size=lambda _: 1, limit=ROOM)
    assert page is not None
    return page


def rows(page: Page) -> list[str]:
    return [one.place.requirement.id for one in page.entries]


def test_the_first_page_is_the_first_item_short_replies_first() -> None:
    page = page_of(EVERYTHING)
    assert (page.item.id, rows(page)) == ("I.1", ["I.1.c", "I.1.d", "I.1.e", "I.1.a", "I.1.b"])
    assert [one.number for one in page.entries] == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("item", ITEMS.values(), ids=ITEMS)
@pytest.mark.parametrize("ceiling", Sensitivity)
def test_an_item_has_each_question_that_may_be_asked_once(item: Item, ceiling: Sensitivity) -> None:
    ordered = in_order(item, ceiling)
    assert sorted(row.id for row in ordered) == sorted(
        row.id for row in item.requirements if row.sensitivity.rank <= ceiling.rank
    )
    kinds = [row.asked_as for row in ordered]
    names = [one for one in kinds if one is AskedAs.LIST]
    assert kinds[len(kinds) - len(names) :] == names, "free text ends with the message"


def test_a_number_stays_when_others_are_answered() -> None:
    answered = replace(EVERYTHING, answers={"I.1.c": chose(0), "I.1.a": held()})
    assert [(one.number, one.place.requirement.id) for one in page_of(answered).entries] == [
        (2, "I.1.d"),
        (3, "I.1.e"),
        (5, "I.1.b"),
    ]


def test_what_depends_on_an_answer_is_asked_last_and_only_then() -> None:
    before = {row.id: chose(0) for item in PART.items[:6] for row in item.requirements}
    page = page_of(replace(EVERYTHING, answers=before))
    assert rows(page) == ["I.7.a", "I.7.b", "I.7.d", "I.7.c"]
    listed = {**before, **{row: chose(0) for row in rows(page)}}
    (only,) = page_of(replace(EVERYTHING, answers=listed)).entries
    assert (only.number, only.place.requirement.id) == (5, "I.7.e")
    not_listed = {**listed, "I.7.b": chose(1)}
    assert page_of(replace(EVERYTHING, answers=not_listed)).item.id == "I.8"


def test_a_skipped_item_comes_last() -> None:
    skips = {row.id: at for at, row in enumerate(ITEMS["I.1"].requirements, start=1)}
    assert page_of(replace(EVERYTHING, skips=skips)).item.id == "I.2"
    rest = {
        row.id: chose(0) for item in PART.items if item.id != "I.1" for row in item.requirements
    }
    assert page_of(replace(EVERYTHING, skips=skips, answers=rest)).item.id == "I.1"


def test_of_an_item_partly_skipped_the_rest_is_asked_first() -> None:
    page = page_of(replace(EVERYTHING, skips={"I.1.c": 1}))
    assert rows(page) == ["I.1.d", "I.1.e", "I.1.a", "I.1.b"]


def test_a_half_given_answer_goes_on_where_it_stopped() -> None:
    page = page_of(EVERYTHING, {"I.1.a": given(choice=0)})
    place = next(one.place for one in page.entries if one.number == 4)
    assert place.step.kind is StepKind.DOCUMENT_NUMBER
    assert place.draft == given(choice=0)
    other = next(one.place for one in page.entries if one.number == 5)
    assert other.draft == NOTHING_GIVEN


def test_a_figure_above_the_ceiling_is_asked_from_the_start() -> None:
    amber = replace(EVERYTHING, ceiling=Sensitivity.AMBER)
    page = page_of(amber, {"I.1.e": given(choice=1)})
    place = next(one.place for one in page.entries if one.place.requirement.id == "I.1.e")
    assert (place.draft, place.step.kind) == (NOTHING_GIVEN, StepKind.CHOICE)


def test_above_the_ceiling_nothing_is_on_a_page() -> None:
    green = replace(EVERYTHING, ceiling=Sensitivity.GREEN)
    while (page := next_page(green, {}, size=lambda _: 1, limit=ROOM)) is not None:
        assert {one.place.requirement.sensitivity for one in page.entries} == {Sensitivity.GREEN}
        green = replace(green, answers={**green.answers, **{row: chose(0) for row in rows(page)}})
    assert "I.2.a" not in green.answers


@pytest.mark.parametrize("limit", [0, 1, 2, 7, 13, 14, ROOM])
def test_pages_hold_what_fits_and_together_everything(limit: int) -> None:
    asked: list[str] = []
    checklist = EVERYTHING
    while (page := next_page(checklist, {}, size=lambda _: 1, limit=limit)) is not None:
        assert 1 <= len(page.entries) <= max(limit, 1)
        asked += rows(page)
        checklist = replace(
            checklist, answers={**checklist.answers, **{row: chose(0) for row in rows(page)}}
        )
    assert sorted(asked) == sorted(row.id for row in EVERYTHING.asked())


def test_what_did_not_fit_is_counted() -> None:
    page = next_page(EVERYTHING, {}, size=lambda _: 1, limit=3)
    assert page is not None
    assert (len(page.entries), page.left) == (3, 2)


def test_one_item_can_be_asked_for() -> None:
    page = next_page(EVERYTHING, {}, size=lambda _: 1, limit=ROOM, item_id="I.6")
    assert page is not None
    assert (page.item.id, len(page.entries)) == ("I.6", 14)
    assert next_page(EVERYTHING, {}, size=lambda _: 1, limit=ROOM, item_id="I.9") is None


def test_groups_share_their_choices() -> None:
    found = [[one.number for one in group] for group in grouped(page_of(EVERYTHING).entries)]
    assert found == [[1, 2], [3], [4, 5]]


def test_no_group_has_two_kinds_of_choices() -> None:
    for item in PART.items:
        page = next_page(EVERYTHING, {}, size=lambda _: 1, limit=ROOM, item_id=item.id)
        assert page is not None
        for group in grouped(page.entries):
            shown = {one.place.requirement.choices for one in group}
            rated = group[0].place.requirement.asked_as is AskedAs.RATING
            assert len(shown) == 1 or rated, item.id


def test_what_nobody_is_asked_is_not_numbered() -> None:
    item = next(one for one in CRITERIA.part("II").items if one.id == "II.3")
    assert "II.3.b" in {row.id for row in item.requirements}
    assert {row.id for row in in_order(item, Sensitivity.RED)} == {
        row.id for row in item.requirements if row.asked
    }


def test_a_branching_question_stands_behind_those_of_its_kind() -> None:
    item = ITEMS["I.7"]
    first = sorted(item.requirements, key=lambda row: row.id != "I.7.b")
    ordered = in_order(replace(item, requirements=tuple(first)), Sensitivity.RED)
    assert [row.id for row in ordered] == ["I.7.a", "I.7.b", "I.7.d", "I.7.c", "I.7.e"]


def test_levels_of_several_questions_share_a_heading() -> None:
    page = next_page(EVERYTHING, {}, size=lambda _: 1, limit=ROOM, item_id="I.8")
    assert page is not None
    assert [[one.number for one in group] for group in grouped(page.entries)][-1] == [5, 6]


def test_a_bookmark_does_not_move_a_page() -> None:
    back = replace(EVERYTHING, bookmark=Bookmark(revisiting="I.8.a"))
    assert page_of(back).item.id == "I.1"
    assert next_step(ITEMS["I.1"].requirements[0], NOTHING_GIVEN) is not None
