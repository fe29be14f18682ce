"""Plans assign duties to units; duties come due once, are declared, received and extended."""

from datetime import date, timedelta

import pytest

from domain.cards import saying
from domain.deadlines import Limits, OccurrenceState, Stage, StageDay
from domain.messages import Lane, Outgoing
from storage import Conflict, HandIn, Plan, PlannedDuty, Store, Tx, reminder_key
from tests.storage.world import COMMUNE, FAR_COMMUNE, NEIGHBOUR, NOW, PROVINCE, World

LIMITS = Limits(hard_limit=date(2027, 6, 14), last_working_day=date(2027, 6, 11), inclusive=False)
STAGES = (
    StageDay(stage=Stage.T_7, on=date(2027, 6, 2)),
    StageDay(stage=Stage.T, on=date(2027, 6, 11)),
)
REPORT = PlannedDuty(
    obligation_id="O-TV-1",
    clause="mục 3",
    what="Gửi báo cáo 6 tháng",
    verbatim="trước ngày 14/6",
    to_whom="Phòng PV05",
    limits=LIMITS,
    stages=STAGES,
    units=(COMMUNE, NEIGHBOUR),
    trace="Công an xã → xã",
    next_at=STAGES[0].at,
)
LETTER = PlannedDuty(
    obligation_id="O-TV-2",
    clause="mục 4",
    what="Đăng ký",
    verbatim="trong quý I",
    to_whom="UBND huyện",
    limits=Limits(hard_limit=date(2027, 3, 31), last_working_day=date(2027, 3, 31), inclusive=True),
    stages=(),
    units=(COMMUNE,),
    trace="Công an xã → xã",
    next_at=None,
)
DUE = STAGES[0].at


def confirm(tx: Tx, world: World, *duties: PlannedDuty, year: int = 2027) -> Plan:
    """The administrator confirms these duties of a year."""
    person = world.administrator.id
    return tx.plans.confirm(PROVINCE, "tra-vinh", year, duties, person_id=person, now=NOW)


def test_a_confirmed_plan_binds_its_units(store: Store, world: World) -> None:
    with store.begin() as tx:
        assert tx.plans.plan(PROVINCE, "tra-vinh", 2027) is None
        plan = confirm(tx, world, REPORT, LETTER)
        assert tx.plans.plan(PROVINCE, "tra-vinh", 2027) == plan
        assert (plan.confirmed_by, plan.confirmed_at) == (world.administrator.id, NOW)
        letter, report = tx.plans.of_unit(COMMUNE)
        assert tx.plans.get(report.id) == report
        assert tx.plans.get(999_999) is None
        assert [one.obligation_id for one in tx.plans.of_unit(NEIGHBOUR)] == ["O-TV-1"]
        assert tx.plans.of_unit(FAR_COMMUNE) == ()
    assert (report.document_id, report.year, report.unit) == ("tra-vinh", 2027, COMMUNE)
    assert (report.clause, report.what, report.verbatim, report.to_whom) == (
        "mục 3",
        "Gửi báo cáo 6 tháng",
        "trước ngày 14/6",
        "Phòng PV05",
    )
    assert (report.limits, report.stages) == (LIMITS, STAGES)
    assert (report.state, report.sent_on) == (OccurrenceState.OPEN, None)
    assert letter.limits.inclusive


def test_a_year_is_confirmed_once(store: Store, world: World) -> None:
    with store.begin() as tx:
        confirm(tx, world, REPORT)
        with pytest.raises(Conflict, match="2027"):
            confirm(tx, world, REPORT)
        confirm(tx, world, REPORT, year=2028)
        assert len(tx.plans.of_unit(COMMUNE)) == 2
        assert len(tx.plans.of_year(COMMUNE, 2028)) == 1


def test_duties_are_numbered_within_their_unit_by_limit(store: Store, world: World) -> None:
    with store.begin() as tx:
        confirm(tx, world, REPORT, LETTER)
        confirm(tx, world, LETTER, REPORT, year=2028)
        own = [
            (one.obligation_id, one.year, one.code)
            for year in (2027, 2028)
            for one in tx.plans.of_year(COMMUNE, year)
        ]
        assert own == [
            ("O-TV-2", 2027, "N1"),
            ("O-TV-1", 2027, "N2"),
            ("O-TV-2", 2028, "N3"),
            ("O-TV-1", 2028, "N4"),
        ]
        assert [one.code for one in tx.plans.of_unit(NEIGHBOUR)] == ["N1", "N2"]


# Becoming due


