"""The interface between channels, which show attachments, and the code that makes them."""

from dataclasses import dataclass
from typing import Protocol

from domain.messages import Recipe


class CannotMake(Exception):
    """The attachment cannot be made; its alternative text is shown instead."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """A finished attachment."""

    name: str
    media_type: str
    body: bytes


class Maker(Protocol):
    """Makes attachments from their recipes."""

    async def make(self, recipe: Recipe) -> Made:
        """Make the attachment. Raises `CannotMake`."""
