"""The second listener: webhooks of chat services, and how this process is.

A webhook is one POST route; the proxy in front passes on /hooks/ and nothing else. /health,
/ready and /metrics are for this machine and its monitor: what carries a proxy's headers gets
404 there, in case a proxy was told to pass on everything.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from aiohttp import hdrs, web

from bot import errors
from bot.hooks_settings import HooksSettings, HooksSettingsError
from bot.listening import SERVER, cannot_listen, expect
from storage import Unavailable

BODY_BYTES: Final = 1024 * 1024
"""The longest update of a chat service (4,096 letters with their marks, a long caption, keyboards
of a quoted message) has some 100 kB; ten times that is no update."""

BODY_SECONDS: Final = 10.0
"""A service sends an update in one go; who is slower holds a connection on purpose."""

SILENT_SECONDS: Final = 15
"""How long a connection may stay open without bringing a whole request: longer than Telegram
and proxies pause between two updates of a busy hour, short enough not to collect the idle."""

LINGER_SECONDS: Final = 2
"""How long a refused body is still let in, so that its sender reads why."""

SHUTDOWN_SECONDS: Final = 3
"""Turns in progress may end and be acknowledged; the service brings all others again."""

RETRY_AFTER_S: Final = 5
"""A busy database is free again by then."""

PREFIX: Final = "/hooks/"
"""What a proxy passes on; a webhook anywhere else would never be called."""

_FORWARDED: Final = (hdrs.X_FORWARDED_FOR, hdrs.FORWARDED, "X-Real-IP", hdrs.VIA)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, kw_only=True)
class Hook:
    """One webhook: `path` is "/hooks/telegram" or "/hooks/zalo/<bot name>".

    `handle` looks at the secret before it reads the body, and reads it with `body_of`:
    strangers then cost no memory.
    """

    path: str
    handle: Handler

    def __post_init__(self) -> None:
        if not self.path.startswith(PREFIX):
            raise ValueError(f"{self.path}: the path of a webhook begins with {PREFIX}")


class Health(Protocol):
    """What /ready asks (`bot.health.Health`)."""

    async def reasons(self) -> Sequence[str]:
        """Why this process is not ready; nothing where it is."""


class Measured(Protocol):
    """What /metrics shows (`bot.metrics.Metrics`)."""

    async def page(self) -> bytes:
        """The counters in Prometheus' text format."""


async def body_of(request: web.Request) -> bytes:
    """The body of a call, at most `BODY_BYTES`, within `BODY_SECONDS`.

    Raises `web.HTTPException` (413, 408, 400), which the listener answers by itself.
    """
    try:
        async with asyncio.timeout(BODY_SECONDS):
            return await request.read()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except web.RequestPayloadError:
        raise web.HTTPBadRequest from None


class HooksServer:
    """One running listener. `start` and `stop` once each, or `async with listening(...)`."""

    def __init__(
        self,
        settings: HooksSettings,
        hooks: Sequence[Hook],
        health: Health,
        registry: Measured,
    ) -> None:
        self._settings = settings
        app = web.Application(middlewares=[_answer_errors], client_max_size=BODY_BYTES)
        app.on_response_prepare.append(_add_headers)
        for hook in hooks:
            _route(app, hook.path, hdrs.METH_POST, hook.handle)
        for path, handler in _own(health, registry).items():
            _route(app, path, hdrs.METH_GET, handler)
        nowhere = app.router.add_resource("/{path:.*}")
        nowhere.add_route("*", _nowhere, expect_handler=expect)
        # No log of requests: a webhook's address may be all that a guesser lacks.
        self._runner = web.AppRunner(
            app,
            access_log=None,
            handler_cancellation=False,
            keepalive_timeout=SILENT_SECONDS,
            lingering_time=LINGER_SECONDS,
            shutdown_timeout=SHUTDOWN_SECONDS,
        )

    async def start(self) -> str:
        """Listen; returns the address on this machine.

        Raises `HooksSettingsError` when something else listens there.
        """
        host, port = self._settings.host, self._settings.port
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, host, port).start()
        except OSError as error:
            await self._runner.cleanup()
            sentence = cannot_listen(host, port, error, key="hooks_port")
            raise HooksSettingsError(sentence) from error
        host, port = self._runner.addresses[0][:2]
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    async def stop(self) -> None:
        """Stop listening and let what is in progress end."""
        await self._runner.cleanup()


