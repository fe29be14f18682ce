"""A person's own channels in the conversation: a code for another one, the channel for notices,
removing one.
"""

from collections.abc import Iterator
from datetime import timedelta

from domain.cards import Card, Row, saying
from domain.channels import MAIL, TELEGRAM, WEB, ZALO, traits_of
from domain.messages import Recipe, RecipeKind
from handlers.ground import doors, linking
from handlers.ground.doors import Door
from handlers.ground.ended import DROPPED
from handlers.ground.linking import CODE_LIVES, MOST_CHANNELS, mine, number_of
from handlers.ground.reaching import addresses_in_order, queue_elsewhere
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.settings import ceiling_of
from handlers.ground.turn import Turn, capital
from handlers.ground.ways_in import started
from handlers.subjects.channels import mail as mailing
from handlers.understanding.channel_orders import ChannelAct, ChannelOrder
from handlers.understanding.intents import Intent
from storage import Address

DROPS_OLDER_AFTER = timedelta(days=1)
"""The age at which a channel may remove channels linked before it: a thief of a code must not lock
the person out before the person has read the warning.
"""


def show(turn: Turn) -> Reply:
    """ "kênh của tôi": each channel, which one gets notices first, and what can be done."""
    found = mine(turn.tx, turn.person)
    order = addresses_in_order(turn.tx, (turn.person,))[turn.person.id]
    first = order[0].id if order else None
    card = Card(
        heading=turn.say("channels.mine"),
        rows=tuple(_row(turn, one, first=one.id == first) for one in found),
        notes=(turn.say("channels.what_to_do"),),
    )
    return Reply(
        intent=Intent.CHANNELS, cards=(card,), menu=KEEP_MENU, choices=turn.actions("add_channel")
    )


def add(turn: Turn, wanted: str | None = None) -> Reply:
    """A one-time code for another channel, and how to use it on each channel that is
    switched on.
    """
    here = turn.address.channel if turn.address is not None else ""
    open_doors = [door for door in doors.doors_of(turn.tx) if _is_open(turn, door)]
    if wanted is not None and wanted == here:
        return _note(turn.say("channels.already_here", channel=_name(turn, wanted)))
    if wanted is not None and not any(door.channel == wanted for door in open_doors):
        return _note(turn.say("channels.not_here", channel=_name(turn, wanted)))
    offered = [one for one in open_doors if one.channel not in (here, "") or one.channel == wanted]
    if wanted is not None:
        offered = [door for door in offered if door.channel == wanted]
    if not offered:
        return _note(turn.say("channels.nothing_to_add"))
    if len(mine(turn.tx, turn.person)) >= MOST_CHANNELS:
        return _note(turn.say("channels.too_many", most=MOST_CHANNELS))
    if all(door.channel == MAIL for door in offered):
        return _note(turn.say("channels.add_mail_only"))
    return _code(turn, offered)


def _code(turn: Turn, offered: list[Door]) -> Reply:
    code, until = turn.library.new_code(), turn.now + CODE_LIVES
    turn.tx.web.add_code(code, person_id=turn.person.id, expires_at=until)
    turn.tx.audit.record(
        turn.now, turn.person.id, "channel_code", f"person:{turn.person.id}", "made"
    )
    telegram = next((started(door, code) for door in offered if door.channel == TELEGRAM), "")
    card = Card(
        heading=turn.say("channels.add", code=code),
        text=turn.say("channels.once_until", until=until),
        rows=tuple(Row(value=way) for way in _ways(turn, offered, code, telegram)),
    )
    square = Recipe(
        kind=RecipeKind.LINK_QR,
        name=turn.say("channels.qr_name"),
        figures=(("link", telegram),),
    )
    return Reply(
        intent=Intent.CHANNELS,
        cards=(card,),
        menu=KEEP_MENU,
        attachment=square if telegram else None,
    )


def _ways(turn: Turn, offered: list[Door], code: str, telegram: str) -> Iterator[str]:
    """How to use the code on each channel that is switched on."""
    web = next((door.link for door in offered if door.channel == WEB), "")
    if web:
        yield turn.say("channels.way_web", link=f"{web.rstrip('/')}/join#{code}")
    if telegram:
        yield turn.say("channels.way_telegram", link=telegram)
    zalo = doors.roomiest(turn.tx, ZALO, offered)
    if zalo is not None:
        yield turn.say("channels.way_zalo", door=zalo)
    elif any(door.channel == ZALO for door in offered):
        yield turn.say("channels.zalo_full")
    if any(door.channel == MAIL for door in offered):
        yield turn.say("channels.way_mail")


def _is_open(turn: Turn, door: Door) -> bool:
    province = turn.province
    return province is None or ceiling_of(turn.tx, province, door.channel) is not None


