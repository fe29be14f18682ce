"""Revocations stay valid after a restore of an older copy of the database."""

from collections.abc import Callable
from datetime import timedelta

from domain.people import Post, Role
from storage import Tx
from storage.revoked.applying import Applied
from tests.storage.putting_back import LAST, LATER, Installation, reopened
from tests.storage.world import COMMUNE, NOW, World, people_a_world

OFFICER_POST = Post(role=Role.OFFICER, unit=COMMUNE)


def _lived(installation: Installation, change: Callable[[Tx, World], None]) -> World:
    """Test data, a copy of it, then a change; then the copy is restored."""
    with installation.open() as store:
        world = people_a_world(store)
        with store.begin() as tx:
            tx.web.start_session(
                "token-1",
                person_id=world.officer.id,
                device="phone",
                now=NOW,
                idle=timedelta(days=30),
                lifetime=timedelta(days=90),
                most=8,
            )
            tx.invitations.invite(world.colleague.id, OFFICER_POST, _hash(tx), LAST)
            tx.web.add_code("QRSTUVWXYZ", person_id=world.officer.id, expires_at=LAST)
            tx.mail_claims.claim(world.head.id, "head@example.vn", "MAILCODE22", LAST)
    put_back = installation.copy()
    with installation.open() as store, store.begin() as tx:
        change(tx, world)
    put_back()
    return world


def _hash(tx: Tx) -> str:
    return tx.invitations.hash("ABCDEFGHIJ")


def test_a_used_code_stays_used(installation: Installation) -> None:
    def use(tx: Tx, _: World) -> None:
        found = tx.invitations.find(_hash(tx))
        assert found is not None
        assert tx.invitations.use(found.id, LATER)

    _lived(installation, use)
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        assert tx.invitations.find(_hash(tx)) is None
    assert applied == Applied(codes=1)


def test_a_withdrawn_code_stays_withdrawn(installation: Installation) -> None:
    def withdraw(tx: Tx, world: World) -> None:
        assert tx.invitations.withdraw_of(world.colleague.id, LATER) == 1

    _lived(installation, withdraw)
    store, _ = reopened(installation)
    with store, store.begin() as tx:
        assert tx.invitations.find(_hash(tx)) is None


def test_codes_made_by_people_themselves_stay_used(installation: Installation) -> None:
    def use(tx: Tx, world: World) -> None:
        assert tx.web.use_code("QRSTU-VWXYZ", LATER) == world.officer.id
        assert tx.mail_claims.use(world.head.id, "MAILCODE22", LATER, most_tries=3) is not None

    world = _lived(installation, use)
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        assert tx.web.use_code("QRSTU-VWXYZ", LATER) is None
        assert tx.mail_claims.use(world.head.id, "MAILCODE22", LATER, most_tries=3) is None
    assert applied == Applied(codes=2)


def test_a_locked_phone_stays_locked_for_the_same_reason(installation: Installation) -> None:
    _lived(
        installation,
        lambda tx, world: tx.addresses.retire(world.address.id, "access ended: lost", LATER),
    )
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        found = tx.addresses.lock("zalo", "bot-1", "user-1")
    assert found is not None
    assert (found.retired_at, found.retired_reason) == (LATER, "access ended: lost")
    assert applied == Applied(addresses=1)


def test_what_a_service_said_about_an_address_is_not_kept(installation: Installation) -> None:
    _lived(
        installation,
        lambda tx, world: tx.addresses.retire(world.address.id, "Bad Request: 0912345678", LATER),
    )
    assert "0912345678" not in installation.journal.read_text(encoding="utf-8")
    store, _ = reopened(installation)
    with store, store.begin() as tx:
        found = tx.addresses.lock("zalo", "bot-1", "user-1")
    assert found is not None
    assert found.retired_at == LATER


def test_an_ended_session_stays_ended(installation: Installation) -> None:
    def end(tx: Tx, world: World) -> None:
        assert tx.web.end_all(world.officer.id) == 1

    _lived(installation, end)
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        assert tx.web.session("token-1", LATER) is None
    assert applied == Applied(sessions=1, codes=1)


def test_a_post_that_was_taken_away_stays_away(installation: Installation) -> None:
    def take(tx: Tx, world: World) -> None:
        assert tx.people.remove_post(world.officer.id, OFFICER_POST)

    world = _lived(installation, take)
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        officer = tx.people.get(world.officer.id)
    assert officer is not None
    assert officer.posts == ()
    assert applied == Applied(posts=1)


def test_the_only_administrator_keeps_the_post_and_loses_the_phone(
    installation: Installation,
) -> None:
    def replace(tx: Tx, world: World) -> None:
        (post,) = world.administrator.posts
        phone = tx.addresses.of_person(world.administrator.id)[0]
        tx.people.remove_post(world.administrator.id, post)
        tx.addresses.retire(phone.id, "access ended: replaced", LATER)
        tx.people.add(handle="new", name="New", locale="vi", posts=(post,))

    with installation.open() as store:
        world = people_a_world(store)
        with store.begin() as tx:
            tx.addresses.link("zalo", "", "admin", world.administrator.id, NOW)
    put_back = installation.copy()
    with installation.open() as store, store.begin() as tx:
        replace(tx, world)
    put_back()
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        administrator = tx.people.get(world.administrator.id)
        assert administrator is not None
        assert administrator.holds(Role.ADMINISTRATOR)
        assert tx.addresses.of_person(world.administrator.id) == ()
    assert applied == Applied(addresses=1, kept_posts=1)


def test_a_joining_that_was_undone_stays_undone(installation: Installation) -> None:
    with installation.open() as store:
        world = people_a_world(store)
        with store.begin() as tx:
            invitation = tx.invitations.invite(world.officer.id, OFFICER_POST, _hash(tx), LAST)
            tx.invitations.use(invitation, NOW)
            joining = tx.joinings.add(
                world.officer.id, world.address.id, invitation, OFFICER_POST, NOW, post_added=False
            )
    put_back = installation.copy()
    with installation.open() as store, store.begin() as tx:
        assert tx.joinings.undo(joining.id, world.head.id, LATER)
    put_back()
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        found = tx.joinings.get(joining.id)
    assert found is not None
    assert found.undone_at == LATER
    assert applied == Applied(joinings=1)


def _lock(reason: str) -> Callable[[Tx, World], None]:
    return lambda tx, world: tx.addresses.retire(world.address.id, reason, LATER)
