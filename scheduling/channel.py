"""What delivery asks of a channel, and what becomes of one sending.

`Abilities` and `Rates` say what the code of a channel can show and how fast its service takes
messages; only delivery reads them. What the rest of the house has to know of a channel stands in
domain/channels.py, which says why the two are apart.
"""

from dataclasses import dataclass
from typing import Protocol

from domain.messages import Outgoing


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What a channel can show. `text_limit` counts UTF-16 units, as chat services do.

    `edits`: `Outgoing.replaces` is understood. `repeatable`: a message whose fate is unknown
    may be sent again, because the service recognises it or a second copy does no harm.
    `only_tells`: nothing is shown there but that something waits in the web chat.
    `few_messages`: each message counts, so rows that fold are left out before a second is sent.
    """

    buttons: bool
    edits: bool
    files: bool
    text_limit: int
    repeatable: bool = True
    only_tells: bool = False
    few_messages: bool = False


@dataclass(frozen=True, kw_only=True)
class Rates:
    """How fast a service takes messages of one bot; None where it does not say.

    `each_chat_s`: seconds from one message to the next in the same chat. `a_second`: messages
    a second over all chats. `a_month`: messages a calendar month (Viet Nam) of one bot.
    """

    each_chat_s: float | None = None
    a_second: float | None = None
    a_month: int | None = None


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Where a message goes: the channel's own name of a chat, and with which of our bots, where
    it has several."""

    address: str
    bot: str = ""


ONE_BOT = ("",)
"""For a channel without bots of different names."""

UNLIMITED = Rates()
"""For a channel of our own."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """The channel has taken the message."""


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The channel would not take it. `permanent`: this address never will. `ours`: because of
    something we did, not because of the address. `error` is kept and shown to operators, so
    it holds no token and no text of the message.

    `retry_after` (seconds): the service wants nothing from this bot until then. `moved_to`:
    the address has another name from now on, and the message is to be sent there.
    """

    permanent: bool
    ours: bool
    error: str
    retry_after: float | None = None
    moved_to: str | None = None


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
    def bots(self) -> tuple[str, ...]:
        """Our bots there, each with a queue and rates of its own; one without a name where the
        channel has no bots."""

    @property
    def abilities(self) -> Abilities:
        """What messages are cut down to before they come here."""

    @property
    def rates(self) -> Rates:
        """How fast it may be used; delivery keeps to it."""

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Send one message. `outbox_id` is the same at every repetition of it, 0 for a message
        to somebody unknown, which is kept nowhere."""
