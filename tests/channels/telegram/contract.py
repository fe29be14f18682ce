"""A Telegram channel for the contract test of all channels."""

from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.channel import TelegramChannel
from domain.messages import Outgoing
from scheduling.channel import UNLIMITED, Delivery, Recipient
from tests.channels.telegram.town import START, settings_for
from tests.telegram_server import BotApiServer


class OverALocalServer(TelegramChannel):
    """Each message goes to a server of its own, which has the chat; there is no rate limit."""

    rates = UNLIMITED

    def __init__(self) -> None:
        """A client cannot start here, because no event loop runs yet."""

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Send with the real channel."""
        async with BotApiServer(clock=START.timestamp) as server:
            server.world.chat(to.address)
            api = TelegramApi(settings_for(server))
            try:
                return await TelegramChannel(api).send(to, outgoing, outbox_id)
            finally:
                await api.close()
