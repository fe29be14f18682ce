"""The webhook for Telegram: checks the secret, runs the turn, then answers 200."""

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
"""Updates that Telegram may send at a time: more would only wait for the database."""


def webhook(secret: str, take: Callable[[object], Awaitable[Taken]]) -> Hook:
    """The route. An invalid request gets 4xx. A turn that could not start gets 503, and Telegram
    sends the update again after the given time. An irrelevant update also gets 200: any other
    answer would block its chat for a day.
    """

    async def handle(request: web.Request) -> web.StreamResponse:
        told = request.headers.get(SECRET_HEADER, "")
        # Compared as bytes, because a header may contain any; in constant time.
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
