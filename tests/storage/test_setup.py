"""Drafts, joinings and waiting hand-ins: the data of the administrator's conversation."""

from datetime import date, timedelta

from domain.deadlines import Limits, OccurrenceState
from domain.people import Post, Role
from domain.units import UnitId
from storage import EarlierFigure, PlannedDuty, RequestOutcome, Store
from storage.codes import base32_batch_code
from storage.joinings import AT_THE_DOOR
from tests.storage.world import COMMUNE, NEIGHBOUR, NOW, PROVINCE, World

LATER = NOW + timedelta(hours=1)

# Drafts


def test_a_draft_is_kept_changed_and_dropped(store: Store, world: World) -> None:
    me = world.administrator.id
    with store.begin() as tx:
        assert tx.drafts.get(me, "plan") is None
        tx.drafts.save(me, "plan", '{"year":2027}', NOW)
        tx.drafts.save(me, "hours", "{}", NOW)
        tx.drafts.save(me, "plan", '{"year":2028}', LATER)
    with store.begin() as tx:
        plan = tx.drafts.get(me, "plan")
        assert plan is not None
        assert (plan.body, plan.at) == ('{"year":2028}', LATER)
        assert [one.step for one in tx.drafts.of_person(me)] == ["hours", "plan"]
        tx.drafts.drop(me, "plan")
        tx.drafts.drop(me, "plan")
        assert tx.drafts.get(me, "plan") is None


