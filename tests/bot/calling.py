"""How tests call a command, and the result."""

from datetime import UTC, datetime
from typing import Final, NamedTuple, Protocol

TODAY: Final = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""The machine's clock for a command that a test calls: 09:00 of a Tuesday in Viet Nam. A command
with `--at` does not read it.
"""


class Said(NamedTuple):
    """The result of one call."""

    code: int
    out: str
    err: str


class Antt(Protocol):
    """Calls a command with arguments and, if given, lines of input."""

    def __call__(self, *arguments: str, typed: str = "") -> Said: ...
