"""What the structural tests know about the code base: its packages, its files, its settings."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
ROOMS: Final = ("domain", "packs", "storage", "locales", "handlers", "scheduling", "bot")
BESIDE: Final = ("tests", "benchmarks", "docs")

# Package -> why its functions may await. All other functions are synchronous.
MAY_AWAIT: Final = {
    "bot": "serves channels and crosses over with the turn in the store's thread",
    "scheduling": "ticks and delivers beside the channels",
}
# File or package -> why it may read the clock. Everywhere else `now` is an argument.
MAY_READ_THE_CLOCK: Final = {
    "bot": "the entry points, where the time of a message is taken",
    "scheduling/ticker.py": "the tick",
}

# Test -> why it may read the machine's clock (tests/clocks.py finds the others). A clock with an
# unknown start (`time.monotonic`, `time.process_time`) gives no date and needs no entry.
TESTS_MAY_READ_THE_CLOCK: Final = {
    "tests/conftest.py": "replaces the machine's clock by one that refuses",
    "tests/bot/conftest.py": "replaces the machine's clock by a fixed one for commands",
    "tests/test_house.py": "shows that the machine's clock refuses",
    "tests/channels/web/take_pictures.py": "no test: `make pictures` serves a demo just made",
}

CLOCK_READS: Final = frozenset({"now", "today", "utcnow"})
CLOCK_OWNERS: Final = frozenset({"datetime", "date", "time", "dt"})
"""The modules of these calls; `turn.now` is a value that was passed in."""
CHANCE: Final = frozenset({"uuid1", "uuid4", "urandom", "getrandbits", "token_hex"})
OUTSIDE_WORLD: Final = frozenset(
    {"open", "print", "input", "breakpoint", "eval", "exec", "compile", "__import__"}
)


def settings() -> dict[str, Any]:
    """The whole of pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def contract(name: str) -> dict[str, Any]:
    """One import-linter contract, by its id."""
    contracts: list[dict[str, Any]] = settings()["tool"]["importlinter"]["contracts"]
    return next(entry for entry in contracts if entry["id"] == name)


def source_files(folders: tuple[str, ...], *endings: str) -> Iterator[Path]:
    """Files below the given folders with one of the endings, in a stable order."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in endings and "__pycache__" not in path.parts:
                yield path


def foreign_imports(source: str, *, room: str, banned: frozenset[str]) -> list[str]:
    """Imports that are neither from the package itself nor an allowed standard library module."""
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names = [node.module or ""]
        else:
            continue
        for name in names:
            top = name.partition(".")[0]
            if top == room or (top in sys.stdlib_module_names and top not in banned):
                continue
            found.append(f"line {node.lineno}: imports {name}")
    return found


def impure_calls(source: str, *, names: frozenset[str]) -> list[str]:
    """Calls and references that make a function depend on more than its arguments.

    A reference counts as well: `default_factory=datetime.now` calls it later.
    """
    found = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and _is_impure(node, names - OUTSIDE_WORLD):
            found.append(f"line {node.lineno}: uses .{node.attr}")
        elif isinstance(node, ast.Name) and node.id in names & (OUTSIDE_WORLD | CHANCE):
            found.append(f"line {node.lineno}: uses {node.id}")
    return found


def _is_impure(node: ast.Attribute, names: frozenset[str]) -> bool:
    if node.attr not in names:
        return False
    if node.attr not in CLOCK_READS:
        return True
    owner = node.value.attr if isinstance(node.value, ast.Attribute) else node.value
    return (owner.id if isinstance(owner, ast.Name) else owner) in CLOCK_OWNERS


def awaits(source: str) -> list[str]:
    """Where a file awaits or defines something that must be awaited."""
    kinds = (ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith)
    return [
        f"line {node.lineno}: {type(node).__name__}"
        for node in ast.walk(ast.parse(source))
        if isinstance(node, kinds)
    ]
