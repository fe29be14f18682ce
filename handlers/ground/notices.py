"""Notices to people: one for each event, at the address where each person is reached first."""

from collections.abc import Callable, Iterable
from datetime import datetime

from domain.cards import Card, Cards, saying
from domain.messages import Lane, Outgoing
from domain.people import OVERSEEING_ROLES, Person, Role
from domain.quiet import notice_at
from domain.units import UnitId
from handlers.ground.library import Library
from handlers.ground.reaching import addresses_in_order, homes_of, hours_at
from locales import Words
from storage import ToQueue, Tx


def tell(
    people: Iterable[Person],
    shown: Callable[[Words], str | Card],
    *,
    once: str,
    tx: Tx,
    library: Library,
    now: datetime,
) -> int:
    """Queue a notice for everybody who can be reached; returns how many people that are.

    `shown` makes the notice, a sentence or a card, in the reader's language. `once` is the
    idempotency key of the event: no person gets two notices of it. A notice opens no numbered menu:
    each action is a word with a code in its text.
    """
    known = {person.id: person for person in people}
    homes = homes_of(tx, known.values())
    hours = hours_at(tx, homes.values())
    rows = [
        ToQueue(
            address_id=addresses[0].id,
            lane=Lane.NOTICE,
            outgoing=Outgoing(cards=_cards(shown(library.words(known[person_id].locale)))),
            once=f"{once}:{person_id}",
            due_at=notice_at(now, hours[homes[person_id]]),
        )
        for person_id, addresses in addresses_in_order(tx, known.values()).items()
        if addresses
    ]
    tx.outbox.queue_many(rows, now)
    return len(rows)


def _cards(shown: str | Card) -> Cards:
    return saying(shown) if isinstance(shown, str) else (shown,)


def in_charge_of(tx: Tx, unit: UnitId, *roles: Role) -> tuple[Person, ...]:
    """The people with one of these overseeing roles at the unit or above it, each person once."""
    wanted = roles or tuple(OVERSEEING_ROLES)
    found = (*tx.people.at_unit(unit, *wanted), *tx.people.overseers_of(unit, *wanted))
    return tuple({person.id: person for person in found}.values())
