"""Objects that all request handlers share, and the check of who sends a request."""

import time
from dataclasses import dataclass, field
from datetime import timedelta

from aiohttp import hdrs, web

from bot.channels.web import limits
from bot.channels.web.admission import Admission
from bot.channels.web.caller import address_of
from bot.channels.web.contracts import Database, Maker, Turns
from bot.channels.web.hub import Hub
from bot.channels.web.limits import Limiter
from bot.channels.web.settings import WebSettings
from bot.channels.web.wire import body_of
from bot.clock import Clock
from storage import WebSession, token_hash

JSON = "application/json"

IDLE = timedelta(days=45)
"""A session ends if it is unused for longer: monthly duties bring everybody back before."""

BEAT_SECONDS = 15.0
"""Proxies close a connection that is silent for a minute, and a page reconnects after 40 s of
silence.
"""


@dataclass(frozen=True, kw_only=True)
class Site:
    """One running web chat."""

    settings: WebSettings
    clock: Clock
    database: Database
    turns: Turns
    admission: Admission
    maker: Maker
    hub: Hub
    per_session: Limiter = field(default_factory=lambda: Limiter(limits.PER_SESSION))
    per_address: Limiter = field(default_factory=lambda: Limiter(limits.PER_ADDRESS))
    joins: Limiter = field(default_factory=lambda: Limiter(limits.JOIN_PER_ADDRESS))
    all_joins: Limiter = field(default_factory=lambda: Limiter(limits.JOIN_IN_ALL))
    files: Limiter = field(default_factory=lambda: Limiter(limits.FILES_PER_SESSION))
    beat_seconds: float = BEAT_SECONDS
    links: Limiter = field(default_factory=lambda: Limiter(limits.LINKS_PER_SESSION))


SITE = web.AppKey("site", Site)


class Refusal(Exception):
    """An answer of 4xx or 503 with a sentence of web.json; `wait` is in seconds."""

    def __init__(self, status: int, key: str, *, wait: float = 0) -> None:
        super().__init__(key)
        self.status = status
        self.key = key
        self.wait = wait


def site_of(request: web.Request) -> Site:
    """The site that a request came to."""
    return request.app[SITE]


def limit(limiter: Limiter, caller: str) -> None:
    """Count a request of `caller`. Raises `Refusal` (429) if there were too many."""
    if wait := limiter.wait(caller, time.monotonic()):
        raise Refusal(429, "error.too_many", wait=wait)


def limit_address(request: web.Request, limiter: Limiter) -> None:
    """Apply `limit` to the address of the request."""
    limit(limiter, address_of(request, site_of(request).settings))


async def session_of(request: web.Request) -> WebSession:
    """The session that the request belongs to, counted against its limit.

    Raises `Refusal`: 401 without a valid session, 429.
    """
    session = await find_session(request)
    if session is None:
        raise Refusal(401, "error.not_signed_in")
    site, now = site_of(request), site_of(request).clock.now()
    limit(site.per_session, str(session.id))
    if session.is_stale(now):
        await site.database.write(lambda tx: tx.web.touch(session, now, IDLE))
    return session


async def find_session(request: web.Request) -> WebSession | None:
    """The session that the request's cookie belongs to, if it is still valid."""
    site = site_of(request)
    token = request.cookies.get(site.settings.cookie)
    if not token:
        return None
    hashed, now = token_hash(token), site.clock.now()
    return await site.database.read(lambda tx: tx.web.session(hashed, now))


async def json_of(request: web.Request) -> dict[str, object]:
    """The JSON object in the body. Raises `Refusal` and `BadRequest`.

    The required content type stops forms of other sites: a browser lets them send text and forms
    without our consent, but not JSON (CORS).
    """
    if request.headers.get(hdrs.CONTENT_TYPE, "").partition(";")[0].strip().lower() != JSON:
        raise Refusal(415, "error.not_json")
    return dict(body_of(await request.read()))
