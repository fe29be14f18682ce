"""Mỹ Long Bắc's officer on Zalo, where a whole item is asked in one message."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from handlers.ground.library import Library
from storage import Store
from tests.handlers.talking import Talk

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)


@pytest.fixture(scope="package")
def library() -> Library:
    return Library()


@pytest.fixture
def talk(demo_file: Path, library: Library) -> Iterator[Talk]:
    with Store(str(demo_file)) as store:
        talk = Talk(store=store, library=library, now=NOW)
        talk.let_in("can-bo")
        yield talk
