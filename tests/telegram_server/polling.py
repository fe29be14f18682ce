"""getUpdates: offsets, and polls that wait for an update."""

import asyncio
from typing import Any

from tests.telegram_server.methods import Refuses
from tests.telegram_server.reading import Call
from tests.telegram_server.world import Waiting, World

LONGEST_WAIT_S = 50
MOST = 100
"""Both limits of the real server; other values are clamped to them."""


class Polls:
    """At most one poll at a time; a second one ends the first with a conflict."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._current: asyncio.Event | None = None
        self.count = 0

    async def get(self, call: Call, *, webhook: bool) -> list[dict[str, Any]]:
        """The answer. An offset confirms everything before it. Raises `Refuses`."""
        if webhook:
            raise Refuses(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self.count += 1
        self._world.change()
        if self._current is not None:
            self._current.set()
        self._current = mine = asyncio.Event()
        wanted = call.table("allowed_updates")
        if wanted is not None:
            self._world.allowed = tuple(wanted)
        self._confirm(call.whole("offset", 0) or 0)
        limit = min(max(call.whole("limit", MOST) or MOST, 1), MOST)
        wait = min(max(call.whole("timeout", 0) or 0, 0), LONGEST_WAIT_S)
        try:
            found = await self._within(wait, mine)
        finally:
            if self._current is mine:
                self._current = None
        return [update.as_json() for update in found[:limit]]

    def _confirm(self, offset: int) -> None:
        waiting = self._world.waiting()
        if offset < 0:
            kept = {update.number for update in waiting[offset:]}
        else:
            kept = {update.number for update in waiting if update.number >= offset}
        for update in waiting:
            if update.number not in kept:
                self._world.take(update.number)

    async def _within(self, seconds: float, ended: asyncio.Event) -> list[Waiting]:
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        while not (found := self._world.waiting()) and loop.time() < until:
            happens = asyncio.ensure_future(self._world.something())
            ending = asyncio.ensure_future(ended.wait())
            try:
                await asyncio.wait(
                    {happens, ending},
                    timeout=until - loop.time(),
                    return_when=asyncio.FIRST_COMPLETED,
                )
            finally:
                happens.cancel()
                ending.cancel()
            if ended.is_set():
                raise Refuses(
                    409,
                    "Conflict: terminated by other getUpdates request; make sure that only one "
                    "bot instance is running",
                )
        return found
