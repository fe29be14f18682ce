"""A process that replaces a database has the exclusive lock, and all others get the error that it
is in use.
"""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage import FileLock, InUse, Store, migrate, upgrade
from tests.storage.older import as_of_0009

NOW = datetime(2026, 11, 30, 12, 0, tzinfo=UTC)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    made = tmp_path / "antt.db"
    migrate(str(made))
    return made


def test_an_open_database_is_not_to_be_had_alone(file: Path) -> None:
    with Store(str(file)), pytest.raises(InUse):
        FileLock.alone(file)
    FileLock.alone(file).release()


def test_a_database_that_is_being_replaced_is_not_opened(file: Path) -> None:
    with FileLock.alone(file), pytest.raises(InUse):
        Store(str(file))
    Store(str(file)).close()


def test_two_may_use_a_database_at_once(file: Path) -> None:
    with Store(str(file)), Store(str(file)):
        pass


def test_a_program_without_our_lock_is_found_as_well(file: Path) -> None:
    code = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT 1 FROM meta')"
    wait = "; print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code + wait, str(file)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as other:
        assert other.stdout is not None
        other.stdout.readline()
        with pytest.raises(InUse):
            FileLock.alone(file)
        other.communicate()
    FileLock.alone(file).release()


def test_the_version_of_a_database_in_use_is_not_changed(file: Path) -> None:
    as_of_0009(file)
    lock = FileLock.shared(file)
    with pytest.raises(InUse):
        upgrade(str(file), NOW)
    lock.release()
    assert not list(file.parent.glob("*.0009-*"))
    done = upgrade(str(file), NOW)
    assert done is not None
    assert done.copy is not None
    assert done.copy.name == "antt.db.0009-20261130-190000"
