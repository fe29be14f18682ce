"""Telegram brings the updates: the secret, the turn, and only then 200."""

import hmac
import json
from collections.abc import Awaitable, Callable
from typing import Final

from aiohttp import web

from bot.channels.telegram.settings import HOOK_PATH
from bot.channels.telegram.updates import update_id_of
from bot.hooks import Hook, body_of
from bot.turns import Busy, Taken

SECRET_HEADER: Final = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  its name

CONNECTIONS: Final = 8
"""Updates that Telegram may bring at a time: more would only wait for the database."""


def webhook(secret: str, take: Callable[[object], Awaitable[Taken]]) -> Hook:
    """The route. What is odd gets 4xx; what could not start 503, and Telegram brings it again
    after the time named. An update that is none of ours is still answered with 200: anything
    else would hold up its chat for a day."""

    async def handle(request: web.Request) -> web.StreamResponse:
        told = request.headers.get(SECRET_HEADER, "")
        # As bytes, for a header may hold any; the whole time, however much of it is right.
        if not hmac.compare_digest(told.encode("utf-8", "surrogateescape"), secret.encode()):
            raise web.HTTPForbidden
        taken = await take(_update(await body_of(request)))
        if isinstance(taken, Busy):
            return web.Response(status=503, headers={"Retry-After": str(taken.retry_after)})
        return web.Response()

    return Hook(path=HOOK_PATH, handle=handle)


def _update(body: bytes) -> object:
    try:
        update = json.loads(body)
    except (ValueError, RecursionError):
        raise web.HTTPBadRequest from None
    if update_id_of(update) is None:
        raise web.HTTPBadRequest
    return update
