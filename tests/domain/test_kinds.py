"""The table of kinds on the rules side: complete, and every entry can be used."""

from dataclasses import replace

import pytest

from domain.answers import NOTHING_GIVEN
from domain.criteria import AnswerKind, AskedAs, Item, RuleName, Sensitivity
from domain.kinds import KINDS, Rule, sample_answer
from domain.pages import in_order
from domain.rules import Case, RuleNotForKind, judge
from domain.steps import first_step, is_complete, next_step
from domain.verdicts import RULABLE, Verdict
from tests.domain.every_answer import every_answer
from tests.domain.tra_vinh import YEAR, ruling
from tests.every_kind import Made, every_kind

ASKED = every_kind()


def test_every_way_of_asking_is_a_kind() -> None:
    assert set(KINDS) == set(AskedAs)
    assert all(kind.asked_as is word for word, kind in KINDS.items())


def test_every_nature_can_be_asked_or_computed() -> None:
    assert {one for kind in KINDS.values() for one in kind.natures} == set(AnswerKind)


def test_every_rule_judges_some_kind() -> None:
    assert {rule.name for kind in KINDS.values() for rule in kind.rules} == set(RuleName)


def test_a_rule_of_two_kinds_needs_the_same_and_leaves_the_same_open() -> None:
    known: dict[RuleName, tuple[object, ...]] = {}
    for rule in (rule for kind in KINDS.values() for rule in kind.rules):
        assert known.setdefault(rule.name, _terms(rule)) == _terms(rule), rule.name


def _terms(rule: Rule) -> tuple[object, ...]:
    opens = (rule.leaves_open, rule.open_where_named, rule.open_with_casualties)
    return (rule.needs, rule.takes, *opens)


@pytest.mark.parametrize("made", ASKED, ids=lambda made: made.name)
def test_the_sample_completes_the_answer_and_is_judged(made: Made) -> None:
    row = made.rows[0]
    answer = sample_answer(row)
    assert answer != NOTHING_GIVEN
    assert first_step(row).field is answer.fields[0].name
    assert is_complete(row, answer)
    assert next_step(row, NOTHING_GIVEN) == first_step(row)
    found = judge(row, Case(year=YEAR, answers={row.id: answer}))
    assert found.verdict is not Verdict.INCOMPLETE


@pytest.mark.parametrize("made", ASKED, ids=lambda made: made.name)
def test_a_sample_goes_on_from_any_part_of_itself(made: Made) -> None:
    row = made.rows[0]
    whole = sample_answer(row)
    so_far = NOTHING_GIVEN
    for field in whole.fields:
        assert sample_answer(row, so_far) == whole
        so_far = so_far.adding(field.name, field.value)


@pytest.mark.parametrize("made", ASKED, ids=lambda made: made.name)
def test_every_answer_is_decided_or_can_be_ruled_on(made: Made) -> None:
    row, seen = made.rows[0], set()
    if row.rule.refs:
        return  # it reads another row: tests/domain/test_left_open.py
    for answer in every_answer(row):
        case = Case(year=YEAR, answers={row.id: answer})
        found = judge(row, case)
        assert found.verdict is not Verdict.INCOMPLETE, answer
        if (open_class := found.reason.undecided) is None:
            continue
        seen.add(open_class)
        assert open_class in row.undecided, answer
        for says in (Verdict.MET, Verdict.NOT_MET) if open_class in RULABLE else ():
            settled = replace(case, rulings=(ruling(open_class, says),))
            assert judge(row, settled).verdict is says
    assert made.rule.leaves_open <= seen


def test_every_kind_has_its_place_on_a_page() -> None:
    made = {one.kind.asked_as: one.rows[0] for one in ASKED}
    item = Item(id="K.1", title="", requirements=tuple(reversed(made.values())))
    page = [row.asked_as for row in in_order(item, Sensitivity.RED)]
    assert page == [word for word in KINDS if word is not AskedAs.NOT_ASKED]


def test_a_rule_that_cannot_judge_a_kind_is_named() -> None:
    made = next(one for one in ASKED if one.kind.asked_as is AskedAs.CASES)
    wrong = next(one for one in ASKED if one.kind.asked_as is AskedAs.LIST)
    row = replace(made.rows[0], rule=wrong.rows[0].rule)
    with pytest.raises(RuleNotForKind, match="listed cannot judge cases"):
        judge(row, Case(year=YEAR, answers={}))
