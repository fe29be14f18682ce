"""Duties: what must be handed in and when, which units have not done so, and the declaration of a
hand-in.
"""

from functools import partial

from handlers.assessment.sheet import Sheet
from handlers.contract import Claim, Entry, Manner, Outcome, Rank, Subject
from handlers.ground.heard import Heard
from handlers.ground.turn import Turn
from handlers.ground.units_asked import MOST_AT_ONCE, several_units, units_named, visible
from handlers.subjects.duties.declaring import hand_in
from handlers.subjects.duties.due import dates, departments_named, missing, of_units
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent
from handlers.understanding.questions import names_a_place

__all__ = ["DUTIES"]


def _ordered(turn: Turn, order: Order) -> Outcome:
    return hand_in(turn, order) if order.command is Command.HANDED_IN else dates(turn)


def _asked(_turn: Turn, heard: Heard) -> Claim | None:
    act = partial(_answered, heard)
    return Claim(rank=Rank.QUESTION, act=act, beside=True)


def _answered(heard: Heard, turn: Turn) -> Outcome:
    """Answer for the named units, for the person's own unit, or with the units that have not handed
    in.
    """
    found = units_named(turn, heard.text)
    named = visible(turn, found.units) if found.units else departments_named(turn, heard.text)
    if named and len(named) <= MOST_AT_ONCE:
        return of_units(turn, named)
    if named or found.units or found.elsewhere is not None or names_a_place(heard.text):
        return several_units(turn, Intent.STATUS, named, None)
    return missing(turn, heard.text) if heard.intent is Intent.MISSING else dates(turn)


def _entries(turn: Turn, _sheet: Sheet | None) -> tuple[Entry, ...]:
    return (Entry(label=turn.say("menu.dates"), order=Order(command=Command.DATES)),)


def _help(turn: Turn) -> tuple[str, ...]:
    answers = turn.answering_post is not None
    return (turn.say("help.duties", answers=answers, oversees=turn.overseeing),)


DUTIES = Subject(
    name="duties",
    commands={Command.DATES: Manner.BESIDE, Command.HANDED_IN: Manner.BESIDE},
    ordered=_ordered,
    letters="N",
    intents=frozenset({Intent.DATES, Intent.MISSING}),
    asked=_asked,
    entries=_entries,
    help=_help,
)
