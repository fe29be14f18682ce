"""One-time codes, strangers, and addresses that move to another person."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.people import Invitation, Post, Role
from storage import Store
from storage.codes import hash_code, normal_code
from tests.storage.world import COMMUNE, NEIGHBOUR, NOW, World

POST = Post(role=Role.OFFICER, unit=NEIGHBOUR)
TOMORROW = NOW + timedelta(days=1)

# Codes


def test_a_code_opens_once(store: Store, world: World) -> None:
    with store.begin() as tx:
        hashed = tx.invitations.hash("ABCDE-FGHIJ")
        invitation_id = tx.invitations.invite(world.stranger.id, POST, hashed, TOMORROW)
        found = tx.invitations.find(tx.invitations.hash("abcdefghij"))
        assert found == Invitation(
            id=invitation_id, person_id=world.stranger.id, post=POST, expires_at=TOMORROW
        )
        assert tx.invitations.use(invitation_id, NOW)
        assert not tx.invitations.use(invitation_id, NOW)
        assert tx.invitations.find(hashed) is None


def test_a_wrong_code_finds_nothing(store: Store, world: World) -> None:
    with store.begin() as tx:
        hashed = tx.invitations.hash("ABCDEFGHIJ")
        tx.invitations.invite(world.stranger.id, POST, hashed, TOMORROW)
        assert tx.invitations.find(tx.invitations.hash("ABCDEFGHIK")) is None


def test_an_expired_code_is_not_used(store: Store, world: World) -> None:
    with store.begin() as tx:
        hashed = tx.invitations.hash("ABCDEFGHIJ")
        invitation_id = tx.invitations.invite(world.stranger.id, POST, hashed, TOMORROW)
        assert not tx.invitations.use(invitation_id, TOMORROW)
        assert tx.invitations.use(invitation_id, TOMORROW - timedelta(seconds=1))


def test_a_withdrawn_code_is_not_used(store: Store, world: World) -> None:
    with store.begin() as tx:
        hashed = tx.invitations.hash("ABCDEFGHIJ")
        invitation_id = tx.invitations.invite(world.stranger.id, POST, hashed, TOMORROW)
        assert tx.invitations.withdraw_of(world.stranger.id, NOW) == 1
        assert tx.invitations.withdraw_of(world.stranger.id, NOW) == 0
        assert tx.invitations.find(hashed) is None
        assert not tx.invitations.use(invitation_id, NOW)


@pytest.mark.parametrize("typed", ["abcdef2oib", " ABCDE F201B ", "ABC-DEF-2OI8", "abcde_f2o1b"])
def test_a_code_is_read_as_it_was_made(typed: str) -> None:
    assert normal_code(typed) == "ABCDEF2OIB"


def test_a_hash_needs_the_pepper() -> None:
    assert hash_code("ABCDEFGHIJ", b"one") != hash_code("ABCDEFGHIJ", b"two")
    assert "ABCDEFGHIJ" not in hash_code("ABCDEFGHIJ", b"one")


def test_tries_are_counted_by_the_hour_and_address(store: Store) -> None:
    with store.begin() as tx:
        tries = [tx.invitations.count_attempt("zalo", "", "x", NOW) for _ in range(3)]
        assert tries == [1, 2, 3]
        assert tx.invitations.count_attempt("zalo", "", "y", NOW) == 1
        assert tx.invitations.count_attempt("telegram", "", "x", NOW) == 1
        later = NOW + timedelta(minutes=59)
        assert tx.invitations.count_attempt("zalo", "", "x", later) == 4
        over = NOW + timedelta(hours=1)
        assert tx.invitations.count_attempt("zalo", "", "x", over) == 1


# Strangers


def test_a_stranger_is_answered_once_a_day_in_viet_nam(store: Store) -> None:
    # 22/11/2026 08:30 in Viet Nam; midnight there is 17:00 UTC.
    asked = [NOW, NOW + timedelta(hours=15), NOW + timedelta(hours=16), NOW + timedelta(hours=17)]
    with store.begin() as tx:
        answers = [tx.addresses.may_answer_stranger("zalo", "", "x", moment) for moment in asked]
        assert answers == [True, False, True, False]
        assert tx.addresses.may_answer_stranger("zalo", "", "y", NOW)


def test_trying_a_code_does_not_silence_the_answer(store: Store) -> None:
    with store.begin() as tx:
        tx.invitations.count_attempt("zalo", "", "x", NOW)
        assert tx.addresses.may_answer_stranger("zalo", "", "x", NOW)
        assert tx.invitations.count_attempt("zalo", "", "x", NOW) == 2


# Addresses


def test_an_unknown_address_is_nobodys(store: Store, world: World) -> None:
    with store.begin() as tx:
        assert tx.addresses.lock("zalo", "bot-1", "user-2") is None
        assert tx.addresses.lock("zalo", "bot-2", "user-1") is None
        assert tx.addresses.lock("zalo", "bot-1", "user-1") == world.address


def test_what_is_open_at_an_address_is_kept_there(store: Store, world: World) -> None:
    post = Post(role=Role.OFFICER, unit=COMMUNE)
    with store.begin() as tx:
        other = tx.addresses.link("web", "", "1", world.officer.id, NOW)
        tx.addresses.set_menu(world.address.id, "q:I.5.b")
        tx.addresses.set_acting(world.address.id, post)
        found = tx.addresses.lock("zalo", "bot-1", "user-1")
        assert found is not None
        assert (found.menu, found.acting) == ("q:I.5.b", post)
        assert tx.addresses.get(other.id) == other
        tx.addresses.set_menu(world.address.id, None)
        tx.addresses.set_acting(world.address.id, None)
        assert tx.addresses.get(world.address.id) == world.address


def test_a_person_has_several_addresses(store: Store, world: World) -> None:
    with store.begin() as tx:
        web = tx.addresses.link("web", "", "1", world.officer.id, NOW)
        head = tx.addresses.link("web", "", "2", world.head.id, NOW)
        assert tx.addresses.of_person(world.officer.id) == (world.address, web)
        people = (world.officer.id, world.head.id, world.stranger.id)
        assert tx.addresses.of_people(people) == (world.address, web, head)


def test_a_retired_address_is_linked_again_with_its_history(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.addresses.retire(world.address.id, "blocked us", NOW)
        assert tx.addresses.of_person(world.officer.id) == ()
        retired = tx.addresses.lock("zalo", "bot-1", "user-1")
        assert retired is not None
        assert retired.retired_at == NOW
        again = tx.addresses.link("zalo", "bot-1", "user-1", world.officer.id, TOMORROW)
        assert again == replace(world.address, linked_at=TOMORROW)
        assert tx.addresses.of_person(world.officer.id) == (again,)


def test_linking_twice_is_linking_once(store: Store, world: World) -> None:
    with store.begin() as tx:
        again = tx.addresses.link("zalo", "bot-1", "user-1", world.officer.id, TOMORROW)
    assert again == world.address


def test_an_address_that_changes_hands_shows_nothing_of_before(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.outbox.echo(world.address.id, "của người trước", NOW)
        new = tx.addresses.link("zalo", "bot-1", "user-1", world.neighbour.id, TOMORROW)
        assert new.id != world.address.id
        assert tx.addresses.lock("zalo", "bot-1", "user-1") == new
        assert tx.addresses.of_person(world.officer.id) == ()
        assert tx.outbox.history(new.id) == ()
        assert len(tx.outbox.history(world.address.id)) == 1
        # Linked back: the first person gets their own address row again.
        back = tx.addresses.link("zalo", "bot-1", "user-1", world.officer.id, TOMORROW)
        assert tx.addresses.lock("zalo", "bot-1", "user-1") == back
        assert back.person_id == world.officer.id
