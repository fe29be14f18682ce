"""How much of its monthly message limit each bot has used."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from sqlalchemy import bindparam, func, select

from domain.messages import Lane
from storage.statements import Repository, on_both
from storage.tables.messages import LANES, USAGE

_LANES_BACK: Final = {number: Lane(name) for name, number in LANES.items()}
_GET: Final = (
    select(USAGE.c.lane, USAGE.c.used)
    .where(USAGE.c.channel == bindparam("channel_"))
    .where(USAGE.c.bot == bindparam("bot_"))
    .where(USAGE.c.month == bindparam("month_"))
)
_OF_ALL: Final = (
    select(USAGE.c.channel, USAGE.c.bot, func.sum(USAGE.c.used).label("used"))
    .where(USAGE.c.month == bindparam("month_"))
    .group_by(USAGE.c.channel, USAGE.c.bot)
)


class Usage(Repository):
    """Counts by channel, bot, month (its first day in Viet Nam) and lane."""

    __slots__ = ()

    def of(self, channel: str, bot: str, month: date) -> Mapping[Lane, int]:
        """Messages of the month so far, 0 for an unused lane."""
        values = {"channel_": channel, "bot_": bot, "month_": month}
        rows = self._connection.execute(_GET, values)
        return dict.fromkeys(Lane, 0) | {_LANES_BACK[row.lane]: row.used for row in rows}

    def of_all(self, month: date) -> Mapping[tuple[str, str], int]:
        """Messages of the month so far by channel and bot, for bots that sent any."""
        rows = self._connection.execute(_OF_ALL, {"month_": month})
        return {(row.channel, row.bot): int(row.used) for row in rows}

    def add(self, channel: str, bot: str, month: date, lane: Lane, count: int) -> None:
        """Add the messages being sent; counted before sending, because a process may die in
        between.
        """
        values = {
            "channel": channel,
            "bot": bot,
            "month": month,
            "lane": LANES[lane.value],
            "used": count,
        }
        self._connection.execute(_ADD(self._connection), values)


def _build_add(insert: Any) -> Any:
    statement = insert(USAGE)
    return statement.on_conflict_do_update(
        index_elements=[USAGE.c.channel, USAGE.c.bot, USAGE.c.month, USAGE.c.lane],
        set_={"used": USAGE.c.used + statement.excluded.used},
    )


_ADD: Final = on_both(_build_add)
