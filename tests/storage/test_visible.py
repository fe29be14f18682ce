"""Each person sees what their posts allow, and a stranger sees nothing."""

from datetime import date

import pytest
from sqlalchemy import create_engine, text

from domain.deadlines import Limits
from domain.people import Person, Post, Role
from domain.units import UnitId
from domain.verdicts import Finding, Verdict
from storage import PlannedDuty, Store, Tx
from tests.storage.world import (
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    FAR_COMMUNE,
    FAR_PROVINCE,
    NEIGHBOUR,
    NOW,
    OTHER_COMMUNE,
    OTHER_DISTRICT,
    PROVINCE,
    UNITS,
    World,
    unit_id,
)

OF_THE_DISTRICT = {DISTRICT, COMMUNE, NEIGHBOUR}
OF_THE_PROVINCE = OF_THE_DISTRICT | {PROVINCE, OTHER_DISTRICT, OTHER_COMMUNE, DEPARTMENT}
DAY = date(2027, 6, 14)

SIGHT = [
    ("officer", {COMMUNE}),
    ("head", {COMMUNE}),
    ("neighbour", {NEIGHBOUR}),
    ("reviewer", OF_THE_DISTRICT),
    ("supervisor", OF_THE_PROVINCE),
    ("administrator", OF_THE_PROVINCE),
    ("council", OF_THE_PROVINCE),
    ("far_supervisor", {FAR_PROVINCE, FAR_COMMUNE}),
    ("stranger", set()),
]
OPEN_SIGHT = [(who, units) for who, units in SIGHT if who != "council"]
WITH_RECORDS = {COMMUNE, NEIGHBOUR, OTHER_COMMUNE, FAR_COMMUNE}


@pytest.fixture
def recorded(store: Store, world: World) -> World:
    """The same test data, with an assessment, a verdict and a duty in four communes."""
    with store.begin() as tx:
        finding = Finding(subject="I", verdict=Verdict.MET, judgements=(), with_evidence=0)
        for unit in sorted(WITH_RECORDS):
            assessment = tx.assessments.open(unit, "tra-vinh", "hash-1", 2024, NOW)
            tx.assessments.save_findings(assessment.id, (finding,), NOW)
        duty = PlannedDuty(
            obligation_id="O",
            clause="1",
            what="báo cáo",
            verbatim="trước 14/6",
            to_whom="cấp trên",
            limits=Limits(hard_limit=DAY, last_working_day=DAY, inclusive=False),
            stages=(),
            units=tuple(sorted(WITH_RECORDS)),
            trace="",
            next_at=None,
        )
        person = world.administrator.id
        tx.plans.confirm(PROVINCE, "tra-vinh", 2027, [duty], person_id=person, now=NOW)
    return world


def _who(world: World, name: str) -> Person:
    person: Person = getattr(world, name)
    return person


@pytest.mark.parametrize(("who", "expected"), SIGHT)
def test_units_in_sight(store: Store, world: World, who: str, expected: set[object]) -> None:
    with store.read() as tx:
        visible = tx.visible_to(_who(world, who))
        assert {unit.id for unit in visible.units()} == expected
        for unit in UNITS:
            assert visible.unit(unit.id) == (unit if unit.id in expected else None)
        assert visible.unit(unit_id("00000")) is None
        assert {unit.id for unit in visible.units(WITH_RECORDS)} == expected & WITH_RECORDS
        assert visible.units(()) == ()


@pytest.mark.parametrize(("who", "sight"), OPEN_SIGHT)
def test_records_in_sight(store: Store, recorded: World, who: str, sight: set[object]) -> None:
    expected = sight & WITH_RECORDS
    with store.read() as tx:
        visible = tx.visible_to(_who(recorded, who))
        assessments = visible.assessments()
        assert {one.unit for one in assessments} == expected
        assert visible.assessments(year=2024) == assessments
        assert visible.assessments(year=2025) == ()
        ids = {one.id for one in assessments}
        assert {one.assessment_id for one in visible.findings()} == ids
        assert {one.assessment_id for one in visible.findings(year=2024)} == ids
        assert visible.findings(year=2025) == ()
        duties = visible.occurrences()
        assert {one.unit for one in duties} == expected
        assert visible.occurrences(year=2027) == duties
        assert visible.occurrences(year=2028) == ()


