"""Findings of items and parts, from the answers of one unit in one year."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given as given_that
from hypothesis import strategies as st

from domain.answers import NOT_APPLICABLE, NOTHING_GIVEN, Answer
from domain.assessments import find
from domain.criteria import CriteriaSet, PassRule, Requirement, RuleName, Undecided
from domain.units import UnitKind
from domain.verdicts import ReasonCode, Verdict, combine
from tests.domain.rows import SHARES
from tests.domain.test_every_requirement import TABLE
from tests.domain.tra_vinh import (
    CRITERIA,
    NO_DOCUMENT,
    YEAR,
    chose,
    given,
    held,
    ruling,
    steady,
    years,
)

PARTS = {part.id: part for part in CRITERIA.parts}


def _passing(row: Requirement) -> Answer:
    if row.id == "I.7.b":
        return chose(1)
    lines = [rule.answer for rule in TABLE if row.id in rule.rows and rule.verdict is Verdict.MET]
    answer = lines[0]
    assert answer is not None
    return answer


ALL_PASS: Mapping[str, Answer] = {
    row.id: _passing(row)
    for part in CRITERIA.parts
    for row in part.requirements()
    if row.asked and row.id != "I.7.e"
}


def _verdicts(part: str, answers: Mapping[str, Answer]) -> dict[str, Verdict]:
    return {one.subject: one.verdict for one in find(CRITERIA, PARTS[part], answers, year=YEAR)}


def test_a_commune_that_passes_everywhere_meets_19_2_twice() -> None:
    assert set(_verdicts("I", ALL_PASS).values()) == {Verdict.MET}
    assert set(_verdicts("II", ALL_PASS).values()) == {Verdict.MET}


def test_findings_stand_in_the_order_of_the_document_and_end_with_the_part() -> None:
    found = find(CRITERIA, PARTS["I"], ALL_PASS, year=YEAR)

    assert [one.subject for one in found] == [*(f"I.{at}" for at in range(1, 9)), "I"]
    scored = [row.id for row in PARTS["I"].requirements() if row.scored]
    assert [one.requirement_id for one in found[-1].judgements] == scored
    assert "I.7.b" not in scored
    assert len(scored) == 50


def test_nothing_answered_is_incomplete_everywhere() -> None:
    for part in PARTS:
        assert set(_verdicts(part, {}).values()) == {Verdict.INCOMPLETE}


def test_the_parts_with_evidence_are_those_that_name_a_document() -> None:
    *items, whole = find(CRITERIA, PARTS["I"], ALL_PASS, year=YEAR)

    with_number = sum(
        1 for row in PARTS["I"].requirements() if ALL_PASS.get(row.id, NOTHING_GIVEN).has_evidence
    )
    assert whole.with_evidence == with_number == sum(item.with_evidence for item in items)
    assert items[0].with_evidence == 2
    assert find(CRITERIA, PARTS["I"], {"I.1.a": NO_DOCUMENT}, year=YEAR)[0].with_evidence == 0


@pytest.mark.parametrize(
    ("changed", "i_5", "i", "ii_1", "ii"),
    [
        ({"I.5.b": years(100, 96)}, "not_met", "not_met", "not_met", "not_met"),
        ({"I.5.g": years(0, 0)}, *["needs_review"] * 4),
        ({"I.5.g": NOT_APPLICABLE}, *["needs_review"] * 4),
        ({"I.5.h": steady(2, 2, force_majeure=0)}, *["needs_review"] * 4),
        ({"I.5.g": years(0, 0), "I.5.b": years(1, 1)}, *["not_met"] * 4),
        # An answer to another part's item does not affect part I
        ({"II.3.d": given(count=1, force_majeure=1)}, "met", "met", "met", "not_met"),
        ({"II.3.d": given(count=1, force_majeure=0)}, "met", "met", "met", "needs_review"),
        # II.3.b repeats I.5.c
        ({"I.5.c": given(choice=1, count=1)}, *["not_met"] * 4),
    ],
)
def test_what_one_answer_makes_of_item_part_and_the_part_that_refers_to_it(
    changed: dict[str, Answer], i_5: str, i: str, ii_1: str, ii: str
) -> None:
    answers = {**ALL_PASS, **changed}
    first, second = _verdicts("I", answers), _verdicts("II", answers)

    assert [first["I.5"], first["I"], second["II.1"], second["II"]] == [i_5, i, ii_1, ii]


@pytest.mark.parametrize(
    ("b", "c", "e", "item"),
    [
        (None, None, None, "incomplete"),
        (chose(1), held(), None, "met"),
        (chose(1), NO_DOCUMENT, None, "needs_review"),
        (chose(0), held(), chose(0), "met"),
        (chose(0), held(), chose(1), "not_met"),
        (chose(0), held(), None, "incomplete"),
        (chose(0), NO_DOCUMENT, chose(0), "not_met"),
        (None, held(), chose(0), "incomplete"),
        (chose(1), None, None, "incomplete"),
    ],
)
def test_i_7_by_the_list_the_plan_and_the_conversion(
    b: Answer | None, c: Answer | None, e: Answer | None, item: str
) -> None:
    told = {"I.7.b": b, "I.7.c": c, "I.7.e": e}
    others = {one: answer for one, answer in ALL_PASS.items() if one not in told}
    given_ones = {one: answer for one, answer in told.items() if answer is not None}

    assert _verdicts("I", {**others, **given_ones})["I.7"] == item


def test_iv_1_leaves_iii_2_out() -> None:
    third = _verdicts("III", ALL_PASS)
    fourth = find(CRITERIA, PARTS["IV"], ALL_PASS, year=YEAR)

    assert third["III.2"] is Verdict.INCOMPLETE, "the shares of communes are not counted yet"
    assert fourth[0].verdict is Verdict.MET
    refused = {**ALL_PASS, "III.4.c": chose(1)}
    found = find(CRITERIA, PARTS["IV"], refused, year=YEAR)[0]
    assert found.verdict is Verdict.NOT_MET
    assert found.judgements[0].reason.figures == ("III.4",)


def test_the_shares_of_communes_keep_a_district_incomplete_until_they_are_counted() -> None:
    for part in ("III", "IV"):
        *_items, whole = find(CRITERIA, PARTS[part], ALL_PASS, year=YEAR)
        open_ones = whole.having(Verdict.INCOMPLETE)
        assert {one.requirement_id for one in open_ones} <= set(SHARES)
        assert {one.reason.code for one in open_ones} == {ReasonCode.SHARE_UNKNOWN}


def test_a_ruling_reaches_every_item_and_the_part() -> None:
    open_case = {**ALL_PASS, "I.5.g": years(0, 0)}
    for says in (Verdict.MET, Verdict.NOT_MET):
        settled = (ruling(Undecided.ZERO_BOTH_YEARS, says),)
        for part in ("I", "II"):
            found = find(CRITERIA, PARTS[part], open_case, year=YEAR, rulings=settled)
            assert found[-1].verdict is says


def test_a_document_without_its_number_is_no_evidence() -> None:
    assert held().has_evidence
    assert given(choice=0, number="12-NQ/ĐU").has_evidence
    assert not given(choice=0, issued_on=date(2024, 2, 5)).has_evidence


def test_a_reference_may_name_a_whole_part() -> None:
    item = PARTS["II"].items[0]
    whole = replace(item.requirements[0], rule=PassRule(name=RuleName.ALL_MET, refs=("I",)))
    part = replace(PARTS["II"], items=(replace(item, requirements=(whole,)),))
    criteria = CriteriaSet(
        id="x",
        content_hash="0" * 64,
        parts=(PARTS["I"], part),
        valid_from=date(2022, 8, 29),
        valid_to=None,
    )

    assert find(criteria, part, ALL_PASS, year=YEAR)[-1].verdict is Verdict.MET
    failing = {**ALL_PASS, "I.1.c": chose(1)}
    assert find(criteria, part, failing, year=YEAR)[-1].verdict is Verdict.NOT_MET


@pytest.mark.fuzz
@given_that(st.data())
def test_an_indicator_is_what_its_items_are_together(data: st.DataObject) -> None:
    rows = [row for row in PARTS["I"].requirements() if row.asked]
    answers = {}
    for row in rows:
        lines = [rule.answer for rule in TABLE if row.id in rule.rows]
        answer = data.draw(st.sampled_from([None, NOT_APPLICABLE, *lines]))
        if answer is not None:
            answers[row.id] = answer
    *items, whole = find(CRITERIA, PARTS["I"], answers, year=YEAR)

    assert whole.verdict is combine(one.verdict for one in whole.judgements)
    assert whole.verdict is combine(item.verdict for item in items)
    verdicts = {one.verdict for one in whole.judgements}
    if Verdict.NOT_MET in verdicts:
        assert whole.verdict is Verdict.NOT_MET
    if whole.verdict is Verdict.MET:
        assert verdicts <= {Verdict.MET, Verdict.NOT_APPLICABLE}
    not_applicable = [
        one.requirement_id for one in whole.judgements if one.verdict is Verdict.NOT_APPLICABLE
    ]
    assert not_applicable in ([], ["I.7.e"])


# The set itself


def test_a_part_and_a_requirement_are_found_by_their_ids() -> None:
    assert CRITERIA.part("IV").indicator == "9.1"
    assert CRITERIA.requirement("III.3.d").clause
    with pytest.raises(KeyError):
        CRITERIA.part("V")
    with pytest.raises(KeyError):
        CRITERIA.requirement("I.9.z")


def test_the_parts_that_bind_a_kind_of_unit() -> None:
    assert [part.id for part in CRITERIA.parts_for(UnitKind.COMMUNE)] == ["I", "II"]
    assert [part.id for part in CRITERIA.parts_for(UnitKind.RURAL_DISTRICT)] == ["III", "IV"]
    assert CRITERIA.parts_for(UnitKind.WARD) == ()
