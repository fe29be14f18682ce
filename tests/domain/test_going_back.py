"""Where a person is after "sửa", and what was begun on the way."""

from dataclasses import replace

import pytest

from domain.answers import NOTHING_GIVEN, Answer
from domain.assessments import MOST_BEGUN, MOST_STEPS, Bookmark
from domain.checklist import Checklist
from tests.domain.tra_vinh import CRITERIA, chose, given

BEGUN = given(last_year=10, this_year=8)


def _checklist(bookmark: Bookmark, **answers: Answer) -> Checklist:
    part = next(one for one in CRITERIA.parts if one.id == "I")
    named = {row.replace("_", "."): one for row, one in answers.items()}
    return Checklist(part=part, year=2024, answers=named, bookmark=bookmark)


def _open(checklist: Checklist) -> tuple[str, Answer]:
    place = checklist.place()
    assert place is not None
    return place.requirement.id, place.draft


def test_what_was_begun_waits_at_its_question() -> None:
    away = Bookmark().drafting("I.5.f", BEGUN).at("I.5.g", trail=("",))
    assert _open(_checklist(away)) == ("I.5.g", NOTHING_GIVEN)
    assert _open(_checklist(away.at("I.5.f"))) == ("I.5.f", BEGUN)


def test_two_questions_are_begun_and_neither_is_lost() -> None:
    mark = Bookmark().drafting("I.5.f", BEGUN).at("I.5.g").drafting("I.5.g", given(last_year=1))
    assert mark.begun("I.5.f") == BEGUN
    assert mark.at(None).begun("I.5.g") == given(last_year=1)
    assert mark.at("I.5.f").drafting("I.5.f", BEGUN).begun("I.5.g") == given(last_year=1)


def test_the_oldest_of_many_is_given_up() -> None:
    mark = Bookmark()
    for number in range(MOST_BEGUN + 3):
        mark = mark.drafting(f"I.5.{number}", BEGUN).at(None)
    assert len(mark.kept) == MOST_BEGUN
    assert mark.begun("I.5.0") == NOTHING_GIVEN
    assert mark.begun(f"I.5.{MOST_BEGUN + 2}") == BEGUN


def test_the_trail_is_short() -> None:
    trail = tuple(f"I.5.{number}" for number in range(MOST_STEPS + 3))
    assert Bookmark().at("I.1.a", trail=trail).trail == trail[-MOST_STEPS:]


def test_an_answer_leads_back_to_where_the_person_was() -> None:
    mark = Bookmark().at("I.1.b", trail=("", "I.3.a"))
    done = _checklist(mark, I_1_b=chose(2))
    back = done.going_on({"I.1.b"})
    assert (back.revisiting, back.trail, back.corrected) == ("I.3.a", ("",), "I.1.b")
    again = replace(done, bookmark=back).returning()
    assert (again.revisiting, again.trail) == (None, ())


@pytest.mark.parametrize(("choice", "then"), [(0, "I.7.e"), (1, "I.3.a")])
def test_a_branch_leads_to_the_question_that_was_meant_or_back(choice: int, then: str) -> None:
    mark = Bookmark().at("I.7.b", trail=("I.3.a", "I.7.e"))
    done = _checklist(mark, I_7_b=chose(choice))
    assert done.going_on({"I.7.b"}).revisiting == then


def test_a_step_back_before_the_branch_is_answered_skips_what_waits_for_it() -> None:
    waiting = _checklist(Bookmark().at("I.7.b", trail=("I.3.a", "I.7.e")))
    assert waiting.returning().revisiting == "I.3.a"


def test_other_answers_leave_a_person_at_the_question_he_went_to() -> None:
    mark = Bookmark().at("I.5.f", trail=("",)).drafting("I.5.f", BEGUN)
    elsewhere = _checklist(mark, I_1_c=chose(0))
    assert elsewhere.going_on({"I.1.c"}) == mark


def test_an_answer_ends_what_was_begun_of_it() -> None:
    mark = Bookmark().drafting("I.5.f", BEGUN)
    assert _checklist(mark, I_5_f=BEGUN).going_on({"I.5.f"}) == Bookmark()
