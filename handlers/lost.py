"""A question that did not arrive, or not yet: its digits are nobody's, and it is shown again.

A person who saw nothing repeats his last word; taken for the answer to the next question, it
would be recorded as one.
"""

from datetime import datetime

from domain.channels import traits_of
from domain.messages import Content, Said
from handlers.asking import ask
from handlers.reply import Reply
from handlers.several.showing import PAGE, waits_at_the_end
from handlers.sheet import load_sheet
from handlers.turn import Turn
from handlers.understanding.commands import read_order

LOST = "lost"
"""The menu of an address whose last question was given up by delivery."""


ASKING = ("q:", PAGE)
"""What the menus of the checklist begin with."""


def asked_again(
    turn: Turn, content: Content, menu_open: str | None, *, at: datetime
) -> Reply | None:
    """The open question once more, to somebody who had not seen it when he wrote, at `at`; None
    when he had, or when a command says what to do."""
    if not isinstance(content, Said) or read_order(content.text) is not None:
        return None
    if menu_open != LOST and not _unseen(turn, menu_open, at):
        return None
    sheet = load_sheet(turn)
    if sheet is None or sheet.checklist.locked:
        return None
    if sheet.place is None and not waits_at_the_end(sheet):
        return None
    return ask(turn, sheet).under(turn.say("delivery.lost"))


def _unseen(turn: Turn, menu_open: str | None, at: datetime) -> bool:
    address = turn.address
    if address is None or menu_open is None or not traits_of(address.channel).writes_unseen:
        return False
    return menu_open.startswith(ASKING) and turn.tx.outbox.unseen(address.id, menu_open, at)
