"""How many statements and commits something takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Engine, event

_NOT_COUNTED: Final = ("BEGIN", "PRAGMA")


@dataclass(kw_only=True)
class Counted:
    """Statements and commits of everything that ran meanwhile."""

    statements: int = 0
    commits: int = 0


@contextmanager
def counting() -> Iterator[Counted]:
    """Count while the block runs, on every database that is open."""
    counted = Counted()

    def statement(_connection: Any, _cursor: Any, sql: str, *_: Any) -> None:
        counted.statements += not sql.startswith(_NOT_COUNTED)

    def commit(_connection: Any) -> None:
        counted.commits += 1

    event.listen(Engine, "before_cursor_execute", statement)
    event.listen(Engine, "commit", commit)
    try:
        yield counted
    finally:
        event.remove(Engine, "before_cursor_execute", statement)
        event.remove(Engine, "commit", commit)
