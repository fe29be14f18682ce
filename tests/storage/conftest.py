"""An open store, empty or with a small set of test data."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage import Store
from tests.storage.putting_back import Installation
from tests.storage.world import World, people_a_world


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """A store on a new database of each kind."""
    with Store(database_url) as opened:
        yield opened


@pytest.fixture
def world(store: Store) -> World:
    """The same store's database, with units, people and an open assessment."""
    return people_a_world(store)


@pytest.fixture
def installation(
    request: pytest.FixtureRequest, database_url: str, tmp_path: Path
) -> Iterator[Installation]:
    """A new database, with a folder for its file of revocations."""
    on_server = database_url.startswith("postgresql")
    made = Installation(
        url=database_url,
        folder=tmp_path / "data" if on_server else tmp_path,
        server=request.getfixturevalue("postgres_server") if on_server else None,
    )
    yield made
    made.close()
