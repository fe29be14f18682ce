"""No action of a person makes the checklist lose or repeat a question."""

from datetime import date, datetime

import pytest
from hypothesis import given as given_that
from hypothesis import strategies as st

from domain.answers import NOT_APPLICABLE, Value
from domain.criteria import Sensitivity
from domain.replies import Completed, Continued, accept, claim_not_applicable
from domain.steps import StepKind, is_complete
from tests.domain.tra_vinh import row
from tests.domain.walking import CEILINGS, PARTS, TODAY, Walker, values_for

pytestmark = pytest.mark.fuzz

MOST_STEPS = 8
"""Steps of the longest question: two figures, four casualties, the claim; and one to spare."""

ANYTHING: st.SearchStrategy[Value] = st.one_of(
    st.booleans(),
    st.integers(),
    st.text(max_size=200),
    st.dates(),
    st.datetimes(),
    st.lists(st.text(max_size=200), max_size=40).map(tuple),
)
PLAIN: dict[StepKind, Value] = {
    StepKind.CHOICE: 0,
    StepKind.WHOLE_NUMBER: 1,
    StepKind.DATE: date(2024, 2, 1),
    StepKind.DOCUMENT_NUMBER: "12-NQ/ĐU",
    StepKind.NAMES: ("Camera an ninh",),
}


@given_that(part=st.sampled_from(sorted(PARTS)), ceiling=CEILINGS, data=st.data())
def test_answering_every_step_ends_and_asks_nothing_twice(
    part: str, ceiling: Sensitivity, data: st.DataObject
) -> None:
    walking = Walker(part=part, ceiling=ceiling)
    limit = MOST_STEPS * len(list(PARTS[part].requirements()))
    asked: set[tuple[str, str]] = set()
    for _ in range(limit):
        place = walking.place
        if place is None:
            break
        step = (place.requirement.id, place.step.field)
        assert step not in asked
        assert place.requirement.id not in walking.answers
        asked.add(step)
        walking.answer(data.draw(values_for(place.step)))
    assert walking.place is None
    checklist = walking.checklist
    assert checklist.open() == checklist.above_ceiling()
    assert checklist.answered() + len(checklist.open()) == len(checklist.asked())
    assert all(is_complete(row(one), answer) for one, answer in walking.answers.items())


@given_that(ceiling=CEILINGS, data=st.data())
def test_skipping_going_back_and_claiming_lose_nothing(
    ceiling: Sensitivity, data: st.DataObject
) -> None:
    walking = Walker(ceiling=ceiling)
    rows = [one.id for one in walking.checklist.part.requirements()]
    for action in data.draw(st.lists(st.sampled_from("aaasrcx"), max_size=40)):
        place = walking.place
        if action == "r":
            walking.revisit(data.draw(st.sampled_from(rows)))
        elif place is None:
            continue
        elif action == "a":
            walking.answer(data.draw(values_for(place.step)))
        elif action == "s":
            walking.skip()
        elif action == "c":
            outcome = claim_not_applicable(walking.checklist, place)
            if isinstance(outcome, Completed):
                walking.answers[place.requirement.id] = outcome.answer
                walking.revisit("nothing")
        else:
            accept(walking.checklist, place, data.draw(ANYTHING), today=TODAY)
        checklist = walking.checklist
        now_at = walking.place
        if now_at is not None:
            assert now_at.requirement.sensitivity.rank <= ceiling.rank
            assert now_at.revisiting or now_at.requirement.id not in walking.answers
        assert checklist.answered() + len(checklist.open()) == len(checklist.asked())
    walking.revisit("nothing")
    walking.answer_all(PLAIN)
    assert {one.id for one in walking.checklist.open()} == {
        one.id for one in walking.checklist.above_ceiling()
    }


@given_that(
    ceiling=CEILINGS, answered=st.sets(st.sampled_from([*range(1, 9)])), turns=st.integers(1, 3)
)
def test_skipping_goes_round_all_that_is_open(
    ceiling: Sensitivity, answered: set[int], turns: int
) -> None:
    walking = Walker(ceiling=ceiling)
    for item in walking.checklist.part.items:
        if int(item.id.partition(".")[2]) in answered:
            walking.answers |= {one.id: NOT_APPLICABLE for one in item.requirements if one.asked}
    waiting = [
        one.id for one in walking.checklist.open() if one.sensitivity.rank <= walking.ceiling.rank
    ]
    for _ in range(turns):
        seen = []
        for _ in waiting:
            seen.append(walking.at().requirement.id)
            walking.skip()
        assert seen == waiting
    assert sorted(one.id for one in walking.checklist.open() if one.id in waiting) == sorted(
        waiting
    )


@given_that(
    requirement=st.sampled_from([one.id for one in PARTS["I"].requirements()]), data=st.data()
)
def test_accept_answers_any_value_with_an_outcome(requirement: str, data: st.DataObject) -> None:
    walking = Walker()
    walking.revisit(requirement)
    for _ in range(data.draw(st.integers(0, MOST_STEPS))):
        if isinstance(walking.answer(data.draw(values_for(walking.at().step))), Completed):
            walking.revisit(requirement)
    place, value = walking.at(), data.draw(ANYTHING)
    outcome = accept(walking.checklist, place, value, today=TODAY)

    taken = isinstance(outcome, Completed | Continued)
    assert taken == _acceptable(walking, value)
    if isinstance(value, bool | datetime):
        assert not taken


def _acceptable(walking: Walker, value: Value) -> bool:
    """The values that a step accepts, written a second time without `domain.replies`."""
    step = walking.at().step
    match step.kind, value:
        case _, bool() | datetime():
            return False
        case StepKind.CHOICE, int():
            return value in range(step.options)
        case StepKind.WHOLE_NUMBER, int():
            return step.least <= value <= (99_999 if step.most is None else step.most)
        case StepKind.DATE, date():
            return date(2000, 1, 1) <= value <= TODAY
        case StepKind.DOCUMENT_NUMBER, str():
            return value.strip() != "" and len(value) <= 60
        case StepKind.NAMES, tuple():
            return len(value) <= 30 and all(name.strip() and len(name) <= 120 for name in value)
        case _:
            return False
