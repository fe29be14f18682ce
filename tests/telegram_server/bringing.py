"""Webhook delivery as the Bot API server does it (WebhookActor of its version 10.0).

One queue per chat for messages and one per person for taps; inside a queue strictly one at a time,
different queues in parallel. A failure is retried at once, then after 2, 4, 8 … seconds up to about
a minute, or after Retry-After, until the update is too old.

Left out: a method call in the response of a webhook is not executed (`antt` never uses that), and
410 does not remove a webhook.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from tests.telegram_server.reading import BadParameter
from tests.telegram_server.world import Waiting, World

PORTS = frozenset({443, 80, 88, 8443})
LONGEST_PAUSE_S = 60.0
"""The real server draws a number from 60 to 120."""

LONGEST_ORDERED_PAUSE_S = 3_600
ANSWER_S = 60.0
NOWHERE = "http://127.0.0.1:1"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


@dataclass(kw_only=True)
class Brought:
    """One attempt: the update, the response, and the pause before it."""

    number: int
    status: int | None
    pause: float


@dataclass(kw_only=True)
class Bringer:
    """Sends updates to a webhook if one is set. `route` turns its https:// address, which is
    checked as Telegram does, into one on loopback; until `route` is set, nothing listens.
    """

    world: World
    sleep: Callable[[float], Awaitable[object]]
    route: Callable[[str], str] = lambda _: NOWHERE
    brought: list[Brought] = field(default_factory=list)
    url: str = ""
    connections: int = 40
    last_error: tuple[int, str] | None = None
    _secret: str = ""
    _tasks: set[asyncio.Task[None]] = field(default_factory=set)
    _busy: set[tuple[str, object]] = field(default_factory=set)

    def set(self, url: str, *, secret: str, connections: int) -> None:
        """Another address, or none."""
        if url:
            parts = urlsplit(url)
            if parts.scheme != "https" or not parts.hostname:
                raise BadParameter("bad webhook: An HTTPS URL must be provided for webhook")
            if (parts.port or 443) not in PORTS:
                raise BadParameter(
                    "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
                )
        if not 1 <= connections <= 100:
            raise BadParameter("max_connections must be between 1 and 100")
        self.url, self._secret, self.connections = url, secret, connections
        self.last_error = None
        self.world.change()

    def info(self) -> dict[str, Any]:
        """The WebhookInfo of the Bot API."""
        info: dict[str, Any] = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self.world.waiting()),
        }
        if self.url:
            info |= {"max_connections": self.connections, "ip_address": "127.0.0.1"}
        if self.last_error is not None:
            info["last_error_date"], info["last_error_message"] = self.last_error
        if self.world.allowed:
            info["allowed_updates"] = list(self.world.allowed)
        return info

    async def run(self) -> None:
        """Deliver updates without end; ends when cancelled."""
        timeout = aiohttp.ClientTimeout(total=ANSWER_S)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            try:
                while True:
                    something = self.world.something()
                    self._begin(session)
                    await something
            finally:
                for task in self._tasks:
                    task.cancel()
                await asyncio.gather(*self._tasks, return_exceptions=True)

    def _begin(self, session: aiohttp.ClientSession) -> None:
        for update in self.world.waiting() if self.url else ():
            if update.queue in self._busy or len(self._busy) >= self.connections:
                continue
            self._busy.add(update.queue)
            task = asyncio.create_task(self._bring(session, update))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _bring(self, session: aiohttp.ClientSession, update: Waiting) -> None:
        try:
            pause, failures = 0.0, 0
            while self.url and update.expires > self.world.time():
                status, ordered = await self._attempt(session, update)
                self.brought.append(Brought(number=update.number, status=status, pause=pause))
                if status is not None and 200 <= status < 300:
                    self.world.take(update.number)
                    return
                told = f"Wrong response from the webhook: {status}" if status else "Read timeout"
                self.last_error = (int(self.world.time()), told)
                pause = ordered if ordered is not None else _pause_after(failures)
                failures += 1
                if pause:
                    await self.sleep(pause)
        finally:
            self._busy.discard(update.queue)
            self.world.change()

    async def _attempt(
        self, session: aiohttp.ClientSession, update: Waiting
    ) -> tuple[int | None, float | None]:
        headers = {SECRET_HEADER: self._secret} if self._secret else {}
        with contextlib.suppress(aiohttp.ClientError, TimeoutError):
            async with session.post(
                self.route(self.url), json=update.as_json(), headers=headers, allow_redirects=False
            ) as answer:
                told = answer.headers.get("Retry-After", "")
                seconds = int(told) if told.isdigit() else None
                if seconds is not None:
                    seconds = min(seconds, LONGEST_ORDERED_PAUSE_S)
                return answer.status, seconds
        return None, None


def _pause_after(failures: int) -> float:
    return min(2.0**failures, LONGEST_PAUSE_S) if failures else 0.0
