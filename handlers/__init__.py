"""The turn that handles one incoming message: one conversation for all channels."""

from dataclasses import replace
from datetime import datetime, timedelta

from domain.cards import saying
from domain.channels import traits_of
from domain.criteria import Sensitivity
from domain.messages import Incoming, Lane, Outgoing, Said, Sent, Tap
from domain.people import Person
from handlers.deciding.conversation import converse
from handlers.deciding.greeting import greeting
from handlers.deciding.table import wanted_at
from handlers.ground import access
from handlers.ground.ended import was_ended
from handlers.ground.library import Library
from handlers.ground.menus import parse_menu
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.settings import ceiling_of
from handlers.ground.turn import Turn
from handlers.ground.wanted import Wanted
from handlers.subjects.joining import entering as joining
from handlers.understanding.intents import Intent
from handlers.understanding.screening import forbidden_in
from storage import Address, Tx

__all__ = ["Intent", "Library", "Reply", "ask", "greet", "handle", "typed_at_the"]

OLDEST = timedelta(days=30)
"""Older messages are refused: their inbox key is kept for 90 days, so no message is handled twice.
"""

STRANGERS_A_DAY = 10
"""Strangers that one bot answers in a day where messages are limited: at most 300 of the 3,000
messages of a month. It is unlikely that more than ten of fifty newcomers come without their code on
one day.
"""


def handle(incoming: Incoming, tx: Tx, now: datetime, library: Library) -> Outgoing | None:
    """One turn in one transaction: 1 refuse a message that was handled before, 2 lock the address,
    3 find the person and decide, 4 put the reply in the outbox.

    Returns a message only for a stranger, who has no address: the caller sends it at once and does
    not store it. Raises storage.Conflict if another turn changed the same assessment; the caller
    then runs the turn again from the start.
    """
    if not tx.inbox.record(incoming.channel, incoming.bot, incoming.delivery_id, now):
        return None
    address, person = _known(incoming, tx, now)
    is_old = incoming.at < now - OLDEST
    door = None if is_old else joining.at_the_door(incoming, tx, now, library, person)
    if isinstance(door, joining.Entered):
        greet(door, tx, now, library)
        return None
    if address is None or person is None:
        return door or _to_stranger(incoming, tx, now, library)
    if door is not None:
        tx.outbox.queue(address.id, Lane.REPLY, door, now)
        return None
    turn = _turn(person, address, tx, now, library)
    typed_at = _typed_at(turn, address, incoming)
    reply = _reply(turn, address, incoming)
    _echo(turn, incoming, address.id, reply, typed_at)
    outgoing = replace(reply.outgoing(), replaces=_taken_place_of(incoming, address, reply))
    tx.outbox.queue(address.id, Lane.REPLY, outgoing, now)
    _keep_menu(tx, address, reply)
    return None


def _to_stranger(incoming: Incoming, tx: Tx, now: datetime, library: Library) -> Outgoing | None:
    """The one sentence for strangers. Where messages are limited, it is sent once a day: otherwise
    strangers could use up the month.
    """
    if traits_of(incoming.channel).few_messages and not _may_cost(incoming, tx, now):
        return None
    return access.to_stranger(library)


def _may_cost(incoming: Incoming, tx: Tx, now: datetime) -> bool:
    """At most once a day for each stranger, and at most `STRANGERS_A_DAY` for all of
    them together.
    """
    channel, bot, address = incoming.channel, incoming.bot, incoming.address
    if not tx.addresses.may_answer_stranger(channel, bot, address, now):
        return False
    return tx.bots.count_stranger(channel, bot, now) <= STRANGERS_A_DAY


def _taken_place_of(incoming: Incoming, address: Address, reply: Reply) -> str | None:
    """The message whose button was tapped, if the reply may replace it.

    Only a message of the open question is replaced. An older message is far above, where the person
    would not see the reply; a reply that keeps the question open is sent below it.
    """
    tapped = incoming.content
    if not isinstance(tapped, Tap) or reply.keeps_menu or tapped.menu != address.menu:
        return None
    return tapped.message


