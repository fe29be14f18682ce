"""Conversations that begin after `antt init`: a real province, one administrator, a code."""

from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

import pytest

from bot.founding import found
from bot.transcript import read, written
from domain.units import Structure, UnitId
from handlers.ground.library import Library
from storage import Store, migrate
from tests.conversations.player import Player

FOLDER = Path(__file__).parent / "cai_dat"
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))
NGHE_AN = UnitId(Structure.Y2026, "40")
FOUNDED = datetime(2026, 12, 20, 1, 0, tzinfo=UTC)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def known_codes() -> Callable[[], str]:
    """AAAAA-AAAAA, then BBBBB-BBBBB, and so on: codes that a transcript can contain."""
    numbers = count()

    def make() -> str:
        letter = _LETTERS[next(numbers) % len(_LETTERS)]
        return f"{letter * 5}-{letter * 5}"

    return make


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
@pytest.mark.parametrize(
    "empty_database_url",
    # The steps of the setup are tested on both engines in tests/handlers/subjects/setup.
    ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.long])],
    indirect=True,
)
def test_a_province_is_set_up_as_written(
    file: Path, empty_database_url: str, request: pytest.FixtureRequest
) -> None:
    # A separate database: the codes in a transcript (M1, H1) are the ids of its rows.
    migrate(empty_database_url)
    library = Library(known_codes())
    with Store(empty_database_url) as store, store.begin() as tx:
        found(
            tx,
            library.book(NGHE_AN.structure).get(NGHE_AN),
            ("nghe-an-104-2024",),
            handle="quan-tri",
            name="Nguyễn Văn Quản",
            origin="https://antt.nghean.example",
            library=library,
            now=FOUNDED,
        )
    expected = file.read_text(encoding="utf-8")
    played = written(Player(database=empty_database_url, library=library).play(read(expected)))
    if request.config.getoption("--golden"):
        file.write_text(played, encoding="utf-8")
        return
    assert played == expected, f"{file.name}: look at it, then `make golden` if it is right"


def test_there_are_conversations() -> None:
    assert TRANSCRIPTS
