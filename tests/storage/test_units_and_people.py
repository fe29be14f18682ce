"""Units by id and province; people with their posts."""

import pytest

from domain.people import Post, Role
from domain.units import Structure, Unit, UnitId, UnitKind
from storage import Conflict, Store
from tests.storage.world import (
    COMMUNE,
    DEPARTMENT,
    DISTRICT,
    FAR_COMMUNE,
    NEIGHBOUR,
    NOW,
    PROVINCE,
    UNITS,
    World,
    unit_id,
)

OFFICER_HERE = Post(role=Role.OFFICER, unit=COMMUNE)
OFFICER_NEXT_DOOR = Post(role=Role.OFFICER, unit=NEIGHBOUR)

# Units


def test_units_come_back_as_they_were(store: Store, world: World) -> None:
    del world
    with store.read() as tx:
        assert tuple(tx.units.get(unit.id) for unit in UNITS) == UNITS
        assert tx.units.get(unit_id("00000")) is None
        assert tx.units.get(UnitId(Structure.Y2026, COMMUNE.code)) is None


def test_children_are_those_directly_below(store: Store, world: World) -> None:
    del world
    with store.read() as tx:
        assert [unit.id for unit in tx.units.children(DISTRICT)] == [COMMUNE, NEIGHBOUR]
        assert [unit.code for unit in tx.units.children(PROVINCE)] == ["84-pv05", "844", "845"]
        assert tx.units.children(COMMUNE) == ()
        assert [unit.id for unit in tx.units.children(unit_id("40"))] == [FAR_COMMUNE]


def test_children_are_of_the_same_structure(store: Store, world: World) -> None:
    del world
    newer = Unit(
        id=UnitId(Structure.Y2026, "29999"),
        kind=UnitKind.COMMUNE,
        name="Long Hữu",
        parent="844",
        province="86",
    )
    with store.begin() as tx:
        tx.units.add_many([newer])
        assert newer not in tx.units.children(DISTRICT)


def test_a_province_has_all_its_units_or_some_kinds(store: Store, world: World) -> None:
    del world
    with store.read() as tx:
        everything = tx.units.of_province(Structure.Y2021, "84")
        communes = tx.units.of_province(Structure.Y2021, "84", [UnitKind.COMMUNE])
        assert tx.units.of_province(Structure.Y2026, "84") == ()
    assert {unit.province for unit in everything} == {"84"}
    assert len(everything) == len(UNITS) - 2
    assert [unit.id for unit in communes] == [COMMUNE, NEIGHBOUR]


def test_adding_again_takes_over_the_new_name(store: Store, world: World) -> None:
    del world
    renamed = Unit(
        id=COMMUNE, kind=UnitKind.WARD, name="Long Hữu", parent="844", province="84", aliases=()
    )
    with store.begin() as tx:
        tx.units.add_many([renamed])
        tx.units.add_many([])
        assert tx.units.get(COMMUNE) == renamed


# People


def test_people_come_back_with_posts_in_the_order_given(store: Store, world: World) -> None:
    posts = (
        Post(role=Role.SUPERVISOR, unit=PROVINCE),
        Post(role=Role.OFFICER, unit=COMMUNE),
        Post(role=Role.HEAD, unit=COMMUNE),
    )
    with store.begin() as tx:
        person = tx.people.add(handle="many", name="Nguyễn Văn Đủ", locale="en", posts=posts)
        assert person.posts == posts
        assert tx.people.get(person.id) == person
        assert tx.people.by_handle("many") == person
        assert tx.people.get(world.stranger.id) == world.stranger
        assert tx.people.get(999_999) is None
        assert tx.people.by_handle("nobody") is None
        assert tx.people.all()[0] == world.officer
        assert tx.people.all()[-1] == person


def test_a_handle_is_one_persons_only(store: Store, world: World) -> None:
    del world
    with pytest.raises(Conflict, match="officer"), store.begin() as tx:
        tx.people.add(handle="officer", name="Khác", locale="vi")


