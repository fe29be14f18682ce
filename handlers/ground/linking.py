"""One person, several channels: a code he made himself opens another one to him at once.

He is known already and made the code minutes ago, so nobody asks him whether it is his; his
other channels are told, with the word that undoes it.
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
"""Long enough to fetch the other phone and find the bot there, short for a screen left alone."""

MOST_CHANNELS = 2 * sum(1 for one in CHANNELS.values() if one.names)
"""Each channel that people may link, twice: nobody carries more phones."""


@dataclass(frozen=True, kw_only=True)
class Linked:
    """From now on the person is known at this address."""

    person: Person
    address: Address


def number_of(address: Address) -> str:
    """What undoes it: "bỏ kênh K3"."""
    return f"K{address.id}"


def bring(
    code: str, incoming: Incoming, *, tx: Tx, now: datetime, library: Library, known: Person | None
) -> Linked | Outgoing | None:
    """What a code leads to at the address it was brought to; None where it is none of these
    codes, or opens nothing any more.

    `known` is whose the address is already. A code that is refused here is not used up: its
    owner may have typed it in the wrong place.
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
    """Make the address at `place` (channel, bot, address) his, and tell his other channels, but
    not the one where he is `speaking`.

    He goes on there as whom he was acting where he was linked last.
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
    """Warn somebody about his own channels at these addresses, at once: whoever did it is up,
    and if it was somebody else, every hour counts. So quiet hours do not hold it back."""
    for address in addresses:
        tx.outbox.queue(address.id, Lane.NOTICE, Outgoing(cards=saying(text)), now)


def mine(tx: Tx, person: Person) -> tuple[Address, ...]:
    """The person's channels, the one linked first at the head."""
    return tuple(one for one in tx.addresses.of_person(person.id) if one.channel != MAIL_CODE)
