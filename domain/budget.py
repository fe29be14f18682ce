"""How the messages of a monthly plan are spent: reminders first.

The numbers are those of the service's plan; how they are divided is our choice.
"""

from dataclasses import dataclass, replace
from typing import Final

from domain.messages import Lane

KEPT_FOR_NOTICES: Final = 0.3
"""Share of a month's messages that replies may not use. Six stages of three duties for fifty people
are 900 of 3,000: a month in which all duties fall due at once.
"""

WARNED_AT: Final = (0.7, 0.9, 1.0)
"""Shares at which administrators get a warning: early, near the end, and at the end."""


@dataclass(frozen=True, kw_only=True)
class Budget:
    """One bot's month: `limit` messages, and the number used by replies and by notices."""

    limit: int
    replies: int
    notices: int

    @property
    def used(self) -> int:
        """Messages of both kinds."""
        return self.replies + self.notices

    @property
    def share(self) -> float:
        """The used share of the month's messages; 1.0 if the plan allows none."""
        return self.used / self.limit if self.limit else 1.0

    def after(self, lane: Lane, count: int) -> "Budget":
        """The month with `count` more messages of one kind."""
        if lane is Lane.REPLY:
            return replace(self, replies=self.replies + count)
        return replace(self, notices=self.notices + count)

    def allows(self, lane: Lane, count: int) -> bool:
        """Whether `count` more messages may be sent. Notices may use all messages; replies may use
        only messages that are not reserved for notices.
        """
        if self.used + count > self.limit:
            return False
        if lane is Lane.NOTICE:
            return True
        kept = max(round(self.limit * KEPT_FOR_NOTICES), self.notices)
        return self.replies + count <= self.limit - kept

    def crossed(self, count: int) -> float | None:
        """The highest share of `WARNED_AT` that these `count` messages reached, or None."""
        before = (self.used - count) / self.limit if self.limit else 1.0
        reached = [share for share in WARNED_AT if before < share <= self.share]
        return max(reached, default=None)
