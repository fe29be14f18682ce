"""Copies, upgrades and restores, as an operator calls them."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from bot.commands import DONE, MISUSE, NO
from domain.messages import Lane
from storage import HEAD, Store, current_revision
from storage.files import wal
from tests.bot.calling import Antt
from tests.storage.older import as_of_0009

TALK = ("--as", "can-bo", "--at", "2024-11-20T08:00")
ANSWERS = "làm tiếp\n1\n12-NQ/ĐU\n05/03/2024\n"


def _setting(file: Path, key: str) -> str | None:
    with Store(str(file)) as store, store.read() as tx:
        return tx.settings.get("", key)


def _set(file: Path, key: str) -> None:
    with Store(str(file)) as store, store.begin() as tx:
        tx.settings.set("", key, '"yes"')


@pytest.fixture
def copy(antt: Antt, demo_file: Path, tmp_path: Path) -> Path:
    """A backup of the demo, before any conversation in it."""
    made = tmp_path / "kept" / "copy.db"
    made.parent.mkdir()
    assert antt("backup", "--db", str(demo_file), "--to", str(made)).code == DONE
    return made


# antt migrate, antt backup


def test_migrate_names_the_copy_it_made(antt: Antt, demo_file: Path) -> None:
    as_of_0009(demo_file)
    said = antt("migrate", "--db", str(demo_file))
    assert said.code == DONE
    (made,) = demo_file.parent.glob("demo.db.0009-*")
    assert str(made) in said.out
    assert current_revision(str(made)) == "0009"
    assert current_revision(str(demo_file)) == HEAD


def test_migrate_of_this_version_makes_no_copy(antt: Antt, demo_file: Path) -> None:
    said = antt("migrate", "--db", str(demo_file))
    assert (said.code, "không phải nâng cấp" in said.out) == (DONE, True)
    assert not list(demo_file.parent.glob("demo.db.0*"))


def test_a_damaged_database_is_not_migrated(antt: Antt, demo_file: Path) -> None:
    as_of_0009(demo_file)
    connection = sqlite3.connect(demo_file)
    connection.execute("PRAGMA foreign_keys = OFF")
    with connection:
        connection.execute("DELETE FROM person WHERE handle = 'can-bo'")
    connection.close()
    said = antt("migrate", "--db", str(demo_file))
    assert (said.code, "bị hỏng" in said.err) == (MISUSE, True)
    assert current_revision(str(demo_file)) == "0009"
    assert not list(demo_file.parent.glob("demo.db.0*"))


def test_a_database_of_a_newer_version_is_refused_with_one_sentence(
    antt: Antt, demo_file: Path, tmp_path: Path
) -> None:
    connection = sqlite3.connect(demo_file)
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    for command in (("people",), ("migrate",), ("chat", *TALK)):
        said = antt(*command, "--db", str(demo_file))
        assert (said.code, "hãy cập nhật chương trình" in said.err) == (MISUSE, True)
    assert not list(demo_file.parent.glob("demo.db.9*")), "a refusal makes no copy"
    assert antt("backup", "--db", str(demo_file), "--to", str(tmp_path / "c.db")).code == DONE
    assert current_revision(str(tmp_path / "c.db")) == "9999"


def test_a_backup_says_what_is_in_it_and_migrates_nothing(
    antt: Antt, demo_file: Path, tmp_path: Path
) -> None:
    as_of_0009(demo_file)
    said = antt("backup", "--db", str(demo_file), "--to", str(tmp_path / "c.db"))
    assert said.code == DONE
    assert "phiên bản 0009" in said.out
    assert "câu trả lời: 3466" in said.out
    assert {current_revision(str(one)) for one in (demo_file, tmp_path / "c.db")} == {"0009"}


def test_a_backup_of_a_damaged_database_is_none(
    antt: Antt, demo_file: Path, tmp_path: Path
) -> None:
    with demo_file.open("r+b") as raw:
        raw.seek(40 * 4_096)
        raw.write(b"\x05" * 4_096)
    said = antt("backup", "--db", str(demo_file), "--to", str(tmp_path / "c.db"))
    assert (said.code, "Không sao lưu được" in said.err) == (NO, True)
    assert not list(tmp_path.glob("c.db*"))


# antt restore


def test_restore_says_whose_answers_are_lost_and_asks(
    antt: Antt, demo_file: Path, copy: Path
) -> None:
    antt("chat", "--db", str(demo_file), *TALK, typed=ANSWERS)
    before = demo_file.read_bytes()
    said = antt("restore", "--db", str(demo_file), str(copy), typed="không\n")
    assert said.code == NO
    assert "1 câu trả lời của Cán bộ Công an xã (dùng thử) (can-bo), Mỹ Long Bắc 2024" in said.out
    assert "I.1.a" in said.out
    assert demo_file.read_bytes() == before
    assert sorted(path.name for path in demo_file.parent.glob("demo.db*")) == [
        "demo.db",
        "demo.db-lock",
    ]


@pytest.mark.parametrize("word", ["ĐỒNG Ý", "đồng ý.", "dong y"])
def test_restore_keeps_the_old_files_and_puts_the_copy_in_place(
    antt: Antt, demo_file: Path, copy: Path, word: str
) -> None:
    _set(demo_file, "later")
    said = antt("restore", "--db", str(demo_file), str(copy), typed=f"{word}\n")
    assert said.code == DONE
    (aside,) = demo_file.parent.glob("demo.db.before-restore-*")
    assert str(aside) in said.out
    assert (_setting(aside, "later"), _setting(demo_file, "later")) == ('"yes"', None)


def test_the_officer_is_told_which_of_his_answers_are_gone(
    antt: Antt, demo_file: Path, copy: Path
) -> None:
    antt("chat", "--db", str(demo_file), *TALK, typed=ANSWERS)
    said = antt("restore", "--db", str(demo_file), str(copy), "--yes")
    assert "Đã báo 1 người" in said.out
    with Store(str(demo_file)) as store, store.read() as tx:
        (told,) = [one for one in tx.outbox.listing() if "không còn" in one.outgoing.text]
    assert told.lane is Lane.NOTICE
    assert "I.1.a" in told.outgoing.text


def test_a_log_that_is_not_the_copys_is_moved_aside_too(
    antt: Antt, demo_file: Path, copy: Path, tmp_path: Path
) -> None:
    # Files left by a killed process, and an attempt to restore the copy by hand.
    with Store(str(demo_file)) as store:
        with store.begin() as tx:
            tx.settings.set("", "later", '"yes"')
        left = wal.log_of(demo_file).read_bytes()
    shutil.copyfile(copy, demo_file)
    wal.log_of(demo_file).write_bytes(left)
    refused = antt("people", "--db", str(demo_file))
    assert (refused.code, "antt restore" in refused.err) == (MISUSE, True)
    said = antt("restore", "--db", str(demo_file), str(copy), "--yes")
    assert said.code == DONE
    assert "Không đọc được" in said.out
    assert len(list(tmp_path.glob("demo.db.before-restore-*-wal"))) == 1
    assert not wal.log_of(demo_file).exists()
    assert _setting(demo_file, "later") is None


def test_restore_into_a_place_where_nothing_is(antt: Antt, copy: Path, tmp_path: Path) -> None:
    new = tmp_path / "new.db"
    said = antt("restore", "--db", str(new), str(copy), "--yes")
    assert said.code == DONE
    assert antt("people", "--db", str(new)).code == DONE


def test_a_database_in_use_is_not_replaced(antt: Antt, demo_file: Path, copy: Path) -> None:
    with Store(str(demo_file)):
        said = antt("restore", "--db", str(demo_file), str(copy), "--yes")
    assert (said.code, "đang được sử dụng" in said.err) == (MISUSE, True)
    assert not list(demo_file.parent.glob("*before*"))


def test_only_a_whole_copy_of_ours_of_a_version_we_know_is_put_back(
    antt: Antt, demo_file: Path, copy: Path, tmp_path: Path
) -> None:
    before = demo_file.read_bytes()
    whole = copy.read_bytes()
    newer = tmp_path / "newer.db"
    shutil.copyfile(copy, newer)
    connection = sqlite3.connect(newer)
    with connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    copy.write_bytes(whole[: 40 * 4_096] + b"\x05" * 4_096 + whole[41 * 4_096 :])
    text = tmp_path / "text.db"
    text.write_text("không phải cơ sở dữ liệu", encoding="utf-8")
    for wrong in (copy, newer, text, tmp_path / "missing.db", demo_file):
        said = antt("restore", "--db", str(demo_file), str(wrong), "--yes")
        assert said.code == MISUSE, wrong
        assert len(said.err.strip().splitlines()) == 1
    assert demo_file.read_bytes() == before


def test_an_older_copy_is_put_back_and_then_migrated(
    antt: Antt, demo_file: Path, copy: Path
) -> None:
    as_of_0009(copy)
    said = antt("restore", "--db", str(demo_file), str(copy), "--yes")
    assert (said.code, "antt migrate" in said.out) == (DONE, True)
    assert antt("people", "--db", str(demo_file)).code == MISUSE
    assert antt("migrate", "--db", str(demo_file)).code == DONE
    assert antt("people", "--db", str(demo_file)).code == DONE


@pytest.mark.postgres
def test_on_postgresql_restore_says_how_and_then_applies_what_was_revoked(
    antt: Antt, demo_postgres: str, copy: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTT_DATA_FOLDER", str(tmp_path / "data"))
    said = antt("restore", "--db", demo_postgres, str(copy))
    assert (said.code, "pg_restore" in said.err) == (MISUSE, True)
    said = antt("restore", "--db", demo_postgres, "--after")
    assert (said.code, "Thu hồi lại" in said.out) == (DONE, True)
    (kept,) = (tmp_path / "data").iterdir()
    assert kept.name.endswith("-revoked")


@pytest.mark.postgres
def test_on_postgresql_a_folder_that_cannot_be_written_is_told_at_once(
    antt: Antt, demo_postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "a file"
    folder.write_text("", encoding="utf-8")
    monkeypatch.setenv("ANTT_DATA_FOLDER", str(folder))
    said = antt("people", "--db", demo_postgres)
    assert (said.code, "a file" in said.err) == (MISUSE, True)


def test_restore_needs_a_copy_or_after(antt: Antt, demo_file: Path, copy: Path) -> None:
    assert antt("restore", "--db", str(demo_file)).code == MISUSE
    assert antt("restore", "--db", str(demo_file), str(copy), "--after").code == MISUSE
