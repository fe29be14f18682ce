"""A write-ahead log that belongs to another file is recognised before it is replayed.

Each case kills a writer and copies a file over the one it leaves, like a person who restores a copy
by hand.
"""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from storage import NotADatabase, Problem, Store, copy_sqlite, current_revision, migrate
from storage.files import wal
from storage.files.keeping import COMMITS
from tests.house import ROOT

SETTING = "number"

# Changes a setting many times and reports each change, until it is killed.
WRITER = """
import sys
from storage import Store
with Store(sys.argv[1]) as store:
    for number in range(int(sys.argv[2]), 1_000_000):
        with store.begin() as tx:
            tx.settings.set("", "number", str(number))
            tx.settings.set("", f"row {number}", "x" * 500)
        print(number, flush=True)
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with some rows, closed."""
    made = tmp_path / "antt.db"
    migrate(str(made))
    _write(made, range(30))
    return made


def _write(file: Path, numbers: range) -> None:
    with Store(str(file)) as store:
        for number in numbers:
            with store.begin() as tx:
                tx.settings.set("", SETTING, str(number))
                tx.settings.set("", f"row {number}", "x" * 500)


def _written(file: Path) -> str | None:
    with Store(str(file)) as store, store.read() as tx:
        return tx.settings.get("", SETTING)


def _killed_writer(file: Path, first: int, turns: int) -> None:
    """A process writes this many turns from `first` on and is killed: its log remains."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), str(first)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert process.stdout is not None
    for _ in range(turns):
        process.stdout.readline()
    process.send_signal(signal.SIGKILL)
    process.stdout.close()
    process.wait()
    assert wal.log_of(file).stat().st_size > 0


def _refused(file: Path) -> None:
    before = _files(file)
    for use in (Store, migrate, current_revision):
        with pytest.raises(NotADatabase, match="another state") as caught:
            use(str(file))
        assert caught.value.problem is Problem.FOREIGN_WAL
    with pytest.raises(NotADatabase, match="another state"):
        copy_sqlite(str(file), file.with_name("x.db"))
    assert _files(file) == before


def _files(file: Path) -> dict[str, bytes]:
    """The database with SQLite's files next to it; our lock is an empty file."""
    found = file.parent.glob(f"{file.name}*")
    return {path.name: path.read_bytes() for path in found if not path.name.endswith("-lock")}


TURNS = [3, COMMITS - 1, COMMITS + 7, 3 * COMMITS]
"""Before the log begins again for the first time, at about that time, and long after."""


@pytest.mark.slow
@pytest.mark.parametrize("turns", TURNS)
def test_a_backup_copied_over_what_a_killed_process_left_is_refused(
    file: Path, tmp_path: Path, turns: int
) -> None:
    backup = tmp_path / "backup.db"
    copy_sqlite(str(file), backup)
    _killed_writer(file, 100, turns)
    shutil.copyfile(backup, file)
    _refused(file)


@pytest.mark.slow
def test_a_backup_made_while_the_same_process_wrote_is_refused(file: Path, tmp_path: Path) -> None:
    backup = tmp_path / "backup.db"
    with Store(str(file)) as store:
        with store.begin() as tx:
            tx.settings.set("", SETTING, "100")
        copy_sqlite(str(file), backup)
        for number in range(101, 110):
            with store.begin() as tx:
                tx.settings.set("", SETTING, str(number))
        # What a kill leaves.
        crashed = tmp_path / "crashed.db"
        shutil.copyfile(backup, crashed)
        shutil.copyfile(wal.log_of(file), wal.log_of(crashed))
    _refused(crashed)


@pytest.mark.slow
@pytest.mark.parametrize("turns", TURNS)
def test_a_copy_made_by_another_program_in_an_earlier_session_is_refused(
    file: Path, tmp_path: Path, turns: int
) -> None:
    copy = tmp_path / "copy.db"
    with Store(str(file)) as store:
        with store.begin() as tx:
            tx.settings.set("", SETTING, "90")
        _copied_by_another_program(file, copy)
        for number in range(91, 95):
            with store.begin() as tx:
                tx.settings.set("", SETTING, str(number))
    _killed_writer(file, 100, turns)
    shutil.copyfile(copy, file)
    _refused(file)


