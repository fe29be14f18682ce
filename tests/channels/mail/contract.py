"""A mail channel for the contract test of all channels."""

from datetime import UTC, datetime

from bot.channels.mail import MailChannel
from domain.messages import Outgoing
from scheduling.channel import UNLIMITED, Delivery, Recipient
from tests.channels.mail.post_office import post_office

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)


class OverALocalPostOffice(MailChannel):
    """Each mail goes to a server of its own, without a rate limit."""

    rates = UNLIMITED

    def __init__(self) -> None:
        """A server cannot start here, because no event loop runs yet."""

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Send with the real channel."""
        async with post_office() as office:
            return await MailChannel(office.settings(), lambda: NOW).send(to, outgoing, outbox_id)
