"""Conversations of one person on several channels, with fixed codes."""

from pathlib import Path

import pytest

from bot.transcript import read, written
from handlers.ground.library import Library
from tests.conversations.player import Player
from tests.conversations.test_setup_transcripts import known_codes

FOLDER = Path(__file__).parent / "kenh"
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))


@pytest.mark.parametrize("file", TRANSCRIPTS, ids=lambda file: file.stem)
@pytest.mark.parametrize(
    "engine",
    # The store is the same code on both engines, and every storage test runs on both.
    ["sqlite", pytest.param("postgresql", marks=[pytest.mark.postgres, pytest.mark.long])],
)
def test_a_conversation_goes_on_from_channel_to_channel(
    file: Path, engine: str, request: pytest.FixtureRequest
) -> None:
    fixture = "demo_file" if engine == "sqlite" else "demo_postgres"
    database = str(request.getfixturevalue(fixture))
    expected = file.read_text(encoding="utf-8")
    player = Player(database=database, library=Library(known_codes()))
    played = written(player.play(read(expected)))
    if request.config.getoption("--golden") and engine == "sqlite":
        file.write_text(played, encoding="utf-8")
        return
    assert played == expected, f"{file.name}: look at it, then `make golden` if it is right"


def test_there_are_conversations() -> None:
    assert TRANSCRIPTS
