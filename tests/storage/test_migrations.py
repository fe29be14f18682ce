"""Migrations make exactly the tables, all or nothing, and refuse foreign databases."""

import sqlite3
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, create_engine, inspect, text

from storage import NotADatabase, Problem, Store, Unavailable, current_revision, migrate
from storage.migrate import MIGRATIONS
from storage.revisions import HEAD
from storage.tables import METADATA


def test_migrations_make_what_the_tables_say(database_url: str) -> None:
    engine = create_engine(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, METADATA)
    engine.dispose()
    assert not differences, "write a migration for it (CONTRIBUTING.md)"


def test_partial_indexes_are_partial_in_the_database(database_url: str) -> None:
    # The comparison above does not include their conditions.
    partial = {
        index.name
        for table in METADATA.tables.values()
        for index in table.indexes
        if "where" in index.dialect_options["postgresql"]
        and index.dialect_options["postgresql"]["where"] is not None
    }
    engine = create_engine(database_url)
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'index' AND sql LIKE '%WHERE%'",
        "postgresql": "SELECT indexname FROM pg_indexes WHERE indexdef LIKE '%WHERE%'",
    }[engine.dialect.name]
    with engine.connect() as connection:
        found = set(connection.execute(text(query)).scalars())
    engine.dispose()
    assert partial
    assert found == partial


def test_the_newest_migration_is_the_one_we_ask_for() -> None:
    revisions = [script.revision for script in ScriptDirectory(str(MIGRATIONS)).walk_revisions()]
    assert revisions[0] == HEAD, "change storage.revisions.HEAD with the migration"
    # "Newer" and "older" follow from the revisions themselves.
    assert revisions == sorted(revisions, reverse=True)
    assert all(len(revision) == 4 and revision.isdecimal() for revision in revisions)


def test_every_constraint_has_a_name() -> None:
    unnamed = [
        f"{table.name}: {constraint}"
        for table in METADATA.tables.values()
        for constraint in table.constraints
        if constraint.name is None
    ]
    assert not unnamed, "SQLite cannot change a constraint without a name"


def test_migrating_again_changes_nothing(empty_database_url: str) -> None:
    migrate(empty_database_url)
    with Store(empty_database_url) as store, store.begin() as tx:
        tx.about.mark_demo()
    migrate(empty_database_url)
    assert current_revision(empty_database_url) == HEAD
    with Store(empty_database_url) as store, store.read() as tx:
        assert tx.about.is_demo()


