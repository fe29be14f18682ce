"""Telling people what happened: one notice for each, where they were reached last."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from domain.messages import Lane, Outgoing
from domain.people import OVERSEEING_ROLES, Person, Role
from domain.quiet import notice_at
from domain.units import UnitId
from handlers.library import Library
from handlers.settings import ceiling_of, hours_of
from locales import Words
from storage import Address, ToQueue, Tx


def tell(
    people: Iterable[Person],
    text: Callable[[Words], str],
    *,
    once: str,
    tx: Tx,
    library: Library,
    now: datetime,
) -> int:
    """Queue the text for everybody who can be reached; returns how many that are.

    `text` makes it in the reader's language. `once` names the event: nobody hears of it twice.
    A notice owns no digits: whatever can be done about it is a word with a code in its text.
    """
    known = {person.id: person for person in people}
    homes = {person.id: _province(tx, person) for person in known.values()}
    hours = {home: hours_of(tx, home) for home in set(homes.values()) if home is not None}
    rows = [
        ToQueue(
            address_id=address.id,
            lane=Lane.NOTICE,
            outgoing=Outgoing(text=text(library.words(known[person_id].locale))),
            once=f"{once}:{person_id}",
            due_at=notice_at(now, hours[home]) if (home := homes[person_id]) else now,
        )
        for person_id, address in _reached(tx, homes).items()
    ]
    tx.outbox.queue_many(rows, now)
    return len(rows)


def _reached(tx: Tx, homes: Mapping[int, UnitId | None]) -> Mapping[int, Address]:
    """Person id -> where he was reached last, on a channel that his province uses."""
    found: dict[int, Address] = {}
    for address in tx.addresses.of_people(homes):
        home = homes[address.person_id]
        if home is None or ceiling_of(tx, home, address.channel) is not None:
            found[address.person_id] = address
    return found


def _province(tx: Tx, person: Person) -> UnitId | None:
    """The province he works in first; None for whoever has no post."""
    unit = tx.units.get(person.posts[0].unit) if person.posts else None
    return UnitId(unit.id.structure, unit.province) if unit is not None else None


def in_charge_of(tx: Tx, unit: UnitId, *roles: Role) -> tuple[Person, ...]:
    """Who holds one of these overseeing roles at the unit itself or above it; each once."""
    wanted = roles or tuple(OVERSEEING_ROLES)
    found = (*tx.people.at_unit(unit, *wanted), *tx.people.overseers_of(unit, *wanted))
    return tuple({person.id: person for person in found}.values())
