"""A new province and its administrator."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.founding import found
from domain.units import Structure, UnitId
from handlers.ground.library import Library
from storage import Store
from tests.handlers.talking import Talk

ADMINISTRATOR = "quan-tri"
FOUNDED = datetime(2026, 12, 21, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def library() -> Library:
    """Loaded once: nothing in it changes."""
    return Library()


def begun(store: Store, library: Library, province: UnitId, *documents: str) -> Talk:
    """A new province whose administrator has joined."""
    with store.begin() as tx:
        found(
            tx,
            library.book(province.structure).get(province),
            documents,
            handle=ADMINISTRATOR,
            name="Nguyễn Văn Quản",
            origin="https://antt.example",
            library=library,
            now=FOUNDED,
        )
    talk = Talk(store=store, library=library, now=FOUNDED)
    talk.let_in(ADMINISTRATOR)
    return talk


@pytest.fixture
def nghe_an(database_url: str, library: Library) -> Iterator[Talk]:
    """Nghệ An in structure 2026 with its document of 2024."""
    with Store(database_url) as store:
        yield begun(store, library, UnitId(Structure.Y2026, "40"), "nghe-an-104-2024")


@pytest.fixture
def tra_vinh(database_url: str, library: Library) -> Iterator[Talk]:
    """Trà Vinh in structure 2021 with its criteria."""
    with Store(database_url) as store:
        yield begun(store, library, UnitId(Structure.Y2021, "84"), "tra-vinh-1672-2022")
