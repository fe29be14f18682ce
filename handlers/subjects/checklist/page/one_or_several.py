"""How the checklist is asked: a whole item in one message, or one question at a time."""

import json
from enum import StrEnum

from domain.channels import traits_of
from handlers.ground.turn import Turn


class Way(StrEnum):
    """The two ways of asking."""

    WHOLE_ITEM = "whole_item"
    ONE_BY_ONE = "one_by_one"


def way_of(turn: Turn) -> Way:
    """The way that the person chose on this channel, else the default of the channel."""
    if turn.address is None:
        return Way.ONE_BY_ONE
    channel = turn.address.channel
    chosen = turn.tx.settings.get(_scope(turn), _key(channel))
    if chosen is not None:
        return Way(json.loads(chosen))
    return Way.WHOLE_ITEM if traits_of(channel).asks_whole_items else Way.ONE_BY_ONE


def set_way(turn: Turn, way: Way) -> None:
    """Store the person's choice for this channel, for every device."""
    if turn.address is not None:
        turn.tx.settings.set(_scope(turn), _key(turn.address.channel), json.dumps(way))


def _scope(turn: Turn) -> str:
    return f"person:{turn.person.id}"


def _key(channel: str) -> str:
    return f"asking.{channel}"
