"""Copies and upgrades, as an operator calls them."""

import sqlite3
from pathlib import Path

from bot.commands import DONE, MISUSE, NO
from storage import HEAD, current_revision
from tests.bot.calling import Antt

TALK = ("--as", "can-bo", "--at", "2024-11-20T08:00")


def _older(file: Path) -> None:
    """As the version before wrote it."""
    connection = sqlite3.connect(file)
    with connection:
        connection.execute("DROP TABLE revocation")
        connection.execute("UPDATE alembic_version SET version_num = '0009'")
    connection.close()


def test_migrate_names_the_copy_it_made(antt: Antt, demo_file: Path) -> None:
    _older(demo_file)
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
    _older(demo_file)
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
    assert antt("backup", "--db", str(demo_file), "--to", str(tmp_path / "c.db")).code == DONE
    assert current_revision(str(tmp_path / "c.db")) == "9999"


def test_a_backup_says_what_is_in_it_and_migrates_nothing(
    antt: Antt, demo_file: Path, tmp_path: Path
) -> None:
    _older(demo_file)
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
