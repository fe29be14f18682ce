"""The work of every chat service for a message: one turn, and an answer to strangers."""

from dataclasses import dataclass

from bot.turns import Handled, Taken, TurnRunner
from domain.messages import Incoming
from scheduling.channel import Recipient
from scheduling.deliver import Deliverer


@dataclass(frozen=True, kw_only=True)
class Reception:
    """Takes the messages of one channel. Its answer to a stranger is not stored."""

    turns: TurnRunner
    deliverer: Deliverer

    async def take(self, incoming: Incoming) -> Taken:
        """Run the turn. The service may forget the message after `Handled` or `SetAside`; after
        `Busy` it must send it again.
        """
        taken = await self.turns.take(incoming)
        if isinstance(taken, Handled) and taken.to_stranger is not None:
            to = Recipient(address=incoming.address, bot=incoming.bot)
            await self.deliverer.directly(incoming.channel, to, taken.to_stranger)
        return taken
