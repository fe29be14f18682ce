"""How tests call a command and what they get."""

from typing import NamedTuple, Protocol


class Said(NamedTuple):
    """What one call gave."""

    code: int
    out: str
    err: str


class Antt(Protocol):
    """Calls a command with arguments and, if given, lines of input."""

    def __call__(self, *arguments: str, typed: str = "") -> Said: ...