def test_who_is_at_a_unit(store: Store, world: World) -> None:
    with store.read() as tx:
        assert tx.people.at_unit(COMMUNE) == (world.officer, world.colleague, world.head)
        assert tx.people.at_unit(COMMUNE, Role.HEAD) == (world.head,)
        assert tx.people.at_unit(DEPARTMENT) == ()
        assert tx.people.at_units((COMMUNE, NEIGHBOUR), Role.OFFICER) == (
            world.officer,
            world.colleague,
            world.neighbour,
        )


def test_who_stands_above_a_unit(store: Store, world: World) -> None:
    with store.read() as tx:
        above = tx.people.overseers_of(COMMUNE)
        assert above == (world.reviewer, world.supervisor, world.council, world.administrator)
        assert tx.people.overseers_of(COMMUNE, Role.SUPERVISOR) == (world.supervisor,)
        assert tx.people.overseers_of(FAR_COMMUNE) == (world.far_supervisor,)
        # A person is never their own superior.
        assert tx.people.overseers_of(PROVINCE) == ()
        assert world.reviewer not in tx.people.overseers_of(DISTRICT)


def test_a_post_is_added_once(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.people.add_post(world.officer.id, OFFICER_NEXT_DOOR)
        tx.people.add_post(world.officer.id, OFFICER_NEXT_DOOR)
        officer = tx.people.get(world.officer.id)
    assert officer is not None
    assert officer.posts == (OFFICER_HERE, OFFICER_NEXT_DOOR)


def test_a_post_taken_away_is_no_longer_acted_as(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.addresses.set_acting(world.address.id, OFFICER_HERE)
        assert not tx.people.remove_post(world.officer.id, OFFICER_NEXT_DOOR)
        assert tx.addresses.of_person(world.officer.id)[0].acting == OFFICER_HERE
        assert tx.people.remove_post(world.officer.id, OFFICER_HERE)
        assert not tx.people.remove_post(world.officer.id, OFFICER_HERE)
        officer = tx.people.get(world.officer.id)
        assert officer is not None
        assert officer.posts == ()
        assert tx.addresses.of_person(world.officer.id)[0].acting is None
        assert tx.people.get(world.colleague.id) == world.colleague


def test_a_person_is_spoken_to_in_his_language(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.people.set_locale(world.officer.id, "en")
        officer = tx.people.get(world.officer.id)
        assert officer is not None
        assert officer.locale == "en"
        assert tx.people.get(world.colleague.id) == world.colleague


# Facts about the database itself


def test_a_demo_stays_a_demo(store: Store) -> None:
    with store.begin() as tx:
        assert not tx.about.is_demo()
        tx.about.mark_demo()
        tx.about.mark_demo()
    with store.read() as tx:
        assert tx.about.is_demo()


def test_settings_are_kept_by_scope(store: Store) -> None:
    with store.begin() as tx:
        assert tx.settings.get("", "send_from") is None
        tx.settings.set("", "send_from", '"07:30"')
        tx.settings.set("2021:84", "send_from", '"08:00"')
        tx.settings.set("2021:84", "send_from", '"08:15"')
        assert tx.settings.get("", "send_from") == '"07:30"'
        assert tx.settings.get("2021:84", "send_from") == '"08:15"'


def test_the_audit_lists_the_newest_first(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.audit.record(NOW, world.officer.id, "answered", "assessment:1", "I.5.b")
        tx.audit.record(NOW, None, "reminded", "occurrence:3")
        tx.audit.record(NOW, world.supervisor.id, "asked", "unit:2021:29416")
        entries = tx.audit.listing()
        assert [one.action for one in entries] == ["asked", "reminded", "answered"]
        assert entries[2].detail == "I.5.b"
        assert entries[1].person_id is None
        assert tx.audit.listing(limit=1) == entries[:1]
        assert tx.audit.listing(person_id=world.officer.id) == entries[2:]
        assert tx.audit.listing(action="reminded", subject="occurrence:3") == entries[1:2]
        assert tx.audit.listing(action="reminded", subject="occurrence:4") == ()
