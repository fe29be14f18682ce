"""The second listener: webhooks of chat services, and the state of this process.

A webhook is one POST route; the proxy in front must pass on /hooks/ and nothing else. /health,
/ready and /metrics are for this machine and its monitor: a request with a proxy's headers gets 404
there, in case a proxy passes on everything.
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
"""The longest update of a chat service (4,096 letters with their formatting, a long caption,
keyboards of a quoted message) has some 100 kB; a body ten times as long is not an update.
"""

BODY_SECONDS: Final = 10.0
"""A service sends an update at once; a slower client holds a connection on purpose."""

SILENT_SECONDS: Final = 15
"""Seconds that a connection may stay open without a whole request: longer than Telegram and proxies
pause between two updates of a busy hour, short enough not to collect idle connections.
"""

LINGER_SECONDS: Final = 2
"""Seconds that a refused body is still read, so that its sender can read the reason."""

SHUTDOWN_SECONDS: Final = 3
"""Seconds for turns in progress to end and be acknowledged; the service sends all others again."""

RETRY_AFTER_S: Final = 5
"""Seconds after which a busy database is usually free again."""

PREFIX: Final = "/hooks/"
"""The paths that a proxy passes on; a webhook on another path would never be called."""

_FORWARDED: Final = (hdrs.X_FORWARDED_FOR, hdrs.FORWARDED, "X-Real-IP", hdrs.VIA)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, kw_only=True)
class Hook:
    """One webhook: `path` is "/hooks/telegram" or "/hooks/zalo/<bot name>".

    `handle` checks the secret before it reads the body, and reads it with `body_of`: so strangers
    use no memory.
    """

    path: str
    handle: Handler

    def __post_init__(self) -> None:
        if not self.path.startswith(PREFIX):
            raise ValueError(f"{self.path}: the path of a webhook begins with {PREFIX}")


class Health(Protocol):
    """The interface that /ready reads (`bot.health.Health`)."""

    async def reasons(self) -> Sequence[str]:
        """The reasons why this process is not ready; empty if it is."""


class Measured(Protocol):
    """The interface that /metrics reads (`bot.metrics.Metrics`)."""

    async def page(self) -> bytes:
        """The counters in Prometheus' text format."""


async def body_of(request: web.Request) -> bytes:
    """The body of a call, at most `BODY_BYTES`, within `BODY_SECONDS`.

    Raises `web.HTTPException` (413, 408, 400), which the listener turns into the response.
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
        # No access log: a webhook's URL may be the only thing that an attacker does not know.
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

        Raises `HooksSettingsError` if another program listens on the port.
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
        """Stop listening and finish the requests in progress."""
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
    """Runs the listener until the block ends; gives its address, None if it does not listen.

    Raises `HooksSettingsError` if another program listens on the port and a webhook needs it.
    Without webhooks, `warn` gets the sentence and the start continues: a person who tries the web
    chat next to another program does not need the monitoring pages.
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
    """The routes for the state of this process."""

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
    """Every exception becomes a short answer; a bug gets a number."""
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
