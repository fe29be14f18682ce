"""A process that has imported everything and forks the program on demand: a new import after each
kill would take most of the time of a short run.

Run as a module: a line with a time starts one program at that time, and its process id is printed.
"""

import importlib
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.commands import main
from tests.house import ROOT

LINE_BYTES: Final = 64
"""A time in ISO 8601 and a line end. The next line must wait for the answer to this one."""


class Nursery:
    """Starts programs with these arguments and this environment. Call `close` at the end."""

    def __init__(self, arguments: list[str], environment: dict[str, str], errors: Path) -> None:
        with errors.open("ab") as file:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "tests.chaos.nursery", *arguments],
                cwd=ROOT,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=file,
            )

    def begins(self, at: datetime) -> int:
        """Start one more, whose clock starts at `at`; returns its process id."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(f"{at.isoformat()}\n".encode())
        self._process.stdin.flush()
        return int(self._process.stdout.readline())

    def close(self) -> None:
        """End this process; the programs that it started continue."""
        assert self._process.stdout is not None
        self._process.communicate()


LOADED = (
    "bot.assistant",
    "bot.channels.telegram.running",
    "bot.channels.zalo",
    "bot.commands.serve",
)


def _main(arguments: list[str]) -> None:
    for module in LOADED:
        importlib.import_module(module)
    # Their exit codes are not needed: they are killed.
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while line := os.read(0, LINE_BYTES):
        child = os.fork()
        if not child:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            nowhere = os.open(os.devnull, os.O_RDWR)
            os.dup2(nowhere, 0)
            os.dup2(nowhere, 1)
            sys.exit(main([*arguments, "--at", line.decode().strip()]))
        os.write(1, b"%d\n" % child)


if __name__ == "__main__":
    _main(sys.argv[1:])
