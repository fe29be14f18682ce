"""A question that may not have arrived: its digits are nobody's, and it is shown again.

A person who saw nothing repeats his last word; taken for the answer to the next question, it
would be recorded as one.
"""

from domain.messages import Content, Said
from handlers.asking import ask
from handlers.reply import Reply
from handlers.several.showing import waits_at_the_end
from handlers.sheet import load_sheet
from handlers.turn import Turn
from handlers.understanding.commands import read_order

LOST = "lost"
"""The menu of an address whose last question was given up by delivery."""


def asked_again(turn: Turn, content: Content, menu_open: str | None) -> Reply | None:
    """The open question once more; None when nothing was lost, or a command says what to do."""
    if menu_open != LOST or not isinstance(content, Said) or read_order(content.text) is not None:
        return None
    sheet = load_sheet(turn)
    if sheet is None or sheet.checklist.locked:
        return None
    if sheet.place is None and not waits_at_the_end(sheet):
        return None
    return ask(turn, sheet).under(turn.say("delivery.lost"))
