"""The protocol between delivery and a channel, and the result of one sending.

`Abilities` and `Rates` say what a channel's code can show and how fast its service accepts
messages; only delivery reads them. What other packages need to know about a channel is in
domain/channels.py, which explains why the two are separate.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from domain.messages import Outgoing


@dataclass(frozen=True, kw_only=True)
class Abilities:
    """What a channel can show. `text_limit` counts UTF-16 units, as chat services do.

    `edits`: `Outgoing.replaces` is supported. `repeatable`: a message with an unknown result may be
    sent again, because the service recognises it or a second copy does no harm. `only_tells`: the
    channel only says that something waits in the web chat. `few_messages`: each message counts
    against a limit, so rows that fold are left out before a second message is made.
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
    """How fast a service accepts messages of one bot; None if the service does not say.

    `each_chat_s`: seconds between two messages in the same chat. `a_second`: messages a second over
    all chats. `a_month`: messages a calendar month (Viet Nam) of one bot.
    """

    each_chat_s: float | None = None
    a_second: float | None = None
    a_month: int | None = None


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """The destination of a message: the channel's own name of a chat, and our bot, if there are
    several.
    """

    address: str
    bot: str = ""


ONE_BOT = ("",)
"""For a channel whose bots have no names."""

UNLIMITED = Rates()
"""For a channel that we run ourselves."""


@dataclass(frozen=True, kw_only=True)
class Delivered:
    """The channel accepted the message, at the time that its service says, in UTC; None if it says
    none.
    """

    at: datetime | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class Refused:
    """The channel refused the message. `permanent`: it will never accept one for this address.
    `ours`: our request was the cause, not the address. `error` is stored and shown to operators, so
    it contains no token and no text of the message.

    `retry_after` (seconds): the service accepts nothing from this bot until then. `moved_to`: the
    address has a new name, and the message must be sent there.
    """

    permanent: bool
    ours: bool
    error: str
    retry_after: float | None = None
    moved_to: str | None = None


@dataclass(frozen=True, kw_only=True)
class Unknown:
    """It is unknown whether it arrived: the connection ended or the timeout passed."""

    error: str = ""


Delivery = Delivered | Refused | Unknown


class Channel(Protocol):
    """One way to reach people; `bot.channels` has one file or folder for each."""

    @property
    def name(self) -> str:
        """The name of the channel in its addresses ("terminal")."""

    @property
    def bots(self) -> tuple[str, ...]:
        """Our bots there, each with its own queue and rate limits; one bot without a name if the
        channel has no bots.
        """

    @property
    def abilities(self) -> Abilities:
        """The limits to which messages are cut before `send` gets them."""

    @property
    def rates(self) -> Rates:
        """The rate limits of the channel; delivery keeps to them."""

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Send one message. `outbox_id` is the same at every retry, and 0 for a message to an
        unknown person, which is not stored.
        """
