"""What every chat service does with a message: one turn, and a word to whoever is not known."""

from dataclasses import dataclass

from bot.turns import Handled, Taken, TurnRunner
from domain.messages import Incoming
from scheduling.channel import Recipient
from scheduling.deliver import Deliverer


@dataclass(frozen=True, kw_only=True)
class Reception:
    """Takes the messages of one channel. What it answers a stranger is kept nowhere."""

    turns: TurnRunner
    deliverer: Deliverer

    async def take(self, incoming: Incoming) -> Taken:
        """Run the turn. The message may be forgotten by its service once this is `Handled` or
        `SetAside`; after `Busy` it must come again."""
        taken = await self.turns.take(incoming)
        if isinstance(taken, Handled) and taken.to_stranger is not None:
            to = Recipient(address=incoming.address, bot=incoming.bot)
            await self.deliverer.directly(incoming.channel, to, taken.to_stranger)
        return taken