@pytest.mark.parametrize(("who", "sight"), OPEN_SIGHT)
def test_asking_for_a_unit_does_not_bring_it_into_sight(
    store: Store, recorded: World, who: str, sight: set[object]
) -> None:
    asked = (COMMUNE, FAR_COMMUNE)
    expected = sight & set(asked)
    with store.read() as tx:
        visible = tx.visible_to(_who(recorded, who))
        assert {one.unit for one in visible.assessments(asked)} == expected
        assert len(visible.findings(asked)) == len(expected)
        assert {one.unit for one in visible.occurrences(asked)} == expected


def test_a_council_sees_only_what_is_frozen(store: Store, recorded: World) -> None:
    with store.begin() as tx:
        visible = tx.visible_to(recorded.council)
        assert visible.assessments() == ()
        assert visible.findings() == ()
        assert visible.occurrences() == ()
        (duty,) = tx.plans.of_unit(COMMUNE)
        person = recorded.officer.id
        tx.plans.declare(duty.id, sent_on=DAY, recorded_at=NOW, person_id=person)
        assert visible.occurrences() == ()
        tx.plans.receive(duty.id, person_id=recorded.supervisor.id, now=NOW)
        assert {one.unit for one in visible.occurrences()} == {COMMUNE}
    engine = create_engine(store.url)
    with engine.begin() as connection:
        # There is no function for approval yet, but its state has an effect.
        connection.execute(
            text("UPDATE assessment SET state = 'approved' WHERE unit IN (:near, :far)"),
            {"near": str(NEIGHBOUR), "far": str(FAR_COMMUNE)},
        )
    engine.dispose()
    with store.read() as tx:
        visible = tx.visible_to(recorded.council)
        assert {one.unit for one in visible.assessments()} == {NEIGHBOUR}
        assert len(visible.findings()) == 1


def test_posts_add_up(store: Store, recorded: World) -> None:
    with store.begin() as tx:
        tx.people.add_post(recorded.neighbour.id, Post(role=Role.OFFICER, unit=FAR_COMMUNE))
        units = tx.visible_to(recorded.neighbour).units()
    assert {unit.id for unit in units} == {NEIGHBOUR, FAR_COMMUNE}


def test_overseeing_a_commune_opens_that_commune_only(store: Store, recorded: World) -> None:
    with store.begin() as tx:
        tx.people.add_post(recorded.stranger.id, Post(role=Role.SUPERVISOR, unit=COMMUNE))
        units = tx.visible_to(recorded.stranger).units()
    assert {unit.id for unit in units} == {COMMUNE}


@pytest.mark.parametrize("role", [Role.OFFICER, Role.HEAD])
@pytest.mark.parametrize("unit", [DISTRICT, PROVINCE])
def test_answering_for_a_unit_opens_nothing_below_it(
    store: Store, recorded: World, role: Role, unit: UnitId
) -> None:
    with store.begin() as tx:
        tx.people.add_post(recorded.stranger.id, Post(role=role, unit=unit))
        visible = tx.visible_to(recorded.stranger)
        assert [one.id for one in visible.units()] == [unit]
        assert visible.assessments() == ()


def test_a_post_taken_away_closes_at_once(store: Store, recorded: World) -> None:
    def sees_something(tx: Tx, person: Person) -> bool:
        visible = tx.visible_to(person)
        return bool(
            visible.units() or visible.assessments() or visible.findings() or visible.occurrences()
        )

    with store.begin() as tx:
        # The person value as loaded before still contains the post.
        assert sees_something(tx, recorded.supervisor)
        tx.people.remove_post(recorded.supervisor.id, recorded.supervisor.posts[0])
        assert not sees_something(tx, recorded.supervisor)
