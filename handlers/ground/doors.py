"""Doors: the channels and bots through which people reach the assistant.

The process stores them when it starts. The conversation reads them to tell a person how to reach
the assistant on another channel.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from domain.channels import WEB
from handlers.ground.settings import origin_of
from storage import Tx

_WHOLE = ""
"""The scope of the whole installation."""
_KEY = "doors"


@dataclass(frozen=True, kw_only=True)
class Door:
    """One channel that is switched on, or one bot of it.

    `bot` is the bot's name in addresses, `name` is what people search for in the service, `link`
    opens the conversation there (https://t.me/antt_bot) and is empty if there is none. `holds`: how
    many people the service lets the bot serve, None if there is no limit.
    """

    channel: str
    bot: str = ""
    name: str = ""
    link: str = ""
    holds: int | None = None


def set_doors(tx: Tx, doors: Iterable[Door]) -> None:
    """Replace all stored doors. Writes nothing if nothing changed."""
    body = json.dumps([asdict(door) for door in doors], ensure_ascii=False)
    if tx.settings.get(_WHOLE, _KEY) != body:
        tx.settings.set(_WHOLE, _KEY, body)


def doors_of(tx: Tx) -> tuple[Door, ...]:
    """The stored doors; if there are none, the web chat, provided its address is known."""
    found = tx.settings.get(_WHOLE, _KEY)
    doors = tuple(Door(**door) for door in json.loads(found)) if found else ()
    origin = origin_of(tx)
    if origin and not any(door.channel == WEB for door in doors):
        doors = (Door(channel=WEB, link=origin), *doors)
    return doors


def web_of(tx: Tx) -> str | None:
    """The public address of the web chat, None if it was not stored."""
    return next((door.link for door in doors_of(tx) if door.channel == WEB and door.link), None)


def roomiest(tx: Tx, channel: str, doors: Iterable[Door]) -> Door | None:
    """The bot of a channel with the fewest people; the first of several equal ones; None if all are
    full. So people spread evenly over the bots.
    """
    people = tx.bots.people(channel)
    mine = [door for door in doors if door.channel == channel]
    free = [one for one in mine if one.holds is None or people.get(one.bot, 0) < one.holds]
    return min(free, key=lambda door: people.get(door.bot, 0), default=None)
