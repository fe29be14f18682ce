"""Menus: which question a message opens. Menu tokens are written and parsed only here.

A menu token is stored with the address and comes back with every tap, so the values of `MenuKind`
must not change after an installation has stored them.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

LONGEST: Final = 200
"""Characters of a menu token; our longest, nine units to choose from, has about 80."""

_BETWEEN: Final = ":"


class MenuKind(StrEnum):
    """What a menu asks; the value is the first part of its token."""

    MAIN = "main"
    LANGUAGE = "language"
    QUESTION = "q"
    PAGE = "p"
    REPLACE = "r"
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
    """A kind of menu and the place that it is about ("12", "I.5.b", "choice", "0")."""

    kind: MenuKind
    place: tuple[str, ...] = ()

    def __str__(self) -> str:
        """The token that is stored and comes back: "q:12:I.5.b:choice:0"."""
        return _BETWEEN.join((self.kind, *self.place))

    def part(self, at: int) -> str:
        """One part of the place, "" if the menu has fewer parts."""
        return self.place[at] if at < len(self.place) else ""

    @property
    def rest(self) -> str:
        """The place without its first part, as one text."""
        return _BETWEEN.join(self.place[1:])


def parse_menu(text: str | None) -> Menu | None:
    """Parse a menu token; None for None and for every text that is not a token.

    It never raises: a page or a chat service may send back any text.
    """
    if text is None or len(text) > LONGEST:
        return None
    word, *place = text.split(_BETWEEN)
    try:
        kind = MenuKind(word)
    except ValueError:
        return None
    return None if kind is MenuKind.UNCHANGED else Menu(kind, tuple(place))