def typed_at_the(address: Address, tx: Tx, now: datetime, library: Library) -> Wanted | None:
    """What the person types at the question that is open at an address; None if no question of the
    checklist is open there.
    """
    person = tx.people.get(address.person_id)
    if person is None or not person.posts:
        return None
    return wanted_at(_turn(person, address, tx, now, library), address.menu)


def ask(person: Person, text: str, tx: Tx, now: datetime, library: Library) -> Reply:
    """Answer one question; nothing is queued. A person without a post is a stranger."""
    if not person.posts:
        return Reply(
            intent=Intent.ACCESS, cards=saying(access.to_stranger(library).text), menu=KEEP_MENU
        )
    turn = Turn(tx=tx, now=now, library=library, person=person)
    return converse(turn, Said(text=text), None)


def _known(incoming: Incoming, tx: Tx, now: datetime) -> tuple[Address, Person] | tuple[None, None]:
    """The address, with its row locked, and its person; (None, None) if the person was
    not let in.
    """
    address = tx.addresses.lock(incoming.channel, incoming.bot, incoming.address)
    person = tx.people.get(address.person_id) if address is not None else None
    if address is None or person is None or not person.posts or was_ended(address):
        return None, None
    if address.retired_at is not None:
        # The address was unreachable for a while; a person who writes is reachable again.
        address = tx.addresses.link(
            incoming.channel, incoming.bot, incoming.address, person.id, now
        )
    return address, person


def _turn(person: Person, address: Address, tx: Tx, now: datetime, library: Library) -> Turn:
    turn = Turn(tx=tx, now=now, library=library, person=person, address=address)
    province = turn.province
    ceiling = ceiling_of(tx, province, address.channel) if province else Sensitivity.RED
    return replace(turn, ceiling=ceiling or Sensitivity.GREEN, closed=ceiling is None)


def _reply(turn: Turn, address: Address, incoming: Incoming) -> Reply:
    if turn.closed:
        return Reply(
            intent=Intent.REFUSED, cards=saying(turn.say("roles.channel_off")), menu=KEEP_MENU
        )
    if incoming.at < turn.now - OLDEST:
        return Reply(
            intent=Intent.REFUSED, cards=saying(turn.say("access.too_old")), menu=KEEP_MENU
        )
    return converse(turn, incoming.content, parse_menu(address.menu), at=incoming.at)


def greet(entered: joining.Entered, tx: Tx, now: datetime, library: Library) -> None:
    """Send the first message to a person who just joined."""
    turn = _turn(entered.person, entered.address, tx, now, library)
    first = greeting(turn, linked=entered.linked)
    tx.outbox.queue(entered.address.id, Lane.REPLY, first.outgoing(), now)
    _keep_menu(tx, entered.address, first)


def _keep_menu(tx: Tx, address: Address, reply: Reply) -> None:
    """Store the menu that is open at the address from now on."""
    opened = None if reply.menu is None else str(reply.menu)
    if not reply.keeps_menu and opened != address.menu:
        tx.addresses.set_menu(address.id, opened)


def _echo(
    turn: Turn, incoming: Incoming, address_id: int, reply: Reply, typed_at: tuple[Wanted, ...]
) -> None:
    """Store what the person said, if the channel shows it in its history; a refused text is never
    stored, nor one that may not be kept at the question that was open.
    """
    if traits_of(incoming.channel).keeps_history or reply.intent is Intent.REFUSED:
        return

    def echo(text: str, *, ours: bool = False) -> None:
        if ours or all(one.may_keep(text, unread=reply.unread) for one in typed_at):
            turn.tx.outbox.echo(address_id, text, turn.now)

    match incoming.content:
        case Said(text=text):
            echo(text)
        case Tap(menu=tapped, choice=choice):
            label = turn.tx.outbox.label_of(address_id, tapped, choice)
            echo(label or choice, ours=label is not None)
        case Sent(name=name) if forbidden_in(name) is None:
            echo(f"📎 {name}")
        case _:
            pass


def _typed_at(turn: Turn, address: Address, incoming: Incoming) -> tuple[Wanted, ...]:
    """What is typed at the open question and at the one that was on the screen."""
    said = incoming.content
    asked = said.asked if isinstance(said, Said) else None
    menus = {address.menu, asked or address.menu}
    return tuple(filter(None, (wanted_at(turn, one) for one in menus)))
