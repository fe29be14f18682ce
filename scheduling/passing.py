"""Sends notices that their reader did not see on the web to the reader's next channel.

Written is not seen: the web reports which messages a screen has shown. A notice written on one day
and not seen by the opening of the next working day is sent on the next channel, once.
"""

import json
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from domain.deadlines import VIETNAM, local_date
from handlers.ground.library import Library
from handlers.ground.reaching import queue_elsewhere
from storage import Notice, Tx

AT_ONCE: Final = 200
"""Notices checked in one transaction: as many as a tick queues, so that no tap waits long."""

NO_OLDER_THAN: Final = timedelta(days=14)
"""How far back the first check goes: longer than the longest holiday, but not into the matters of
another month.
"""

_WHOLE: Final = ""
_KEY: Final = "passed_on"


@dataclass(frozen=True, kw_only=True)
class _Reached:
    """The progress of the check: everything sent before `at`, and at exactly that time up to the
    message `after`.
    """

    at: datetime
    after: int = 0


def pass_unseen(tx: Tx, library: Library, now: datetime) -> int | None:
    """Check the next `AT_ONCE` notices that were not seen in time, and queue them on the next
    channel; returns how many were queued, None if there is nothing left to check.

    In time means before the last working day that has begun by `now`. Call it when reminders may be
    sent at all; the new row's due time respects each province's own hours.
    """
    end = _start_of(_last_working_day(library, now))
    reached = _reached(tx) or _Reached(at=end - NO_OLDER_THAN)
    if reached.at >= end:
        return None
    found = tx.unseen.on_the_web(reached.at, reached.after, end, AT_ONCE)
    queued = sum(_passed(tx, notice, now) for notice in found)
    last = found[-1] if len(found) == AT_ONCE else None
    if last is not None and last.sent_at is not None:
        _note(tx, _Reached(at=last.sent_at, after=last.outbox_id))
    else:
        _note(tx, _Reached(at=end))
    return queued if found else None


def _passed(tx: Tx, notice: Notice, now: datetime) -> bool:
    return queue_elsewhere(
        tx,
        once=notice.once,
        outbox_id=notice.outbox_id,
        person_id=notice.person_id,
        address_id=notice.address_id,
        outgoing=notice.outgoing,
        expires_at=notice.expires_at,
        now=now,
        as_reminder=True,
    )


def _last_working_day(library: Library, now: datetime) -> date:
    """Today, or the last working day before it."""
    today = local_date(now)
    calendar = library.calendar(today.year - 1, today.year)
    return today if calendar.is_working(today) else calendar.last_working_day_before(today)


def _start_of(day: date) -> datetime:
    return datetime.combine(day, time(0), VIETNAM)


def _reached(tx: Tx) -> _Reached | None:
    found = tx.settings.get(_WHOLE, _KEY)
    if found is None:
        return None
    kept = json.loads(found)
    return _Reached(at=datetime.fromisoformat(kept["at"]), after=int(kept["after"]))


def _note(tx: Tx, reached: _Reached) -> None:
    kept = {"at": reached.at.isoformat(), "after": reached.after}
    tx.settings.set(_WHOLE, _KEY, json.dumps(kept))
