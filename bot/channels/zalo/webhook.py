"""Webhooks for Zalo: one URL for each bot, a secret in a header, one update in the body."""

import asyncio
import hmac
import json
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from aiohttp import web

from bot.channels.zalo.bots import Introductions
from bot.channels.zalo.client import AuthError, ZaloClient, ZaloError
from bot.channels.zalo.limits import AUTH_PAUSE_S, BACKOFF_S, CALLS_AT_ONCE
from bot.channels.zalo.settings import Bot
from bot.channels.zalo.updates import Update, read_update
from bot.clock import Clock
from bot.hooks import Hook, body_of
from bot.turns import Busy, Taken

_log = logging.getLogger("antt.zalo")

SECRET_HEADER: Final = "X-Bot-Api-Secret-Token"  # noqa: S105  the header's name
_BUSY_S: Final = 5
"""Seconds after which a call that could neither be handled nor parked may be repeated."""


@dataclass(kw_only=True)
class Webhook:
    """The webhook of one bot."""

    bot: Bot
    secret: str
    take: Callable[[Update], Awaitable[Taken]]
    introductions: Introductions
    clock: Clock
    _waiting: int = 0

    @property
    def hook(self) -> Hook:
        """Its route."""
        return Hook(path=self.bot.hook_path, handle=self.handle)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        """200 when the message is handled or parked; also for an irrelevant body, because Zalo
        sends test bodies when the URL is registered.
        """
        if not self._is_zalo(request):
            raise web.HTTPForbidden
        if self._waiting >= CALLS_AT_ONCE:
            return _busy()
        self._waiting += 1
        try:
            update = self._read(await body_of(request))
            if update is not None and isinstance(await self.take(update), Busy):
                return _busy()
        finally:
            self._waiting -= 1
        return web.json_response({"ok": True})

    def _is_zalo(self, request: web.Request) -> bool:
        given = request.headers.get(SECRET_HEADER, "")
        # Compared as bytes: compare_digest accepts no strings beyond ASCII.
        return hmac.compare_digest(given.encode("utf-8", "surrogateescape"), self.secret.encode())

    def _read(self, body: bytes) -> Update | None:
        try:
            raw = json.loads(body)
        except (ValueError, RecursionError):
            return None
        me = self.introductions.of(self.bot.name)
        return read_update(
            raw,
            bot=self.bot.name,
            now=self.clock.now(),
            own_id=me.id if me is not None else "",
            own_names=self.introductions.own_names(self.bot.name),
        )


def _busy() -> web.Response:
    return web.Response(status=503, text="busy\n", headers={"Retry-After": str(_BUSY_S)})


@dataclass(kw_only=True)
class Registration:
    """Registers one bot's webhook and retries until Zalo accepts it."""

    bot: Bot
    url: str
    secret: str
    client: ZaloClient
    introductions: Introductions
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep

    async def run(self) -> None:
        """Retry until it is done; ends when cancelled."""
        failures = 0
        while not await self._once(failures):
            failures += 1

    async def _once(self, failures: int) -> bool:
        try:
            # Registered again at each start: the secret may have changed, and Zalo never reports
            # it.
            if not await self.client.set_webhook(self.url, self.secret):
                _log.warning("zalo does not reach the webhook", extra={"bot": self.bot.name})
            self.introductions.note(self.bot.name, await self.client.get_me())
        except AuthError:
            _log.error(
                "zalo refuses the token: copy it anew from Bot Creator into zalo_bots",
                extra={"bot": self.bot.name},
            )
            await self.sleep(AUTH_PAUSE_S)
            return False
        except ZaloError as error:
            extra = {"bot": self.bot.name, "error": str(error)}
            _log.warning("the webhook could not be registered", extra=extra)
            await self.sleep(BACKOFF_S[min(failures, len(BACKOFF_S) - 1)])
            return False
        return True
