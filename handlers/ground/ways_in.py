"""Where a one-time code can be entered apart from the web chat: Telegram's deep link, a
Zalo bot.
"""

import re
from dataclasses import dataclass
from typing import Final

from domain.channels import TELEGRAM, ZALO
from domain.units import UnitId
from handlers.ground.doors import Door, doors_of, roomiest
from handlers.ground.settings import ceiling_of
from storage import Tx

_START: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What Telegram allows after "?start=": 64 of these characters."""


@dataclass(frozen=True, kw_only=True)
class WaysIn:
    """The bots that a province uses; None if there is none, or all are full."""

    telegram: Door | None = None
    zalo: Door | None = None


def ways_in(tx: Tx, province: UnitId) -> WaysIn:
    """The bots through which a person of this province may join now."""
    used = [door for door in doors_of(tx) if ceiling_of(tx, province, door.channel) is not None]
    return WaysIn(
        telegram=next((door for door in used if door.channel == TELEGRAM), None),
        zalo=roomiest(tx, ZALO, used),
    )


def started(door: Door, code: str) -> str:
    """Telegram's deep link, which carries the code; empty if the bot has no link."""
    payload = code if _START.fullmatch(code) else ""
    return f"{door.link}?start={payload}" if door.link else ""
