"""The demo database: real units, people with short names, answers marked as invented."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.invented import BEGUN, GOOD, HALFWAY, MARK, MIXED, Manner, invented
from bot.demo.nghe_an import DEPARTMENTS, PROVINCE
from domain.answers import FieldName
from domain.assessments import find
from domain.people import Role
from domain.rules import YES
from domain.steps import is_complete
from domain.units import Structure, UnitKind
from domain.verdicts import Verdict
from packs import load_pack
from storage import Store, Tx


@pytest.fixture
def tx(demo_file: Path) -> Iterator[Tx]:
    with Store(str(demo_file)) as store, store.read() as opened:
        yield opened


def test_it_says_that_it_is_a_demo(tx: Tx) -> None:
    assert tx.about.is_demo()


@pytest.mark.parametrize(
    ("handle", "role", "unit"),
    [
        ("can-bo", Role.OFFICER, "Mỹ Long Bắc"),
        ("chi-huy", Role.HEAD, "Mỹ Long Bắc"),
        ("tham-dinh", Role.REVIEWER, "Trà Vinh"),
        ("giam-sat", Role.SUPERVISOR, "Trà Vinh"),
        ("hoi-dong", Role.COUNCIL, "Trà Vinh"),
        ("quan-tri", Role.ADMINISTRATOR, "Trà Vinh"),
        ("can-bo-na", Role.OFFICER, "Kim Liên"),
        ("giam-sat-na", Role.SUPERVISOR, "Nghệ An"),
        ("quan-tri-na", Role.ADMINISTRATOR, "Nghệ An"),
    ],
)
def test_each_person_has_his_post_and_can_be_reached(
    tx: Tx, handle: str, role: Role, unit: str
) -> None:
    person = tx.people.by_handle(handle)
    assert person is not None
    (post,) = person.posts
    found = tx.units.get(post.unit)
    assert found is not None
    assert (post.role, found.name) == (role, unit)
    assert [one.address for one in tx.addresses.of_person(person.id)] == [handle]


def test_one_commune_of_tra_vinh_is_empty_and_the_others_are_not(tx: Tx) -> None:
    supervisor = tx.people.by_handle("giam-sat")
    assert supervisor is not None
    seen = tx.visible_to(supervisor).assessments(year=2024)
    communes = tx.units.of_province(Structure.Y2021, "84", [UnitKind.COMMUNE])
    assert {one.unit for one in seen} == {unit.id for unit in communes}
    empty = [one.unit for one in seen if not tx.assessments.answers(one.id)]
    assert [unit.name for unit in communes if unit.id in empty] == ["Mỹ Long Bắc"]


def test_the_indicator_comes_out_in_more_than_one_way(tx: Tx) -> None:
    supervisor = tx.people.by_handle("giam-sat")
    assert supervisor is not None
    found = Counter(
        one.verdict for one in tx.visible_to(supervisor).findings() if one.subject == "I"
    )
    assert {Verdict.MET, Verdict.NOT_MET, Verdict.INCOMPLETE} <= set(found)


def test_every_invented_document_says_so(tx: Tx) -> None:
    for unit in tx.units.of_province(Structure.Y2021, "84", [UnitKind.COMMUNE]):
        assert all(MARK in (one.number or "") for one in tx.evidence.of_unit(unit.id, 2024))


def test_the_plan_of_2027_binds_communes_and_departments_and_says_why(tx: Tx) -> None:
    units = tx.units.of_province(PROVINCE.structure, PROVINCE.code)
    bound = [unit for unit in units if unit.id != PROVINCE]
    assert len(bound) == 130 + 10
    assert {u.name for u in bound if u.kind is UnitKind.DEPARTMENT} == set(DEPARTMENTS)
    for unit in bound:
        duties = tx.plans.of_unit(unit.id)
        assert [one.obligation_id for one in duties] == ["O-NA-1", "O-NA-2", "O-NA-3"]
    (trace,) = tx.audit.listing(action="plan_confirmed")
    assert "“UBND huyện” được áp dụng cho “UBND xã”" in trace.detail


@pytest.mark.parametrize(
    ("manner", "verdicts"),
    [
        (GOOD, {Verdict.MET}),
        (MIXED, {Verdict.MET, Verdict.NOT_MET}),
        (HALFWAY, {Verdict.NOT_MET, Verdict.INCOMPLETE}),
        (BEGUN, {Verdict.INCOMPLETE}),
    ],
)
def test_each_manner_of_filling_in_comes_out_as_it_should(
    manner: Manner, verdicts: set[Verdict]
) -> None:
    criteria = load_pack("tra-vinh-1672-2022").criteria
    assert criteria is not None
    part = criteria.part("I")
    found = set()
    for commune in map(str, range(40)):
        answers = invented(part, commune, 2024, manner)
        found.add(find(criteria, part, answers, year=2024)[-1].verdict)
        for row in part.requirements():
            assert row.id not in answers or is_complete(row, answers[row.id])
    assert found == verdicts


def test_invented_answers_are_always_the_same() -> None:
    criteria = load_pack("tra-vinh-1672-2022").criteria
    assert criteria is not None
    part = criteria.part("I")
    once, again = (invented(part, "29422", 2024, MIXED) for _ in range(2))
    assert once == again
    assert once != invented(part, "29423", 2024, MIXED)
    assert any(answer.get(FieldName.CHOICE) == YES for answer in once.values())
