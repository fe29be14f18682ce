"""The status of units and its reasons, for people who may see them."""

from collections.abc import Callable
from functools import partial

from domain.cards import saying
from domain.units import UnitId, UnitIdError
from handlers.assessment.sheet import Sheet
from handlers.contract import Claim, Entry, Manner, OpenMenu, Outcome, Rank, Subject
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.status.asked import about_unit, asked
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent

__all__ = ["STATUS"]


def _ordered(turn: Turn, _order: Order) -> Reply:
    return Reply(intent=Intent.STATUS, cards=saying(turn.say("menu.ask_unit")), menu=KEEP_MENU)


class _OpenUnits(OpenMenu):
    """Several units, one of which is meant; the unit that a person sends back is checked again."""

    def __init__(self, menu: Menu) -> None:
        """`menu`: what was asked, the year, the structure, the codes of the units."""
        self._menu = menu

    def label(self, heard: Heard) -> Claim | None:
        """The unit with this number, or a sentence that no unit has it."""
        codes = self._menu.part(3).split(",")
        if not heard.number:
            return None
        at = int(heard.number) - 1
        if not 0 <= at < len(codes):
            return _claim(partial(_again, len(codes)))
        try:
            unit = UnitId.parse(f"{self._menu.part(2)}:{codes[at]}")
        except UnitIdError:
            return None
        why, year = self._menu.part(0) == Intent.WHY, self._menu.part(1)
        intent = Intent.WHY if why else Intent.STATUS
        return _claim(partial(_about, unit, intent, int(year) if year.isdecimal() else None))


def _claim(act: Callable[[Turn], Outcome]) -> Claim:
    return Claim(rank=Rank.LABEL, act=act)


def _again(count: int, turn: Turn) -> Reply:
    text = turn.say("status.choose_again", count=count)
    return Reply(intent=Intent.UNKNOWN, cards=saying(text), menu=KEEP_MENU)


def _about(unit: UnitId, intent: Intent, year: int | None, turn: Turn) -> Reply:
    return about_unit(turn, intent, unit, year)


def _entries(turn: Turn, _sheet: Sheet | None) -> tuple[Entry, ...]:
    if not turn.overseeing:
        return ()
    return (Entry(label=turn.say("menu.status"), order=Order(command=Command.STATUS)),)


def _help(turn: Turn) -> tuple[str, ...]:
    oversees = turn.overseeing or turn.answering_post is None
    return (turn.say("help.status"),) if oversees else ()


STATUS = Subject(
    name="status",
    menus={MenuKind.WHICH_UNIT: lambda _turn, menu: _OpenUnits(menu)},
    commands={Command.STATUS: Manner.BESIDE},
    ordered=_ordered,
    intents=frozenset({Intent.STATUS, Intent.WHY, Intent.UNKNOWN}),
    asked=asked,
    entries=_entries,
    help=_help,
)