def test_a_failed_migration_leaves_nothing(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Operations.create_table
    made = []

    def fail_at_the_fifth(self: Operations, name: str, *columns: object, **options: object) -> None:
        made.append(name)
        if len(made) == 5:
            raise ZeroDivisionError
        real(self, name, *columns, **options)  # type: ignore[arg-type]

    monkeypatch.setattr(Operations, "create_table", fail_at_the_fifth)
    with pytest.raises(ZeroDivisionError):
        migrate(empty_database_url)
    engine = create_engine(empty_database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_a_database_without_tables_needs_migration(empty_database_url: str) -> None:
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    assert current_revision(empty_database_url) is None
    with pytest.raises(NotADatabase, match="migrate it first") as caught:
        Store(empty_database_url)
    assert caught.value.problem is Problem.NEEDS_MIGRATION


@pytest.mark.parametrize(
    ("revision", "problem"), [("0001", Problem.NEEDS_MIGRATION), ("9999", Problem.NEWER)]
)
def test_a_database_of_another_version_is_named(
    database_url: str, revision: str, problem: Problem
) -> None:
    _set_revision(database_url, revision)
    with pytest.raises(NotADatabase) as caught:
        Store(database_url)
    assert (caught.value.problem, caught.value.found) == (problem, revision)
    assert revision in str(caught.value)


def test_a_newer_database_is_not_migrated(database_url: str) -> None:
    _set_revision(database_url, "9999")
    with pytest.raises(NotADatabase) as caught:
        migrate(database_url)
    assert caught.value.problem is Problem.NEWER


def _set_revision(url: str, revision: str) -> None:
    engine = create_engine(url)
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :it"), {"it": revision})
    engine.dispose()


@pytest.mark.parametrize("use", [Store, migrate, current_revision])
def test_a_database_of_another_program_is_refused_and_left_alone(
    empty_database_url: str, use: type[Store]
) -> None:
    engine = create_engine(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE meta (key TEXT, value TEXT)"))
    with pytest.raises(NotADatabase) as caught:
        use(empty_database_url)
    assert caught.value.problem is Problem.NOT_OURS
    assert inspect(engine).get_table_names() == ["meta"]
    engine.dispose()


# Migrations that fill in data


def test_duties_of_an_older_database_are_numbered_within_their_unit(tmp_path: Path) -> None:
    file = tmp_path / "older.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(MIGRATIONS))
        config.attributes["connection"] = connection
        upgrade(config, "0006")
        tables = MetaData()
        tables.reflect(connection)
        for unit in ("2026:1", "2026:2"):
            _fill(connection, tables, "unit", id=unit)
        _fill(connection, tables, "person", id=1)
        _fill(connection, tables, "year_plan", id=1, province="2026:1", confirmed_by=1)
        for duty in (1, 2):
            _fill(connection, tables, "plan_duty", id=duty, plan_id=1, obligation_id=str(duty))
        for duty, unit in ((1, "2026:1"), (1, "2026:2"), (2, "2026:1")):
            _fill(connection, tables, "occurrence", plan_duty_id=duty, unit=unit)
        connection.execute(text("UPDATE meta SET value = 'antt-bot' WHERE key = 'product'"))
    engine.dispose()
    migrate(str(file))
    engine = create_engine(f"sqlite:///{file}")
    with engine.connect() as connection:
        numbers = connection.execute(text("SELECT unit, number FROM occurrence ORDER BY id")).all()
    engine.dispose()
    assert [tuple(row) for row in numbers] == [("2026:1", 1), ("2026:2", 1), ("2026:1", 2)]


def _fill(connection: Connection, tables: MetaData, name: str, **values: object) -> None:
    """One row; a required value that was not given is 0, "" or the first day."""
    empty = {
        int: 0,
        str: "",
        bool: False,
        date: date.min,
        datetime: datetime.min.replace(tzinfo=UTC),
    }
    table = tables.tables[name]
    needed = {
        column.name: empty[column.type.python_type]
        for column in table.columns
        if not column.nullable and not column.primary_key
    }
    connection.execute(table.insert(), {**needed, **values})


# Files


def test_a_file_of_another_program_keeps_every_byte(tmp_path: Path) -> None:
    file = tmp_path / "theirs.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE bookmarks (url TEXT)")
    connection.close()
    before = file.read_bytes()
    with pytest.raises(NotADatabase):
        migrate(str(file))
    assert file.read_bytes() == before


def _damaged(database: bytes, how: str) -> bytes:
    match how:
        case "truncated":
            return database[: len(database) // 2]
        case "cut in the first page":
            return database[:1_000]
        case "a text":
            return "tình hình xã Mỹ Long Bắc\n".encode() * 200
        case "header only":
            return database[:100]
        case _:
            return database[:100] + b"\xff" * (len(database) - 100)


@pytest.mark.parametrize(
    "how", ["truncated", "cut in the first page", "a text", "header only", "overwritten"]
)
@pytest.mark.parametrize("use", [Store, migrate, current_revision])
def test_a_damaged_file_is_named(tmp_path: Path, how: str, use: type[Store]) -> None:
    good = tmp_path / "good.db"
    migrate(str(good))
    file = tmp_path / "damaged.db"
    file.write_bytes(_damaged(good.read_bytes(), how))
    with pytest.raises(NotADatabase, match=r"damaged\.db is damaged") as caught:
        use(str(file))
    assert caught.value.problem is Problem.DAMAGED


def test_a_file_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    file = tmp_path / "missing.db"
    for use in (Store, current_revision):
        with pytest.raises(Unavailable, match="there is no such file"):
            use(str(file))
    assert not file.exists()


@pytest.mark.parametrize("use", [Store, migrate])
def test_a_folder_is_no_database(tmp_path: Path, use: type[Store]) -> None:
    with pytest.raises(Unavailable, match="it is a folder"):
        use(str(tmp_path))


def test_a_file_in_a_missing_folder_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="folder does not exist"):
        migrate(str(tmp_path / "missing" / "antt.db"))


@pytest.mark.parametrize("url", ["mysql://localhost/antt", "sqlite://", "http://x", "://"])
def test_an_address_of_no_known_kind_is_refused(url: str) -> None:
    with pytest.raises(Unavailable):
        migrate(url)


def test_a_server_that_is_not_there_is_unavailable_and_its_password_unsaid() -> None:
    with pytest.raises(Unavailable) as caught:
        Store("postgresql://antt:geheim@127.0.0.1:1/antt")
    assert "geheim" not in str(caught.value)
