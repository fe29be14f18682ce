"""A Telegram channel for the contract that all channels keep."""

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.channel import TelegramChannel
from domain.messages import Outgoing
from scheduling.channel import UNLIMITED, Delivery, Recipient
from tests.channels.telegram.town import START, settings_for
from tests.telegram_server import BotApiServer


class OverALocalServer(TelegramChannel):
    """Each message goes to a server of its own, in which the chat is known; its pace is nobody's
    to wait for."""

    rates = UNLIMITED

    def __init__(self) -> None:
        """There is no loop yet in which a client could live."""

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """By the real channel."""
        async with BotApiServer(clock=START.timestamp) as server:
            server.world.chat(to.address)
            api = TelegramApi(settings_for(server))
            try:
                return await TelegramChannel(api).send(to, outgoing, outbox_id)
            finally:
                await api.close()
