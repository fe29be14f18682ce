"""The clock: once a minute it looks at what is due. The only place that knows APScheduler."""

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Final

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from domain.deadlines import VIETNAM, local_date
from handlers.ground.library import Library
from scheduling.tick import Ticked, tick_once
from scheduling.worker import Worker
from storage import Store

TIDY_AT_HOUR: Final = 3
"""Local hour of the daily tidying: nobody is on the checklist then."""

_log = logging.getLogger("antt.ticker")


class Ticker:
    """One tick a minute, and a tidying a day. `wake` is called when something was queued; `now`
    reads the clock.

    Due moments live in rows, so a tick that was missed, for whatever time, is made good by
    the next: `misfire_grace_time` None runs a late job, `coalesce` runs it once.

    `ticked_at` is the moment (UTC) of the last tick that did all it had to, None before the
    first: whoever watches the process sees from it whether the clock still runs.
    """

    ticked_at: datetime | None = None

    def __init__(
        self,
        store: Store,
        library: Library,
        worker: Worker,
        wake: Callable[[], None],
        now: Callable[[], datetime],
    ) -> None:
        self._store = store
        self._library = library
        self._worker = worker
        self._wake = wake
        self._now = now
        self._scheduler = AsyncIOScheduler(timezone=VIETNAM)
        rules = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        self._scheduler.add_job(
            self.tick, CronTrigger(second=0, timezone=VIETNAM), id="tick", **rules
        )
        self._scheduler.add_job(
            self.tidy, CronTrigger(hour=TIDY_AT_HOUR, timezone=VIETNAM), id="tidy", **rules
        )

    def start(self) -> None:
        """Begin; the first tick is at once, for whatever an outage left undone."""
        self._scheduler.start()
        self._scheduler.modify_job("tick", next_run_time=datetime.now(VIETNAM))

    def stop(self) -> None:
        """Tick no more; a tick under way ends with its transaction."""
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> Ticked:
        """Queue what is due, one transaction after the other, letting taps in between."""
        now = self._now()
        done = Ticked()
        try:
            while (one := await self._worker.run(partial(self._once, now))) is not None:
                done = done.plus(one)
                self._wake()
            self.ticked_at = now
        except Exception:
            # The next tick finds the same rows due; the database may be back by then.
            _log.exception("tick failed")
        if done.queued or done.unreached:
            _log.info("tick", extra={"queued": done.queued, "unreached": len(done.unreached)})
        return done

    async def tidy(self) -> None:
        """Drop what was kept for a time only."""
        try:
            await self._worker.run(partial(self._tidy, self._now()))
        except Exception:
            _log.exception("tidying failed")

    def _once(self, now: datetime) -> Ticked | None:
        return tick_once(self._store, self._library, now)

    def _tidy(self, now: datetime) -> None:
        with self._store.begin() as tx:
            tx.inbox.tidy(now)
            tx.web.tidy(now)
            tx.mail_claims.tidy(now)
        self._store.tidy_revocations(local_date(now))
