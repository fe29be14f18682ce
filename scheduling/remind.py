"""What a reminder says, and to whom it goes."""

from datetime import date, datetime, timedelta

from domain.calendar import WorkCalendar
from domain.deadlines import DueReminder, Occurrence, Stage, local_date
from domain.messages import Outgoing
from domain.people import Role
from domain.units import Unit
from handlers.library import Library
from locales import Words

REMINDED_ROLES = (Role.OFFICER, Role.HEAD)
"""Who hands in for a unit hears of every stage."""

TOLD_ROLES = (Role.SUPERVISOR,)
"""Who stands above hears only that a limit has passed; before it, it is the unit's affair."""


def reminder(
    occurrence: Occurrence,
    due: DueReminder,
    unit: Unit,
    *,
    now: datetime,
    library: Library,
    words: Words,
    above: bool = False,
) -> Outgoing:
    """The message of one stage. `above`: to somebody who oversees the unit.

    It owns no digits: its action is a word with the duty's code ("đã nộp N3").
    """
    document = library.pack(occurrence.document_id).document
    values: dict[str, object] = {
        "duty": occurrence,
        "unit": words.say("common.unit", kind=unit.kind, name=unit.name),
        "source": words.say("reminders.source", number=document.number, title=document.title),
        "planned": not document.covers_from <= occurrence.year <= document.covers_to,
        "late_for": _day_of(occurrence, due.stage) if due.late else None,
    }
    if due.stage is Stage.OVERDUE:
        name = "overdue_above" if above else "overdue"
        return Outgoing(text=words.say(f"reminders.{name}", **values))
    last = occurrence.limits.last_working_day
    today = local_date(now)
    calendar = library.calendar(today.year, max(today.year, last.year))
    values["days_left"] = working_days_left(today, last, calendar)
    values["passed"] = today > last
    return Outgoing(text=words.say("reminders.due", **values))


def working_days_left(today: date, last: date, calendar: WorkCalendar) -> int:
    """Working days after `today` up to and including `last`; 0 on the day itself."""
    days = (today + timedelta(days=count) for count in range(1, (last - today).days + 1))
    return sum(1 for day in days if calendar.is_working(day))


def _day_of(occurrence: Occurrence, stage: Stage) -> date:
    return next(day.on for day in occurrence.stages if day.stage is stage)
