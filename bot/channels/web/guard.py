"""Middleware around every handler: headers, access checks, error handling."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Iterable
from typing import Final

from aiohttp import hdrs, web

from bot import errors
from bot.channels.web import limits, words
from bot.channels.web.contracts import DatabaseBusy
from bot.channels.web.pages import language_of
from bot.channels.web.site import Refusal, limit_address, site_of
from bot.channels.web.wire import BadRequest
from bot.listening import SERVER
from storage import Unavailable

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

POLICY: Final = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
"""No inline scripts, nothing from other hosts, no framing; text can never become a script."""

_HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": (
        "camera=(), microphone=(), geolocation=(), payment=(), usb=(), serial=(), "
        "browsing-topics=()"
    ),
}
_STRICT_TRANSPORT: Final = "max-age=31536000"

_SAFE: Final = frozenset({hdrs.METH_GET, hdrs.METH_HEAD})
_BUSY_SECONDS: Final = 2
_API: Final = "/api/"
FILES: Final = "/api/files"
"""The only address that accepts more than `limits.BODY_BYTES`, and only from signed-in people."""

_BY_STATUS: Final = {
    404: "error.not_found",
    405: "error.method",
    413: "error.too_large",
}


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Sets headers on every response, streams included; a handler's own value has priority."""
    for name, value in _HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers[hdrs.SERVER] = SERVER
    response.headers.setdefault(hdrs.CACHE_CONTROL, "no-store")
    if site_of(request).settings.secure:
        response.headers.setdefault("Strict-Transport-Security", _STRICT_TRANSPORT)


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn an exception into an answer with a sentence; a bug gets a number."""
    try:
        return await handler(request)
    except Refusal as refusal:
        return _refuse(request, refusal.status, refusal.key, wait=refusal.wait)
    except (BadRequest, web.RequestPayloadError):
        return _refuse(request, 400, "error.bad_request")
    except TimeoutError:
        return _refuse(request, 408, "error.bad_request")
    except (DatabaseBusy, Unavailable):
        return _refuse(request, 503, "error.busy", wait=_BUSY_SECONDS)
    except web.HTTPException as error:
        response = _refuse(request, error.status, _BY_STATUS.get(error.status, "error.bad_request"))
        if allow := error.headers.get(hdrs.ALLOW):
            response.headers[hdrs.ALLOW] = allow
        return response
    except (asyncio.CancelledError, ConnectionError):
        raise
    except Exception as error:
        # The single place that handles a bug in a request.
        error_id = errors.report(error, action=f"web {request.method}")
        return _refuse(request, 500, "error.bug", id=error_id)


@web.middleware
async def admit_only_ours(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse requests for other hosts, from other sites, and too many from one address."""
    settings = site_of(request).settings
    host = request.headers.get(hdrs.HOST, "")
    if not settings.is_ours(host):
        raise Refusal(421, "error.wrong_host")
    if request.path.startswith(_API):
        _refuse_other_sites(request, settings.origin(host))
    limit_address(request, site_of(request).per_address)
    if request.method in _SAFE or request.path == FILES:
        return await handler(request)
    async with asyncio.timeout(limits.BODY_SECONDS):
        await request.read()  # aiohttp keeps this limit; a body that is too large raises 413 here
    return await handler(request)


def wrong_method(allowed: Iterable[str]) -> Handler:
    """The answer to a method that a path does not support."""
    methods = tuple(allowed)

    async def refuse(request: web.Request) -> web.StreamResponse:
        raise web.HTTPMethodNotAllowed(request.method, methods)

    return refuse


async def nowhere(_: web.Request) -> web.StreamResponse:
    """The answer for a path that does not exist."""
    raise web.HTTPNotFound


def _refuse_other_sites(request: web.Request, origin: str) -> None:
    # Browsers send the origin of a request. A client that sends none is not a browser, and has no
    # cookie that another site could misuse.
    site = request.headers.get("Sec-Fetch-Site", "same-origin")
    if site not in {"same-origin", "none"}:
        raise Refusal(403, "error.cross_site")
    if request.headers.get(hdrs.ORIGIN, origin) != origin:
        raise Refusal(403, "error.cross_site")


def _refuse(
    request: web.Request, status: int, key: str, *, wait: float = 0, **values: object
) -> web.Response:
    sentence = words.say(language_of(request), key, **values)
    headers = {"Retry-After": str(math.ceil(wait))} if wait else {}
    if request.path.startswith(_API):
        return web.json_response({"sentence": sentence}, status=status, headers=headers)
    return web.Response(text=sentence, status=status, headers=headers)
