"""Setting up a province in the chat: the same conversation on every channel.

The administrator's place is in the database: the open screen in the address's menu, unfinished
input in a draft of the step. Another device or a restart continues from there. An action that
binds, opens or ends something needs a typed word, never a digit.
"""

from domain.cards import saying
from domain.people import Role
from handlers.assessment.sheet import Sheet
from handlers.contract import Claim, Entry, Manner, Rank, Subject
from handlers.ground.heard import Heard
from handlers.ground.menus import MenuKind
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.setup import home, person, rulings
from handlers.subjects.setup.screens import setup_of
from handlers.subjects.setup.step_menu import step_menu
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent

__all__ = ["SETUP"]

_WITHDRAW = frozenset(
    f"{verb}{noun}" for verb in ("rut", "bo", "withdraw") for noun in ("", " quy uoc")
)


def _ordered(turn: Turn, _order: Order) -> Reply:
    """ "cài đặt": all steps with their progress."""
    setup = setup_of(turn)
    if setup is None:
        return Reply(
            intent=Intent.SETUP, cards=saying(turn.say("menu.not_for_role")), menu=KEEP_MENU
        )
    return home.show(setup)


def _coded(turn: Turn, heard: Heard) -> Claim | None:
    """ "rút Q3"."""
    found, setup = heard.coded, setup_of(turn)
    if setup is None or found is None or found.verb not in _WITHDRAW or found.rest:
        return None
    if heard.asks:
        return None
    return Claim(rank=Rank.CODE, act=lambda _turn: rulings.withdraw(setup, found.number))


def _worded(turn: Turn, heard: Heard) -> Claim | None:
    """An administrator's order about people ("thay an"), with any screen open."""
    setup = setup_of(turn)
    act = None if setup is None else person.order(setup, heard)
    if setup is None or act is None:
        return None
    return Claim(rank=Rank.PHRASE, act=lambda _turn: act(setup))


def _entries(turn: Turn, _sheet: Sheet | None) -> tuple[Entry, ...]:
    if not turn.person.holds(Role.ADMINISTRATOR):
        return ()
    return (Entry(label=turn.say("menu.setup"), order=Order(command=Command.SETUP)),)


def _help(turn: Turn) -> tuple[str, ...]:
    return (turn.say("help.setup"),) if turn.person.holds(Role.ADMINISTRATOR) else ()


SETUP = Subject(
    name="setup",
    menus={MenuKind.SETUP: step_menu},
    commands={Command.SETUP: Manner.LEAVES},
    ordered=_ordered,
    letters="Q",
    coded=_coded,
    verbs=person.VERBS,
    worded=_worded,
    entries=_entries,
    help=_help,
)
