"""The channel adapter for Zalo that delivery uses: plain text, numbered choices, no edits, no
files.
"""

import logging
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bot.channels.zalo.client import (
    AuthError,
    BadRequestError,
    NotFoundError,
    QuotaError,
    UnclearError,
    ZaloClient,
    ZaloError,
)
from bot.channels.zalo.limits import EACH_CHAT_S, QUOTA_PAUSES_S, SENDS_A_SECOND, TEXT_UNITS
from bot.channels.zalo.settings import NAME
from domain.channels import traits_of
from domain.messages import Outgoing
from scheduling.channel import (
    Abilities,
    Delivered,
    Delivery,
    Rates,
    Recipient,
    Refused,
    Unknown,
)

ABILITIES: Final = Abilities(
    buttons=False,
    edits=False,
    files=False,
    text_limit=TEXT_UNITS,
    repeatable=False,
    few_messages=traits_of(NAME).few_messages,
)

_log = logging.getLogger("antt.zalo")


@dataclass(frozen=True, kw_only=True)
class Fault:
    """The meaning of a refusal for delivery. `permanent`: this address will never accept a message.
    `ours`: the refusal says nothing about the address.
    """

    permanent: bool
    ours: bool


# Open (docs/decisions/0008-zalo.md): which code and words Zalo uses for a person who blocked the
# bot or left Zalo. Until a real bot shows it, all assumptions are in this table.

GONE_WORDS: Final = ("user", "chat", "recipient", "block", "follow")
"""A refusal that contains one of these words concerns the person. Without them a 404 may also mean
a wrong base URL, which must not retire every address.
"""

GONE: Final = Fault(permanent=True, ours=False)
_LATER: Final = Fault(permanent=False, ours=False)

FAULTS: Final[Mapping[type[ZaloError], Fault]] = {
    AuthError: Fault(permanent=False, ours=True),
    BadRequestError: Fault(permanent=True, ours=True),
    NotFoundError: Fault(permanent=False, ours=True),
}
"""Every other refusal (403 "Internal server error", 5xx, no connection) is temporary."""

ABOUT_A_PERSON: Final = (BadRequestError, NotFoundError)


def fault_of(error: ZaloError) -> Fault:
    """The meaning of a refusal."""
    said = error.description.lower()
    if isinstance(error, ABOUT_A_PERSON) and any(word in said for word in GONE_WORDS):
        return GONE
    return FAULTS.get(type(error), _LATER)


@dataclass(kw_only=True)
class ZaloChannel:
    """Sends through one client per bot, by our names of the bots."""

    clients: Mapping[str, ZaloClient]
    rates: Rates
    name: str = NAME
    abilities: Abilities = ABILITIES
    _quotas: dict[str, int] = field(default_factory=dict)

    @classmethod
    def over(cls, clients: Mapping[str, ZaloClient], *, monthly: int) -> "ZaloChannel":
        """The channel with these clients; `monthly` messages per bot."""
        rates = Rates(each_chat_s=EACH_CHAT_S, a_second=SENDS_A_SECOND, a_month=monthly)
        return cls(clients=clients, rates=rates)

    @property
    def bots(self) -> tuple[str, ...]:
        """Our names of the bots."""
        return tuple(self.clients)

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Send the text. Zalo does not recognise repetitions: an unknown outcome stays unknown."""
        client = self.clients.get(to.bot)
        if client is None:
            # The bot's name was removed from the settings, but people still use its addresses.
            return Refused(permanent=False, ours=True, error=f"no bot named {to.bot[:40]!r}")
        try:
            accepted = await client.send_text(
                to.address, unicodedata.normalize("NFC", outgoing.text)
            )
        except UnclearError as error:
            return Unknown(error=str(error))
        except QuotaError as error:
            return self._over_quota(to.bot, error)
        except ZaloError as error:
            fault = fault_of(error)
            return Refused(permanent=fault.permanent, ours=fault.ours, error=str(error))
        self._quotas.pop(to.bot, None)
        return Delivered(at=accepted.at)

    def _over_quota(self, bot: str, error: QuotaError) -> Refused:
        in_a_row = self._quotas.get(bot, 0)
        self._quotas[bot] = in_a_row + 1
        pause = QUOTA_PAUSES_S[min(in_a_row, len(QUOTA_PAUSES_S) - 1)]
        _log.warning("zalo says that a quota is used up", extra={"bot": bot, "pause_s": pause})
        return Refused(
            permanent=False,
            ours=False,
            error=str(error),
            retry_after=max(pause, error.retry_after or 0.0),
        )
