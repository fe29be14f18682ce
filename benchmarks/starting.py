"""How soon the assistant answers after its start, and how much memory it uses.

A child process gets one question; its memory is read when the answer is printed. For comparison, on
the same machine at the same time: Python alone, and Python with SQLModel.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.figures import reached
from benchmarks.ground import Databases, Say, Size, SqliteFiles
from benchmarks.holding import MOST, held
from bot.demo import build_demo

AIM_S: Final = 2.0
AIM_MB: Final = 150
DEMO_AT: Final = datetime(2024, 1, 15, 1, 0, tzinfo=UTC)

ROOT: Final = Path(__file__).resolve().parent.parent
ANTT: Final = "from bot.commands import main; raise SystemExit(main())"
"""The command line, as a program for `python -c`."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """A child process: its program, the expected output line, and its log file."""

    name: str
    arguments: tuple[str, ...]
    line: str
    log: str = os.devnull


@dataclass(frozen=True, kw_only=True)
class Start:
    """Seconds from the start to the first output line, and the maximum memory until then.

    `memory` is resident MB, None if the system does not report a running process.
    """

    seconds: float
    memory: float | None


def run(places: Sequence[Databases], size: Size, say: Say) -> None:
    """Print start time and memory of each program; SQLite only."""
    for place in places:
        if place.name != SqliteFiles.name:
            continue
        database = place.build(partial(build_demo, now=DEMO_AT))
        programs = _programs(database)
        starts: dict[str, list[Start]] = {program.name: [] for program in programs}
        for _ in range(size.starts):
            for program in programs:
                starts[program.name].append(_start(program))
        for program in programs:
            _say(program.name, starts[program.name], say)
        _say_aim([one for name in OURS for one in starts[name]], say)


OURS: Final = ("antt chat, the menu", "antt chat, a unit by name")


def _programs(database: str) -> tuple[Program, ...]:
    log = f"{database}.log"
    python = (sys.executable, "-c")
    waits = "print('ready', flush=True); input()"
    chat = (*python, ANTT, "chat", "--db", database, "--as")
    return (
        Program(name="python", arguments=(*python, waits), line=""),
        Program(name="import sqlmodel", arguments=(*python, f"import sqlmodel; {waits}"), line=""),
        Program(name=OURS[0], arguments=(*chat, "can-bo"), line="menu", log=log),
        # Finding a unit by name needs the index of all units.
        Program(
            name=OURS[1], arguments=(*chat, "giam-sat"), line="tình hình xã Mỹ Long Bắc", log=log
        ),
    )


def _start(program: Program) -> Start:
    begun = time.perf_counter()
    with subprocess.Popen(
        program.arguments,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        env={**os.environ, "ANTT_LOG": program.log},
        encoding="utf-8",
    ) as child:
        assert child.stdin is not None
        assert child.stdout is not None
        child.stdin.write(f"{program.line}\n" if program.line else "")
        child.stdin.flush()
        first = child.stdout.readline()
        seconds = time.perf_counter() - begun
        memory = held(child.pid, MOST)
        child.communicate("\n" if not program.line else "")
    assert first.strip(), f"{program.name} said nothing"
    return Start(seconds=seconds, memory=memory)


def _say(name: str, starts: Sequence[Start], say: Say) -> None:
    seconds = [one.seconds for one in starts]
    known = [one.memory for one in starts if one.memory is not None]
    memory = f"{max(known):.0f} MB" if known else "memory not known here"
    say(f"start, {name}: {median(seconds):.2f} s ({min(seconds):.2f}-{max(seconds):.2f}), {memory}")


def _say_aim(starts: Sequence[Start], say: Say) -> None:
    slowest = median(one.seconds for one in starts)
    most = max((one.memory or 0.0) for one in starts)
    say(
        f"start: aim {AIM_S:.0f} s: {reached(slowest, AIM_S)}, {AIM_MB} MB: {reached(most, AIM_MB)}"
    )
