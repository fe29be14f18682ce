"""A question about units in a person's own words, answered for the units that the
person may see.
"""

from functools import partial

from domain.cards import saying
from domain.units import Unit, UnitId
from handlers.contract import Claim, Rank
from handlers.ground.heard import Heard
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.ground.units_asked import (
    MOST_AT_ONCE,
    no_such_unit,
    several_units,
    units_named,
    visible,
)
from handlers.subjects.status.standing import status
from handlers.understanding.dates import find_year
from handlers.understanding.intents import Intent
from handlers.understanding.questions import names_a_place
from handlers.understanding.text import plain
from handlers.understanding.units import UnitsFound


def asked(turn: Turn, heard: Heard) -> Claim | None:
    """The claim to a question; None if the text asks nothing and names no place.

    A bare name that leads to no visible unit, or to several, is only a guess, whether such a unit
    exists or not.
    """
    found = units_named(turn, heard.text)
    named = bool(found.units) or found.elsewhere is not None or names_a_place(heard.text)
    if heard.intent is Intent.UNKNOWN and not named:
        return None
    seen = visible(turn, found.units) if found.units else ()
    return Claim(
        rank=Rank.QUESTION,
        act=partial(_answered, heard, found, seen),
        beside=True,
        yields=heard.intent is Intent.UNKNOWN and (not seen or found.ambiguous),
    )


def _answered(heard: Heard, found: UnitsFound, seen: tuple[Unit, ...], turn: Turn) -> Reply:
    intent = heard.intent
    if found.units:
        return _of_units(turn, heard, found, seen)
    if found.elsewhere is None and _names_own(turn, heard.text):
        return Reply(
            intent=Intent.STATUS, cards=saying(turn.say("status.no_rollup")), menu=KEEP_MENU
        )
    if found.elsewhere is not None or names_a_place(heard.text):
        return no_such_unit(turn, intent)
    return _own_unit(turn, intent)


def _of_units(turn: Turn, heard: Heard, found: UnitsFound, seen: tuple[Unit, ...]) -> Reply:
    intent, year = heard.intent, find_year(heard.text)
    if len(seen) > 1 and not found.ambiguous and len(seen) <= MOST_AT_ONCE:
        reply = _each(turn, intent, seen, year)
    else:
        reply = _about(turn, intent, seen, year, one_name=found.ambiguous)
    if seen and not all(set(meant) & set(seen) for meant in found.mentions):
        # Named next to a visible unit: the same sentence as if it is named alone.
        return reply.over(turn.say("status.unknown_unit"))
    return reply


def about_unit(turn: Turn, intent: Intent, unit_id: UnitId, year: int | None) -> Reply:
    """The answer about one unit that was chosen from a menu."""
    return _about(turn, intent, visible(turn, (unit_id,)), year)


def _names_own(turn: Turn, text: str) -> bool:
    """Whether the text names the whole province, which the person may see."""
    own = turn.province
    seen = visible(turn, (own,)) if own is not None else ()
    return any(plain(province.name) in plain(text) for province in seen)


def _own_unit(turn: Turn, intent: Intent) -> Reply:
    """A person of one unit who names no unit asks about that unit."""
    post = turn.answering_post
    own = visible(turn, (post.unit,)) if post else ()
    if own and not turn.overseeing:
        return _about(turn, intent, own, None)
    return Reply(intent=intent, cards=saying(turn.say("menu.ask_unit")), menu=KEEP_MENU)


def _about(
    turn: Turn,
    intent: Intent,
    units: tuple[Unit, ...],
    year: int | None,
    *,
    one_name: bool = True,
) -> Reply:
    if len(units) == 1:
        return status(turn, units[0], year, why=intent is Intent.WHY)
    return several_units(turn, intent, units, year, one_name=one_name)


def _each(turn: Turn, intent: Intent, units: tuple[Unit, ...], year: int | None) -> Reply:
    """Several units named in one question, answered one below the other."""
    replies = [status(turn, unit, year, why=intent is Intent.WHY) for unit in units]
    return Reply(
        intent=intent,
        cards=tuple(card for reply in replies for card in reply.cards),
        menu=KEEP_MENU,
        units=tuple(unit.id for unit in units),
        period=replies[0].period,
        figures=tuple(
            (f"{unit.id.code} {name}", value)
            for unit, reply in zip(units, replies, strict=True)
            for name, value in reply.figures
        ),
    )
