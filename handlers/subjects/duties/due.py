"""What units must hand in, and which of them have not done so."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from domain.cards import Badge, Card, Cards, Row, Tone, saying
from domain.deadlines import Occurrence, OccurrenceState
from domain.units import Level, Unit, UnitId, UnitKind, level_of
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn, capital
from handlers.understanding.dates import find_year
from handlers.understanding.duties import duties_named
from handlers.understanding.intents import Intent
from handlers.understanding.text import plain

NAMES_SHOWN = 15
"""Units named under one duty; the others are counted, so that the list fits one screen."""


def dates(turn: Turn) -> Reply:
    """The duties of the person's own unit, or of the province if the person oversees it."""
    post = turn.answering_post
    if post is None:
        return _of_all(turn)
    unit = turn.tx.units.get(post.unit)
    name = turn.unit_name(unit) if unit else str(post.unit)
    duties = turn.tx.plans.of_unit(post.unit)
    if not duties:
        return Reply(
            intent=Intent.DATES, cards=saying(turn.say("dates.nothing_due")), menu=KEEP_MENU
        )
    waiting = [duty for duty in duties if duty.state is OccurrenceState.OPEN]
    how = (turn.say("dates.how_to_declare", code=waiting[0].code),) if waiting else ()
    card = replace(_of_one(turn, name, duties), notes=how)
    return _about((post.unit,), (card,), duties)


def of_units(turn: Turn, units: Sequence[Unit]) -> Reply:
    """The duties of units that the person may see, a card for each."""
    seen = turn.tx.visible_to(turn.person).occurrences([unit.id for unit in units])
    cards = []
    for unit in units:
        own = [duty for duty in seen if duty.unit == unit.id]
        name = turn.unit_name(unit, with_parent=True)
        if own:
            cards.append(_of_one(turn, name, own))
        else:
            nothing = turn.say("dates.nothing_due_there")
            cards.append(Card(heading=capital(name), text=nothing))
    return _about(tuple(unit.id for unit in units), tuple(cards), seen)


def departments_named(turn: Turn, text: str) -> tuple[Unit, ...]:
    """The departments that a text names and the person may see; our lists of units have no
    departments.
    """
    said = f" {plain(text)} "
    return tuple(
        unit
        for unit in turn.tx.visible_to(turn.person).units()
        if unit.kind is UnitKind.DEPARTMENT and f" {plain(unit.name)} " in said
    )


def begun(turn: Turn, duty: Occurrence) -> bool:
    """Whether reminders of the duty have begun: before that a hand-in is not expected."""
    return bool(duty.stages) and duty.stages[0].at <= turn.now


def _about(units: tuple[UnitId, ...], cards: Cards, duties: Sequence[Occurrence]) -> Reply:
    return Reply(
        intent=Intent.DATES,
        cards=cards,
        menu=KEEP_MENU,
        units=units,
        figures=tuple((duty.code, duty.state.value) for duty in duties),
    )


def _of_one(turn: Turn, name: str, duties: Sequence[Occurrence]) -> Card:
    rows = tuple(_row(turn, duty) for duty in duties)
    return Card(heading=turn.say("dates.heading", unit=name), rows=rows)


def _row(turn: Turn, duty: Occurrence) -> Row:
    """One duty of a unit: whether it was handed in, and its limit. A duty that was
    handed in folds.
    """
    label, last = named(duty), duty.limits.last_working_day
    badge = state_badge(turn, duty.state)
    if duty.sent_on is None:
        until = turn.say("dates.until", last=last, verbatim=duty.verbatim, to_whom=duty.to_whom)
        figures = (("last_working_day", last.isoformat()),)
        return Row(label=label, badge=badge, value=until, figures=figures)
    on = turn.say("dates.sent_on", sent=duty.sent_on)
    figures = (("sent_on", duty.sent_on.isoformat()),)
    return Row(label=label, badge=badge, value=on, figures=figures, folds=True)


def named(duty: Occurrence) -> str:
    """ "N3. Báo cáo kết quả 6 tháng"."""
    return f"{duty.code}. {duty.what}"


_SIGNS = {
    OccurrenceState.OPEN: ("⏳", Tone.OPEN),
    OccurrenceState.DECLARED: ("✔", Tone.NONE),
    OccurrenceState.RECEIVED: ("✅", Tone.GOOD),
}


def state_badge(turn: Turn, state: OccurrenceState) -> Badge:
    """Whether a duty was handed in, and whether its receiver confirmed it."""
    sign, tone = _SIGNS[state]
    return Badge(sign=sign, word=turn.say("dates.state", state=state), tone=tone)


def _of_all(turn: Turn) -> Reply:
    """One row for each duty, for a superior: when it is due, and how many units have handed in."""
    groups = _by_duty(turn.tx.visible_to(turn.person).occurrences())
    if not groups:
        return Reply(intent=Intent.DATES, cards=saying(turn.say("status.no_plan")), menu=KEEP_MENU)
    card = Card(
        heading=turn.say("dates.heading_of_all"),
        rows=tuple(_row_of_all(turn, group) for group in groups),
    )
    return Reply(intent=Intent.DATES, cards=(card,), menu=KEEP_MENU, figures=_figures(groups))