def carry_out(turn: Turn, order: ChannelOrder) -> Reply:
    """Carry out an order about the person's own channels."""
    match order:
        case ChannelOrder(act=ChannelAct.ADD):
            return add(turn, order.channel)
        case ChannelOrder(act=ChannelAct.MAIL, mail=str(address)):
            return mailing.claim(turn, address)
        case ChannelOrder(act=ChannelAct.PREFER, channel=str(channel)):
            return _prefer(turn, channel)
        case _:
            return _drop_by_name(turn, order.channel or "")


def _prefer(turn: Turn, channel: str) -> Reply:
    if not any(one.channel == channel for one in mine(turn.tx, turn.person)):
        return _note(turn.say("channels.not_linked", channel=_name(turn, channel)))
    province = turn.province
    if province is not None and ceiling_of(turn.tx, province, channel) is None:
        return _note(turn.say("channels.not_here", channel=_name(turn, channel)))
    turn.tx.people.prefer(turn.person.id, channel)
    turn.tx.audit.record(
        turn.now, turn.person.id, "channel_preferred", f"person:{turn.person.id}", channel
    )
    person = turn.tx.people.get(turn.person.id) or turn.person
    order = addresses_in_order(turn.tx, (person,))[person.id]
    after = next((one.channel for one in order if one.channel != channel), None)
    text = turn.say(
        "channels.preferred",
        channel=_name(turn, channel),
        next=_name(turn, after) if after is not None else None,
    )
    return _note(text)


def _drop_by_name(turn: Turn, channel: str) -> Reply:
    found = [one for one in mine(turn.tx, turn.person) if one.channel == channel]
    if not found:
        return _note(turn.say("channels.not_linked", channel=_name(turn, channel)))
    if len(found) > 1:
        codes = [number_of(one) for one in found]
        return _note(turn.say("channels.which", channel=_name(turn, channel), codes=codes))
    return _drop(turn, found[0])


def drop_by_number(turn: Turn, number: int) -> Reply:
    """ "bỏ kênh K3". A channel of another person and one that does not exist get the same sentence,
    which is true of both.
    """
    found = next((one for one in mine(turn.tx, turn.person) if one.id == number), None)
    if found is None:
        return _note(turn.say("channels.no_such", code=f"K{number}"))
    return _drop(turn, found)


def _drop(turn: Turn, address: Address) -> Reply:
    """Remove a channel, but never the one in use: so the person always keeps a channel
    to write on.
    """
    here = turn.address
    if here is None or here.id == address.id:
        return _note(turn.say("channels.is_here"))
    if here.linked_at is not None and address.linked_at is not None:
        free_at = here.linked_at + DROPS_OLDER_AFTER
        if address.linked_at < here.linked_at and turn.now < free_at:
            return _note(turn.say("channels.too_new", at=free_at))
    tx, person = turn.tx, turn.person
    waiting = tx.unseen.waiting_at(address.id)
    tx.addresses.retire(address.id, DROPPED, turn.now)
    if address.channel == WEB:
        tx.web.end_all(person.id)
    left = tuple(one for one in mine(tx, person) if one.id != here.id)
    if person.preferred == address.channel and not any(
        one.channel == address.channel for one in (*left, here)
    ):
        tx.people.prefer(person.id, None)
    for notice in waiting:
        queue_elsewhere(
            tx,
            once=notice.once,
            outbox_id=notice.outbox_id,
            person_id=person.id,
            address_id=address.id,
            outgoing=notice.outgoing,
            expires_at=notice.expires_at,
            now=turn.now,
        )
        tx.outbox.drop(notice.outbox_id)
    code = number_of(address)
    tx.audit.record(
        turn.now, person.id, "channel_dropped", f"person:{person.id}", f"{code} {address.channel}"
    )
    said = {"channel": _name(turn, address.channel), "code": code}
    text = turn.say(
        "channels.dropped_elsewhere", from_channel=_name(turn, here.channel), at=turn.now, **said
    )
    linking.tell_at(left, text, tx=tx, now=turn.now)
    return _note(turn.say("channels.dropped", **said))


def _row(turn: Turn, address: Address, *, first: bool) -> Row:
    """One channel: since when it is linked, whether the person is using it now, whether notices go
    to it first.
    """
    province = turn.province
    here = turn.address is not None and turn.address.id == address.id
    off = province is not None and ceiling_of(turn.tx, province, address.channel) is None
    told = (
        turn.say("channels.linked_at", at=address.linked_at) if address.linked_at else "",
        turn.say("channels.in_use") if here else "",
        turn.say("channels.told_first") if first else "",
        turn.say("channels.switched_off") if off else "",
    )
    label = turn.say(
        "channels.one_label",
        code=number_of(address),
        channel=capital(_name(turn, address.channel)),
        address=address.address if traits_of(address.channel).shows_address else "",
    )
    return Row(label=label, value="; ".join(filter(None, told)))


def _name(turn: Turn, channel: str) -> str:
    return turn.say("roles.channel", channel=channel)


def _note(text: str) -> Reply:
    return Reply(intent=Intent.CHANNELS, cards=saying(text), menu=KEEP_MENU)
