"""How tests call a command and what they get."""

from datetime import UTC, datetime
from typing import Final, NamedTuple, Protocol

TODAY: Final = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
"""What the machine's clock shows to a command that is called in a test: 09:00 of a Tuesday in
Viet Nam. A command with `--at` does not read it."""


class Said(NamedTuple):
    """What one call gave."""

    code: int
    out: str
    err: str


class Antt(Protocol):
    """Calls a command with arguments and, if given, lines of input."""

    def __call__(self, *arguments: str, typed: str = "") -> Said: ...
