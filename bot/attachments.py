"""Makes attachments from their recipes when a channel needs them."""

from dataclasses import dataclass

from bot.channels.web import CannotMake, Made, StoreDatabase
from bot.clock import Clock
from domain.messages import Recipe, RecipeKind
from handlers.documents import link_square
from handlers.ground.library import Library
from handlers.subjects.setup import files
from storage import Tx


@dataclass(frozen=True, kw_only=True)
class Attachments:
    """Makes attachments from recipes. If a recipe fails, the channel shows its alternative text.

    `origin` is the public address of the web chat.
    """

    database: StoreDatabase
    library: Library
    clock: Clock
    origin: str

    async def make(self, recipe: Recipe) -> Made:
        """Make the attachment. Raises `CannotMake`."""
        if recipe.kind is RecipeKind.LINK_QR:
            return Made(name=recipe.name, media_type=link_square.PNG, body=link_square.made(recipe))
        if recipe.kind not in files.KINDS:
            raise CannotMake(recipe.kind)
        made = await self.database.read(lambda tx: self._from_setup(tx, recipe))
        if made is None:
            raise CannotMake(recipe.kind)
        return Made(name=made.name, media_type=made.media_type, body=made.body)

    def _from_setup(self, tx: Tx, recipe: Recipe) -> files.MadeFile | None:
        return files.make(recipe, tx, self.library, origin=self.origin, now=self.clock.now())
