"""Addresses: which person a channel's address belongs to, and which question is open there."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Connection, bindparam, exists, select, update

from domain.deadlines import local_date
from domain.people import Post
from storage import codes
from storage.errors import Conflict
from storage.records import Address
from storage.revoked.notes import Notes
from storage.statements import AnyRow, Repository, on_both
from storage.tables.messages import ADDRESS, LANES, OUTBOX, Author
from storage.tables.people import STRANGER

COLUMNS: Final = (
    ADDRESS.c.id,
    ADDRESS.c.channel,
    ADDRESS.c.bot,
    ADDRESS.c.address,
    ADDRESS.c.person_id,
    ADDRESS.c.menu,
    ADDRESS.c.acting_role,
    ADDRESS.c.acting_unit,
    ADDRESS.c.retired_at,
    ADDRESS.c.retired_reason,
    ADDRESS.c.linked_at,
)

_THIS: Final = ADDRESS.c.id == bindparam("address_id")
# The address in use first, then the one retired last.
_LOCK: Final = (
    select(*COLUMNS)
    .where(ADDRESS.c.channel == bindparam("channel"))
    .where(ADDRESS.c.bot == bindparam("bot"))
    .where(ADDRESS.c.address == bindparam("address"))
    .order_by(ADDRESS.c.retired_at.is_not(None), ADDRESS.c.id.desc())
    .limit(1)
    # Does not block a transaction that only references the row: a tick that queues a message for
    # it.
    .with_for_update(key_share=True)
)
_GET: Final = select(*COLUMNS).where(_THIS)
_OF_PEOPLE: Final = (
    select(*COLUMNS)
    .where(ADDRESS.c.person_id.in_(bindparam("people", expanding=True)))
    .where(ADDRESS.c.retired_at.is_(None))
    .order_by(ADDRESS.c.linked_at, ADDRESS.c.id)
)
_SET_MENU: Final = update(ADDRESS).where(_THIS).values(menu=bindparam("menu_"))
_SET_ACTING: Final = (
    update(ADDRESS)
    .where(_THIS)
    .values(acting_role=bindparam("role_"), acting_unit=bindparam("unit_"))
)
_MOVE: Final = update(ADDRESS).where(_THIS).values(address=bindparam("new"))
_LOSE: Final = (
    update(ADDRESS)
    .where(_THIS)
    .where(ADDRESS.c.menu == bindparam("menu_"))
    .values(menu=bindparam("instead"))
)
_RETIRE: Final = (
    update(ADDRESS)
    .where(_THIS)
    .where(ADDRESS.c.retired_at.is_(None))
    .values(retired_at=bindparam("now"), retired_reason=bindparam("reason"), menu=None)
    .returning(ADDRESS.c.channel, ADDRESS.c.bot, ADDRESS.c.address, ADDRESS.c.person_id)
)
_REVIVE: Final = (
    update(ADDRESS)
    .where(_THIS)
    .values(retired_at=None, retired_reason=None, linked_at=bindparam("now"))
)

_OF_US: Final = (
    exists()
    .where(OUTBOX.c.address_id == ADDRESS.c.id)
    .where(OUTBOX.c.author == Author.US)
    .correlate(ADDRESS)
)
_LEFT_WAITING: Final = (
    select(*COLUMNS)
    .where(ADDRESS.c.channel == bindparam("channel"))
    .where(ADDRESS.c.id > bindparam("after"))
    .where(ADDRESS.c.menu.is_not(None))
    .where(ADDRESS.c.retired_at.is_(None))
    .where(_OF_US.where(OUTBOX.c.sent_at.between(bindparam("first"), bindparam("last"))))
    .where(~_OF_US.where(OUTBOX.c.queued_at > bindparam("last"), OUTBOX.c.lane == LANES["reply"]))
    .order_by(ADDRESS.c.id)
    .limit(bindparam("limit"))
)


def read_address(row: AnyRow | tuple[Any, ...]) -> Address:
    """An address from the values of `COLUMNS`."""
    address_id, channel, bot, address, person_id, menu, role, unit, retired_at, reason, linked = row
    return Address(
        id=address_id,
        channel=channel,
        bot=bot,
        address=address,
        person_id=person_id,
        menu=menu,
        acting=None if role is None else Post(role=role, unit=unit),
        retired_at=retired_at,
        retired_reason=reason,
        linked_at=linked,
    )


class Addresses(Repository):
    """The addresses at which people can be reached."""

    __slots__ = ("_notes", "_pepper")

    def __init__(self, connection: Connection, pepper: bytes, notes: Notes) -> None:
        super().__init__(connection)
        self._pepper = pepper
        self._notes = notes

    def lock(self, channel: str, bot: str, address: str) -> Address | None:
        """Get the address and lock its row until the transaction ends. Every turn begins with this.

        None if the address is unknown. A retired address is returned as well: the caller decides
        whether a new message from it links it again.
        """
        values = {"channel": channel, "bot": bot, "address": address}
        row = self._connection.execute(_LOCK, values).first()
        return None if row is None else read_address(row)

    def get(self, address_id: int) -> Address | None:
        """The address, retired or not."""
        row = self._connection.execute(_GET, {"address_id": address_id}).first()
        return None if row is None else read_address(row)

    def link(self, channel: str, bot: str, address: str, person_id: int, now: datetime) -> Address:
        """Link the address to this person only.

        If the address belongs to another person, that row is retired and a new row is made, so the
        other person's messages stay theirs. Raises Conflict if the address was unknown and another
        turn links it at the same time.
        """
        known = self.lock(channel, bot, address)
        if known is not None and known.person_id == person_id:
            if known.retired_at is not None:
                self._connection.execute(_REVIVE, {"address_id": known.id, "now": now})
                known = replace(known, linked_at=now)
            return replace(known, retired_at=None, retired_reason=None)
        if known is not None:
            self.retire(known.id, "linked to another person", now)
        values = {
            "channel": channel,
            "bot": bot,
            "address": address,
            "person_id": person_id,
            "linked_at": now,
            "position": 0,
        }
        added = self._connection.execute(_LINK(self._connection), values).scalar()
        if added is None:
            raise Conflict("the address was linked meanwhile")
        return Address(
            id=added,
            channel=channel,
            bot=bot,
            address=address,
            person_id=person_id,
            linked_at=now,
        )

    def set_menu(self, address_id: int, menu: str | None) -> None:
        """Set the question that a typed digit answers at this address."""
        self._connection.execute(_SET_MENU, {"address_id": address_id, "menu_": menu})

    def change_menu(self, address_id: int, menu: str, instead: str) -> None:
        """Let digits answer another question, if they still answer the one of `menu`."""
        values = {"address_id": address_id, "menu_": menu, "instead": instead}
        self._connection.execute(_LOSE, values)

    def move(self, address_id: int, new: str) -> None:
        """The service uses another name for this address from now on."""
        self._connection.execute(_MOVE, {"address_id": address_id, "new": new})

    def set_acting(self, address_id: int, post: Post | None) -> None:
        """The post as which the person acts at this address; None: their first post."""
        role, unit = (None, None) if post is None else (post.role, post.unit)
        values = {"address_id": address_id, "role_": role, "unit_": unit}
        self._connection.execute(_SET_ACTING, values)

    def of_person(self, person_id: int) -> tuple[Address, ...]:
        """The person's addresses in use, the one linked first comes first."""
        return self.of_people((person_id,))

    def of_people(self, people: Iterable[int]) -> tuple[Address, ...]:
        """The addresses in use of several people by person id, in one query, in the order of
        linking.
        """
        rows = self._connection.execute(_OF_PEOPLE, {"people": list(people)})
        return tuple(map(read_address, rows))

    def left_waiting(
        self, channel: str, first: datetime, last: datetime, *, after: int, limit: int
    ) -> tuple[Address, ...]:
        """Addresses with an open question that got a message from `first` to `last` and no reply
        since, ordered by id, starting after the id `after`.
        """
        values = {"channel": channel, "first": first, "last": last, "after": after, "limit": limit}
        rows = self._connection.execute(_LEFT_WAITING, values)
        return tuple(map(read_address, rows))

    def retire(self, address_id: int, reason: str, now: datetime) -> None:
        """Send nothing more to this address."""
        values = {"address_id": address_id, "reason": reason, "now": now}
        retired = self._connection.execute(_RETIRE, values).first()
        if retired is not None:
            channel, bot, address, person_id = retired
            self._notes.address(channel, bot, address, person_id, reason, now)

    def may_answer_stranger(self, channel: str, bot: str, address: str, now: datetime) -> bool:
        """Whether an unknown person got no answer yet today (in Viet Nam); also records that they
        get one.

        Keeps only a hash of the address and the day.
        """
        values = {
            "address_hash": codes.hash_address(channel, bot, address, self._pepper),
            "answered_on": local_date(now),
            "tries": 0,
            "tries_since": now,
        }
        return self._connection.execute(_ANSWER_STRANGER(self._connection), values).rowcount == 1


def _build_answer_stranger(insert: Any) -> Any:
    statement = insert(STRANGER)
    return statement.on_conflict_do_update(
        index_elements=[STRANGER.c.address_hash],
        set_={"answered_on": statement.excluded.answered_on},
        where=STRANGER.c.answered_on.is_distinct_from(statement.excluded.answered_on),
    )


_LINK: Final = on_both(
    lambda insert: insert(ADDRESS).on_conflict_do_nothing().returning(ADDRESS.c.id)
)
_ANSWER_STRANGER: Final = on_both(_build_answer_stranger)
