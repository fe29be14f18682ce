"""The consequence of one sending result: done, retry later, or set aside."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.messages import Lane
from scheduling.channel import Delivered, Delivery, Refused, Unknown

REPLY_TRIED_FOR = timedelta(minutes=15)
"""A later reply answers a question that the person no longer thinks of."""

NOTICE_TRIED_FOR = timedelta(days=1)
"""For a notice that no later stage replaces: an operator has looked by the next day."""

_PAUSES = {
    # A person waits: first soon, then less often, to limit the load on a service that is down.
    Lane.REPLY: tuple(timedelta(seconds=s) for s in (2, 5, 15, 60, 180)),
    # Not urgent: give the service time to recover.
    Lane.NOTICE: tuple(timedelta(minutes=m) for m in (1, 5, 15, 60)),
}


@dataclass(frozen=True, kw_only=True)
class Done:
    """The message is sent."""


@dataclass(frozen=True, kw_only=True)
class Again:
    """Retry from `at` on. `moved_to`: at this new name of the address."""

    at: datetime
    error: str
    moved_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Give up. `retire`: this address will never accept a message again."""

    error: str
    retire: bool = False


Consequence = Done | Again | Aside


@dataclass(frozen=True, kw_only=True)
class Trying:
    """The state of a message after an attempt.

    `attempts` counts this attempt too, `unknowns` those of them without an answer. `replaced_at` is
    when a later stage replaces the message. `repeatable`: a second copy does no harm on this
    channel. `next_day`: the morning of the next working day.
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
        """When retries end: a reply after its quarter of an hour, a notice at its next stage."""
        if self.lane is Lane.REPLY:
            return self.queued_at + REPLY_TRIED_FOR
        return self.replaced_at or self.queued_at + NOTICE_TRIED_FOR


def consequence(delivery: Delivery, trying: Trying) -> Consequence:
    """What to do after this attempt."""
    match delivery:
        case Delivered():
            return Done()
        case Refused(permanent=True, ours=ours, error=error):
            # A failure caused by our request says nothing about the address.
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
    """It may have arrived. A reply is not repeated, because the open question is shown again after
    the next message; a notice is repeated once, on the next working day, marked as a repetition.
    """
    replaced = trying.replaced_at is not None and trying.next_day >= trying.replaced_at
    if trying.lane is Lane.REPLY or trying.unknowns > 1 or replaced:
        return Aside(error=error)
    return Again(at=trying.next_day, error=error)


def _later(error: str, trying: Trying, at_least: timedelta = timedelta(0)) -> Consequence:
    pauses = _PAUSES[trying.lane]
    at = trying.now + max(pauses[min(trying.attempts, len(pauses)) - 1], at_least)
    return Aside(error=error) if at > trying.end else Again(at=at, error=error)
