"""Common to all tests: no network, fixed property examples, a database on each engine."""

import os
import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from bot.clock import SystemClock
from tests.demo import (  # noqa: F401  fixtures are found by their names
    _demo_postgres_template,
    demo_file,
    demo_postgres,
    demo_template,
)
from tests.network import NetworkGuard
from tests.postgres import NoPostgres, PostgresServer, running_server
from tests.recycled import RecycledDatabase

# One example is a few domain calls; with sixty, all of `make test` takes minutes.
settings.register_profile(
    "default", max_examples=60, derandomize=True, deadline=None, print_blob=True
)
# The same examples at each run, four times as many.
settings.register_profile(
    "long", max_examples=240, derandomize=True, deadline=None, print_blob=True
)
# New examples at each run, eighty times as many.
settings.register_profile(
    "fuzz",
    max_examples=4_800,
    derandomize=False,
    deadline=None,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)

# Tests wait for browsers, child processes and disks: with one worker more than there are CPUs, no
# CPU is idle then.
WAITING_WORKERS = 1
# Each has its own PostgreSQL server and copy of the demo; more workers would only start longer.
MOST_WORKERS = 8

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]

_network = NetworkGuard()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--golden",
        action="store_true",
        default=False,
        help="rewrite the expected replies and the table of owners; look at the difference",
    )
    parser.addoption(
        "--long",
        action="store_true",
        default=False,
        help="run the tests marked `long` as well, and properties with more examples",
    )


def pytest_configure(config: pytest.Config) -> None:
    # Before the tests are imported: some of them derive their size from it.
    usual = "long" if config.getoption("--long") else "default"
    settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", usual))
    # Called in each worker as well: no worker may use the network.
    _network.install()
    SystemClock.now = _machine_clock_read  # type: ignore[method-assign]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out the long tests unless `--long` asks for them."""
    if config.getoption("--long") or config.getoption("--golden"):
        return
    long = [item for item in items if item.get_closest_marker("long")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]


def _machine_clock_read(self: SystemClock) -> datetime:  # noqa: ARG001
    """A test that depends on the time of day fails at another time."""
    pytest.fail("a test read the machine's clock; give the code under test a FixedClock")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """The number of workers for `-n auto`."""
    return min((os.cpu_count() or 1) + WAITING_WORKERS, MOST_WORKERS)


@pytest.fixture(autouse=True)
def network() -> Iterator[NetworkGuard]:
    """No test uses the network, and none hides an attempt."""
    _network.attempts.clear()
    with _network.enforced():
        yield _network
    if _network.attempts:
        pytest.fail(f"left this machine: {', '.join(_network.attempts)}")


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[PostgresServer]:
    """One server for the run, started when the first test needs it."""
    try:
        with running_server() as server:
            yield server
    except NoPostgres as error:
        # A failure, not a skip: half the guarantees are about PostgreSQL.
        pytest.fail(str(error), pytrace=False)


@pytest.fixture(scope="session")
def _migrated_postgres(postgres_server: PostgresServer) -> str:
    url = postgres_server.create()
    _migrate(url)
    return url


@pytest.fixture(scope="session")
def _recycled_postgres(
    postgres_server: PostgresServer, _migrated_postgres: str
) -> RecycledDatabase:
    return RecycledDatabase(postgres_server, _migrated_postgres)


@pytest.fixture(scope="session")
def _migrated_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("migrated") / "template.db"
    _migrate(f"sqlite:///{file}")
    return file


@pytest.fixture(params=ENGINES)
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database without tables, on each engine in turn."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgresServer = request.getfixturevalue("postgres_server")
    url = server.create()
    yield url
    server.drop(url)


@pytest.fixture(params=ENGINES)
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A new database with the present tables, on each engine in turn.

    It is a copy of one that was migrated once, or the same copy after deleting its rows: a new
    migration for each would cost more than the tests.
    """
    if request.param == "sqlite":
        file = tmp_path / "antt.db"
        template: Path = request.getfixturevalue("_migrated_sqlite")
        if template.exists():
            shutil.copyfile(template, file)
        yield f"sqlite:///{file}"
        return
    recycled: RecycledDatabase = request.getfixturevalue("_recycled_postgres")
    with recycled.lent() as url:
        yield url


def _migrate(url: str) -> None:
    import storage

    # Until storage has its first migration, the databases are empty.
    if migrate := getattr(storage, "migrate", None):
        migrate(url)