@contextlib.asynccontextmanager
async def listening(
    settings: HooksSettings,
    hooks: Sequence[Hook],
    health: Health,
    registry: Measured,
    *,
    warn: Callable[[str], None],
) -> AsyncIterator[str | None]:
    """The listener as long as the block runs; gives its address, None where it has none.

    Raises `HooksSettingsError` when something else listens there and a webhook needs it.
    Without webhooks `warn` gets the sentence and all else goes on: whoever tries the web chat
    beside another program must not be stopped by a monitor's page that he never asked for.
    """
    server = HooksServer(settings, hooks, health, registry)
    try:
        address: str | None = await server.start()
    except HooksSettingsError as error:
        if hooks:
            raise
        warn(str(error))
        address = None
    try:
        yield address
    finally:
        await server.stop()


def _route(app: web.Application, path: str, method: str, handler: Handler) -> None:
    async def refuse(request: web.Request) -> web.StreamResponse:
        raise web.HTTPMethodNotAllowed(request.method, [method])

    resource = app.router.add_resource(path)
    resource.add_route(method, handler, expect_handler=expect)
    if method == hdrs.METH_GET:
        resource.add_route(hdrs.METH_HEAD, handler, expect_handler=expect)
    resource.add_route("*", refuse, expect_handler=expect)


def _own(health: Health, registry: Measured) -> dict[str, Handler]:
    """The addresses that say how this process is."""

    async def get_health(request: web.Request) -> web.Response:
        _refuse_forwarded(request)
        return web.json_response({"ok": True})

    async def get_ready(request: web.Request) -> web.Response:
        _refuse_forwarded(request)
        reasons = await health.reasons()
        if not reasons:
            return web.json_response({"ok": True})
        numbered = [f"{number}. {reason}" for number, reason in enumerate(reasons, start=1)]
        return web.json_response({"ok": False, "reasons": numbered}, status=503)

    async def get_metrics(request: web.Request) -> web.Response:
        _refuse_forwarded(request)
        page = await registry.page()
        kind = "text/plain; version=0.0.4; charset=utf-8"
        return web.Response(body=page, headers={hdrs.CONTENT_TYPE: kind})

    return {"/health": get_health, "/ready": get_ready, "/metrics": get_metrics}


def _refuse_forwarded(request: web.Request) -> None:
    if any(name in request.headers for name in _FORWARDED):
        raise web.HTTPNotFound


async def _nowhere(_: web.Request) -> web.StreamResponse:
    raise web.HTTPNotFound


async def _add_headers(_: web.Request, response: web.StreamResponse) -> None:
    response.headers[hdrs.SERVER] = SERVER
    response.headers.setdefault(hdrs.CACHE_CONTROL, "no-store")
    response.headers.setdefault("X-Content-Type-Options", "nosniff")


@web.middleware
async def _answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Whatever was raised becomes a short answer; a bug gets a number."""
    try:
        return await handler(request)
    except Unavailable:
        return _answer(503, "busy", {"Retry-After": str(RETRY_AFTER_S)})
    except web.HTTPException as error:
        allowed = error.headers.get(hdrs.ALLOW)
        kept = {} if allowed is None else {"Allow": allowed}
        return _answer(error.status, error.reason, kept)
    except (asyncio.CancelledError, ConnectionError):
        raise
    except Exception as error:
        error_id = errors.report(error, action="hook")
        return _answer(500, f"error {error_id}", {})


def _answer(status: int, text: str, headers: Mapping[str, str]) -> web.Response:
    return web.Response(text=f"{text}\n", status=status, headers=headers)
