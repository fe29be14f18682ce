"""A person's own channels: a code for another one, the channel for notices, removing one, a mail
address.
"""

from collections.abc import Callable
from functools import partial

from handlers.assessment.sheet import Sheet
from handlers.contract import Claim, Entry, Manner, Outcome, Rank, Subject
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.channels import mail, own
from handlers.understanding.channel_orders import DROPPING, VERBS, ChannelOrder, read_channel_order
from handlers.understanding.commands import Command, Order
from handlers.understanding.one_time_codes import Readings

__all__ = ["CHANNELS"]


def _ordered(turn: Turn, order: Order) -> Reply:
    return own.add(turn) if order.command is Command.ADD_CHANNEL else own.show(turn)


def _coded(turn: Turn, heard: Heard) -> Claim | None:
    """ "bỏ kênh K3", or the code from a mail that was sent to prove an address."""
    found = heard.coded
    is_drop = found is not None and found.letter == "K" and found.verb in DROPPING
    if found is not None and is_drop and not found.rest and not heard.asks:
        return _claim(Rank.CODE, partial(_dropped, found.number))
    if heard.one_time_code and mail.is_waited_for(turn):
        return _claim(Rank.CODE, partial(_proved, heard.one_time_code))
    return None


def _worded(_turn: Turn, heard: Heard) -> Claim | None:
    order = None if heard.asks else read_channel_order(heard.text)
    return None if order is None else _claim(Rank.PHRASE, partial(_carried_out, order))


def _dropped(number: int, turn: Turn) -> Reply:
    return own.drop_by_number(turn, number)


def _proved(readings: Readings, turn: Turn) -> Reply:
    return mail.typed_back(turn, readings)


def _carried_out(order: ChannelOrder, turn: Turn) -> Reply:
    return own.carry_out(turn, order)


def _claim(rank: Rank, act: Callable[[Turn], Outcome]) -> Claim:
    return Claim(rank=rank, act=act)


def _entries(turn: Turn, _sheet: Sheet | None) -> tuple[Entry, ...]:
    return (Entry(label=turn.say("menu.channels"), order=Order(command=Command.CHANNELS)),)


CHANNELS = Subject(
    name="channels",
    commands={Command.CHANNELS: Manner.BESIDE, Command.ADD_CHANNEL: Manner.BESIDE},
    ordered=_ordered,
    letters="K",
    takes_one_time_codes=True,
    coded=_coded,
    verbs=VERBS,
    worded=_worded,
    entries=_entries,
    help=lambda turn: (turn.say("help.channels"),),
    personal=True,
)
