"""Protocols that the web chat needs from the rest of the program."""

from collections.abc import Callable
from typing import Protocol, TypeVar

from bot.making import CannotMake, Made, Maker
from bot.turns import Taken
from domain.messages import Incoming
from storage import Tx

__all__ = ["CannotMake", "Database", "DatabaseBusy", "Made", "Maker", "Turns"]

T = TypeVar("T")


class DatabaseBusy(Exception):
    """No thread was free in time. Nothing was done; the page repeats the request by itself."""


class Database(Protocol):
    """The store, called from the event loop without blocking it. Both raise `DatabaseBusy`."""

    async def read(self, question: Callable[[Tx], T]) -> T:
        """Read in a read-only transaction."""

    async def write(self, change: Callable[[Tx], T]) -> T:
        """Write in one transaction, committed when this returns."""


class Turns(Protocol):
    """The part of `bot.turns.TurnRunner` that the web chat needs."""

    async def take(self, incoming: Incoming) -> Taken:
        """Run one turn, committed when this returns. A repeated message is not handled again."""
