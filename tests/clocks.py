"""How a test that reads the machine's clock is found.

A test that reads it passes at one hour and fails at another, or on a holiday. The program's own
way to the clock is guarded at run time as well: `bot.clock.SystemClock` refuses in every test.
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
"""Module or class -> what of it shows the present time."""

_NAMES: Final = frozenset(f"{owner}.{name}" for owner, names in READS.items() for name in names)

_PARTS: Final = frozenset(
    ".".join(name.split(".")[:length])
    for name in _NAMES
    for length in range(1, name.count(".") + 2)
)
"""Every name on the way to a reading: `datetime`, `datetime.datetime`, `datetime.datetime.now`."""


def clock_reads(source: str) -> list[str]:
    """Where a file takes the time from the machine, also under another name or as a value that
    is called later; and where it starts `antt serve` without saying at what time."""
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
    """What a name of the file stands for, as far as it leads to a clock."""
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
    """The whole name of an expression such as `dt.datetime.now`, None where it leads elsewhere."""
    if isinstance(node, ast.Name):
        return known.get(node.id)
    if isinstance(node, ast.Attribute) and (owner := _meant(node.value, known)) is not None:
        return f"{owner}.{node.attr}"
    return None


def _says_system_clock(value: object) -> bool:
    """A place to patch, such as "bot.commands.serve.SystemClock"; prose has spaces."""
    return isinstance(value, str) and " " not in value and value.split(".")[1:][-1:] == [CLOCK]


def _timeless_programs(tree: ast.AST) -> list[str]:
    """Lists of arguments that name `serve` and no time. In a file that gives the time by other
    lists, `--at` stands in one of these."""
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
