"""What the web chat asks of the rest of the program."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.making import CannotMake, Made, Maker
from bot.turns import Taken
from domain.messages import Incoming
from storage import Tx

__all__ = ["CannotMake", "Database", "DatabaseBusy", "Made", "Maker", "Turns"]

T = TypeVar("T")


class DatabaseBusy(Exception):
    """No thread was free in time. Nothing happened; the page asks again by itself."""


class Database(Protocol):
    """The store, reached from the event loop without holding it up. Both raise `DatabaseBusy`."""

    async def read(self, question: Callable[[Tx], T]) -> T:
        """Ask in a read-only transaction."""

    async def write(self, change: Callable[[Tx], T]) -> T:
        """Change in one transaction, committed when this returns."""


class Turns(Protocol):
    """`bot.turns.TurnRunner`, as far as the web needs it."""

    async def take(self, incoming: Incoming) -> Taken:
        """One turn, committed when this returns. What was taken before is not taken again."""
