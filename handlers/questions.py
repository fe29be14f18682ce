"""A question in a person's own words, answered from what he may see."""

from dataclasses import replace

from domain.cards import saying
from domain.units import Unit, UnitId
from handlers.dates import dates, departments_named, missing, of_units
from handlers.reply import KEEP_MENU, Intent, Reply
from handlers.status import status
from handlers.turn import Turn, capital, numbered
from handlers.understanding.dates import find_year
from handlers.understanding.questions import intent_of, names_a_place
from handlers.understanding.text import plain
from handlers.understanding.units import UnitsFound, find_units

MOST_TO_CHOOSE = 9
"""Units offered in one menu: more do not fit a small screen, and one digit is enough."""

MOST_AT_ONCE = 3
"""Units answered in one message when several are named: more is no longer one screen."""

_ABOUT_UNITS = (Intent.STATUS, Intent.WHY, Intent.UNKNOWN)


def answer(turn: Turn, text: str) -> Reply | None:
    """The answer to a free question; None when it is none that we understand."""
    intent = intent_of(text)
    found = _units_named(turn, text)
    if intent in (Intent.MISSING, Intent.DATES):
        return _duties(turn, intent, text, found)
    if intent not in _ABOUT_UNITS:
        intent = Intent.STATUS
    if not found.units:
        if intent is not Intent.UNKNOWN and found.elsewhere is None and _names_own(turn, text):
            return Reply(intent=intent, text=turn.say("status.no_rollup"), menu=KEEP_MENU)
        if found.elsewhere is not None or names_a_place(text):
            return _about(turn, intent, (), None)
        return _no_unit(turn, intent)
    seen, year = _visible(turn, found.units), find_year(text)
    if len(seen) > 1 and not found.ambiguous and len(seen) <= MOST_AT_ONCE:
        reply = _each(turn, intent, seen, year)
    else:
        reply = _about(turn, intent, seen, year, one_name=found.ambiguous)
    if seen and not all(set(meant) & set(seen) for meant in found.mentions):
        # Named beside one he may see: the same sentence as when it is named alone.
        return reply.over(turn.say("status.unknown_unit"))
    return reply


def _duties(turn: Turn, intent: Intent, text: str, found: UnitsFound) -> Reply:
    """What has to be handed in: by the units named, by his own, or by who has not."""
    named = _visible(turn, found.units) if found.units else departments_named(turn, text)
    if named and len(named) <= MOST_AT_ONCE:
        return of_units(turn, named)
    if named or found.units or found.elsewhere is not None or names_a_place(text):
        return _about(turn, Intent.STATUS, named, None)
    return missing(turn, text) if intent is Intent.MISSING else dates(turn)


def about_unit(turn: Turn, intent: Intent, unit_id: UnitId, year: int | None) -> Reply:
    """The answer about one unit that was chosen from a menu."""
    return _about(turn, intent, _visible(turn, (unit_id,)), year)


def _units_named(turn: Turn, text: str) -> UnitsFound:
    home = turn.post.unit
    unit = turn.tx.units.get(home)
    province = unit.province if unit else home.code
    return find_units(text, turn.library.book(home.structure), province)


def _names_own(turn: Turn, text: str) -> bool:
    """Whether the person names the province he may see as a whole."""
    own = turn.province
    seen = _visible(turn, (own,)) if own is not None else ()
    return any(plain(province.name) in plain(text) for province in seen)


def _visible(turn: Turn, wanted: tuple[Unit, ...] | tuple[UnitId, ...]) -> tuple[Unit, ...]:
    """Those of the units that the person may see: the one door."""
    ids = tuple(one.id if isinstance(one, Unit) else one for one in wanted)
    return turn.tx.visible_to(turn.person).units(ids)


def _no_unit(turn: Turn, intent: Intent) -> Reply | None:
    if intent is Intent.UNKNOWN:
        return None
    post = turn.answering_post
    own = _visible(turn, (post.unit,)) if post else ()
    if own and not turn.overseeing:
        return _about(turn, intent, own, None)
    return Reply(intent=intent, text=turn.say("menu.ask_unit"), menu=KEEP_MENU)


def _about(
    turn: Turn,
    intent: Intent,
    units: tuple[Unit, ...],
    year: int | None,
    *,
    one_name: bool = True,
) -> Reply:
    """`one_name`: several units are bearers of one name, not several that were named."""
    if not units:
        # Out of scope and not existing get the same sentence, true of both.
        return Reply(intent=intent, text=turn.say("status.unknown_unit"), menu=KEEP_MENU)
    if len(units) == 1:
        return status(turn, units[0], year, why=intent is Intent.WHY)
    if len(units) > MOST_TO_CHOOSE:
        text = turn.say("status.too_many_units", limit=MOST_TO_CHOOSE)
        return Reply(intent=intent, text=text, menu=KEEP_MENU)
    which = _which(turn, intent, units, year)
    if one_name:
        return which
    return replace(which, cards=saying(turn.say("status.some_at_once", limit=MOST_AT_ONCE)))


def _each(turn: Turn, intent: Intent, units: tuple[Unit, ...], year: int | None) -> Reply:
    """Several units named in one question, answered one below the other."""
    replies = [status(turn, unit, year, why=intent is Intent.WHY) for unit in units]
    return Reply(
        intent=intent,
        text="\n\n".join(reply.text for reply in replies),
        menu=KEEP_MENU,
        units=tuple(unit.id for unit in units),
        period=replies[0].period,
        figures=tuple(
            (f"{unit.id.code} {name}", value)
            for unit, reply in zip(units, replies, strict=True)
            for name, value in reply.figures
        ),
    )


def _which(turn: Turn, intent: Intent, units: tuple[Unit, ...], year: int | None) -> Reply:
    labels = tuple(capital(turn.unit_name(unit, with_parent=True)) for unit in units)
    asked = Intent.WHY if intent is Intent.WHY else Intent.STATUS
    codes = ",".join(unit.id.code for unit in units)
    return Reply(
        intent=intent,
        text=turn.say("status.which_unit"),
        menu=f"u:{asked}:{year or ''}:{units[0].id.structure}:{codes}",
        choices=numbered(labels),
        units=tuple(unit.id for unit in units),
    )
