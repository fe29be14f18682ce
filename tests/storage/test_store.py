"""A transaction is all or nothing, a read-only one changes nothing, and times stay exact."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from domain.people import Post, Role
from storage import NotADatabase, Problem, Store, Unavailable, engines, migrate
from tests.storage.world import COMMUNE, NOW, UNITS, World, unit_id


class Interrupted(Exception):
    """An error in the middle."""


def test_an_exception_takes_everything_back(store: Store) -> None:
    def half() -> None:
        with store.begin() as tx:
            tx.units.add_many(UNITS)
            tx.settings.set("", "quiet", "1")
            raise Interrupted

    with pytest.raises(Interrupted):
        half()
    with store.read() as tx:
        assert tx.units.get(COMMUNE) is None
        assert tx.settings.get("", "quiet") is None


def test_a_reading_transaction_cannot_write(store: Store, world: World) -> None:
    with pytest.raises((DBAPIError, Unavailable)), store.read() as tx:
        tx.people.set_locale(world.officer.id, "en")
    with store.read() as tx:
        assert tx.people.get(world.officer.id) == world.officer


def test_a_reading_transaction_sees_one_state(store: Store, world: World) -> None:
    with store.read() as reading:
        assert reading.people.get(world.officer.id) == world.officer
        with store.begin() as tx:
            tx.people.set_locale(world.officer.id, "en")
        assert reading.people.get(world.officer.id) == world.officer
    with store.read() as tx:
        assert tx.people.get(world.officer.id) == replace(world.officer, locale="en")


def test_foreign_keys_hold(store: Store, world: World) -> None:
    with pytest.raises(IntegrityError), store.begin() as tx:
        tx.people.add_post(world.officer.id, Post(role=Role.OFFICER, unit=unit_id("nowhere")))


def test_no_value_of_a_row_gets_into_an_exception(store: Store, world: World) -> None:
    del world
    with pytest.raises(IntegrityError) as caught, store.begin() as tx:
        tx.addresses.link("zalo", "", "0912345678", 999_999, NOW)
    # PostgreSQL's message contains the missing key, but no other value.
    assert "0912345678" not in str(caught.value)


def test_a_moment_keeps_its_instant_whatever_its_zone(store: Store, world: World) -> None:
    moment = datetime(2026, 11, 22, 7, 30, 15, 123_456, timezone(timedelta(hours=7)))
    with store.begin() as tx:
        tx.audit.record(moment, world.officer.id, "asked", "unit")
    with store.read() as tx:
        if store.url.startswith("postgresql"):
            # As with a connection pooler, which may drop the time zone that we set.
            tx._connection.execute(text("SET TIME ZONE 'Asia/Ho_Chi_Minh'"))
        (entry,) = tx.audit.listing()
    assert entry.at == moment
    assert entry.at.tzinfo is UTC


def test_a_moment_without_zone_is_refused(store: Store, world: World) -> None:
    del world
    with pytest.raises(Exception, match="without a time zone"), store.begin() as tx:
        tx.audit.record(NOW.replace(tzinfo=None), None, "asked", "unit")


def test_a_store_of_a_path_is_the_store_of_its_url(tmp_path: Path) -> None:
    file = tmp_path / "a b%20ế.db"
    migrate(str(file))
    with Store(str(file)) as store:
        assert store.place == str(file)
        with Store(store.url) as again, again.begin() as tx:
            tx.about.mark_demo()
        with store.read() as tx:
            assert tx.about.is_demo()


def test_each_database_mixes_its_own_pepper_into_codes(tmp_path: Path) -> None:
    hashes = []
    for name in ("one.db", "two.db"):
        migrate(str(tmp_path / name))
        with Store(str(tmp_path / name)) as store, store.read() as tx:
            hashes.append(tx.invitations.hash("ABCDEFGHIJ"))
    assert hashes[0] != hashes[1]


# SQLite


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "antt.db"
    migrate(str(made))
    return made


def test_sqlite_is_set_as_promised(file: Path) -> None:
    wanted = {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5_000}
    with Store(str(file)) as store, store.begin() as tx:
        found = {
            name: tx._connection.execute(text(f"PRAGMA {name}")).scalar_one() for name in wanted
        }
    assert found == wanted


def test_a_file_locked_too_long_is_unavailable(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 20)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with (
        Store(str(file)) as store,
        pytest.raises(Unavailable, match="locked"),
        store.begin(),
    ):
        pass
    other.close()


def test_reading_does_not_wait_for_a_writer(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "BUSY_TIMEOUT_MS", 20)
    other = sqlite3.connect(file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with Store(str(file)) as store, store.read() as tx:
        assert not tx.about.is_demo()
    other.close()


def test_damage_found_while_working_is_named(file: Path) -> None:
    with Store(str(file)) as store:
        size = file.stat().st_size
        with file.open("r+b") as raw:
            raw.seek(4_096)
            raw.write(b"\xff" * (size - 4_096))
        with pytest.raises(NotADatabase) as caught, store.begin() as tx:
            tx.units.add_many(UNITS)
    assert caught.value.problem is Problem.DAMAGED
