"""What reminders say, and who hears of them."""

from datetime import date, datetime, timedelta
from functools import lru_cache

from domain.calendar import WorkCalendar
from domain.cards import saying
from domain.deadlines import DueReminder, Occurrence, OccurrenceState, Stage, local_date
from domain.messages import Outgoing
from domain.people import Person, Role
from domain.units import Unit
from handlers.ground.library import Library
from locales import Words
from storage import Tx

REMINDED_ROLES = (Role.OFFICER, Role.HEAD)
"""Who hands in for a unit hears of every stage."""

TOLD_ROLES = (Role.SUPERVISOR,)
"""Who stands above hears only that a limit has passed; before it, it is the unit's affair."""

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
    """The message of one stage to somebody of the unit.

    It owns no digits: its action is a word with the duty's code ("đã nộp N3").
    """
    values = _basis(occurrence, due, library, words)
    values["unit"] = _name(unit, words)
    if due.stage is Stage.OVERDUE:
        return Outgoing(cards=saying(words.say("reminders.overdue", **values)))
    last = occurrence.limits.last_working_day
    today = local_date(now)
    calendar = library.calendar(today.year, max(today.year, last.year))
    values["days_left"] = working_days_left(today, last, calendar)
    values["passed"] = today > last
    return Outgoing(cards=saying(words.say("reminders.due", **values)))


def overdue_digest(
    person: Person,
    occurrence: Occurrence,
    due: DueReminder,
    *,
    tx: Tx,
    now: datetime,
    library: Library,
) -> Outgoing:
    """One message to an overseer about a duty: how many of his units are overdue, and which.

    One for all, because a hundred messages at the same minute are read by nobody.
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
    values = _basis(occurrence, due, library, words)
    values["names"] = [_name(unit, words) for unit in shown]
    values["late"], values["bound"] = len(late), len(same)
    return Outgoing(cards=saying(words.say("reminders.overdue_above", **values)))


# A tick asks the same for every unit that a duty binds.
@lru_cache(maxsize=64)
def working_days_left(today: date, last: date, calendar: WorkCalendar) -> int:
    """Working days after `today` up to and including `last`; 0 on the day itself."""
    days = (today + timedelta(days=count) for count in range(1, (last - today).days + 1))
    return sum(1 for day in days if calendar.is_working(day))


def _basis(
    occurrence: Occurrence, due: DueReminder, library: Library, words: Words
) -> dict[str, object]:
    document = library.pack(occurrence.document_id).document
    return {
        "duty": occurrence,
        "source": words.say("reminders.source", number=document.number, title=document.title),
        "planned": not document.covers_from <= occurrence.year <= document.covers_to,
        "late_for": _day_of(occurrence, due.stage) if due.late else None,
    }


def _name(unit: Unit, words: Words) -> str:
    return words.say("common.unit", kind=unit.kind, name=unit.name)


def _day_of(occurrence: Occurrence, stage: Stage) -> date:
    return next(day.on for day in occurrence.stages if day.stage is stage)