def test_drafts_of_two_people_are_two(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.drafts.save(world.administrator.id, "plan", "1", NOW)
        tx.drafts.save(world.supervisor.id, "plan", "2", NOW)
        tx.drafts.drop(world.supervisor.id, "plan")
        assert tx.drafts.get(world.administrator.id, "plan") is not None


# Before the confirmation of a code


def _invited(store: Store, world: World) -> int:
    post = Post(role=Role.OFFICER, unit=NEIGHBOUR)
    with store.begin() as tx:
        hashed = tx.invitations.hash("ABCDEFGHIJ")
        return tx.invitations.invite(world.stranger.id, post, hashed, NOW + timedelta(days=7))


def test_who_stands_at_the_door_is_asked_for_a_while(store: Store, world: World) -> None:
    invitation = _invited(store, world)
    with store.begin() as tx:
        tx.joinings.wait("zalo", "b", "u-9", invitation, NOW)
        assert tx.joinings.waiting("zalo", "b", "u-9", NOW) == invitation
        assert tx.joinings.waiting("zalo", "b", "u-8", NOW) is None
        assert tx.joinings.waiting("zalo", "b", "u-9", NOW + AT_THE_DOOR) is None
        tx.joinings.leave("zalo", "b", "u-9")
        assert tx.joinings.waiting("zalo", "b", "u-9", NOW) is None


def test_who_went_away_long_ago_is_forgotten(store: Store, world: World) -> None:
    invitation = _invited(store, world)
    with store.begin() as tx:
        tx.joinings.wait("zalo", "b", "u-1", invitation, NOW)
        tx.joinings.wait("zalo", "b", "u-2", invitation, NOW + AT_THE_DOOR)
        assert tx.joinings.waiting("zalo", "b", "u-1", NOW) is None
        assert tx.joinings.waiting("zalo", "b", "u-2", NOW + AT_THE_DOOR) == invitation


def test_open_invitations_are_found_by_id_and_person(store: Store, world: World) -> None:
    invitation = _invited(store, world)
    with store.begin() as tx:
        found = tx.invitations.get(invitation)
        assert found is not None
        assert found.person_id == world.stranger.id
        assert tx.invitations.of_people([world.stranger.id, world.head.id]) == (found,)
        tx.invitations.withdraw_of(world.stranger.id, NOW)
        assert tx.invitations.get(invitation) is None
        assert tx.invitations.of_people([world.stranger.id]) == ()


def test_a_coming_in_is_undone_once(store: Store, world: World) -> None:
    invitation = _invited(store, world)
    post = Post(role=Role.OFFICER, unit=NEIGHBOUR)
    with store.begin() as tx:
        address = tx.addresses.link("zalo", "bot-1", "user-9", world.stranger.id, NOW)
        joined = tx.joinings.add(
            world.stranger.id, address.id, invitation, post, NOW, post_added=True
        )
        assert joined.code == f"M{joined.id}"
        assert tx.joinings.get(joined.id) == joined
        assert tx.joinings.undo(joined.id, world.administrator.id, LATER)
        assert not tx.joinings.undo(joined.id, world.head.id, LATER)
        undone = tx.joinings.get(joined.id)
        assert undone is not None
        assert undone.undone_at == LATER
        assert tx.joinings.get(joined.id + 1) is None


def test_a_retired_address_says_why(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.addresses.retire(world.address.id, "lost", NOW)
        found = tx.addresses.lock("zalo", "bot-1", "user-1")
        assert found is not None
        assert found.retired_reason == "lost"


# Hand-ins that wait for a head


def test_a_request_is_settled_by_the_first_head(store: Store, world: World) -> None:
    with store.begin() as tx:
        first = tx.hand_in_requests.ask(world.assessment.id, 3, world.officer.id, NOW)
        asked = tx.hand_in_requests.ask(world.assessment.id, 4, world.officer.id, LATER)
        assert tx.hand_in_requests.waiting(world.assessment.id) == asked
        settled = tx.hand_in_requests.settle(
            world.assessment.id, RequestOutcome.RETURNED, world.head.id, LATER, "thiếu số văn bản"
        )
        assert settled == 2
        assert tx.hand_in_requests.waiting(world.assessment.id) is None
        again = tx.hand_in_requests.settle(
            world.assessment.id, RequestOutcome.HANDED_IN, world.head.id, LATER
        )
        assert again == 0
        found = tx.hand_in_requests.get(first.id)
        assert found is not None
        assert (found.outcome, found.reason) == (RequestOutcome.RETURNED, "thiếu số văn bản")
        assert found.code == f"H{first.id}"


# Changes of a confirmed plan


def _duty(obligation: str, units: tuple[object, ...], trace: str) -> PlannedDuty:
    day = date(2027, 6, 11)
    return PlannedDuty(
        obligation_id=obligation,
        clause="III.1",
        what="Báo cáo",
        verbatim="trước ngày 14/6",
        to_whom="UBND tỉnh",
        limits=Limits(hard_limit=date(2027, 6, 14), last_working_day=day, inclusive=False),
        stages=(),
        units=units,  # type: ignore[arg-type]
        trace=trace,
        next_at=LATER,
    )


def test_a_plan_takes_more_duties_and_other_units_later(store: Store, world: World) -> None:
    me = world.administrator.id
    with store.begin() as tx:
        plan = tx.plans.confirm(
            PROVINCE, "doc", 2027, [_duty("O-1", (COMMUNE,), "xã")], person_id=me, now=NOW
        )
        assert tx.plans.of_province(PROVINCE) == (plan,)
        tx.plans.rebind(plan.id, _duty("O-2", (COMMUNE, NEIGHBOUR), "xã"))
        tx.plans.rebind(plan.id, _duty("O-1", (NEIGHBOUR,), "khác"))
        assert [(one.obligation_id, one.units) for one in tx.plans.duties(plan.id)] == [
            ("O-1", 1),
            ("O-2", 2),
        ]
        assert [one.obligation_id for one in tx.plans.of_unit(COMMUNE)] == ["O-2"]
        tx.plans.rebind(plan.id, _duty("O-1", (COMMUNE, NEIGHBOUR), "lại"))
        first = tx.plans.duties(plan.id)[0]
        assert (first.units, first.trace) == (2, "lại")
        assert tx.plans.occurrences_due(NOW, 9) == ()
        assert len(tx.plans.occurrences_due(LATER, 9)) == 4


def test_a_duty_taken_back_keeps_what_was_handed_in(store: Store, world: World) -> None:
    me = world.administrator.id
    with store.begin() as tx:
        duty = _duty("O-1", (COMMUNE, NEIGHBOUR), "xã")
        plan = tx.plans.confirm(PROVINCE, "doc", 2027, [duty], person_id=me, now=NOW)
        mine = tx.plans.of_unit(COMMUNE)[0]
        tx.plans.declare(mine.id, sent_on=date(2027, 6, 1), recorded_at=NOW, person_id=me)
        tx.plans.rebind(plan.id, _duty("O-1", (), "bỏ"))
        assert [one.state for one in tx.plans.of_unit(COMMUNE)] == [OccurrenceState.DECLARED]
        assert tx.plans.of_unit(NEIGHBOUR) == ()
        assert tx.plans.duties(plan.id)[0].units == 1


# Codes of a batch


def test_codes_of_a_batch_can_be_made_again_and_open(store: Store, world: World) -> None:
    post = Post(role=Role.OFFICER, unit=NEIGHBOUR)
    with store.begin() as tx:
        code = tx.invitations.batch_code("b1", world.stranger.id)
        assert code == tx.invitations.batch_code("b1", world.stranger.id)
        assert code != tx.invitations.batch_code("b2", world.stranger.id)
        assert code != tx.invitations.batch_code("b1", world.head.id)
        assert len(code) == 10
        hashed = tx.invitations.hash(code)
        tx.invitations.invite(world.stranger.id, post, hashed, NOW + timedelta(days=7))
        found = tx.invitations.find(tx.invitations.hash(f"{code[:5]}-{code[5:]}".lower()))
        assert found is not None
        assert found.post == post
        assert tx.invitations.of_batch("b1", world.stranger.id) == (code, found)
        assert tx.invitations.of_batch("b1", world.head.id) is None


def test_a_batch_of_base32_codes_can_still_be_printed(store: Store, world: World) -> None:
    post = Post(role=Role.OFFICER, unit=NEIGHBOUR)
    with store.begin() as tx:
        code = base32_batch_code("b1", world.stranger.id, b"pepper")
        assert len(code) == 10
        tx.invitations._pepper = b"pepper"
        tx.invitations.invite(
            world.stranger.id, post, tx.invitations.hash(code), NOW + timedelta(days=7)
        )
        found = tx.invitations.of_batch("b1", world.stranger.id)
        assert found is not None
        assert found[0] == code


def test_of_several_readings_the_issued_code_is_meant(store: Store, world: World) -> None:
    post = Post(role=Role.OFFICER, unit=NEIGHBOUR)
    with store.begin() as tx:
        hashed = tx.invitations.hash("BRTWDJHASS")
        later = NOW + timedelta(days=7)
        tx.invitations.invite(world.stranger.id, post, hashed, later)
        tx.web.add_code("ABCDEFGHIJ", person_id=world.head.id, expires_at=later)
        assert tx.issued_codes.meant(("BRTUWDJHASS", "BRTWDJHASS")) == "BRTWDJHASS"
        assert tx.issued_codes.meant(("BRTWDJHASX", "ABCDEFGHIJ")) == "ABCDEFGHIJ"
        assert tx.issued_codes.meant(("KKKKKKKKKK", "MMMMMMMMMM")) == "KKKKKKKKKK"
        assert tx.issued_codes.meant(()) is None


# Figures of earlier years


def _figure(unit: UnitId, year: int, count: int, number: str = "") -> EarlierFigure:
    return EarlierFigure(
        unit=unit,
        set_id="tra-vinh",
        requirement_id="I.5.b",
        year=year,
        measure="cases",
        count=count,
        document_number=number,
    )


def test_the_newest_figure_has_the_last_word(store: Store, world: World) -> None:
    me = world.administrator.id
    with store.begin() as tx:
        tx.earlier_figures.save([_figure(COMMUNE, 2023, 12), _figure(NEIGHBOUR, 2023, 3)], me, NOW)
        tx.earlier_figures.save([_figure(COMMUNE, 2023, 11, "12/BC-CAX")], me, LATER)
        tx.earlier_figures.save([], me, LATER)
        found = tx.earlier_figures.get(COMMUNE, "tra-vinh", "I.5.b", 2023, "cases")
        assert found == _figure(COMMUNE, 2023, 11, "12/BC-CAX")
        assert tx.earlier_figures.get(COMMUNE, "tra-vinh", "I.5.b", 2019, "cases") is None
        assert tx.earlier_figures.get(COMMUNE, "tra-vinh", "I.5.b", 2023, "deaths") is None
        assert tx.earlier_figures.counted([COMMUNE, NEIGHBOUR]) == (("tra-vinh", 2023, 2),)
