"""Attachments made from their recipes when somebody asks for them."""

from bot.channels.web import CannotMake, Made
from domain.messages import Recipe


class Attachments:
    """Makes what the recipes name. A recipe nobody can make is shown as its alternative text."""

    async def make(self, recipe: Recipe) -> Made:
        """Make it. Raises `CannotMake`."""
        raise CannotMake(recipe.kind)
