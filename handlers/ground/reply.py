"""What a turn answers, before it becomes a message of the outbox."""

from dataclasses import dataclass, replace
from typing import Final

from domain.card_text import text_of
from domain.cards import Cards, saying
from domain.messages import Choice, Outgoing, Recipe
from domain.units import UnitId
from handlers.ground.menus import Menu, MenuKind
from handlers.understanding.intents import Intent

KEEP_MENU: Final = Menu(MenuKind.UNCHANGED)
"""The reply opens no menu of its own: the digits still belong to the question before it."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer. `menu` None closes any open menu, KEEP_MENU leaves the one before open.

    `cards` is what it shows. `figures` are (name, value) pairs, values as they stand in the
    database.
    """

    intent: Intent
    cards: Cards
    menu: Menu | None = None
    choices: tuple[Choice, ...] = ()
    units: tuple[UnitId, ...] = ()
    period: int | None = None
    figures: tuple[tuple[str, str | int], ...] = ()
    attachment: Recipe | None = None
    progress: tuple[int, int] | None = None

    @property
    def text(self) -> str:
        """The cards as plain text, without the choices."""
        return text_of(self.cards)

    def under(self, *lines: str) -> "Reply":
        """This reply with lines put above its cards, each a card of its own."""
        return replace(self, cards=(*saying(*lines), *self.cards))

    def over(self, *lines: str) -> "Reply":
        """This reply with lines put below its cards, each a card of its own."""
        return replace(self, cards=(*self.cards, *saying(*lines)))

    @property
    def keeps_menu(self) -> bool:
        """Whether the menu before stays open."""
        return self.menu == KEEP_MENU

    def outgoing(self) -> Outgoing:
        """The message that goes to the outbox."""
        return Outgoing(
            cards=self.cards,
            menu=None if self.menu is None or self.keeps_menu else str(self.menu),
            choices=self.choices,
            attachment=self.attachment,
            progress=self.progress,
        )
