"""What a short command does not import: it would slow down every call."""

import subprocess
import sys

COMMANDS = ("chat", "ask", "resolve", "people", "demo")
HEAVY = ("aiogram", "aiohttp", "apscheduler", "holidays", "openpyxl", "psycopg", "alembic")
LIMIT = 60  # seconds; about one is usual

# One process for all commands: its start is most of the work, and a wrong import by the first
# command is still loaded after the last one.
LOOK = f"""
import importlib, sys
for command in {COMMANDS!r}:
    importlib.import_module("bot.commands." + command)
    print(command, *(set({HEAVY!r}) & set(sys.modules)))
"""


def test_a_command_loads_no_library_that_it_does_not_use() -> None:
    run = subprocess.run(
        [sys.executable, "-c", LOOK], capture_output=True, text=True, check=True, timeout=LIMIT
    )
    assert run.stdout.splitlines() == list(COMMANDS)
