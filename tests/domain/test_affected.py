"""Judging only the items that an answer affects gives the same findings as judging all items."""

from hypothesis import given
from hypothesis import strategies as st

from bot.demo.invented import GOOD, Manner, invented
from domain.answers import Answer
from domain.assessments import find, find_affected
from domain.criteria import CriteriaSet
from domain.units import UnitKind
from domain.verdicts import Verdict
from packs.loader import load_pack

YEAR = 2024
CRITERIA = load_pack("tra-vinh-1672-2022").criteria
assert CRITERIA is not None
KINDS = sorted({kind for part in CRITERIA.parts for kind in part.unit_kinds})


def _verdicts(
    criteria: CriteriaSet, kind: UnitKind, answers: dict[str, Answer]
) -> dict[str, Verdict]:
    return {
        one.subject: one.verdict
        for part in criteria.parts_for(kind)
        for one in find(criteria, part, answers, year=YEAR)
    }


def _some_answers(
    criteria: CriteriaSet, kind: UnitKind, name: str, manner: Manner
) -> dict[str, Answer]:
    return {
        row: answer
        for part in criteria.parts_for(kind)
        for row, answer in invented(part, name, YEAR, manner).items()
    }


@given(
    kind=st.sampled_from(KINDS),
    steps=st.lists(st.lists(st.integers(0, 200), min_size=1, max_size=4), max_size=8),
    failing=st.sets(st.integers(0, 200), max_size=12),
)
def test_affected_items_and_the_kept_ones_are_all_verdicts(
    kind: UnitKind, steps: list[list[int]], failing: set[int]
) -> None:
    assert CRITERIA is not None
    parts = CRITERIA.parts_for(kind)
    rows = [row.id for part in parts for item in part.items for row in item.requirements]
    good = _some_answers(CRITERIA, kind, "Một", GOOD)
    bad = _some_answers(CRITERIA, kind, "Hai", Manner(answered=100, failing=100))
    answers: dict[str, Answer] = {}
    known = _verdicts(CRITERIA, kind, answers)
    for step in steps:
        changed = {rows[at % len(rows)] for at in step}
        for row in changed:
            source = bad if rows.index(row) in failing else good
            if row in answers or row not in source:
                answers.pop(row, None)
            else:
                answers[row] = source[row]
        found = find_affected(parts, answers, changed=changed, before=known, year=YEAR)
        known.update({one.subject: one.verdict for one in found})
        whole = _verdicts(CRITERIA, kind, answers)
        for part in parts:
            for item in part.items:
                assert known[item.id] is whole[item.id], item.id
        known = whole
