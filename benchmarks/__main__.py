"""`python -m benchmarks [NAME…]`: run benchmarks and print their results."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Final

from benchmarks.figures import crowding
from benchmarks.ground import FULL, TINY, Databases, Say, Size, databases

Benchmark = Callable[[Sequence[Databases], Size, Say], None]

ENGINES: Final = ("sqlite", "postgresql")


def _named(name: str) -> Benchmark:
    def run(places: Sequence[Databases], size: Size, say: Say) -> None:
        # Loaded when it runs: a benchmark must not hold the modules of another in memory.
        import_module(f"benchmarks.{name}").run(places, size, say)

    return run


BENCHMARKS: Final[Mapping[str, Benchmark]] = {
    name: _named(name)
    for name in ("turns", "waiting", "broadcast", "updates", "memory", "starting", "pieces")
}


def main(arguments: Sequence[str]) -> None:
    """Run the named benchmarks, or all."""
    options = _options(arguments)
    print(f"Python {platform.python_version()}, {os.cpu_count()} processors", flush=True)
    kinds = tuple(options.engine or ENGINES)
    size = TINY if options.tiny else FULL
    with (
        tempfile.TemporaryDirectory(prefix="antt-bench-") as folder,
        databases(Path(folder), kinds) as places,
    ):
        for name in options.names or BENCHMARKS:
            _say(f"machine, before {name}: work takes {crowding():.2f} of its processor time")
            BENCHMARKS[name](places, size, _say)


def _options(arguments: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=", ".join(BENCHMARKS))
    parser.add_argument("--engine", action="append", choices=ENGINES, help="only this database")
    parser.add_argument("--tiny", action="store_true", help="only see whether they run")
    options = parser.parse_args(arguments)
    if unknown := [name for name in options.names if name not in BENCHMARKS]:
        parser.error(
            f"no benchmark is called {', '.join(unknown)}; there are {', '.join(BENCHMARKS)}"
        )
    return options


def _say(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
