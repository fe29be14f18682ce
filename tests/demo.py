"""The demo database for tests: built once per run and engine, copied for each test."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.demo import build_demo
from tests.postgres import PostgresServer

BUILT_AT = datetime(2024, 1, 15, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def demo_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo as one SQLite file; a test must never open it."""
    file = tmp_path_factory.mktemp("demo") / "demo.db"
    build_demo(str(file), BUILT_AT)
    return file


@pytest.fixture
def demo_file(demo_template: Path, tmp_path: Path) -> Path:
    """A copy of the demo on SQLite."""
    file = tmp_path / "demo.db"
    shutil.copyfile(demo_template, file)
    return file


@pytest.fixture(scope="session")
def _demo_postgres_template(postgres_server: PostgresServer) -> str:
    url = postgres_server.create()
    build_demo(url, BUILT_AT)
    return url


@pytest.fixture
def demo_postgres(postgres_server: PostgresServer, _demo_postgres_template: str) -> Iterator[str]:
    """A copy of the demo on PostgreSQL, as a URL."""
    url = postgres_server.create(template=_demo_postgres_template)
    yield url
    postgres_server.drop(url)