def _row_of_all(turn: Turn, group: Sequence[Occurrence]) -> Row:
    """A row that folds if all units have handed in."""
    limits, waiting = group[0].limits, len(_open(group))
    handed = len(group) - waiting
    return Row(
        label=group[0].what,
        value=turn.say(
            "dates.of_all",
            limit=turn.say("reminders.limit", limits=limits),
            last=limits.last_working_day,
            weekday=turn.say("reminders.weekday", day=limits.last_working_day),
            handed=handed,
            total=len(group),
        ),
        figures=(("handed_in", handed), ("bound", len(group))),
        folds=not waiting,
    )


def _by_duty(duties: Sequence[Occurrence]) -> list[tuple[Occurrence, ...]]:
    same = attrgetter("limits.hard_limit", "document_id", "obligation_id", "year")
    return [tuple(group) for _, group in groupby(sorted(duties, key=same), key=same)]


def _figures(groups: Sequence[Sequence[Occurrence]]) -> tuple[tuple[str, str | int], ...]:
    figures: list[tuple[str, str | int]] = []
    for group in groups:
        name = f"{group[0].obligation_id}/{group[0].year}"
        figures.append((f"{name} missing", len(_open(group))))
        figures.append((f"{name} bound", len(group)))
    return tuple(figures)


def missing(turn: Turn, text: str = "") -> Reply:
    """Which of the units that the person may see have not handed in, by duty: the duty, kind of
    unit and year that the text names, else the duties whose reminders have begun.
    """
    duties = turn.tx.visible_to(turn.person).occurrences(year=find_year(text))
    if not duties:
        return Reply(
            intent=Intent.MISSING, cards=saying(turn.say("status.no_plan")), menu=KEEP_MENU
        )
    groups = _by_duty(_of_kind(turn, duties, text))
    named = duties_named(text, [group[0].what for group in groups])
    groups = [groups[at] for at in named]
    groups = [group for group in groups if begun(turn, group[0])] or groups
    return Reply(
        intent=Intent.MISSING,
        cards=tuple(_missing_card(turn, group) for group in groups),
        menu=KEEP_MENU,
        figures=_figures(groups),
    )


_LEVELS = (
    # "Sở, ngành, xã" is all of them; a word before a name still means one kind.
    (re.compile(r"\b(?:xa|phuong|thi tran|dac khu|communes?|wards?)\b"), Level.COMMUNE),
    (re.compile(r"\b(?:so|nganh|departments?)\b"), Level.DEPARTMENT),
    (re.compile(r"\b(?:huyen|thi xa|thanh pho|districts?)\b"), Level.DISTRICT),
)


def _of_kind(turn: Turn, duties: Sequence[Occurrence], text: str) -> Sequence[Occurrence]:
    """The duties of the kinds of unit that a text asks for; all if none remains."""
    said = plain(text).replace("thi xa", "huyen")
    levels = {level for word, level in _LEVELS if word.search(said)}
    if not levels:
        return duties
    asked = {
        unit.id for unit in turn.tx.visible_to(turn.person).units() if level_of(unit.kind) in levels
    }
    return [duty for duty in duties if duty.unit in asked] or duties


def _open(group: Sequence[Occurrence]) -> list[Occurrence]:
    return [duty for duty in group if duty.state is OccurrenceState.OPEN]


def _missing_card(turn: Turn, group: Sequence[Occurrence]) -> Card:
    """One duty: how many of the units that it binds have not handed in, and the first of them."""
    first, waiting = group[0], _open(group)
    count = turn.say("status.missing_count", missing=len(waiting), total=len(group))
    sign, tone = ("⏳", Tone.OPEN) if waiting else ("✅", Tone.GOOD)
    last = first.limits.last_working_day
    counted = Row(
        label=turn.say("dates.last_working_day"),
        value=turn.say("dates.day", day=last),
        figures=(("missing", len(waiting)), ("bound", len(group))),
    )
    return Card(
        heading=first.what,
        badge=Badge(sign=sign, word=count, tone=tone),
        rows=(counted, *_names(turn, waiting)),
    )


def _names(turn: Turn, waiting: Sequence[Occurrence]) -> tuple[Row, ...]:
    """The units that have not handed in, on one row: a row for each would push the next duty off
    the screen.
    """
    if not waiting:
        return ()
    units = turn.tx.visible_to(turn.person).units(
        tuple(duty.unit for duty in waiting[:NAMES_SHOWN])
    )
    named_units = turn.say(
        "status.missing_names",
        names=", ".join(turn.unit_name(unit) for unit in units),
        more=len(waiting) - len(units),
    )
    return (Row(value=capital(named_units)),)
