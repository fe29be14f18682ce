"""Finds tests that read the machine's clock.

Such a test passes at one hour and fails at another, or on a holiday. The program's own access to
the clock is also guarded at run time: `bot.clock.SystemClock` refuses in every test.
"""

import ast
from collections.abc import Iterator
from typing import Final

CLOCK: Final = "SystemClock"

READS: Final = {
    "time": frozenset({"time", "time_ns", "localtime", "gmtime", "ctime", "asctime", "strftime"}),
    "datetime.datetime": frozenset({"now", "today", "utcnow"}),
    "datetime.date": frozenset({"today"}),
    "email.utils": frozenset({"localtime", "formatdate"}),
    "bot.clock": frozenset({CLOCK}),
}
"""Module or class -> its attributes that give the present time."""

_NAMES: Final = frozenset(f"{owner}.{name}" for owner, names in READS.items() for name in names)

_PARTS: Final = frozenset(
    ".".join(name.split(".")[:length])
    for name in _NAMES
    for length in range(1, name.count(".") + 2)
)
"""Every name on the way to a read: `datetime`, `datetime.datetime`, `datetime.datetime.now`."""


def clock_reads(source: str) -> list[str]:
    """Where a file reads the machine's clock, also under another name or as a value that is called
    later; and where it starts `antt serve` without a time.
    """
    tree = ast.parse(source)
    known = dict(_imported(tree))
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            names = (f"{node.module}.{alias.name}" for alias in node.names)
            found += [f"line {node.lineno}: imports {name}" for name in names if name in _NAMES]
        elif isinstance(node, ast.Attribute) and (name := _meant(node, known)) in _NAMES:
            found.append(f"line {node.lineno}: uses {name}")
        elif isinstance(node, ast.Constant) and _says_system_clock(node.value):
            found.append(f"line {node.lineno}: names {CLOCK}")
    return found + _timeless_programs(tree)


def _imported(tree: ast.AST) -> Iterator[tuple[str, str]]:
    """What a name in the file stands for, if it leads to a clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                whole = alias.name if alias.asname else alias.name.partition(".")[0]
                if whole in _PARTS:
                    yield alias.asname or whole, whole
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (whole := f"{node.module}.{alias.name}") in _PARTS:
                    yield alias.asname or alias.name, whole


def _meant(node: ast.expr, known: dict[str, str]) -> str | None:
    """The full name of an expression such as `dt.datetime.now`, None if it does not lead to a
    clock.
    """
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute) and (owner := _meant(node.value, known)) is not None:
        return f"{owner}.{node.attr}"
    return None


def _says_system_clock(value: object) -> bool:
    """A patch target, such as "bot.commands.serve.SystemClock"; prose contains spaces."""
    return isinstance(value, str) and " " not in value and value.split(".")[1:][-1:] == [CLOCK]


def _timeless_programs(tree: ast.AST) -> list[str]:
    """Lists of arguments with `serve` and without a time. In a file that gives the time in another
    list, `--at` is in one of these.
    """
    arguments = [node for node in ast.walk(tree) if isinstance(node, ast.List | ast.Tuple)]
    if any(_holds(node, "--at") for node in arguments):
        return []
    return [
        f"line {node.lineno}: starts `antt serve` without --at"
        for node in arguments
        if _holds(node, "serve") and _holds(node, "--db")
    ]


def _holds(node: ast.List | ast.Tuple, text: str) -> bool:
    return any(isinstance(one, ast.Constant) and one.value == text for one in node.elts)
