"""The file of revocations and the database: each gets what it lacks, once."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.cards import saying
from domain.messages import Lane, Outgoing
from storage.revoked.applying import Applied
from storage.revoked.journal import NIGHTS, Journal
from storage.revoked.lines import Kind, read, write
from tests.storage.putting_back import LAST, LATER, Installation, notice, reopened, send_all
from tests.storage.world import NOW, people_a_world


def test_nothing_is_done_to_a_database_that_was_not_put_back(installation: Installation) -> None:
    with installation.open() as store:
        world = people_a_world(store)
        with store.begin() as tx:
            tx.addresses.retire(world.address.id, "access ended: lost", LATER)
            tx.outbox.queue(world.address.id, Lane.REPLY, Outgoing(cards=saying("waits")), NOW)
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        assert tx.outbox.waiting() == 1
        # Linked again by a new code after it was locked.
        tx.addresses.link("zalo", "bot-1", "user-1", world.officer.id, LAST)
    assert applied is None
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        assert len(tx.addresses.of_person(world.officer.id)) == 1
    assert applied is None


def test_a_copy_is_worked_on_once_and_not_at_every_start(installation: Installation) -> None:
    with installation.open() as store:
        world = people_a_world(store)
    put_back = installation.copy()
    with installation.open() as store:
        with store.begin() as tx:
            tx.outbox.queue_many([notice(world, None)], NOW)
        send_all(store)
        with store.begin() as tx:
            tx.addresses.retire(world.address.id, "access ended: lost", LATER)
    put_back()
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        tx.addresses.link("zalo", "bot-1", "user-1", world.officer.id, LAST)
        tx.outbox.queue(world.address.id, Lane.REPLY, Outgoing(cards=saying("waits")), LAST)
    assert applied == Applied(addresses=1)
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        assert tx.outbox.waiting() == 1
        assert len(tx.addresses.of_person(world.officer.id)) == 1
    assert applied is None


def test_an_older_copy_after_that_is_worked_on_again(installation: Installation) -> None:
    with installation.open() as store:
        world = people_a_world(store)
    again = installation.copy()
    with installation.open() as store, store.begin() as tx:
        tx.addresses.retire(world.address.id, "access ended: lost", LATER)
    store, _ = reopened(installation)
    store.close()
    again()
    store, applied = reopened(installation)
    store.close()
    assert applied == Applied(addresses=1)


def test_what_a_killed_process_could_not_add_to_the_file_is_added_at_the_next_start(
    installation: Installation,
) -> None:
    with installation.open() as store:
        world = people_a_world(store)
        with store.begin() as tx:
            tx.addresses.retire(world.address.id, "access ended: lost", LATER)
    before = installation.journal.read_text(encoding="utf-8")
    installation.journal.unlink()
    store, applied = reopened(installation)
    store.close()
    assert applied is None
    assert installation.journal.read_text(encoding="utf-8") == before


def test_what_was_rolled_back_is_in_neither(installation: Installation) -> None:
    with installation.open() as store:
        world = people_a_world(store)

        def fail() -> None:
            with store.begin() as tx:
                tx.addresses.retire(world.address.id, "access ended: lost", LATER)
                raise ZeroDivisionError

        with pytest.raises(ZeroDivisionError):
            fail()
        assert not list(installation.folder.glob("*-revoked"))
    store, applied = reopened(installation)
    with store, store.read() as tx:
        assert len(tx.addresses.of_person(world.officer.id)) == 1
    assert applied is None


def test_a_file_that_cannot_be_written_fails_no_turn_and_is_completed_later(
    installation: Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    with installation.open() as store:
        world = people_a_world(store)

        def full(*_: object, **__: object) -> None:
            raise OSError(28, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(Journal, "_append", full)
            with store.begin() as tx:
                tx.addresses.retire(world.address.id, "access ended: lost", LATER)
        with store.begin() as tx:
            tx.web.add_code("QRSTUVWXYZ", person_id=world.officer.id, expires_at=LAST)
            tx.web.use_code("QRSTUVWXYZ", NOW)
    kinds = [line.split()[0] for line in installation.journal.read_text().splitlines()]
    assert kinds == ["address", "code"]


def test_old_nights_are_forgotten_in_the_file_before_the_database(
    installation: Installation,
) -> None:
    with installation.open() as store:
        world = people_a_world(store)
        for night in range(NIGHTS + 2):
            with store.begin() as tx:
                tx.web.add_code("QRSTUVWXYZ", person_id=world.officer.id, expires_at=LAST)
                tx.web.use_code("QRSTUVWXYZ", NOW)
            store.tidy_revocations(NOW.date() + timedelta(days=night))
        lines = installation.journal.read_text().splitlines()
        assert sum(line.startswith("night ") for line in lines) == NIGHTS
        assert sum(line.startswith("code ") for line in lines) == NIGHTS
        # A clock that jumped ahead by a year deletes one night, like every night.
        store.tidy_revocations(NOW.date() + timedelta(days=9_999))
        assert store.apply_revocations(LAST) is None


# Lines

PEPPER = b"a pepper"


@pytest.mark.parametrize(
    "about", [("x",), ("", "y"), ("a b", "ú:>/+", ""), ("2026-11-22T01:30:00+00:00",)]
)
def test_a_line_says_what_was_written(about: tuple[str, ...]) -> None:
    found = read(write(Kind.SENT, about, PEPPER), PEPPER)
    assert found is not None
    assert (found.kind, found.about) == (Kind.SENT, about)


def test_a_torn_changed_or_foreign_line_says_nothing() -> None:
    line = write(Kind.CODE, ("0123456789abcdef",), PEPPER)
    assert all(read(line[:end], PEPPER) is None for end in range(len(line)))
    assert read(line.replace("code", "session"), PEPPER) is None
    assert read(line, b"another") is None


def test_a_torn_line_does_not_take_the_next_one_along(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "x-revoked")
    journal.path.write_text(write(Kind.CODE, ("1",), PEPPER)[:-3], encoding="utf-8")
    journal.add([write(Kind.CODE, ("2",), PEPPER)])
    found = [read(line, PEPPER) for line in journal.lines()]
    assert [one and one.about for one in found] == [None, ("2",)]


def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "x-revoked")
    journal.add(["line"])
    assert journal.path.stat().st_mode & 0o777 == 0o600
