"""The use of each bot of a channel: people it reaches, and answers to strangers."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, case, func, select

from domain.deadlines import local_date
from storage import codes
from storage.statements import Repository, on_both
from storage.tables.messages import ADDRESS
from storage.tables.people import STRANGER

_ALL_STRANGERS: Final = "\0all"
"""Takes the place of an address; no service has an address like this."""

_PEOPLE: Final = (
    select(ADDRESS.c.bot, func.count(ADDRESS.c.person_id.distinct()).label("people"))
    .where(ADDRESS.c.channel == bindparam("channel"))
    .where(ADDRESS.c.retired_at.is_(None))
    .group_by(ADDRESS.c.bot)
)

_SOME: Final = (
    select(ADDRESS.c.address)
    .where(ADDRESS.c.channel == bindparam("channel"))
    .where(ADDRESS.c.retired_at.is_(None))
    .order_by(ADDRESS.c.id)
    .limit(1)
)


class Bots(Repository):
    """Counts by channel and our name of a bot."""

    __slots__ = ("_pepper",)

    def __init__(self, connection: Connection, pepper: bytes) -> None:
        super().__init__(connection)
        self._pepper = pepper

    def people(self, channel: str) -> Mapping[str, int]:
        """The number of different people that each bot reaches; a bot without people is not in the
        result.
        """
        rows = self._connection.execute(_PEOPLE, {"channel": channel})
        return {row.bot: row.people for row in rows}

    def some_address(self, channel: str) -> str | None:
        """One address in use, for a delivery test; None if no address is linked."""
        found: str | None = self._connection.execute(_SOME, {"channel": channel}).scalar()
        return found

    def count_stranger(self, channel: str, bot: str, now: datetime) -> int:
        """Record that this bot answers a stranger; returns today's number of such answers (in Viet
        Nam) to all strangers, this one included.
        """
        values = {
            "address_hash": codes.hash_address(channel, bot, _ALL_STRANGERS, self._pepper),
            "answered_on": local_date(now),
            "tries": 1,
            "tries_since": now,
        }
        count: int = self._connection.execute(_COUNT(self._connection), values).scalar_one()
        return count


def _build_count(insert: Any) -> Any:
    statement = insert(STRANGER)
    today = STRANGER.c.answered_on == statement.excluded.answered_on
    return statement.on_conflict_do_update(
        index_elements=[STRANGER.c.address_hash],
        set_={
            "answered_on": statement.excluded.answered_on,
            "tries": case((today, STRANGER.c.tries + 1), else_=1),
            "tries_since": statement.excluded.tries_since,
        },
    ).returning(STRANGER.c.tries)


_COUNT: Final = on_both(_build_count)
