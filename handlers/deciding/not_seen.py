"""Which question was on the screen when a text was written.

A person who saw no question repeats his last text. It must not be recorded as the answer to the
next question. The web page names the question that it showed (`Said.asked`). A chat service dates
the text: a question was there if the service accepted it at an earlier time, as exactly as the
service dates. A terminal has printed a question, or it has not.
"""

from dataclasses import replace
from datetime import datetime
from typing import Final

from domain.channels import SeenBy, traits_of
from domain.messages import Said
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind, parse_menu
from handlers.ground.turn import Turn

ASKING = frozenset({MenuKind.QUESTION, MenuKind.PAGE, MenuKind.REPLACE})
"""The menus whose answers are recorded."""


UNKNOWN: Final = ""
"""Instead of a token: another question than the open one, which is not known."""


def is_asking(token: str | None) -> bool:
    """Whether the answers to the menu with this token are recorded."""
    menu = parse_menu(token)
    return menu is not None and menu.kind in ASKING


def is_lost(heard: Heard, open_menu: Menu | None) -> bool:
    """Whether delivery gave up the open question, and the text is no command: a command says what
    to do whatever was on the screen.
    """
    return open_menu is not None and open_menu.kind is MenuKind.LOST and heard.order is None


def written_for(turn: Turn, said: Said, open_menu: Menu | None, at: datetime | None) -> Said:
    """The text, with the question it was written for if that is not the open one. `at` is when it
    was written; without it nothing is known.
    """
    if said.asked is not None or open_menu is None or open_menu.kind not in ASKING:
        return said
    if at is None or turn.address is None or _was_seen(turn, open_menu, at):
        return said
    return replace(said, asked=_on_screen(turn, at) or UNKNOWN)


def _was_seen(turn: Turn, menu: Menu, at: datetime) -> bool:
    address = turn.address
    if address is None:
        return True
    seen_by, outbox = traits_of(address.channel).seen_by, turn.tx.outbox
    if seen_by is SeenBy.NAME:
        return True
    precision = seen_by.precision
    if precision is None:
        return outbox.shown(address.id, str(menu))
    return outbox.shown(address.id, str(menu), before=at, to=precision)


def _on_screen(turn: Turn, at: datetime) -> str | None:
    """The menu of the last message that was accepted before the text, if the channel dates it."""
    address = turn.address
    if address is None:
        return None
    precision = traits_of(address.channel).seen_by.precision
    return turn.tx.outbox.last_menu(address.id, before=at, to=precision) if precision else None
