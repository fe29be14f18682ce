"""The program as a process that is started, killed and told to end."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

from bot.clock import Clock
from tests.chaos.nursery import Nursery

END_S: Final = 30.0
"""Seconds from SIGTERM to the end: messages being sent may take GRACE_S and a few more."""


class Program:
    """`antt serve` on a database, with settings from the environment only.

    Each start gets the current time of `clock`, so that time continues from one process to the
    next.
    """

    def __init__(
        self, folder: Path, database: Path, settings: Mapping[str, str], clock: Clock
    ) -> None:
        self._clock = clock
        self.log = folder / "antt.log"
        self.errors = folder / "stderr.txt"
        given = {f"ANTT_{key.upper()}": value for key, value in settings.items()}
        kept = {key: value for key, value in os.environ.items() if not key.startswith("ANTT_")}
        self._environment = {**kept, **given, "ANTT_LOG": str(self.log)}
        self._arguments = ["serve", "--db", str(database)]
        self._process: subprocess.Popen[bytes] | None = None
        self._child: int | None = None
        self._nursery = Nursery(self._arguments, self._environment, self.errors)

    def starts(self) -> None:
        """Start it; it needs a second until it runs."""
        self._child = self._nursery.begins(self._clock.now())

    def starts_anew(self) -> None:
        """Start the installed program; its imports take most of the time."""
        antt = Path(sys.executable).with_name("antt")
        with self.errors.open("ab") as errors:
            self._process = subprocess.Popen(
                [antt, *self._arguments, "--at", self._clock.now().isoformat()],
                env=self._environment,
                stdout=subprocess.DEVNULL,
                stderr=errors,
            )

    @property
    def is_running(self) -> bool:
        """Whether it was started and has not ended."""
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.kill(self._child, 0)
                return True
        return self._process is not None and self._process.poll() is None

    def is_killed(self) -> None:
        """SIGKILL; nothing of it runs any more after this returns."""
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.kill(self._child, signal.SIGKILL)
                while True:
                    os.kill(self._child, 0)
                    time.sleep(0.001)
            self._child = None
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    async def ends(self) -> None:
        """SIGTERM; it must end by itself, with exit code 0."""
        if self._child is not None:
            os.kill(self._child, signal.SIGTERM)
            async with asyncio.timeout(END_S):
                while self.is_running:  # noqa: ASYNC110  it is no child of ours
                    await asyncio.sleep(0.02)
        elif self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            assert await asyncio.to_thread(self._process.wait, END_S) == 0

    def close(self) -> None:
        """No process is left."""
        self.is_killed()
        self._nursery.close()


def free_port() -> int:
    """A free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
