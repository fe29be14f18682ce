"""A mail channel for the contract that all channels keep."""

from datetime import UTC, datetime

from bot.channels.mail import MailChannel
from domain.messages import Outgoing
from scheduling.channel import UNLIMITED, Delivery, Recipient
from tests.channels.mail.post_office import post_office

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)


class OverALocalPostOffice(MailChannel):
    """Each mail goes to a server of its own; its pace is nobody's to wait for."""

    rates = UNLIMITED

    def __init__(self) -> None:
        """There is no loop yet in which a server could live."""

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """By the real channel."""
        async with post_office() as office:
            return await MailChannel(office.settings(), lambda: NOW).send(to, outgoing, outbox_id)
