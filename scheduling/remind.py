"""The content of reminders, and who gets them."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from domain.calendar import WorkCalendar
from domain.cards import Badge, Card, Row, Tone
from domain.deadlines import DueReminder, Occurrence, OccurrenceState, Stage, local_date
from domain.messages import Outgoing
from domain.people import Person, Role
from domain.units import Unit
from handlers.ground.library import Library
from locales import Words
from storage import Tx

REMINDED_ROLES = (Role.OFFICER, Role.HEAD)
"""People who hand in for a unit get every stage."""

TOLD_ROLES = (Role.SUPERVISOR,)
"""Superiors are only told that a limit has passed; before it, the duty concerns only the unit."""

_DUE = Badge(sign="🔔", tone=Tone.OPEN)
_OVERDUE = Badge(sign="⚠️", tone=Tone.BAD)

NAMES_SHOWN = 15
"""Units named in one message to a supervisor; the others are counted."""


def reminder(
    occurrence: Occurrence,
    due: DueReminder,
    unit: Unit,
    *,
    now: datetime,
    library: Library,
    words: Words,
) -> Outgoing:
    """The message of one stage to a person of the unit.

    It opens no numbered menu: its action is a word with the duty's code ("đã nộp N3").
    """
    of_unit = Row(label=words.say("reminders.unit_label"), value=_name(unit, words))
    around = (*_sent_late(occurrence, due, words), of_unit, *_basis(occurrence, library, words))
    if due.stage is Stage.OVERDUE:
        card = Card(
            heading=words.say("reminders.overdue", duty=occurrence),
            badge=_OVERDUE,
            rows=(_limit_passed(occurrence, words), *around),
            notes=(words.say("reminders.nothing_declared", code=occurrence.code),),
        )
        return Outgoing(cards=(card,))
    card = Card(
        heading=words.say("reminders.due", duty=occurrence),
        badge=_DUE,
        rows=(_limit_ahead(occurrence, local_date(now), library, words), *around),
        notes=(words.say("reminders.how_to_declare", code=occurrence.code),),
    )
    return Outgoing(cards=(card,))


def _limit_passed(occurrence: Occurrence, words: Words) -> Row:
    limits = occurrence.limits
    return Row(
        label=words.say("reminders.limit_label"),
        value=words.say("reminders.limit", limits=limits),
        figures=(("hard_limit", limits.hard_limit.isoformat()),),
    )


def _limit_ahead(occurrence: Occurrence, today: date, library: Library, words: Words) -> Row:
    """The limit and the working days until it."""
    last = occurrence.limits.last_working_day
    calendar = library.calendar(today.year, max(today.year, last.year))
    left = working_days_left(today, last, calendar)
    said = words.say(
        "reminders.left", limits=occurrence.limits, days_left=left, passed=today > last
    )
    figures = (("days_left", left), ("last_working_day", last.isoformat()))
    return Row(label=words.say("reminders.limit_label"), value=said, figures=figures)


def overdue_digest(
    person: Person,
    occurrence: Occurrence,
    due: DueReminder,
    *,
    tx: Tx,
    now: datetime,
    library: Library,
) -> Outgoing:
    """One message to an overseer about a duty: how many of the overseen units are overdue, and
    which.

    One for all units, because people do not read a hundred messages that arrive in one minute.
    """
    words = library.words(person.locale)
    same = [
        one
        for one in tx.visible_to(person).occurrences(year=occurrence.year)
        if (one.document_id, one.obligation_id)
        == (occurrence.document_id, occurrence.obligation_id)
    ]
    late = [one for one in same if one.state is OccurrenceState.OPEN and one.stages[-1].at <= now]
    shown = tx.visible_to(person).units([one.unit for one in late[:NAMES_SHOWN]])
    names = [_name(unit, words) for unit in shown]
    missing = Row(
        label=words.say("reminders.not_declared", late=len(late), bound=len(same)),
        value=words.say("reminders.names", names=names, more=len(late) - len(names)),
        figures=(("missing", len(late)), ("bound", len(same))),
    )
    card = Card(
        heading=words.say("reminders.overdue_above", duty=occurrence),
        badge=_OVERDUE,
        rows=(
            _limit_passed(occurrence, words),
            *_sent_late(occurrence, due, words),
            *_basis(occurrence, library, words),
            missing,
        ),
    )
    return Outgoing(cards=(card,))


# A tick needs the same number for every unit that a duty binds.
@lru_cache(maxsize=64)
def working_days_left(today: date, last: date, calendar: WorkCalendar) -> int:
    """Working days after `today` up to and including `last`; 0 on the day itself."""
    days = (today + timedelta(days=count) for count in range(1, (last - today).days + 1))
    return sum(1 for day in days if calendar.is_working(day))


def _sent_late(occurrence: Occurrence, due: DueReminder, words: Words) -> tuple[Row, ...]:
    """A row that says that a stage is late, if it is."""
    if not due.late:
        return ()
    day = next(one.on for one in occurrence.stages if one.stage is due.stage)
    return (Row(value=words.say("reminders.sent_late", day=day)),)


def _basis(occurrence: Occurrence, library: Library, words: Words) -> tuple[Row, Row]:
    """To whom a duty is handed in, and the words of the document that require it."""
    document = library.pack(occurrence.document_id).document
    source = words.say("reminders.source", number=document.number, title=document.title)
    planned = not document.covers_from <= occurrence.year <= document.covers_to
    return (
        Row(
            label=words.say("reminders.receiver_label"),
            value=occurrence.to_whom or words.say("reminders.no_receiver"),
        ),
        Row(
            label=words.say("reminders.basis_label"),
            value=words.say("reminders.basis", duty=occurrence, source=source, planned=planned),
        ),
    )


def _name(unit: Unit, words: Words) -> str:
    return words.say("common.unit", kind=unit.kind, name=unit.name)
