"""What to do when someone speaks: one conversation for every channel."""

from datetime import datetime, timedelta

from domain.criteria import Sensitivity
from domain.messages import Incoming, Lane, Outgoing, Said, Tap
from domain.people import Person
from handlers import access
from handlers.conversation import converse, said
from handlers.library import Library
from handlers.menu import main_menu
from handlers.reply import KEEP_MENU, Intent, Reply
from handlers.turn import Turn
from storage import Tx

__all__ = ["Intent", "Library", "Reply", "ask", "handle"]

OLDEST = timedelta(days=30)
"""Older messages are refused: their inbox key lives 90 days, so nothing is handled twice."""

ECHOING = frozenset({"web"})
"""Channels that keep no history of their own: what the person said is shown from our rows."""


def handle(incoming: Incoming, tx: Tx, now: datetime, library: Library) -> Outgoing | None:
    """One turn in one transaction: 1 refuse what was seen before, 2 lock the address, 3 let a
    person decide, 4 put the reply in the outbox.

    Returns a message only for a stranger, who has no address to queue it for: it is sent at
    once and kept nowhere. Raises storage.Conflict when somebody else changed the same
    assessment; the caller then runs the turn again from the start.
    """
    if not tx.inbox.record(incoming.channel, incoming.bot, incoming.delivery_id, now):
        return None
    address = tx.addresses.lock(incoming.channel, incoming.bot, incoming.address)
    person = tx.people.get(address.person_id) if address is not None else None
    if address is None or person is None or not person.posts:
        return _outsider(incoming, tx, now, library)
    turn = Turn(
        tx=tx, now=now, library=library, person=person, ceiling=_ceiling(tx, incoming.channel)
    )
    if incoming.at < now - OLDEST:
        reply = Reply(intent=Intent.REFUSED, text=turn.say("access.too_old"), menu=KEEP_MENU)
    else:
        reply = converse(turn, incoming.content, address.menu)
    _echo(tx, incoming, address.id, reply, now)
    tx.outbox.queue(address.id, Lane.REPLY, reply.outgoing(), now)
    if reply.menu != KEEP_MENU and reply.menu != address.menu:
        tx.addresses.set_menu(address.id, reply.menu)
    return None


def ask(person: Person, text: str, tx: Tx, now: datetime, library: Library) -> Reply:
    """One question of a person who was let in, and its answer; nothing is queued."""
    turn = Turn(tx=tx, now=now, library=library, person=person)
    return said(turn, text, None)


def _outsider(incoming: Incoming, tx: Tx, now: datetime, library: Library) -> Outgoing | None:
    person = access.join(incoming, tx, now)
    if person is None:
        return access.to_stranger(library)
    turn = Turn(
        tx=tx, now=now, library=library, person=person, ceiling=_ceiling(tx, incoming.channel)
    )
    address = tx.addresses.lock(incoming.channel, incoming.bot, incoming.address)
    if address is not None:
        greeting = main_menu(turn)
        tx.outbox.queue(address.id, Lane.REPLY, greeting.outgoing(), now)
        tx.addresses.set_menu(address.id, greeting.menu)
    return None


def _ceiling(tx: Tx, channel: str) -> Sensitivity:
    """The most sensitive question this channel may ask; the whole checklist until an
    administrator chooses less for it."""
    chosen = tx.settings.get("channel", f"{channel}.ceiling")
    return Sensitivity(chosen) if chosen else Sensitivity.RED


def _echo(tx: Tx, incoming: Incoming, address_id: int, reply: Reply, now: datetime) -> None:
    """Keep what the person said where the channel shows it back; never a refused text."""
    if incoming.channel not in ECHOING or reply.intent is Intent.REFUSED:
        return
    match incoming.content:
        case Said(text=text):
            tx.outbox.echo(address_id, text, now)
        case Tap(menu=tapped, choice=choice):
            label = tx.outbox.label_of(address_id, tapped, choice)
            tx.outbox.echo(address_id, label or choice, now)
        case _:
            pass
