"""Menus: which question a message of ours opens, written and read in this one place.

The text of a menu stands in the database with the address and comes back with every tap, so
the words of `MenuKind` never change once an installation has them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST: Final = 200
"""Characters of a menu's text; our longest, nine units to choose from, has about 80."""

_BETWEEN: Final = ":"


class MenuKind(StrEnum):
    """What a menu asks; the value begins its text."""

    MAIN = "main"
    LANGUAGE = "language"
    QUESTION = "q"
    PAGE = "p"
    WHICH_UNIT = "u"
    WHICH_MEANING = "meaning"
    POSTS = "posts"
    HAND_IN = "h"
    SETUP = "s"
    DOOR = "door"
    LOST = "lost"
    UNCHANGED = "keep"


@dataclass(frozen=True)
class Menu:
    """A kind of menu and the place it is about ("12", "I.5.b", "choice", "0")."""

    kind: MenuKind
    place: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The text that is kept and comes back: "q:12:I.5.b:choice:0"."""
        return _BETWEEN.join((self.kind, *self.place))

    def part(self, at: int) -> str:
        """One part of the place, "" where the menu has fewer."""
        return self.place[at] if at < len(self.place) else ""

    @property
    def rest(self) -> str:
        """The place without its first part, as one text."""
        return _BETWEEN.join(self.place[1:])


def parse_menu(text: str | None) -> Menu | None:
    """The menu that a text names; None for no text and for every text that names none.

    Total: what a page or a chat service sends back may be anything.
    """
    if text is None or len(text) > LONGEST:
        return None
    word, *place = text.split(_BETWEEN)
    try:
        kind = MenuKind(word)
    except ValueError:
        return None
    return None if kind is MenuKind.UNCHANGED else Menu(kind, tuple(place))
