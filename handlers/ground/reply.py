"""What a turn answers, before it becomes a message of the outbox."""

from dataclasses import dataclass, replace
from enum import StrEnum

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


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answer. `menu` None closes any open menu, KEEP_MENU leaves the one before open.

    `figures` are (name, value) pairs, values as they stand in the database.
    """

    intent: Intent
    text: str
    menu: str | None = None
    choices: tuple[Choice, ...] = ()
    units: tuple[UnitId, ...] = ()
    period: int | None = None
    figures: tuple[tuple[str, str | int], ...] = ()
    attachment: Recipe | None = None
    progress: tuple[int, int] | None = None

    def under(self, *lines: str) -> "Reply":
        """This reply with lines put above its text."""
        above = [line for line in lines if line]
        return replace(self, text="\n\n".join((*above, self.text))) if above else self

    def outgoing(self) -> Outgoing:
        """The message that goes to the outbox."""
        return Outgoing(
            text=self.text,
            menu=None if self.menu == KEEP_MENU else self.menu,
            choices=self.choices,
            attachment=self.attachment,
            progress=self.progress,
        )
