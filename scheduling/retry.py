"""What follows from the fate of one sending: done, again later, or set aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.messages import Lane
from scheduling.channel import Delivered, Delivery, Refused, Unknown

REPLY_TRIED_FOR = timedelta(minutes=15)
"""A reply that comes later answers a question the person no longer has in mind."""

NOTICE_TRIED_FOR = timedelta(days=1)
"""For a notice that no later stage replaces: by the next day somebody has looked."""

_PAUSES = {
    # A person is waiting: soon, then rarer, so that a service that is down is not hammered.
    Lane.REPLY: tuple(timedelta(seconds=s) for s in (2, 5, 15, 60, 180)),
    # Nobody waits for the second: leave the service time to come back.
    Lane.NOTICE: tuple(timedelta(minutes=m) for m in (1, 5, 15, 60)),
}


@dataclass(frozen=True, kw_only=True)
class Done:
    """The message is sent."""


@dataclass(frozen=True, kw_only=True)
class Again:
    """Try again from `at` on. `moved_to`: at this other name of the address."""

    at: datetime
    error: str
    moved_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Give up. `retire`: this address will never take a message again."""

    error: str
    retire: bool = False


Consequence = Done | Again | Aside


@dataclass(frozen=True, kw_only=True)
class Trying:
    """How a message stands after an attempt.

    `attempts` counts it, `unknowns` those of them without an answer, it included. `replaced_at`
    is when a later stage takes the message's place. `repeatable`: a second copy does no harm
    on this channel. `next_day`: the morning of the next working day.
    """

    lane: Lane
    attempts: int
    unknowns: int
    now: datetime
    queued_at: datetime
    replaced_at: datetime | None
    repeatable: bool
    next_day: datetime

    @property
    def end(self) -> datetime:
        """When trying ends: a reply after its quarter of an hour, a notice at its next stage."""
        if self.lane is Lane.REPLY:
            return self.queued_at + REPLY_TRIED_FOR
        return self.replaced_at or self.queued_at + NOTICE_TRIED_FOR


def consequence(delivery: Delivery, trying: Trying) -> Consequence:
    """What to do after this attempt."""
    match delivery:
        case Delivered():
            return Done()
        case Refused(permanent=True, ours=ours, error=error):
            # A message that we spoiled says nothing about the address.
            return Aside(error=error, retire=not ours)
        case Refused(moved_to=str(moved_to), error=error) if trying.attempts == 1:
            return Again(at=trying.now, error=error, moved_to=moved_to)
        case Unknown(error=error) if not trying.repeatable:
            return _maybe_twice(error or "unknown", trying)
        case Refused(error=error, retry_after=seconds):
            return _later(error, trying, at_least=timedelta(seconds=seconds or 0))
        case Unknown(error=error):
            return _later(error or "unknown", trying)


def _maybe_twice(error: str, trying: Trying) -> Consequence:
    """It may have arrived. A reply is not repeated, for the open question comes back at the
    next word; a notice once, on the next working day, when it says that it is a repetition."""
    replaced = trying.replaced_at is not None and trying.next_day >= trying.replaced_at
    if trying.lane is Lane.REPLY or trying.unknowns > 1 or replaced:
        return Aside(error=error)
    return Again(at=trying.next_day, error=error)


def _later(error: str, trying: Trying, at_least: timedelta = timedelta(0)) -> Consequence:
    pauses = _PAUSES[trying.lane]
    at = trying.now + max(pauses[min(trying.attempts, len(pauses)) - 1], at_least)
    return Aside(error=error) if at > trying.end else Again(at=at, error=error)
