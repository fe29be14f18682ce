"""An open store, empty or with a small world in it."""

from collections.abc import Iterator

import pytest

from storage import Store
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