def test_a_copy_made_by_another_program_before_the_log_began_anew_is_refused(
    file: Path, tmp_path: Path
) -> None:
    copy, crashed = tmp_path / "copy.db", tmp_path / "crashed.db"
    with Store(str(file)) as store:
        for number in range(100, 100 + 2 * COMMITS):
            with store.begin() as tx:
                tx.settings.set("", SETTING, str(number))
            if number == 110:
                _copied_by_another_program(file, copy)
        shutil.copyfile(copy, crashed)
        shutil.copyfile(wal.log_of(file), wal.log_of(crashed))
    _refused(crashed)


def _copied_by_another_program(file: Path, target: Path) -> None:
    source, copy = sqlite3.connect(f"file:{file}?mode=ro", uri=True), sqlite3.connect(target)
    source.backup(copy)
    copy.close()
    source.close()


@pytest.mark.slow
@pytest.mark.parametrize("turns", TURNS)
def test_what_a_killed_process_left_is_its_own(file: Path, turns: int) -> None:
    _killed_writer(file, 100, turns)
    written = _written(file)
    assert written is not None
    assert int(written) >= 100 + turns - 1
    _write(file, range(2_000, 2_003))
    assert _written(file) == "2002"


@pytest.mark.parametrize("torn", [1, 24, 1_000, 4_100])
def test_a_torn_end_of_a_log_is_no_other_log(file: Path, tmp_path: Path, torn: int) -> None:
    crashed = tmp_path / "crashed.db"
    with Store(str(file)) as store:
        for number in range(100, 110):
            with store.begin() as tx:
                tx.settings.set("", SETTING, str(number))
        shutil.copyfile(file, crashed)
        log = wal.log_of(file).read_bytes()
    wal.log_of(crashed).write_bytes(log[:-torn])
    assert _written(crashed) in {"108", "109"}


def test_a_file_with_the_log_of_a_version_without_marks_is_judged_by_its_pages(
    file: Path, tmp_path: Path
) -> None:
    plain, crashed = tmp_path / "plain.db", tmp_path / "crashed.db"
    shutil.copyfile(file, plain)
    connection = sqlite3.connect(plain, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("DELETE FROM meta WHERE key = 'wal'")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.execute("UPDATE setting SET value = 'left' WHERE key = 'number'")
    shutil.copyfile(plain, crashed)
    shutil.copyfile(wal.log_of(plain), wal.log_of(crashed))
    connection.close()
    assert _written(crashed) == "left"


def test_a_log_without_its_file_is_kept_and_no_new_database_made_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "gone.db"
    wal.log_of(file).write_bytes(b"the last turns of a lost database")
    with pytest.raises(NotADatabase, match="another state"):
        migrate(str(file))
    assert wal.log_of(file).exists()
    assert not file.exists()


def test_two_processes_open_a_database_in_use_without_a_complaint(file: Path) -> None:
    with Store(str(file)) as one:
        for number in range(3 * COMMITS):
            with one.begin() as tx:
                tx.settings.set("", SETTING, str(number))
            if number % 10 == 0:
                with Store(str(file)) as other, other.begin() as tx:
                    assert tx.settings.get("", SETTING) == str(number)


def test_the_log_is_written_back_and_does_not_grow_for_ever(file: Path) -> None:
    with Store(str(file)) as store:
        sizes = []
        for number in range(10 * COMMITS):
            with store.begin() as tx:
                tx.settings.set("", SETTING, str(number))
            sizes.append(wal.log_of(file).stat().st_size)
    assert max(sizes[5 * COMMITS :]) <= max(sizes[: 3 * COMMITS])


def test_the_whole_log_of_another_programs_database_is_refused(file: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    connection = sqlite3.connect(other)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("CREATE TABLE notes (text TEXT)")
    connection.execute("INSERT INTO notes VALUES ('x')")
    connection.commit()
    shutil.copyfile(wal.log_of(other), wal.log_of(file))
    connection.close()
    before = file.read_bytes()
    with pytest.raises(NotADatabase) as refused:
        Store(str(file))
    assert refused.value.problem is Problem.FOREIGN_WAL
    assert file.read_bytes() == before
