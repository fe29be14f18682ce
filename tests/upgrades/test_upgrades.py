"""A database that an earlier version wrote is migrated to this one, and its people continue."""

import gzip
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from bot.commands import DONE, MISUSE
from domain.answers import FieldName
from storage import HEAD, Store, current_revision
from storage.tables import METADATA
from tests.bot.calling import Antt
from tests.bot.conftest import antt
from tests.conftest import ENGINES
from tests.postgres import PostgresServer
from tests.upgrades import STORED

__all__ = ["antt"]

HIM = ("--handle", "x", "--role", "officer", "--unit", "2021:29422")
GO_ON = ("--as", "can-bo", "--at", "2024-11-21T08:00")

KEPT = sorted({path.name.partition(".")[0] for path in STORED.iterdir()})
"""Revisions of which a database is kept."""


@dataclass(frozen=True, kw_only=True)
class Older:
    """A database of an earlier version, and how many rows each of its tables had."""

    url: str
    revision: str
    rows: Mapping[str, int]

    @property
    def is_file(self) -> bool:
        return "://" not in self.url


@pytest.fixture(params=KEPT)
def revision(request: pytest.FixtureRequest) -> str:
    found: str = request.param
    return found


@pytest.fixture(params=ENGINES)
def older(request: pytest.FixtureRequest, revision: str, tmp_path: Path) -> Iterator[Older]:
    """The kept database, loaded unchanged."""
    packed = (STORED / f"{revision}.{request.param}.sql.gz").read_bytes()
    sql = gzip.decompress(packed).decode()
    if request.param == "sqlite":
        file = tmp_path / "old.db"
        with closing(sqlite3.connect(file)) as connection:
            connection.executescript(sql)
        yield Older(url=str(file), revision=revision, rows=_rows(f"sqlite:///{file}"))
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create()
    libpq = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(libpq, autocommit=True) as loading:
        loading.execute(sql.encode())
    yield Older(url=url, revision=revision, rows=_rows(url))
    server.drop(url)


def _rows(url: str) -> dict[str, int]:
    engine = create_engine(url)
    with engine.connect() as connection:
        counts = {
            name: connection.execute(text(f'SELECT count(*) FROM "{name}"')).scalar_one()
            for name in inspect(engine).get_table_names()
        }
    engine.dispose()
    return counts


def _upgraded(older: Older, antt: Antt) -> None:
    more = () if older.is_file else ("--copied",)
    said = antt("migrate", "--db", older.url, *more)
    assert said.code == DONE, said.err
    assert f"từ {older.revision} lên {HEAD}" in said.out


def test_every_other_command_refuses_it_and_changes_nothing(older: Older, antt: Antt) -> None:
    db = ("--db", older.url)
    calls = [
        ("chat", *db, "--as", "can-bo"),
        ("ask", *db, "--as", "giam-sat", "tình hình"),
        ("outbox", *db),
        ("people", *db),
        ("audit", *db),
        ("check", "--verdicts", *db),
        ("channels", *db),
        ("simulate", *db, "--from", "2027-01-01", "--to", "2027-01-02"),
        ("init", *db, "--province", "40"),
        ("invite", *db, "--as", "quan-tri", *HIM),
    ]
    for call in calls:
        said = antt(*call)
        assert said.code == MISUSE, call
        assert "antt migrate" in said.err or call[0] == "init", said.err
        assert len(said.err.strip().splitlines()) == 1
    assert current_revision(older.url) == older.revision
    url = f"sqlite:///{older.url}" if older.is_file else older.url
    assert _rows(url) == older.rows


def test_its_tables_become_those_of_this_version(older: Older, antt: Antt) -> None:
    _upgraded(older, antt)
    engine = create_engine(f"sqlite:///{older.url}" if older.is_file else older.url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert not compare_metadata(context, METADATA)
    engine.dispose()


def test_no_row_is_lost(older: Older, antt: Antt) -> None:
    _upgraded(older, antt)
    url = f"sqlite:///{older.url}" if older.is_file else older.url
    after = _rows(url)
    # Our own mark of the log is one more row.
    changed = {name for name, count in older.rows.items() if after[name] != count}
    assert changed <= {"meta", "audit"}


def test_its_verdicts_are_those_of_its_answers(older: Older, antt: Antt) -> None:
    _upgraded(older, antt)
    said = antt("check", "tra-vinh-1672-2022", "--verdicts", "--db", older.url)
    assert said.code == DONE, said.out


def test_its_answers_are_there_and_its_people_go_on(older: Older, antt: Antt) -> None:
    _upgraded(older, antt)
    with Store(older.url) as store, store.read() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        (assessment,) = tx.assessments.of_unit(person.posts[0].unit, 2024)
        before = tx.assessments.answers(assessment.id)
        (address,) = tx.addresses.of_person(person.id)
        told = tx.outbox.history(address.id)
    assert before["I.1.a"].get(FieldName.NUMBER) == "12-NQ/ĐU"
    assert len(told) > 1
    said = antt("chat", "--db", older.url, *GO_ON, typed="làm tiếp\n2\n")
    assert said.code == DONE
    assert "Câu " in said.out
    with Store(older.url) as store, store.read() as tx:
        after = tx.assessments.answers(assessment.id)
    assert set(before) < set(after)


def test_its_supervisor_asks_and_is_answered(older: Older, antt: Antt) -> None:
    _upgraded(older, antt)
    said = antt("ask", "--db", older.url, "--as", "giam-sat", "tình hình xã Mỹ Long Bắc")
    assert "Mỹ Long Bắc" in said.out


def test_the_copy_of_before_is_whole_and_of_the_older_version(
    older: Older, antt: Antt, tmp_path: Path
) -> None:
    if not older.is_file:
        refused = antt("migrate", "--db", older.url)
        assert (refused.code, "pg_dump" in refused.err) == (MISUSE, True)
        assert current_revision(older.url) == older.revision
        return
    _upgraded(older, antt)
    (copy,) = tmp_path.glob(f"old.db.{older.revision}-*")
    assert current_revision(str(copy)) == older.revision
    assert antt("restore", "--db", older.url, str(copy), "--yes").code == DONE
    assert current_revision(older.url) == older.revision
    _upgraded(older, antt)
