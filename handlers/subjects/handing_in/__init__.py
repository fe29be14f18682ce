"""Handing the checklist in: the officer submits it to the head, who confirms or returns it."""

from collections.abc import Callable

from domain.people import Role
from handlers.assessment.sheet import Sheet
from handlers.contract import Claim, Entry, Manner, Outcome, Rank, Subject
from handlers.ground.heard import Heard
from handlers.ground.menus import MenuKind
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.handing_in.confirming import look_at, return_by_code, submit
from handlers.subjects.handing_in.decision_menu import decision_menu
from handlers.understanding.commands import Command, Order

__all__ = ["HANDING_IN"]

_LOOK = frozenset({"xem", "dong y", "xac nhan", "view", "agree"})
_RETURN = frozenset({"tra lai", "return"})


def _ordered(turn: Turn, _order: Order) -> Reply:
    return submit(turn)


def _coded(_turn: Turn, heard: Heard) -> Claim | None:
    found = heard.coded
    if found is None:
        return None
    if found.verb in _RETURN and not heard.asks:
        return _claim(lambda turn: return_by_code(turn, found))
    if found.verb in _LOOK and not found.rest:
        return _claim(lambda turn: look_at(turn, found))
    return None


def _claim(act: Callable[[Turn], Outcome]) -> Claim:
    return Claim(rank=Rank.CODE, act=act)


def _entries(turn: Turn, sheet: Sheet | None) -> tuple[Entry, ...]:
    if sheet is None or sheet.checklist.locked or sheet.checklist.open():
        return ()
    return (Entry(label=turn.say("menu.submit"), order=Order(command=Command.SUBMIT)),)


def _help(turn: Turn) -> tuple[str, ...]:
    if turn.answering_post is None:
        return ()
    return (turn.say("help.handing_in", is_head=turn.person.holds(Role.HEAD)),)


HANDING_IN = Subject(
    name="handing_in",
    menus={MenuKind.HAND_IN: decision_menu},
    commands={Command.SUBMIT: Manner.LEAVES},
    ordered=_ordered,
    letters="H",
    coded=_coded,
    entries=_entries,
    help=_help,
)
