"""Answers to those who have no address: sent beside everything else, and given up soon.

Delivery may have to keep silent for an hour when Zalo says that a quota is used up. Whoever
waits for a stranger's answer meanwhile must not keep everybody else's messages waiting.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.channels.zalo.limits import ANSWERED_WITHIN_S, ANSWERS_AT_ONCE, WAITED_FOR_S
from domain.messages import Outgoing
from scheduling.channel import Recipient

Directly = Callable[[str, Recipient, Outgoing], Awaitable[None]]
"""Sends something to somebody who has no address (`Deliverer.directly`)."""

_log = logging.getLogger("antt.zalo")


@dataclass(kw_only=True)
class Answering:
    """Sends in the order in which it was asked to."""

    directly: Directly
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def send(self, channel: str, to: Recipient, outgoing: Outgoing) -> None:
        """Send it; comes back as soon as it is sent, and after `WAITED_FOR_S` in any case."""
        if len(self._under_way) >= ANSWERS_AT_ONCE:
            _log.warning("a stranger was not answered", extra={"channel": channel})
            return
        task = asyncio.create_task(self._send(channel, to, outgoing))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.wait({task}, timeout=WAITED_FOR_S)

    async def close(self) -> None:
        """Give up what is still under way."""
        for task in tuple(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _send(self, channel: str, to: Recipient, outgoing: Outgoing) -> None:
        try:
            async with asyncio.timeout(ANSWERED_WITHIN_S):
                await self.directly(channel, to, outgoing)
        except TimeoutError:
            _log.warning("a stranger was not answered in time", extra={"channel": channel})
        except Exception:
            _log.exception("a stranger could not be answered", extra={"channel": channel})
