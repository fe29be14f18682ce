"""Who is let in: one-time codes, and the one sentence for everybody else."""

from datetime import datetime

from domain.messages import Content, Incoming, Joined, Outgoing, Said
from domain.people import Person
from handlers.library import Library
from handlers.reply import Intent, Reply
from handlers.understanding.codes import code_in
from storage import Tx

STRANGER_LOCALE = "vi"

MOST_TRIES = 5
"""Codes tried from one address in an hour: enough for slips, hopeless for guessing."""


def join(incoming: Incoming, tx: Tx, now: datetime) -> Person | None:
    """Let the sender in when he brings a good code; None for everybody else.

    Wrong, used and expired codes are all the same to the sender, and attempts are limited.
    """
    code = _code(incoming.content)
    if code is None:
        return None
    tries = tx.invitations.count_attempt(incoming.channel, incoming.bot, incoming.address, now)
    if tries > MOST_TRIES:
        return None
    invitation = tx.invitations.find(tx.invitations.hash(code))
    if invitation is None or not tx.invitations.use(invitation.id, now):
        return None
    tx.people.add_post(invitation.person_id, invitation.post)
    person = tx.people.get(invitation.person_id)
    if person is None:
        return None
    tx.addresses.link(incoming.channel, incoming.bot, incoming.address, person.id, now)
    tx.audit.record(now, person.id, "joined", f"person:{person.id}", incoming.channel)
    return person


def _code(content: Content) -> str | None:
    match content:
        case Joined(code=code):
            return code
        case Said(text=text):
            return code_in(text)
        case _:
            return None


def to_stranger(library: Library) -> Outgoing:
    """The one sentence for everybody who was not let in."""
    return Outgoing(text=library.words(STRANGER_LOCALE).say("access.stranger"))


def refused(library: Library, person: Person) -> Reply:
    """For a text that may not be kept."""
    text = library.words(person.locale).say("access.refused_text")
    return Reply(intent=Intent.REFUSED, text=text, menu="keep")
