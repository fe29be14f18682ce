"""Which address a notice is sent to, and which is next if that fails."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from domain.channels import MAIL_CODE, traits_of
from domain.messages import Lane, Outgoing
from domain.people import Person
from domain.quiet import Hours, notice_at, reminder_at
from domain.units import UnitId
from handlers.ground.settings import ceiling_of, hours_of
from storage import Address, ToQueue, Tx

_PREFERRED = 0
"""Before every `NoticeRank`."""


def addresses_in_order(tx: Tx, people: Iterable[Person]) -> Mapping[int, tuple[Address, ...]]:
    """Person id -> the person's addresses in the order to try; every person is included.

    The preferred channel comes first, then the address linked last, then mail, then the terminal.
    Channels that the person's province does not use are left out.
    """
    known = {person.id: person for person in people}
    homes = homes_of(tx, known.values())
    used: dict[tuple[UnitId, str], bool] = {}

    def is_used(address: Address) -> bool:
        home = homes[address.person_id]
        if home is None:
            return True
        key = (home, address.channel)
        if key not in used:
            used[key] = ceiling_of(tx, home, address.channel) is not None
        return used[key]

    found: dict[int, list[Address]] = {person_id: [] for person_id in known}
    for address in tx.addresses.of_people(known):
        if address.channel != MAIL_CODE and is_used(address):
            found[address.person_id].insert(0, address)
    return {
        person_id: tuple(sorted(addresses, key=lambda one: _rank(one, known[person_id])))
        for person_id, addresses in found.items()
    }


def homes_of(tx: Tx, people: Iterable[Person]) -> Mapping[int, UnitId | None]:
    """Person id -> the province of the person's first post; None for a person without a post."""
    known = {person.id: person.posts[0].unit for person in people if person.posts}
    units = {unit.id: unit for unit in tx.units.get_many(set(known.values()))}
    provinces = {one: UnitId(unit.id.structure, unit.province) for one, unit in units.items()}
    return {
        person.id: provinces.get(known[person.id]) if person.posts else None for person in people
    }


def hours_at(tx: Tx, homes: Iterable[UnitId | None]) -> Mapping[UnitId | None, Hours]:
    """The hours of each of these provinces; a person without a province can be written to at any
    time.
    """
    return {home: Hours() if home is None else hours_of(tx, home) for home in set(homes)}


def queue_elsewhere(
    tx: Tx,
    *,
    once: str | None,
    outbox_id: int,
    person_id: int,
    address_id: int,
    outgoing: Outgoing,
    expires_at: datetime | None,
    now: datetime,
    as_reminder: bool = False,
) -> bool:
    """Queue a notice that did not reach its reader at the person's next address, if there is one.

    `once` and `outbox_id` are those of the row at `address_id`. The key of the new row is that of
    the first row, ">" and the id of the new address: so each address is tried once, and the chain
    ends. The notice is sent outside quiet hours, and `as_reminder` not before the hour from which
    the province sends reminders. Returns False if no address is left, or the notice has expired.
    """
    if expires_at is not None and expires_at <= now:
        return False
    person = tx.people.get(person_id)
    if person is None or not person.posts:
        return False
    base = f"row:{outbox_id}" if once is None else once.partition(">")[0]
    order = addresses_in_order(tx, (person,))[person.id]
    names = {address.id: f"{base}>{address.id}" for address in order}
    tried = tx.unseen.tried((base, *names.values()), _first_row(base, outbox_id))
    left = [one for one in order if one.id not in tried and one.id != address_id]
    if not left:
        return False
    home = homes_of(tx, (person,))[person.id]
    leaves_at = reminder_at if as_reminder else notice_at
    row = ToQueue(
        address_id=left[0].id,
        lane=Lane.NOTICE,
        outgoing=outgoing,
        once=names[left[0].id],
        expires_at=expires_at,
        due_at=leaves_at(now, hours_at(tx, (home,))[home]),
    )
    return tx.outbox.queue_many((row,), now) == 1


def _first_row(base: str, outbox_id: int) -> int:
    """The id of the first row of a chain if that row has no key, else the id of this row."""
    word, _, number = base.partition(":")
    return int(number) if word == "row" and number.isdecimal() else outbox_id


def _rank(address: Address, person: Person) -> int:
    if address.channel == person.preferred:
        return _PREFERRED
    return traits_of(address.channel).notice_rank
