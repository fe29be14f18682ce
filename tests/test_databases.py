"""The databases of the fixtures are new, separate and of both kinds."""

import os

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine, make_url

from tests.postgres import OTHER_SERVER, PostgresServer

LONGEST_SOCKET = 100  # characters; systems refuse 104 or 108


def _open(url: str) -> Engine:
    return create_engine(url)


def test_each_engine_gives_an_empty_writable_database(empty_database_url: str) -> None:
    engine = _open(empty_database_url)
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE planted (word TEXT)"))
        connection.execute(text("INSERT INTO planted VALUES ('xã')"))
    with engine.begin() as connection:
        assert connection.execute(text("SELECT word FROM planted")).scalar_one() == "xã"
    engine.dispose()


def test_no_test_sees_what_another_wrote(database_url: str) -> None:
    _fails_if_planted_before(database_url)


def test_no_test_sees_what_another_wrote_seen_from_the_other_side(database_url: str) -> None:
    _fails_if_planted_before(database_url)


def _fails_if_planted_before(url: str) -> None:
    engine = _open(url)
    with engine.begin() as connection:
        # Fails with "already exists" if this is the other test's database.
        connection.execute(text("CREATE TABLE planted_by_a_neighbour (word TEXT)"))
    engine.dispose()


def test_both_engines_sort_text_by_code_point(empty_database_url: str) -> None:
    engine = _open(empty_database_url)
    query = "SELECT w FROM (SELECT 'a' AS w UNION ALL SELECT 'Đ' UNION ALL SELECT 'B') t ORDER BY w"
    with engine.begin() as connection:
        assert connection.execute(text(query)).scalars().all() == ["B", "a", "Đ"]
    engine.dispose()


@pytest.mark.postgres
def test_the_path_of_the_servers_socket_is_short(postgres_server: PostgresServer) -> None:
    """In any worker, and with any length of its temporary folder."""
    if os.environ.get(OTHER_SERVER):
        pytest.skip("another server was named")
    url = postgres_server.create()
    host = make_url(url).query["host"]
    assert len(f"{host}/.s.PGSQL.5432") < LONGEST_SOCKET
    postgres_server.drop(url)
