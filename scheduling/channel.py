"""What delivery asks of a channel, and what becomes of one sending."""

from dataclasses import dataclass
from typing import Protocol

from domain.messages import Outgoing


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What a channel can show. `text_limit` counts UTF-16 units, as chat services do.

    `repeatable`: a message whose fate is unknown may be sent again, because the service
    recognises it or a second copy does no harm.
    """

    buttons: bool
    edits: bool
    files: bool
    text_limit: int
    repeatable: bool = True


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """The channel has taken the message."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The channel would not take it. `permanent`: this address never will. `ours`: because of
    something we did, not because of the address. `error` is kept and shown to operators."""

    permanent: bool
    ours: bool
    error: str


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """Nobody can say whether it arrived: the connection ended or the time ran out."""

    error: str = ""


Delivery = Delivered | Refused | Unknown


class Channel(Protocol):
    """One way to reach people; `bot.channels` has one file for each."""

    @property
    def name(self) -> str:
        """The word that addresses of this channel carry ("terminal")."""

    @property
    def abilities(self) -> Abilities:
        """What messages are cut down to before they come here."""

    async def send(self, address: str, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Send one message. `outbox_id` is the same at every repetition of it."""
