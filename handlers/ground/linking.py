"""One person on several channels: a code that the person made links another channel at once.

The person is known already and made the code minutes ago, so no confirmation is asked. The other
channels of the person get a notice with the word that undoes the link.
"""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from domain.cards import saying
from domain.channels import CHANNELS, MAIL_CODE
from domain.messages import Incoming, Lane, Outgoing
from domain.people import Person
from handlers.ground.library import Library
from handlers.ground.reaching import homes_of
from handlers.ground.settings import ceiling_of
from handlers.ground.turn import capital
from storage import Address, Tx

CODE_LIVES = timedelta(minutes=15)
"""Long enough to fetch the other phone and find the bot there, short if a screen is left alone."""

MOST_CHANNELS = 2 * sum(1 for one in CHANNELS.values() if one.names)
"""Each channel that people may link, twice: no person carries more phones."""


@dataclass(frozen=True, kw_only=True)
class Linked:
    """The address now belongs to the person."""

    person: Person
    address: Address


def number_of(address: Address) -> str:
    """The number in the words that undo the link: "bỏ kênh K3"."""
    return f"K{address.id}"


def bring(
    code: str, incoming: Incoming, *, tx: Tx, now: datetime, library: Library, known: Person | None
) -> Linked | Outgoing | None:
    """What a code leads to at the address that sent it; None if the text is not one of these codes,
    or the code is no longer valid.

    `known` is the person who has the address already. A code that is refused here is not used up:
    its owner may have typed it in the wrong place.
    """
    person_id = tx.web.owner_of(code, now)
    person = tx.people.get(person_id) if person_id is not None else None
    if person is None or not person.posts:
        return None
    words = library.words(person.locale)
    if known is not None and known.id != person.id:
        return Outgoing(cards=saying(library.words(known.locale).say("roles.code_of_other")))
    if known is not None:
        return Outgoing(cards=saying(words.say("channels.code_for_elsewhere")))
    home = homes_of(tx, (person,))[person.id]
    if home is not None and ceiling_of(tx, home, incoming.channel) is None:
        return Outgoing(cards=saying(words.say("roles.channel_off")))
    if len(mine(tx, person)) >= MOST_CHANNELS:
        return Outgoing(cards=saying(words.say("channels.too_many", most=MOST_CHANNELS)))
    if tx.web.use_code(code, now) is None:
        return None
    place = (incoming.channel, incoming.bot, incoming.address)
    return link(person, place, tx=tx, now=now, library=library)


def link(
    person: Person,
    place: tuple[str, str, str],
    *,
    tx: Tx,
    now: datetime,
    library: Library,
    speaking: Address | None = None,
) -> Linked:
    """Link the address at `place` (channel, bot, address) to the person, and notify the person's
    other channels, except the one that is `speaking`.

    The post chosen at the address that was linked last is taken over.
    """
    address = tx.addresses.link(*place, person.id, now)
    others = tuple(one for one in mine(tx, person) if one.id != address.id)
    acting = next((one.acting for one in reversed(others) if one.acting is not None), None)
    if acting is not None:
        tx.addresses.set_acting(address.id, acting)
        address = replace(address, acting=acting)
    code = number_of(address)
    tx.audit.record(now, person.id, "channel_linked", f"person:{person.id}", f"{code} {place[0]}")
    words = library.words(person.locale)
    text = words.say(
        "channels.linked_elsewhere",
        channel=capital(words.say("roles.channel", channel=place[0])),
        at=now,
        code=code,
    )
    told = tuple(one for one in others if speaking is None or one.id != speaking.id)
    tell_at(told, text, tx=tx, now=now)
    return Linked(person=person, address=address)


def tell_at(addresses: tuple[Address, ...], text: str, *, tx: Tx, now: datetime) -> None:
    """Warn a person about their own channels at these addresses, at once. Quiet hours do not delay
    the warning: the person who did it is awake, and if it was another person, every hour counts.
    """
    for address in addresses:
        tx.outbox.queue(address.id, Lane.NOTICE, Outgoing(cards=saying(text)), now)


def mine(tx: Tx, person: Person) -> tuple[Address, ...]:
    """The person's channels, the one linked first at the beginning."""
    return tuple(one for one in tx.addresses.of_person(person.id) if one.channel != MAIL_CODE)
