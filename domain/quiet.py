"""When notices may be sent: never in the province's quiet hours; reminders only from a time of day
on.

Replies are never delayed: a person who asks at night gets the answer at night.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from domain.deadlines import SEND_FROM, VIETNAM

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Hours:
    """Times of day in Viet Nam, as a province set them.

    Quiet from `quiet_from` to `quiet_to`, over midnight if that is earlier; equal times mean no
    quiet hours. Reminders are sent from `send_from` on.
    """

    send_from: time = SEND_FROM
    quiet_from: time = time(0, 0)
    quiet_to: time = time(0, 0)

    @property
    def has_quiet(self) -> bool:
        """Whether quiet hours are set."""
        return self.quiet_from != self.quiet_to

    def is_quiet(self, moment: datetime) -> bool:
        """Whether no notice may be sent at this (aware) moment. The end itself is not quiet."""
        at = moment.astimezone(VIETNAM).time()
        if self.quiet_from <= self.quiet_to:
            return self.quiet_from <= at < self.quiet_to
        return at >= self.quiet_from or at < self.quiet_to


def notice_at(moment: datetime, hours: Hours) -> datetime:
    """The first moment, not before the given one (aware), at which a notice may be sent; in UTC."""
    if not hours.is_quiet(moment):
        return moment.astimezone(UTC)
    local = moment.astimezone(VIETNAM)
    end = datetime.combine(local.date(), hours.quiet_to, VIETNAM)
    return (end if end > local else end + ONE_DAY).astimezone(UTC)


def reminder_at(moment: datetime, hours: Hours) -> datetime:
    """Like `notice_at`, for a reminder, which also waits for `send_from` of its day."""
    local = moment.astimezone(VIETNAM)
    opens = datetime.combine(local.date(), hours.send_from, VIETNAM)
    return notice_at(max(local, opens), hours)
