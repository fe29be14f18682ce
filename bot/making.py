"""Attachments between the channels that show them and whoever makes them."""

from dataclasses import dataclass
from typing import Protocol

from domain.messages import Recipe


class CannotMake(Exception):
    """The attachment cannot be made; its alternative text is shown instead."""


@dataclass(frozen=True, kw_only=True)
class Made:
    """An attachment ready to be sent."""

    name: str
    media_type: str
    body: bytes


class Maker(Protocol):
    """Makes attachments from their recipes."""

    async def make(self, recipe: Recipe) -> Made:
        """Make it. Raises `CannotMake`."""
