"""The answer of a turn, before it becomes a message in the outbox."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from domain.card_text import text_of
from domain.cards import Card, Cards
from domain.messages import Choice, Outgoing, Recipe
from domain.units import UnitId
from handlers.ground.menus import Menu, MenuKind
from handlers.understanding.intents import Intent

KEEP_MENU: Final = Menu(MenuKind.UNCHANGED)
"""The reply opens no menu of its own: a typed digit still answers the question before it."""


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer. `menu` None closes any open menu, KEEP_MENU leaves the open one as it is.

    `cards` is what it shows. `figures` are (name, value) pairs, with the values as they are in the
    database. `unread`: what the person wrote was not read as anything.
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
    unread: bool = False

    @property
    def text(self) -> str:
        """The cards as plain text, without the choices."""
        return text_of(self.cards)

    def under(self, *parts: str | Card) -> "Reply":
        """This reply with cards put above its own; a string becomes a card of its own."""
        return replace(self, cards=(*_cards(parts), *self.cards))

    def over(self, *parts: str | Card) -> "Reply":
        """This reply with cards put below its own; a string becomes a card of its own."""
        return replace(self, cards=(*self.cards, *_cards(parts)))

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


def _cards(parts: Iterable[str | Card]) -> Cards:
    """Empty parts are left out."""
    shown = (Card(text=part) if isinstance(part, str) else part for part in parts)
    return tuple(card for card in shown if text_of((card,)))
