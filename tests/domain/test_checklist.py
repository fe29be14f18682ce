"""The place in a checklist, and the outcome of a reply given there."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from domain.answers import NOT_APPLICABLE, Answer, Value
from domain.assessments import Bookmark
from domain.criteria import Sensitivity
from domain.replies import (
    DOCUMENT_NUMBER_LIMIT,
    EARLIEST_DOCUMENT,
    MOST_CASES,
    NAME_LIMIT,
    NAMES_LIMIT,
    ClaimNotOpen,
    Completed,
    Continued,
    DateNotPossible,
    Locked,
    NotAChoice,
    Outcome,
    OutOfRange,
    TooLong,
    WrongKind,
    accept,
    claim_not_applicable,
)
from domain.steps import StepKind
from tests.domain.rows import RED
from tests.domain.tra_vinh import CRITERIA, chose, given, held
from tests.domain.walking import TODAY, Walker

AMBER, GREEN = Sensitivity.AMBER, Sensitivity.GREEN


def _at(
    requirement: str, draft: Answer | None = None, ceiling: Sensitivity = Sensitivity.RED
) -> Walker:
    walking = Walker(part=requirement.partition(".")[0], ceiling=ceiling)
    walking.bookmark = Bookmark(
        revisiting=requirement,
        draft_of=requirement if draft else None,
        draft=draft or Answer(),
    )
    return walking


def _reply(requirement: str, draft: Answer | None, value: Value) -> Outcome:
    walking = _at(requirement, draft)
    return accept(walking.checklist, walking.at(), value, today=TODAY)


NUMBERED = given(choice=0, number="1")
NOT_POSSIBLE = DateNotPossible(earliest=EARLIEST_DOCUMENT, latest=TODAY)
A_MOMENT = datetime(2024, 1, 1, tzinfo=UTC)

WRONG = [
    ("I.1.c", None, 2, NotAChoice(options=2)),
    ("I.1.c", None, -1, NotAChoice(options=2)),
    ("I.1.a", None, 3, NotAChoice(options=3)),
    ("I.1.c", None, True, WrongKind(kind=StepKind.CHOICE)),
    ("I.1.c", None, "Có", WrongKind(kind=StepKind.CHOICE)),
    ("I.6.f", None, -1, OutOfRange(least=0, most=MOST_CASES)),
    ("I.6.f", None, MOST_CASES + 1, OutOfRange(least=0, most=MOST_CASES)),
    ("I.6.f", None, True, WrongKind(kind=StepKind.WHOLE_NUMBER)),
    ("I.6.f", None, "1", WrongKind(kind=StepKind.WHOLE_NUMBER)),
    ("I.1.e", chose(1), 0, OutOfRange(least=1, most=MOST_CASES)),
    ("I.3.a", given(total=5), 6, OutOfRange(least=0, most=5)),
    ("I.1.a", NUMBERED, "15/01/2024", WrongKind(kind=StepKind.DATE)),
    ("I.1.a", NUMBERED, A_MOMENT, WrongKind(kind=StepKind.DATE)),
    ("I.1.a", NUMBERED, TODAY + timedelta(days=1), NOT_POSSIBLE),
    ("I.1.a", NUMBERED, date(1999, 12, 31), NOT_POSSIBLE),
    ("I.1.a", chose(0), "", WrongKind(kind=StepKind.DOCUMENT_NUMBER)),
    ("I.1.a", chose(0), "  \t", WrongKind(kind=StepKind.DOCUMENT_NUMBER)),
    ("I.1.a", chose(0), 12, WrongKind(kind=StepKind.DOCUMENT_NUMBER)),
    ("I.1.a", chose(0), "1" * (DOCUMENT_NUMBER_LIMIT + 1), TooLong(limit=DOCUMENT_NUMBER_LIMIT)),
    ("I.6.d", None, "Camera", WrongKind(kind=StepKind.NAMES)),
    ("I.6.d", None, ("Camera", " "), WrongKind(kind=StepKind.NAMES)),
    ("I.6.d", None, ("a",) * (NAMES_LIMIT + 1), TooLong(limit=NAMES_LIMIT)),
    ("I.6.d", None, ("a" * (NAME_LIMIT + 1),), TooLong(limit=NAME_LIMIT)),
    ("I.5.g", given(last_year=1, this_year=1), 2, NotAChoice(options=2)),
]


@pytest.mark.parametrize(("requirement", "draft", "value", "refused"), WRONG)
def test_a_reply_that_cannot_stand_is_refused_with_what_would_be_right(
    requirement: str, draft: Answer | None, value: Value, refused: Outcome
) -> None:
    assert _reply(requirement, draft, value) == refused


@pytest.mark.parametrize(
    ("requirement", "draft", "value"),
    [
        ("I.1.a", NUMBERED, TODAY),
        ("I.1.a", NUMBERED, EARLIEST_DOCUMENT),
        ("I.6.f", None, MOST_CASES),
        ("I.6.d", None, ("a" * NAME_LIMIT,) * NAMES_LIMIT),
        ("I.3.a", given(total=5), 5),
    ],
)
def test_a_reply_at_its_limit_stands(requirement: str, draft: Answer | None, value: Value) -> None:
    assert isinstance(_reply(requirement, draft, value), Completed)


def test_a_reply_with_more_to_ask_is_kept_as_a_draft() -> None:
    outcome = _reply("I.1.a", chose(0), "1" * DOCUMENT_NUMBER_LIMIT)

    assert isinstance(outcome, Continued)
    assert outcome.draft == given(choice=0, number="1" * DOCUMENT_NUMBER_LIMIT)


def test_nothing_is_taken_once_the_checklist_is_locked() -> None:
    walking = _at("I.1.c")
    locked = replace(walking.checklist, locked=True)

    assert accept(locked, walking.at(), 0, today=TODAY) == Locked()
    assert claim_not_applicable(locked, walking.at()) == Locked()


# Claims


@pytest.mark.parametrize("requirement", [*RED])
def test_a_red_row_takes_its_two_choices_and_nothing_else(requirement: str) -> None:
    walking = _at(requirement)
    place = walking.at()
    others: list[Value] = [2, -1, True, "Đạt", "", TODAY, ("Đạt",), ()]

    assert claim_not_applicable(walking.checklist, place) == ClaimNotOpen()
    for value in others:
        outcome = accept(walking.checklist, place, value, today=TODAY)
        assert isinstance(outcome, NotAChoice | WrongKind)
    for choice in (0, 1):
        outcome = accept(walking.checklist, place, choice, today=TODAY)
        assert outcome == Completed(requirement=place.requirement, answer=chose(choice))


def test_a_claim_elsewhere_is_an_answer_whatever_was_given_before_it() -> None:
    walking = _at("I.1.a", chose(0))
    outcome = claim_not_applicable(walking.checklist, walking.at())

    assert outcome == Completed(requirement=walking.at().requirement, answer=NOT_APPLICABLE)


# Ceilings


def test_where_amber_figures_may_not_go_some_is_enough() -> None:
    walking = _at("I.1.e", ceiling=AMBER)

    assert walking.answer(1) == Completed(
        requirement=walking.checklist.part.items[0].requirements[4],
        answer=given(choice=1, figure_withheld=True),
    )


def test_where_they_may_the_figure_is_asked() -> None:
    walking = _at("I.1.e")

    assert isinstance(walking.answer(1), Continued)
    assert isinstance(walking.answer(2), Completed)
    assert walking.answers["I.1.e"] == given(choice=1, count=2)


def test_a_figure_begun_on_the_web_is_not_asked_below_its_ceiling() -> None:
    walking = _at("I.1.e")
    walking.answer(1)
    assert walking.at().step.field == "count"

    walking.ceiling = AMBER
    assert walking.at().step.field == "choice"
    assert walking.at().draft == Answer()


def test_a_question_above_the_ceiling_is_listed_and_not_asked() -> None:
    walking = Walker(ceiling=GREEN)
    above = [row.id for row in walking.checklist.above_ceiling()]

    assert "I.2.a" in above
    assert "I.1.e" in above
    assert "I.1.a" not in above
    walking.revisit("I.2.a")
    assert walking.at().requirement.id == "I.1.a"
    walking.answers["I.1.c"] = chose(0)
    walking.answers["I.2.a"] = chose(0)
    last = walking.checklist.before("I.5.a")
    assert last is not None
    assert last.id == "I.1.c", "a question that this channel may not ask is not gone back to"


# The way through


def test_a_part_without_asked_questions_left_has_no_place() -> None:
    walking = Walker(part="IV")
    assert walking.at().requirement.id == "IV.2.a"
    walking.answer(2)

    assert walking.place is None
    assert walking.checklist.open() == ()


def test_the_branch_not_taken_is_not_asked() -> None:
    off = Walker(answers={"I.7.b": chose(1)})
    on = Walker(answers={"I.7.b": chose(0)})
    not_told = Walker(answers={"I.7.b": NOT_APPLICABLE})

    assert off.checklist.find("I.7.e") is None
    assert on.checklist.find("I.7.e") is not None
    assert not_told.checklist.find("I.7.e") is not None
    assert len(on.checklist.asked()) == len(off.checklist.asked()) + 1 == 51


def test_a_question_is_found_whatever_the_case_it_is_typed_in() -> None:
    found = Walker().checklist.find("i.5.B")

    assert found is not None
    assert found.id == "I.5.b"
    assert Walker().checklist.find("II.2.a") is None


def test_going_back_goes_to_the_answered_question_before() -> None:
    checklist = Walker(answers={"I.1.a": held(), "I.1.c": chose(0)}).checklist

    assert [one and one.id for one in map(checklist.before, ("I.1.a", "I.1.b", "I.1.d", None))] == [
        None,
        "I.1.a",
        "I.1.c",
        "I.1.c",
    ]


def test_going_back_goes_to_a_skipped_question_too() -> None:
    """So that a "bỏ qua" typed by mistake can be undone."""
    walking = Walker()
    walking.skip()
    last = walking.checklist.before("I.1.b")

    assert last is not None
    assert last.id == "I.1.a"


def test_a_question_waits_for_the_one_that_branches_to_it() -> None:
    row = CRITERIA.requirement("I.7.e")
    first = Walker().checklist.waits_for(row)

    assert first is not None
    assert first.id == "I.7.b"
    assert Walker(answers={"I.7.b": chose(0)}).checklist.waits_for(row) is None
    assert Walker().checklist.waits_for(CRITERIA.requirement("I.7.d")) is None


def test_a_draft_belongs_to_its_question() -> None:
    walking = Walker()
    walking.answer(0)
    assert walking.at().step.field == "number"

    walking.revisit("I.1.b")
    assert walking.at().step.field == "choice"
    assert walking.at().revisiting


def test_a_whole_draft_that_was_never_saved_is_asked_again() -> None:
    walking = Walker(bookmark=Bookmark(draft_of="I.1.a", draft=held()))

    assert walking.at().requirement.id == "I.1.a"
    assert walking.at().step.field == "choice"
    assert walking.at().draft == Answer()
