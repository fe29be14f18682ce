"""Mail as delivery sees it."""

import ssl
from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.channels.mail.letter import letter
from bot.channels.mail.settings import MailSettings
from bot.channels.mail.wire import send
from domain.channels import MAIL, MAIL_CODE
from domain.messages import Outgoing
from handlers.understanding.channel_orders import mail_address
from scheduling.channel import (
    ONE_BOT,
    Abilities,
    Delivery,
    Rates,
    Recipient,
    Refused,
)

TEXT_LIMIT: Final = 2_000
"""A sentence and a link; the mail with a code has five lines."""

RATES: Final = Rates(a_second=1.0)
"""An office's server takes a mail a second without calling it a flood; ten thousand notices are
sent within three hours."""


class MailChannel:
    """Tells that something waits. Repeating is safe: a copy has the same Message-ID."""

    name = MAIL
    bots = ONE_BOT
    abilities = Abilities(
        buttons=False,
        edits=False,
        files=False,
        text_limit=TEXT_LIMIT,
        repeatable=True,
        only_tells=True,
    )
    rates = RATES

    def __init__(
        self,
        settings: MailSettings,
        now: Callable[[], datetime],
        tls: ssl.SSLContext | None = None,
    ) -> None:
        """`tls` stands for the system's own trust in certificates."""
        self._settings = settings
        self._now = now
        self._tls = tls

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Hand it to the server; what becomes of it there nobody hears."""
        address = mail_address(to.address)
        if address is None:
            return Refused(permanent=True, ours=False, error="no mail address")
        mail = letter(
            outgoing.text,
            sender=self._settings.sender,
            to=address,
            outbox_id=outbox_id,
            at=self._now(),
        )
        return await send(self._settings, address, mail, self._tls)


class MailCodeChannel:
    """Brings the code to an address that somebody says is his (handlers.subjects.channels.mail).

    It is a channel of its own, so that the outbox sends the code as it sends everything, and
    nothing else goes to an address before it is proved. A mistyped address is nobody's loss:
    its refusal retires nothing and no superior hears of it.
    """

    name = MAIL_CODE
    bots = ONE_BOT
    abilities = Abilities(buttons=False, edits=False, files=False, text_limit=TEXT_LIMIT)
    rates = RATES

    def __init__(self, mail: MailChannel) -> None:
        self._mail = mail

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Send it to the part of the address behind the person's number."""
        _, _, address = to.address.partition(":")
        fate = await self._mail.send(Recipient(address=address), outgoing, outbox_id)
        if isinstance(fate, Refused) and fate.permanent:
            return Refused(permanent=True, ours=True, error=fate.error)
        return fate
