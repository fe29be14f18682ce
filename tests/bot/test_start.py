"""What a short command does not load: it would be slower for everybody who types it."""

import subprocess
import sys

import pytest

HEAVY = ("aiogram", "aiohttp", "apscheduler", "holidays", "openpyxl", "psycopg", "alembic")
LIMIT = 60  # seconds; about one is usual


@pytest.mark.parametrize("command", ["chat", "ask", "resolve", "people", "demo"])
def test_a_command_loads_no_library_that_it_does_not_use(command: str) -> None:
    look = f"import sys, bot.commands.{command}; print(*(set({HEAVY!r}) & set(sys.modules)))"
    run = subprocess.run(
        [sys.executable, "-c", look], capture_output=True, text=True, check=True, timeout=LIMIT
    )
    assert run.stdout.split() == []
