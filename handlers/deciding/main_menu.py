"""The main menu and the help text: what the subjects of the table offer to this person."""

from domain.cards import saying
from handlers.assessment.sheet import load_sheet
from handlers.contract import Claim, Entry, OpenMenu
from handlers.deciding.decide import command
from handlers.deciding.table import Index
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, numbered
from handlers.understanding.intents import Intent


def welcome(turn: Turn, table: Index) -> Reply:
    """The greeting and the things this person can do."""
    post = turn.post
    unit = turn.tx.units.get(post.unit)
    name = turn.unit_name(unit, with_parent=True) if unit else str(post.unit)
    greeting = turn.say("menu.welcome", role=turn.say("common.role", role=post.role), unit=name)
    sheet = load_sheet(turn)
    if sheet is None or sheet.checklist.locked:
        return offer(turn, table).under(greeting)
    return offer(turn, table).under(greeting, turn.say("menu.draft"))


def offer(turn: Turn, table: Index) -> Reply:
    """The menu without the greeting."""
    labels = tuple(entry.label for entry in _entries(turn, table))
    return Reply(
        intent=Intent.MENU,
        cards=saying(turn.say("menu.ask_what", hint="")),
        menu=Menu(MenuKind.MAIN),
        choices=numbered(labels),
    )


def not_understood(turn: Turn, table: Index) -> Reply:
    """A sentence that no subject could read the text, above the choices of the menu."""
    offered = offer(turn, table)
    text = turn.say("menu.not_understood")
    return Reply(
        intent=Intent.UNKNOWN, cards=saying(text), menu=offered.menu, choices=offered.choices
    )


def help_text(turn: Turn, table: Index) -> Reply:
    """What can be said, subject by subject."""
    lines = [line for subject in table.subjects for line in subject.help(turn)]
    text = "\n".join((turn.say("help.heading"), *lines, turn.say("help.closing")))
    return Reply(
        intent=Intent.HELP, cards=saying(text), menu=KEEP_MENU, choices=turn.actions("menu")
    )


def _entries(turn: Turn, table: Index) -> tuple[Entry, ...]:
    sheet = load_sheet(turn)
    return tuple(entry for subject in table.subjects for entry in subject.entries(turn, sheet))


class OpenMain(OpenMenu):
    """The main menu, open."""

    def __init__(self, turn: Turn, table: Index) -> None:
        """The entries are looked up when a number is typed."""
        self._turn, self._table = turn, table

    def label(self, heard: Heard) -> Claim | None:
        """The order that the entry with this number is short for."""
        if not heard.number:
            return None
        entries = _entries(self._turn, self._table)
        at = int(heard.number) - 1
        if not 0 <= at < len(entries):
            return None
        order = entries[at].order
        return command(self._table.commands[order.command], order)
