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
    """Try again from `at` on."""

    at: datetime
    error: str


@dataclass(frozen=True, kw_only=True)
class Aside:
    """Give up. `retire`: this address will never take a message again."""

    error: str
    retire: bool = False


Consequence = Done | Again | Aside


def until(lane: Lane, queued_at: datetime, replaced_at: datetime | None) -> datetime:
    """When trying ends: a reply after its quarter of an hour, a notice at its next stage."""
    if lane is Lane.REPLY:
        return queued_at + REPLY_TRIED_FOR
    return replaced_at or queued_at + NOTICE_TRIED_FOR


def consequence(
    delivery: Delivery,
    *,
    lane: Lane,
    attempts: int,
    now: datetime,
    end: datetime,
    repeatable: bool,
) -> Consequence:
    """What to do after attempt number `attempts` (1 the first). `end` is `until`'s answer."""
    match delivery:
        case Delivered():
            return Done()
        case Refused(permanent=True, ours=ours, error=error):
            # A message that we spoiled says nothing about the address.
            return Aside(error=error, retire=not ours)
        case Unknown(error=error) if not repeatable:
            return Aside(error=error or "unknown")
        case Refused(error=error) | Unknown(error=error):
            pauses = _PAUSES[lane]
            at = now + pauses[min(attempts, len(pauses)) - 1]
            if at > end:
                return Aside(error=error or "unknown")
            return Again(at=at, error=error or "unknown")
