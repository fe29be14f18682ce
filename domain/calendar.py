"""Working days as a value. Another package decides which days are off and passes them in.

Offices work on these days; the commune police work every day. A deadline on a rest day is never
moved later: reminders count back from the last working day before it.
"""

from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


class OutsideCalendar(ValueError):
    """A day that lies outside the calendar."""


@dataclass(frozen=True, kw_only=True)
class WorkCalendar:
    """`rest_days` are all days off from `first` to `last` (both inclusive), weekends included.

    Every method raises `OutsideCalendar` if it needs a day outside that span.
    """

    rest_days: frozenset[date]
    first: date
    last: date

    def is_working(self, day: date) -> bool:
        """Whether offices work on the day."""
        if not self.first <= day <= self.last:
            raise OutsideCalendar(
                f"working days are known from {self.first} to {self.last}, not for {day}"
            )
        return day not in self.rest_days

    def last_working_day_before(self, day: date) -> date:
        """The last working day strictly before a day: the last day in time for "trước ngày X"."""
        return self.working_days_back(day, 1)

    def working_days_back(self, day: date, count: int) -> date:
        """The working day that is `count` working days before a day; the day itself is not counted.

        Stage T-7 of a reminder is `working_days_back(T, 7)`; 0 gives the day itself.
        """
        for _ in range(count):
            day -= ONE_DAY
            while not self.is_working(day):
                day -= ONE_DAY
        return day

    def next_working_day(self, day: date) -> date:
        """The first working day strictly after a day."""
        day += ONE_DAY
        while not self.is_working(day):
            day += ONE_DAY
        return day
