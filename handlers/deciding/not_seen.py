"""A question that did not arrive, or not yet: it is shown again, not answered.

A person who saw no question repeats his last text. It must not be recorded as the answer to the
next question.
"""

from datetime import datetime

from domain.channels import traits_of
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.turn import Turn

ASKING = frozenset({MenuKind.QUESTION, MenuKind.PAGE, MenuKind.REPLACE})
"""The menus whose answers are recorded."""


def when_written(turn: Turn, heard: Heard, open_menu: Menu | None, at: datetime | None) -> bool:
    """Whether he had not seen the open question when he wrote, at `at`. A command says what to
    do whatever he saw."""
    if open_menu is None or heard.order is not None:
        return False
    if open_menu.kind is MenuKind.LOST:
        return True
    address = turn.address
    if address is None or at is None or not traits_of(address.channel).writes_unseen:
        return False
    return open_menu.kind in ASKING and turn.tx.outbox.unseen(address.id, str(open_menu), at)
