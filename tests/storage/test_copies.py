"""A copy is complete and its content is reported, or there is no copy."""

import sqlite3
from pathlib import Path

import pytest

from storage import Damaged, NotADatabase, Problem, Store, contents, copy_sqlite, migrate
from storage.files import wal
from storage.revisions import HEAD
from tests.storage.world import NOW, people_a_world

DAMAGE = 4_096


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "antt.db"
    migrate(str(made))
    with Store(str(made)) as store:
        people_a_world(store)
    return made


def test_a_copy_holds_what_the_original_holds(file: Path, tmp_path: Path) -> None:
    copied = copy_sqlite(str(file), tmp_path / "copy.db")
    assert copied.revision == HEAD
    assert copied.rows["person"] == 10
    assert contents(tmp_path / "copy.db") == copied
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.db"]


def test_a_copy_has_a_log_mark_of_its_own(file: Path, tmp_path: Path) -> None:
    copy_sqlite(str(file), tmp_path / "copy.db")
    marks = {wal._token_below(one) for one in (file, tmp_path / "copy.db")}
    assert len(marks) == 2


def test_a_database_of_another_version_is_copied_as_it_is(file: Path, tmp_path: Path) -> None:
    for revision in ("0004", "9999"):
        connection = sqlite3.connect(file)
        with connection:
            connection.execute("UPDATE alembic_version SET version_num = ?", (revision,))
        connection.close()
        copied = copy_sqlite(str(file), tmp_path / f"{revision}.db")
        assert copied.revision == revision
        assert contents(file).revision == revision


def test_a_damaged_database_gives_no_copy(file: Path, tmp_path: Path) -> None:
    size = file.stat().st_size
    found = 0
    whole = file.read_bytes()
    for page in range(2, size // DAMAGE, 7):
        with file.open("r+b") as raw:
            raw.seek(page * DAMAGE)
            raw.write(b"\x05" * DAMAGE)
        copy = tmp_path / f"copy-{page}.db"
        with pytest.raises((Damaged, NotADatabase)):
            copy_sqlite(str(file), copy)
        assert not list(tmp_path.glob(f"{copy.name}*"))
        file.write_bytes(whole)
        found += 1
    assert found > 5


def test_rows_that_refer_to_nothing_are_damage(file: Path, tmp_path: Path) -> None:
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("DELETE FROM person WHERE handle = 'officer'")
    connection.close()
    with pytest.raises(Damaged, match="refers to a missing person"):
        copy_sqlite(str(file), tmp_path / "copy.db")


@pytest.mark.parametrize("what", ["other", "text"])
def test_what_is_not_ours_is_not_copied(tmp_path: Path, what: str) -> None:
    file = tmp_path / "theirs.db"
    if what == "text":
        file.write_text("tình hình " * 1_000, encoding="utf-8")
    else:
        connection = sqlite3.connect(file)
        connection.execute("CREATE TABLE bookmarks (url TEXT)")
        connection.close()
    with pytest.raises(NotADatabase) as caught:
        copy_sqlite(str(file), tmp_path / "copy.db")
    assert caught.value.problem in {Problem.NOT_OURS, Problem.DAMAGED}
    assert not (tmp_path / "copy.db").exists()


def test_a_copy_has_no_message_that_waits_for_its_turn(file: Path, tmp_path: Path) -> None:
    with Store(str(file)) as store, store.begin() as tx:
        for number in range(3):
            tx.inbox.park("zalo", "mot", f"d{number}", f'"dang theo doi {number}"', NOW)
        first, *_ = tx.inbox.parked()
        assert tx.inbox.unpark(first.id)
    target = tmp_path / "copy.db"
    copy_sqlite(str(file), target)
    written = target.read_bytes()
    assert b"dang theo doi" not in written
    with Store(str(file)) as store, store.read() as tx:
        assert len(tx.inbox.parked()) == 2