def test_what_is_due_is_found_until_its_next_moment_is_set(store: Store, world: World) -> None:
    with store.begin() as tx:
        confirm(tx, world, REPORT, LETTER)
        assert tx.plans.occurrences_due(DUE - timedelta(seconds=1), 10) == ()
        due = tx.plans.occurrences_due(DUE, 10)
        assert [one.unit for one in due] == [COMMUNE, NEIGHBOUR]
        assert tx.plans.occurrences_due(DUE, 1) == due[:1]
        tx.plans.set_next({due[0].id: STAGES[1].at, due[1].id: None})
        tx.plans.set_next({})
        assert tx.plans.occurrences_due(DUE, 10) == ()
        assert tx.plans.occurrences_due(STAGES[1].at, 10) == due[:1]


def test_which_stages_a_person_was_reminded_of(store: Store, world: World) -> None:
    with store.begin() as tx:
        confirm(tx, world, REPORT)
        (duty,) = tx.plans.of_unit(COMMUNE)
        for stage in (Stage.T_7, Stage.T):
            tx.outbox.queue(
                world.address.id,
                Lane.NOTICE,
                Outgoing(cards=saying("nhắc")),
                NOW,
                once=reminder_key(duty.id, world.officer.id, stage),
            )
        sent = tx.plans.sent_stages(duty.id, world.officer.id)
        assert sent == {Stage.T_7, Stage.T}
        assert tx.plans.sent_stages(duty.id, world.colleague.id) == frozenset()
        assert tx.plans.sent_stages(duty.id + 1, world.officer.id) == frozenset()


# Handing in


def test_a_declared_duty_reminds_nobody_and_waits_for_its_receiver(
    store: Store, world: World
) -> None:
    with store.begin() as tx:
        confirm(tx, world, REPORT)
        (duty,) = tx.plans.of_unit(COMMUNE)
        declared = tx.plans.declare(
            duty.id,
            sent_on=date(2027, 6, 13),
            recorded_at=NOW,
            person_id=world.officer.id,
            document_on=date(2027, 6, 10),
            document_number="45/BC-CAX",
        )
        assert (declared.state, declared.sent_on) == (
            OccurrenceState.DECLARED,
            date(2027, 6, 13),
        )
        assert tx.plans.open_of_unit(COMMUNE) == ()
        assert [one.unit for one in tx.plans.occurrences_due(DUE, 10)] == [NEIGHBOUR]
        received = tx.plans.receive(duty.id, person_id=world.supervisor.id, now=DUE)
        assert received.state is OccurrenceState.RECEIVED
        assert tx.plans.hand_in_of(duty.id) == HandIn(
            occurrence_id=duty.id,
            sent_on=date(2027, 6, 13),
            document_on=date(2027, 6, 10),
            document_number="45/BC-CAX",
            declared_at=NOW,
            declared_by=world.officer.id,
            received_at=DUE,
            received_by=world.supervisor.id,
            extended_to=None,
            extended_why=None,
        )
        assert tx.plans.hand_in_of(999_999) is None


def test_a_duty_is_declared_and_received_once(store: Store, world: World) -> None:
    with store.begin() as tx:
        confirm(tx, world, REPORT)
        (duty,) = tx.plans.of_unit(COMMUNE)

        def declare() -> None:
            person = world.officer.id
            tx.plans.declare(duty.id, sent_on=NOW.date(), recorded_at=NOW, person_id=person)

        def receive() -> None:
            tx.plans.receive(duty.id, person_id=world.supervisor.id, now=NOW)

        with pytest.raises(Conflict):
            receive()
        declare()
        with pytest.raises(Conflict):
            declare()
        receive()
        with pytest.raises(Conflict):
            receive()


def test_an_extension_moves_reminders_and_nothing_else(store: Store, world: World) -> None:
    moved = DUE + timedelta(days=10)
    with store.begin() as tx:
        confirm(tx, world, REPORT)
        (duty,) = tx.plans.of_unit(COMMUNE)

        def extend() -> None:
            tx.plans.extend(
                duty.id,
                until=date(2027, 6, 30),
                why="CV 99",
                next_at=moved,
                person_id=world.supervisor.id,
                now=NOW,
            )

        extend()
        assert tx.plans.get(duty.id) == duty
        assert [one.unit for one in tx.plans.occurrences_due(DUE, 10)] == [NEIGHBOUR]
        assert len(tx.plans.occurrences_due(moved, 10)) == 2
        hand_in = tx.plans.hand_in_of(duty.id)
        assert hand_in is not None
        assert (hand_in.extended_to, hand_in.extended_why) == (date(2027, 6, 30), "CV 99")
        person = world.officer.id
        tx.plans.declare(duty.id, sent_on=NOW.date(), recorded_at=NOW, person_id=person)
        with pytest.raises(Conflict):
            extend()
