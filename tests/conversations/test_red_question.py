"""What is typed at a red question is kept nowhere: in no table, log, queue or copy, on any channel.

A choice and an order count; everything else may name a person or a case.
"""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.settings import Settings
from bot.transcript import read
from handlers.ground.library import Library
from storage import Store, copy_sqlite
from tests.conversations.player import Player
from tests.conversations.test_on_every_channel import MEDIA, FarPlayer
from tests.conversations.test_setup_transcripts import known_codes

RED = "I.2.c"
MARKS = ("Khả", "khả", "Kha", "Bình Tân", "77/KH", "XYZ")
TYPED = (
    "đang theo dõi ông Khả ở ấp Bình Tân",
    "ông Khả ở Bình Tân có phải đối tượng không?",
    "Khả",
    "có, ông Khả",
    "2 ông Khả",
    "xã Bình Tân có ông Khả chưa nộp",
    "Kế hoạch 77/KH-XYZ ngày 5/5/2024",
    "sửa lại ông Khả",
    "lý do ông Khả",
    "bỏ qua vì ông Khả",
    "tình hình ông Khả",
    "vì sao ông Khả",
    "12 ông Khả",
)
SCRIPT = "\n\n".join(
    (
        "# Red\nas: can-bo\nat: 2024-11-20 08:00",
        "> từng câu",
        *(f"> sửa {RED}\n\n> {typed}" for typed in TYPED),
    )
)


@pytest.fixture
def log_file(tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "antt.log"
    logs.start(Settings(log=str(file), log_level="debug"))
    yield file
    logs.stop()


def _player(channel: str, database: str) -> Player:
    library = Library(known_codes())
    if channel == "terminal":
        return Player(database=database, library=library)
    return _Patient(database=database, library=library, medium=MEDIA[channel]())


class _Patient(FarPlayer):
    """The web's server refuses words at a red question before any turn."""

    def _show(self, typed: str | None) -> str:
        try:
            return super()._show(typed)
        except AssertionError as error:
            assert typed in TYPED
            return str(error)


def _everything_in(database: Path) -> str:
    """All rows of all tables, and the bytes of the file and of its log."""
    with Store(str(database)) as store, store.read() as tx:
        names = tx._connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table'"
        ).scalars()
        rows = [
            str(row)
            for name in names.all()
            for row in tx._connection.exec_driver_sql(f'SELECT * FROM "{name}"')
        ]
    beside = (database, database.with_name(f"{database.name}-wal"))
    files = [one.read_bytes().decode("utf-8", "replace") for one in beside if one.exists()]
    return "\n".join((*rows, *files))


@pytest.mark.parametrize("channel", ["terminal", *MEDIA])
def test_what_is_typed_at_a_red_question_is_kept_nowhere(
    channel: str, demo_file: Path, tmp_path: Path, log_file: Path, caplog: pytest.LogCaptureFixture
) -> None:
    before = _everything_in(demo_file)
    known = [mark for mark in MARKS if mark in before]
    with caplog.at_level(logging.DEBUG):
        played = _player(channel, str(demo_file)).play(read(SCRIPT))
    asked = [step.came_back for step in played.steps if step.typed == f"sửa {RED}"]
    assert len(asked) == len(TYPED)
    assert all(RED in shown for shown in asked)
    copy_sqlite(str(demo_file), tmp_path / "copy.db")
    logged = caplog.text + (log_file.read_text(encoding="utf-8") if log_file.exists() else "")
    places = {
        "database": _everything_in(demo_file),
        "copy": _everything_in(tmp_path / "copy.db"),
        "log": logged,
    }
    found = {(place, mark) for place, text in places.items() for mark in MARKS if mark in text} - {
        (place, mark) for place in places for mark in known
    }
    if channel == "web":
        assert "từng câu" in places["copy"], "what may be kept is found"
    assert not found
