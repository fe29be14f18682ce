"""A person's mail address: entered in the conversation, proved by a code that is sent to it.

A mail only says that something waits (scheduling.channel.Abilities.only_tells). Replies are never
sent by mail, and incoming mail is not read.
"""

import math
from datetime import timedelta

from domain.cards import saying
from domain.channels import MAIL, MAIL_CODE
from domain.messages import Lane, Outgoing
from handlers.ground import doors, linking
from handlers.ground.linking import MOST_CHANNELS, mine
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.understanding.channel_orders import mail_address
from handlers.understanding.intents import Intent
from handlers.understanding.one_time_codes import Readings

CODE_LIVES = timedelta(minutes=30)
"""A mail may take a quarter of an hour if a server delays unknown senders."""

MOST_TRIES = 5
"""Wrong codes: enough for typing mistakes, far too few to guess forty bits."""

AGAIN_AFTER = timedelta(minutes=5)
"""The time between two mails with a code, so that a person cannot flood another
person's mailbox.
"""

OVER = "access ended: the code was sent"


def claim(turn: Turn, typed: str) -> Reply:
    """ "thư ten@congan.example.vn": send a code there."""
    if not any(door.channel == MAIL for door in doors.doors_of(turn.tx)):
        return _note(turn, "channels.not_here", channel=turn.say("roles.channel", channel=MAIL))
    address = mail_address(typed)
    if address is None:
        return _note(turn, "channels.mail_wrong")
    tx, person = turn.tx, turn.person
    if len(mine(tx, person)) >= MOST_CHANNELS:
        return _note(turn, "channels.too_many", most=MOST_CHANNELS)
    before = tx.mail_claims.open(person.id, turn.now)
    if before is not None:
        again_at = before.expires_at - CODE_LIVES + AGAIN_AFTER
        if again_at > turn.now:
            wait = math.ceil((again_at - turn.now) / timedelta(minutes=1))
            return _note(turn, "channels.mail_wait", minutes=wait)
    _forget_codes(turn)
    code, until = turn.library.new_code(), turn.now + CODE_LIVES
    tx.mail_claims.claim(person.id, address, code, until)
    # The address has a channel of its own: the outbox sends the code like any message, and no other
    # message goes to an address that is not proved.
    place = tx.addresses.link(MAIL_CODE, "", f"{person.id}:{address}", person.id, turn.now)
    text = turn.say("channels.mail_code", code=code, until=until)
    tx.outbox.queue(place.id, Lane.REPLY, Outgoing(cards=saying(text)), turn.now)
    tx.audit.record(turn.now, person.id, "mail_claimed", f"person:{person.id}")
    minutes = CODE_LIVES // timedelta(minutes=1)
    return _note(turn, "channels.mail_sent", address=address, minutes=minutes, tries=MOST_TRIES)


def is_waited_for(turn: Turn) -> bool:
    """Whether a code was sent to an address of the person and is still valid."""
    return turn.tx.mail_claims.open(turn.person.id, turn.now) is not None


def typed_back(turn: Turn, readings: Readings) -> Reply:
    """The reply to a code that is expected: the right code links the address to the person."""
    waiting = turn.tx.mail_claims.open(turn.person.id, turn.now)
    tx, person = turn.tx, turn.person
    code = tx.issued_codes.meant(readings) or ""
    address = tx.mail_claims.use(person.id, code, turn.now, most_tries=MOST_TRIES)
    if address is None:
        left = max(MOST_TRIES - (waiting.tries if waiting is not None else 0) - 1, 0)
        return _note(turn, "channels.mail_code_wrong", left=left)
    _forget_codes(turn)
    owner = tx.addresses.lock(MAIL, "", address)
    if owner is not None and owner.retired_at is None and owner.person_id != person.id:
        holder = tx.people.get(owner.person_id)
        if holder is not None and holder.posts:
            return _note(turn, "channels.mail_of_other", address=address)
    place = (MAIL, "", address)
    here = turn.address
    linking.link(person, place, tx=tx, now=turn.now, library=turn.library, speaking=here)
    return _note(turn, "channels.mail_linked", address=address)


def _forget_codes(turn: Turn) -> None:
    """Retire the addresses that were not proved: only a code was sent to them."""
    for address in turn.tx.addresses.of_person(turn.person.id):
        if address.channel == MAIL_CODE:
            turn.tx.addresses.retire(address.id, OVER, turn.now)


def _note(turn: Turn, key: str, **values: object) -> Reply:
    return Reply(intent=Intent.CHANNELS, cards=saying(turn.say(key, **values)), menu=KEEP_MENU)
