"""What a turn answers, before it becomes a message of the outbox."""

from dataclasses import dataclass, replace
from enum import StrEnum

from domain.card_text import text_of
from domain.cards import Cards, saying
from domain.messages import Choice, Outgoing, Recipe
from domain.units import UnitId

KEEP_MENU = "keep"
"""The reply opens no menu of its own: the digits still belong to the question before it."""


class Intent(StrEnum):
    """What was understood; part of the answer of `antt ask`."""

    MENU = "menu"
    CHECKLIST = "checklist"
    RESULT = "result"
    STATUS = "status"
    WHY = "why"
    MISSING = "missing"
    DATES = "dates"
    HAND_IN = "hand_in"
    HELP = "help"
    LANGUAGE = "language"
    ACCESS = "access"
    SUBMIT = "submit"
    POSTS = "posts"
    SETUP = "setup"
    CHANNELS = "channels"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, kw_only=True, init=False)
class Reply:
    """One answer. `menu` None closes any open menu, KEEP_MENU leaves the one before open.

    `cards` is what it shows. `figures` are (name, value) pairs, values as they stand in the
    database.
    """

    intent: Intent
    cards: Cards
    menu: str | None
    choices: tuple[Choice, ...]
    units: tuple[UnitId, ...]
    period: int | None
    figures: tuple[tuple[str, str | int], ...]
    attachment: Recipe | None
    progress: tuple[int, int] | None

    def __init__(
        self,
        *,
        intent: Intent,
        cards: Cards = (),
        text: str | None = None,
        menu: str | None = None,
        choices: tuple[Choice, ...] = (),
        units: tuple[UnitId, ...] = (),
        period: int | None = None,
        figures: tuple[tuple[str, str | int], ...] = (),
        attachment: Recipe | None = None,
        progress: tuple[int, int] | None = None,
    ) -> None:
        """`text` is the short form of one card that only says it, in place of `cards`."""
        # A frozen dataclass refuses assignments, also here.
        self.__dict__.update(
            intent=intent,
            cards=cards if text is None else saying(text),
            menu=menu,
            choices=choices,
            units=units,
            period=period,
            figures=figures,
            attachment=attachment,
            progress=progress,
        )

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

    def outgoing(self) -> Outgoing:
        """The message that goes to the outbox."""
        return Outgoing(
            cards=self.cards,
            menu=None if self.menu == KEEP_MENU else self.menu,
            choices=self.choices,
            attachment=self.attachment,
            progress=self.progress,
        )
