"""Every conversation in this folder is run; `pytest --golden` rewrites the replies."""

from pathlib import Path

import pytest

from bot.transcript import read, written
from handlers.ground.library import Library
from tests.conversations.player import Player

FOLDER = Path(__file__).parent
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))
ON_POSTGRESQL = 3
"""The conversation is the same code on both engines; a few runs check the store on both."""


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


def _play(file: Path, database: str, library: Library) -> tuple[str, str]:
    expected = file.read_text(encoding="utf-8")
    return expected, written(Player(database=database, library=library).play(read(expected)))


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
def test_a_conversation_goes_as_written(
    file: Path, demo_file: Path, library: Library, request: pytest.FixtureRequest
) -> None:
    expected, played = _play(file, str(demo_file), library)
    if request.config.getoption("--golden"):
        file.write_text(played, encoding="utf-8")
        return
    assert played == expected, f"{file.name}: look at it, then `make golden` if it is right"


@pytest.mark.postgres
@pytest.mark.parametrize("file", TRANSCRIPTS[:ON_POSTGRESQL], ids=lambda file: file.stem)
def test_a_conversation_goes_the_same_on_postgresql(
    file: Path, demo_postgres: str, library: Library
) -> None:
    expected, played = _play(file, demo_postgres, library)
    assert played == expected


def test_there_are_conversations() -> None:
    assert TRANSCRIPTS
