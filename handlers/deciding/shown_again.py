"""The open question once more, after a pause of ours in which taps on it were lost.

A chat service keeps a tap for minutes and a typed message for a day. Whoever tapped while we
were away sees a button that does nothing, and waits.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from domain.cards import saying
from domain.messages import Lane, Outgoing
from handlers.deciding.conversation import settled
from handlers.deciding.table import shipped
from handlers.ground.library import Library
from handlers.ground.menus import MenuKind, parse_menu
from handlers.ground.settings import ceiling_of
from handlers.ground.turn import Turn
from storage import Address, Tx

FRESH: Final = timedelta(hours=1)
"""Whoever was asked longer before the pause has put the telephone away; he comes back by
himself, and an old button is answered with the open question."""

AT_ONCE: Final = 100
"""Addresses of one transaction: about 0.1 s, in which no other transaction can write."""


def show_again(
    tx: Tx, library: Library, channel: str, *, since: datetime, now: datetime, after: int = 0
) -> tuple[int, int | None]:
    """Queue the open question, under one line that says why, for whoever was asked on this
    channel within `FRESH` before `since` and has got no reply since.

    Returns how many were queued, and the address to go on `after`; None when all are done.
    Called twice for one pause, it queues nothing the second time.
    """
    waiting = tx.addresses.left_waiting(channel, since - FRESH, since, after=after, limit=AT_ONCE)
    queued = 0
    for address in waiting:
        outgoing = _open_question(tx, library, address, now)
        if outgoing is None:
            continue
        once = f"again:{address.id}:{int(since.timestamp())}"
        queued += tx.outbox.queue(address.id, Lane.REPLY, outgoing, now, once=once) is not None
    return queued, waiting[-1].id if len(waiting) == AT_ONCE else None


def _open_question(tx: Tx, library: Library, address: Address, now: datetime) -> Outgoing | None:
    person = tx.people.get(address.person_id)
    if person is None or not person.posts:
        return None
    turn = Turn(tx=tx, now=now, library=library, person=person, address=address)
    ceiling = ceiling_of(tx, turn.province, address.channel) if turn.province else None
    if ceiling is None:
        return None
    shown = _as_it_is(replace(turn, ceiling=ceiling)) or _as_it_was(tx, address)
    if shown is None:
        return None
    cards = (*saying(turn.say("delivery.while_away")), *shown.cards)
    return replace(shown, cards=cards, attachment=None, replaces=None)


def _as_it_is(turn: Turn) -> Outgoing | None:
    """A question of the checklist is asked anew: somebody else may have answered meanwhile."""
    menu = parse_menu(turn.address.menu) if turn.address is not None else None
    if menu is None or menu.kind is not MenuKind.QUESTION:
        return None
    opened = shipped().menus[menu.kind].menus[menu.kind](turn, menu)
    if opened is None:
        return None
    again = settled(turn, opened.again(), shipped())
    return again.outgoing() if again.menu == menu else None


def _as_it_was(tx: Tx, address: Address) -> Outgoing | None:
    sent = tx.outbox.keyboards(address.channel, address.bot, address.address)
    return next((one for one in sent if one.menu == address.menu), None)
