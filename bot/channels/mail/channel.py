"""The channel adapter for mail that delivery uses."""

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
"""An office's mail server accepts one mail a second without a rate limit; ten thousand notices are
sent within three hours.
"""


class MailChannel:
    """Tells a person that something waits. Repeating is safe: a copy has the same Message-ID."""

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
        """`tls` replaces the system's certificate authorities."""
        self._settings = settings
        self._now = now
        self._tls = tls

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Hand the mail to the server. What the server does with it afterwards is unknown."""
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
    """Sends the code to an address that a person gives as their own
    (handlers.subjects.channels.mail).

    It is a separate channel, so that the outbox sends the code like every other message, and
    nothing else is sent to an address before it is confirmed. A mistyped address has no
    consequences: a refusal retires no address and notifies no superior.
    """

    name = MAIL_CODE
    bots = ONE_BOT
    abilities = Abilities(buttons=False, edits=False, files=False, text_limit=TEXT_LIMIT)
    rates = RATES

    def __init__(self, mail: MailChannel) -> None:
        self._mail = mail

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Send to the mail address that follows the person's number in `address`."""
        _, _, address = to.address.partition(":")
        fate = await self._mail.send(Recipient(address=address), outgoing, outbox_id)
        if isinstance(fate, Refused) and fate.permanent:
            return Refused(permanent=True, ours=True, error=fate.error)
        return fate
