"""Units that a person names: which the person may see, and the reply for none or several."""

from domain.cards import saying
from domain.units import Unit, UnitId
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, capital, numbered
from handlers.understanding.intents import Intent
from handlers.understanding.units import UnitsFound, find_units

MOST_TO_CHOOSE = 9
"""Units offered in one menu: more do not fit a small screen, and one digit is enough."""

MOST_AT_ONCE = 3
"""Units answered in one message when several are named: more do not fit one screen."""


def units_named(turn: Turn, text: str) -> UnitsFound:
    """The units of the person's province that a text names, whether the person may see
    them or not.
    """
    home = turn.post.unit
    unit = turn.tx.units.get(home)
    province = unit.province if unit else home.code
    return find_units(text, turn.library.book(home.structure), province)


def visible(turn: Turn, wanted: tuple[Unit, ...] | tuple[UnitId, ...]) -> tuple[Unit, ...]:
    """Those of the units that the person may see. This is the only place that decides it."""
    ids = tuple(one.id if isinstance(one, Unit) else one for one in wanted)
    return turn.tx.visible_to(turn.person).units(ids)


def no_such_unit(turn: Turn, intent: Intent) -> Reply:
    """A unit out of scope and a unit that does not exist get the same sentence, which is true of
    both.
    """
    return Reply(intent=intent, cards=saying(turn.say("status.unknown_unit")), menu=KEEP_MENU)


def several_units(
    turn: Turn,
    intent: Intent,
    units: tuple[Unit, ...],
    year: int | None,
    *,
    one_name: bool = True,
) -> Reply:
    """The reply if not exactly one unit is meant. `one_name`: the units share one name; False if
    the text names several.
    """
    if not units:
        return no_such_unit(turn, intent)
    if len(units) > MOST_TO_CHOOSE:
        text = turn.say("status.too_many_units", limit=MOST_TO_CHOOSE)
        return Reply(intent=intent, cards=saying(text), menu=KEEP_MENU)
    key = "status.which_unit" if one_name else "status.some_at_once"
    said = {} if one_name else {"limit": MOST_AT_ONCE}
    labels = tuple(capital(turn.unit_name(unit, with_parent=True)) for unit in units)
    return Reply(
        intent=intent,
        cards=saying(turn.say(key, **said)),
        menu=_which(intent, units, year),
        choices=numbered(labels),
        units=tuple(unit.id for unit in units),
    )


def _which(intent: Intent, units: tuple[Unit, ...], year: int | None) -> Menu:
    asked = Intent.WHY if intent is Intent.WHY else Intent.STATUS
    codes = ",".join(unit.id.code for unit in units)
    place = (asked.value, str(year or ""), units[0].id.structure, codes)
    return Menu(MenuKind.WHICH_UNIT, place)
