"""From a document's wording to the days on which a unit gets reminders.

"Trước ngày X" is strictly before X: `hard_limit` is X and `last_working_day` the last working day
strictly before it. A date is never moved later over rest days.
"""

from calendar import isleap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone
from enum import StrEnum

from domain.calendar import WorkCalendar
from domain.obligations import Due, DueKind, LegalDocument, Obligation, Recurrence
from domain.units import UnitId

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")
"""Viet Nam has one zone without summer time, so a fixed offset is exact."""

SEND_FROM = time(7, 30)
"""Reminders are sent from half past seven, the start of an office day; a province may change it."""


class Stage(StrEnum):
    """How many working days before the last working day T; OVERDUE is the first day after the
    limit.
    """

    T_30 = "T-30"
    T_14 = "T-14"
    T_7 = "T-7"
    T_3 = "T-3"
    T_1 = "T-1"
    T = "T"
    OVERDUE = "T+1"


WORKING_DAYS_BEFORE = {
    Stage.T_30: 30,
    Stage.T_14: 14,
    Stage.T_7: 7,
    Stage.T_3: 3,
    Stage.T_1: 1,
    Stage.T: 0,
}


@dataclass(frozen=True, kw_only=True)
class Limits:
    """`hard_limit` is the document's date X; `inclusive`: X itself is in time ("trong quý I")."""

    hard_limit: date
    last_working_day: date
    inclusive: bool

    def on_time(self, sent_on: date) -> bool:
        """Whether something sent that day is in time; a rest day before X counts like any other
        day.
        """
        return sent_on < self.hard_limit or (self.inclusive and sent_on == self.hard_limit)

    @property
    def last_day(self) -> date:
        """The last day that is still in time, even if it is a rest day."""
        return self.hard_limit if self.inclusive else self.hard_limit - timedelta(days=1)


def limits(due: Due, year: int, calendar: WorkCalendar) -> Limits | None:
    """The limits of a dated duty in a year; None when the document gives no date."""
    if due.month is None or due.day is None:
        return None
    hard_limit = _day_in(due.year or year, due.month, due.day)
    inclusive = due.kind is not DueKind.BEFORE
    after = hard_limit + timedelta(days=1) if inclusive else hard_limit
    return Limits(
        hard_limit=hard_limit,
        last_working_day=calendar.last_working_day_before(after),
        inclusive=inclusive,
    )


def _day_in(year: int, month: int, day: int) -> date:
    """That day of a year. 28/02 if the year has no 29/02: earlier, never later."""
    if (month, day) == (2, 29) and not isleap(year):
        return date(year, 2, 28)
    return date(year, month, day)


@dataclass(frozen=True, kw_only=True)
class StageDay:
    """The local day of a stage."""

    stage: Stage
    on: date

    @property
    def at(self) -> datetime:
        """The moment, in UTC, from which its reminder may be sent."""
        return datetime.combine(self.on, SEND_FROM, VIETNAM).astimezone(UTC)


def stage_days(found: Limits, calendar: WorkCalendar) -> tuple[StageDay, ...]:
    """The day of every stage, counted back in working days from T, in order of time."""
    days = [
        StageDay(stage=stage, on=calendar.working_days_back(found.last_working_day, count))
        for stage, count in WORKING_DAYS_BEFORE.items()
    ]
    overdue = calendar.next_working_day(found.last_day)
    return (*days, StageDay(stage=Stage.OVERDUE, on=overdue))


def local_date(moment: datetime) -> date:
    """The date in Viet Nam at an aware moment."""
    return moment.astimezone(VIETNAM).date()


class OccurrenceState(StrEnum):
    """OPEN until the unit declares ("khai đã nộp"); DECLARED until the receiver confirms."""

    OPEN = "open"
    DECLARED = "declared"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, kw_only=True)
class Occurrence:
    """One duty of one unit in one year, bound by the province's confirmed plan.

    `number` counts the duties of the unit from 1 and continues through the years.
    """

    id: int
    document_id: str
    obligation_id: str
    clause: str
    what: str
    verbatim: str
    to_whom: str
    unit: UnitId
    number: int
    year: int
    limits: Limits
    stages: tuple[StageDay, ...]
    state: OccurrenceState
    sent_on: date | None = None

    @property
    def code(self) -> str:
        """The short name that a person of the unit types: "đã nộp N3". Each unit has its own N3."""
        return f"N{self.number}"


@dataclass(frozen=True, kw_only=True)
class DueReminder:
    """A stage whose moment has come; `late` if its own day is over."""

    stage: Stage
    late: bool


def due_reminders(
    occurrence: Occurrence, already_sent: Iterable[Stage], now: datetime
) -> tuple[DueReminder, ...]:
    """What must be sent for an occurrence now: nothing, or the newest stage that is due.

    If an outage missed several stages, only the newest is sent, marked late if its own day is over.
    After the unit declares, nothing is due.
    """
    if occurrence.state is not OccurrenceState.OPEN:
        return ()
    past = [day for day in occurrence.stages if day.at <= now]
    if not past or past[-1].stage in set(already_sent):
        return ()
    newest = past[-1]
    return (DueReminder(stage=newest.stage, late=local_date(now) > newest.on),)


def next_moment(occurrence: Occurrence, now: datetime) -> datetime | None:
    """When the occurrence must be checked again, strictly after `now`; None if never."""
    if occurrence.state is not OccurrenceState.OPEN:
        return None
    return next((day.at for day in occurrence.stages if day.at > now), None)


@dataclass(frozen=True, kw_only=True)
class DatedDuty:
    """An obligation in one year; `projected` if the document does not cover that year.

    A date that the document gives with a year is valid for that year only.
    """

    obligation: Obligation
    year: int
    limits: Limits
    stages: tuple[StageDay, ...]
    projected: bool


_REPEATING = frozenset({Recurrence.YEARLY, Recurrence.HALF_YEARLY, Recurrence.PLAN_YEARLY})


def duties_between(
    document: LegalDocument, first: date, last: date, calendar: WorkCalendar
) -> tuple[DatedDuty, ...]:
    """The dated duties whose hard limit lies in first..last, in order of their limits.

    All of them in the years that the document covers; outside, its yearly pattern, as projected.
    """
    duties = [
        duty
        for year in range(first.year, last.year + 1)
        for obligation in document.obligations
        if (duty := _duty_in(document, obligation, year, calendar)) is not None
        and first <= duty.limits.hard_limit <= last
    ]
    return tuple(sorted(duties, key=lambda duty: duty.limits.hard_limit))


def _duty_in(
    document: LegalDocument, obligation: Obligation, year: int, calendar: WorkCalendar
) -> DatedDuty | None:
    given = obligation.due.year
    spoken_for = (
        document.covers_from <= year <= document.covers_to if given is None else (given == year)
    )
    if not spoken_for and obligation.recurrence not in _REPEATING:
        return None
    due = Due(kind=obligation.due.kind, month=obligation.due.month, day=obligation.due.day)
    found = limits(due, year, calendar)
    if found is None:
        return None
    return DatedDuty(
        obligation=obligation,
        year=year,
        limits=found,
        stages=stage_days(found, calendar),
        projected=not spoken_for,
    )
