"""No answer leaves a unit undecided permanently: every open class is named and can be ruled on."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import product

import pytest

from domain.answers import NOT_APPLICABLE, NOTHING_GIVEN, Answer, FieldName
from domain.criteria import AskedAs, CriteriaSet, PassRule, Requirement, RuleName, Undecided
from domain.rules import Case, judge
from domain.rules.left_open import ABOUT_ONE_CASE, ALWAYS, WHERE_NAMED, always_open, may_be_open
from domain.units import Level, level_of
from domain.verdicts import RULABLE, Verdict
from packs import load_pack, pack_ids
from tests.domain.every_answer import every_answer
from tests.domain.tra_vinh import CRITERIA, YEAR, ruling

DECIDED = {Verdict.MET, Verdict.NOT_MET, Verdict.NOT_APPLICABLE}
COMPUTED = (RuleName.ALL_MET, RuleName.SHARE_OF_COMMUNES)
"""Rules that read verdicts instead of answers."""


def _rows(criteria: CriteriaSet, *rules: RuleName) -> list[Requirement]:
    rows = [row for part in criteria.parts for row in part.requirements()]
    return [row for row in rows if not rules or row.rule.name in rules]


def _cases(criteria: CriteriaSet, row: Requirement) -> Iterator[Case]:
    """Every answer to a row, combined with every answer to the row that it reads."""
    own = list(every_answer(row)) if row.asked else [NOTHING_GIVEN]
    sources = [criteria.requirement(ref) for ref in row.rule.refs]
    for answer, *others in product(own, *(every_answer(source) for source in sources)):
        beside = {source.id: other for source, other in zip(sources, others, strict=True)}
        answers: Mapping[str, Answer] = {**beside, row.id: answer} if row.asked else beside
        yield Case(year=YEAR, answers=answers)


def _open(criteria: CriteriaSet, row: Requirement) -> set[Undecided]:
    """The classes of cases that some answer to the row gives."""
    judgements = (judge(row, case) for case in _cases(criteria, row))
    return {one.reason.undecided for one in judgements if one.reason.undecided is not None}


# The table


@pytest.mark.parametrize("rule", sorted(set(RuleName) - set(COMPUTED)))
def test_the_table_names_what_the_answers_to_a_rule_come_to(rule: RuleName) -> None:
    for row in _rows(CRITERIA, rule):
        named = always_open(row.rule)
        bare = replace(row, undecided=(), force_majeure=False)
        assert _open(CRITERIA, bare) == named, row.id
        claimed = {Undecided.FORCE_MAJEURE} if row.force_majeure else set()
        elsewhere = {Undecided.AIM_OR_OUTCOME}  # visible only after a ruling: test_rulings
        assert _open(CRITERIA, row) == set(row.undecided) - elsewhere, row.id
        assert set(row.undecided) - named - claimed <= WHERE_NAMED.get(rule, frozenset())


def test_a_title_that_may_have_grown_old_is_open_only_where_the_row_names_it() -> None:
    dated, undated = CRITERIA.requirement("I.8.c"), CRITERIA.requirement("I.8.e")
    assert dated.rule.name is undated.rule.name is RuleName.RATING_AT_LEAST
    assert _open(CRITERIA, dated) == {Undecided.TITLE_OLDER_THAN_YEAR}
    assert _open(CRITERIA, undated) == set()


def test_casualties_are_open_only_where_they_are_weighed() -> None:
    weighed = PassRule(name=RuleName.REDUCED, casualties=True)
    assert Undecided.CASUALTIES_ROSE in always_open(weighed)
    assert Undecided.CASUALTIES_ROSE not in may_be_open(replace(weighed, casualties=False))


def test_every_class_has_a_rule_that_leaves_it_open() -> None:
    classes = {one for table in (ALWAYS, WHERE_NAMED) for each in table.values() for one in each}
    assert classes | {Undecided.CASUALTIES_ROSE} == RULABLE
    assert not ABOUT_ONE_CASE & RULABLE


# The packs


@pytest.mark.parametrize("pack_id", pack_ids())
def test_every_answer_to_every_row_of_a_pack_is_decided_or_can_be(pack_id: str) -> None:
    criteria = load_pack(pack_id).criteria
    if criteria is None:
        return
    rows = [row for row in _rows(criteria) if row.rule.name not in COMPUTED]
    assert rows
    for row in rows:
        for case in _cases(criteria, row):
            _must_be_decidable(row, case)
        if row.asked:
            _must_be_decidable(row, Case(year=YEAR, answers={row.id: NOT_APPLICABLE, **_met(row)}))


def _met(row: Requirement) -> Mapping[str, Answer]:
    """The first choice of the branching question that a row depends on."""
    return {ref: NOTHING_GIVEN.adding(FieldName.CHOICE, 0) for ref in row.rule.refs}


def _must_be_decidable(row: Requirement, case: Case) -> None:
    found = judge(row, case)
    if found.verdict in DECIDED:
        return
    assert found.verdict is Verdict.NEEDS_REVIEW, (row.id, case.answers)
    open_class = found.reason.undecided
    assert open_class is not None
    if open_class in ABOUT_ONE_CASE:
        return
    assert open_class in row.undecided, "the administrator is not offered this class"
    for says in (Verdict.MET, Verdict.NOT_MET):
        settled = replace(case, rulings=(ruling(open_class, says),))
        assert judge(row, settled).verdict is says


@pytest.mark.parametrize("pack_id", pack_ids())
def test_what_is_computed_from_decided_items_is_decided(pack_id: str) -> None:
    criteria = load_pack(pack_id).criteria
    if criteria is None:
        return
    for row in _rows(criteria, RuleName.ALL_MET):
        for first, other in product(DECIDED, repeat=2):
            known = dict.fromkeys(row.rule.refs, other) | {row.rule.refs[0]: first}
            assert judge(row, Case(year=YEAR, answers={}, found=known)).verdict in DECIDED


@pytest.mark.parametrize("pack_id", pack_ids())
def test_a_commune_is_asked_for_no_share_of_communes(pack_id: str) -> None:
    """The share is not counted yet, so a part with one stays incomplete."""
    criteria = load_pack(pack_id).criteria
    for part in criteria.parts if criteria is not None else ():
        shares = [row for row in part.requirements() if row.rule.name is COMPUTED[1]]
        levels = {level_of(kind) for kind in part.unit_kinds}
        assert not shares or Level.COMMUNE not in levels
        assert all(row.asked_as is AskedAs.NOT_ASKED for row in shares)
