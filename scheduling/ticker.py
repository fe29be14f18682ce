"""The scheduler: checks once a minute what is due. The only place that uses APScheduler."""

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
"""Local hour of the daily tidying: nobody works on a checklist then."""

_log = logging.getLogger("antt.ticker")


class Ticker:
    """One tick a minute, and a tidying a day. `wake` is called after something was queued; `now`
    reads the clock.

    Due times are stored in rows, so the next tick catches up after missed ones of any duration:
    `misfire_grace_time` None runs a late job, `coalesce` runs it once.

    `ticked_at` is the time (UTC) of the last complete tick, None before the first: a monitor sees
    from it whether the scheduler still runs.
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
        """Start; the first tick runs at once, to catch up after an outage."""
        self._scheduler.start()
        self._scheduler.modify_job("tick", next_run_time=datetime.now(VIETNAM))

    def stop(self) -> None:
        """Stop ticking; a running tick ends with its transaction."""
        self._scheduler.shutdown(wait=False)

    async def tick(self) -> Ticked:
        """Queue what is due, one transaction after the other, so that taps can run in between."""
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
        """Delete rows whose retention period is over."""
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
