"""Percentages: at least and below, from part and whole or as given, always exact."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given as examples
from hypothesis import strategies as st

from domain.answers import NOTHING_GIVEN, Answer, FieldName
from domain.checklist import Checklist, Place
from domain.criteria import PassRule, Requirement, RuleName, Undecided
from domain.kinds import sample_answer
from domain.kinds.percentage import WHOLE_PERCENT
from domain.replies import Completed, Continued, OutOfRange, WrongKind, accept
from domain.rules import Case, judge
from domain.steps import StepKind, first_step, next_step
from domain.verdicts import Judgement, ReasonCode, Verdict
from locales import Words
from tests.demo import BUILT_AT
from tests.domain.tra_vinh import YEAR, given, ruling
from tests.every_kind import every_kind

AT_LEAST, BELOW = (
    next(made for made in every_kind() if made.rule.name is rule)
    for rule in (RuleName.PERCENT_AT_LEAST, RuleName.PERCENT_BELOW)
)


def _row(rule: RuleName, percent: int) -> Requirement:
    made = AT_LEAST if rule is RuleName.PERCENT_AT_LEAST else BELOW
    return replace(made.rows[0], rule=PassRule(name=rule, percent=percent))


def _judged(rule: RuleName, percent: int, answer: Answer) -> Judgement:
    row = _row(rule, percent)
    return judge(row, Case(year=YEAR, answers={row.id: answer}))


# rule, per cent, answer -> verdict, reason, its figures
TABLE = [
    ("at_least", 80, given(whole=50, part=40), "met", "percent_enough", (8000, 80, 40, 50)),
    ("at_least", 80, given(whole=50, part=39), "not_met", "percent_short", (7800, 80, 39, 50)),
    ("at_least", 80, given(whole=99_999, part=79_999), "not_met", "percent_short", None),
    ("at_least", 100, given(whole=3, part=3), "met", "percent_enough", (10000, 100, 3, 3)),
    ("at_least", 80, given(hundredths=8000), "met", "percent_enough", (8000, 80)),
    ("at_least", 80, given(hundredths=7999), "not_met", "percent_short", (7999, 80)),
    ("below", 5, given(whole=100, part=4), "met", "percent_low", (400, 5, 4, 100)),
    ("below", 5, given(whole=100, part=5), "not_met", "percent_high", (500, 5, 5, 100)),
    ("below", 5, given(hundredths=499), "met", "percent_low", (499, 5)),
    ("below", 5, given(hundredths=500), "not_met", "percent_high", (500, 5)),
    ("below", 5, given(whole=7, part=0), "met", "percent_low", (0, 5, 0, 7)),
    ("at_least", 80, given(whole=0), "needs_review", "empty_whole", ()),
    ("below", 5, given(whole=0), "needs_review", "empty_whole", ()),
]


@pytest.mark.parametrize(("rule", "percent", "answer", "verdict", "reason", "figures"), TABLE)
def test_a_percentage_is_judged(
    rule: str,
    percent: int,
    answer: Answer,
    verdict: str,
    reason: str,
    figures: tuple[int, ...] | None,
) -> None:
    found = _judged(RuleName(f"percent_{rule}"), percent, answer)
    assert (found.verdict, found.reason.code) == (verdict, reason)
    if figures is not None:
        assert found.reason.figures == figures


@examples(st.integers(1, 99_999), st.data(), st.integers(1, 100))
def test_the_verdict_is_that_of_exact_fractions(whole: int, data: st.DataObject, bar: int) -> None:
    part = data.draw(st.integers(0, whole))
    answer = given(whole=whole, part=part)
    reaches = Fraction(part, whole) >= Fraction(bar, 100)
    met = {True: Verdict.MET, False: Verdict.NOT_MET}
    assert _judged(RuleName.PERCENT_AT_LEAST, bar, answer).verdict is met[reaches]
    assert _judged(RuleName.PERCENT_BELOW, bar, answer).verdict is met[not reaches]


@examples(st.integers(1, 99_999), st.data(), st.integers(1, 100))
def test_what_is_shown_never_seems_to_pass_what_fails(
    whole: int, data: st.DataObject, bar: int
) -> None:
    part = data.draw(st.integers(0, whole))
    found = _judged(RuleName.PERCENT_AT_LEAST, bar, given(whole=whole, part=part))
    shown = found.reason.figures[0]
    assert isinstance(shown, int)
    assert (shown >= 100 * bar) is (found.verdict is Verdict.MET)


def test_an_empty_whole_can_be_ruled_on() -> None:
    row = _row(RuleName.PERCENT_AT_LEAST, 80)
    for says in (Verdict.MET, Verdict.NOT_MET):
        case = Case(
            year=YEAR,
            answers={row.id: given(whole=0)},
            rulings=(ruling(Undecided.EMPTY_WHOLE, says),),
        )
        assert judge(row, case).verdict is says


def test_the_part_is_asked_after_the_whole_and_is_no_larger() -> None:
    row = _row(RuleName.PERCENT_AT_LEAST, 80)
    step = next_step(row, given(whole=50))
    assert step is not None
    assert (step.field, step.most) == (FieldName.PART, 50)
    assert next_step(row, given(whole=0)) is None


def test_the_percentage_completes_the_answer_in_place_of_whole_and_part() -> None:
    row = _row(RuleName.PERCENT_AT_LEAST, 80)
    assert next_step(row, given(hundredths=9250)) is None
    assert sample_answer(row, given(hundredths=9250)) == given(hundredths=9250)


# Taking a reply


def _accepted(
    value: object, field: FieldName | None = None, draft: Answer = NOTHING_GIVEN
) -> object:
    row = _row(RuleName.PERCENT_AT_LEAST, 80)
    checklist = Checklist(part=AT_LEAST.criteria.parts[0], year=YEAR, answers={})
    place = Place(
        requirement=row,
        step=next_step(row, draft) or first_step(row),
        draft=draft,
        revisiting=False,
    )
    today = BUILT_AT.date()
    return accept(checklist, place, value, today=today, field=field)  # type: ignore[arg-type]


def test_whole_and_percentage_are_taken_at_the_first_step() -> None:
    row = _row(RuleName.PERCENT_AT_LEAST, 80)
    whole, share = given(whole=50), given(hundredths=9250)
    assert _accepted(50) == Continued(requirement=row, draft=whole)
    assert _accepted(50, FieldName.WHOLE) == Continued(requirement=row, draft=whole)
    assert _accepted(9250, FieldName.HUNDREDTHS) == Completed(requirement=row, answer=share)


@pytest.mark.parametrize(
    ("value", "field", "refused"),
    [
        (WHOLE_PERCENT + 1, FieldName.HUNDREDTHS, OutOfRange(least=0, most=100)),
        (-1, FieldName.HUNDREDTHS, OutOfRange(least=0, most=100)),
        ("92,5", FieldName.HUNDREDTHS, WrongKind(kind=StepKind.PERCENT)),
        (True, FieldName.HUNDREDTHS, WrongKind(kind=StepKind.PERCENT)),
        (3, FieldName.PART, WrongKind(kind=StepKind.WHOLE_NUMBER)),
    ],
)
def test_what_is_no_percentage_is_refused(value: object, field: FieldName, refused: object) -> None:
    assert _accepted(value, field) == refused


def test_a_percentage_does_not_follow_a_whole() -> None:
    late = _accepted(9250, FieldName.HUNDREDTHS, given(whole=50))
    assert late == WrongKind(kind=StepKind.WHOLE_NUMBER)


# Words


@pytest.mark.parametrize(
    ("locale", "code", "figures", "said"),
    [
        ("vi", "percent_enough", (9000, 80, 45, 50), "45/50 hộ (90%), yêu cầu ít nhất 80%"),
        ("vi", "percent_short", (7999, 80), "mới có 79,99% hộ, yêu cầu ít nhất 80%"),
        ("vi", "percent_low", (50, 1), "0,5% hộ, yêu cầu dưới 01%"),
        ("en", "percent_short", (7910, 80), "only 79.1% hộ, at least 80% required"),
    ],
)
def test_the_reason_shows_the_percentage(
    locale: str, code: str, figures: tuple[int, ...], said: str
) -> None:
    assert ReasonCode(code)
    assert Words(locale).say(f"reasons.{code}", f=figures, counted="hộ") == said


@pytest.mark.parametrize(
    ("locale", "open_"), [("vi", "không quy định rõ"), ("en", "does not decide")]
)
def test_the_reason_of_an_empty_whole_says_that_the_law_leaves_it_open(
    locale: str, open_: str
) -> None:
    found = _judged(RuleName.PERCENT_AT_LEAST, 80, given(whole=0)).reason
    assert found.undecided is Undecided.EMPTY_WHOLE
    said = Words(locale).say(f"reasons.{found.code}", f=found.figures, counted="hộ")
    assert open_ in said
