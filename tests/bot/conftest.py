"""Commands called as from a shell, without starting a process for each."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import logs
from bot.clock import SystemClock
from bot.commands import main
from tests.bot.calling import TODAY, Antt, Said


@pytest.fixture
def antt(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Iterator[Antt]:
    monkeypatch.setenv("ANTT_LOG", str(tmp_path / "antt.log"))
    monkeypatch.setattr(SystemClock, "now", lambda _: TODAY)
    for name in ("ANTT_DATABASE", "ANTT_LOCALE", "ANTT_SETTINGS"):
        monkeypatch.delenv(name, raising=False)

    def call(*arguments: str, typed: str = "") -> Said:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = main(arguments)
        return Said(code, *capsys.readouterr())

    yield call
    logs.stop()
