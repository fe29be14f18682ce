"""The doors by which people come to us: what the running process knows of its channels.

The process writes them down when it starts; the conversation reads them to say where somebody
finds us on another channel.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass

from domain.channels import WEB
from handlers.ground.settings import origin_of
from storage import Tx

_WHOLE = ""
"""Scope of the whole installation."""
_KEY = "doors"


@dataclass(frozen=True, kw_only=True)
class Door:
    """One channel that is switched on, or one bot of it.

    `bot` is the bot's name in addresses, `name` what people look for in the service, `link`
    what opens the conversation there (https://t.me/antt_bot), empty where there is none.
    `holds`: how many people the service lets it serve, None for any number.
    """

    channel: str
    bot: str = ""
    name: str = ""
    link: str = ""
    holds: int | None = None


def set_doors(tx: Tx, doors: Iterable[Door]) -> None:
    """All of them, in place of those before. Nothing is written where nothing changed."""
    body = json.dumps([asdict(door) for door in doors], ensure_ascii=False)
    if tx.settings.get(_WHOLE, _KEY) != body:
        tx.settings.set(_WHOLE, _KEY, body)


def doors_of(tx: Tx) -> tuple[Door, ...]:
    """The doors; the web chat where nobody wrote any down but its address is known."""
    found = tx.settings.get(_WHOLE, _KEY)
    doors = tuple(Door(**door) for door in json.loads(found)) if found else ()
    origin = origin_of(tx)
    if origin and not any(door.channel == WEB for door in doors):
        doors = (Door(channel=WEB, link=origin), *doors)
    return doors


def web_of(tx: Tx) -> str | None:
    """The address of the web chat as people reach it, None where nobody wrote it down."""
    return next((door.link for door in doors_of(tx) if door.channel == WEB and door.link), None)


def roomiest(tx: Tx, channel: str, doors: Iterable[Door]) -> Door | None:
    """Of several bots of a channel the one with the fewest people, of those with as few the
    first, None when all are full: so people spread over the bots by themselves."""
    people = tx.bots.people(channel)
    mine = [door for door in doors if door.channel == channel]
    free = [one for one in mine if one.holds is None or people.get(one.bot, 0) < one.holds]
    return min(free, key=lambda door: people.get(door.bot, 0), default=None)
