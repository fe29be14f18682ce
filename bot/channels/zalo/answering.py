"""Answers to people without an address: sent outside the queue, and dropped soon.

Delivery may have to pause for an hour when Zalo reports a used-up quota. An answer to a stranger
must not delay everybody else's messages meanwhile.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from bot.channels.zalo.limits import ANSWERED_WITHIN_S, ANSWERS_AT_ONCE, WAITED_FOR_S
from domain.messages import Outgoing
from scheduling.channel import Recipient

Directly = Callable[[str, Recipient, Outgoing], Awaitable[None]]
"""Sends something to a person who has no address (`Deliverer.directly`)."""

_log = logging.getLogger("antt.zalo")


@dataclass(kw_only=True)
class Answering:
    """Sends in the order of the calls."""

    directly: Directly
    _under_way: set[asyncio.Task[None]] = field(default_factory=set)

    async def send(self, channel: str, to: Recipient, outgoing: Outgoing) -> None:
        """Send it; returns when it is sent, and after `WAITED_FOR_S` in any case."""
        if len(self._under_way) >= ANSWERS_AT_ONCE:
            _log.warning("a stranger was not answered", extra={"channel": channel})
            return
        task = asyncio.create_task(self._send(channel, to, outgoing))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
        await asyncio.wait({task}, timeout=WAITED_FOR_S)

    async def close(self) -> None:
        """Cancel the sends in progress."""
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
