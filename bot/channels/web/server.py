"""The web chat as a running server."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Iterable, Mapping

from aiohttp import hdrs, web

from bot.channels.web import events, filing, guard, limits, pages, signing, talking, words
from bot.channels.web.admission import Admission
from bot.channels.web.contracts import Database, Maker, Turns
from bot.channels.web.hub import Hub
from bot.channels.web.settings import WebSettings, WebSettingsError
from bot.channels.web.site import SITE, Site, find_session, site_of
from bot.clock import Clock
from bot.listening import cannot_listen, expect

SHUTDOWN_SECONDS = 3
"""Seconds for requests in progress to end; streams are closed at once and pages reconnect."""


async def get_words(request: web.Request) -> web.Response:
    """GET /api/words: every sentence of the page, in the person's language or the browser's."""
    session = await find_session(request)
    site = site_of(request)
    who = None if session is None else await site.admission.who(session.person_id, site.clock.now())
    language = pages.language_of(request) if who is None else who.locale
    return web.json_response({"lang": language, "words": dict(words.sentences(language))})


GET, HEAD, POST = hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_POST


def _shown(handler: guard.Handler) -> dict[str, guard.Handler]:
    return {GET: handler, HEAD: handler}


ADDRESSES: Mapping[str, Mapping[str, guard.Handler]] = {
    "/": _shown(pages.get_page),
    "/join": _shown(pages.get_page),
    "/join/{code}": _shown(pages.get_page),
    "/manifest.webmanifest": _shown(pages.get_manifest),
    "/static/{name}": _shown(pages.get_file),
    "/api/words": _shown(get_words),
    "/api/session": _shown(signing.get_session),
    "/api/sessions": _shown(signing.get_sessions),
    "/api/sessions/{id}/end": {POST: signing.post_end},
    "/api/join": {POST: signing.post_join},
    "/api/links": {POST: signing.post_links},
    "/api/sign-out": {POST: signing.post_sign_out},
    "/api/messages": {POST: talking.post_message},
    guard.FILES: {POST: filing.post_file},
    "/api/seen": {POST: talking.post_seen},
    "/api/history": _shown(talking.get_history),
    "/api/attachments/{id}": _shown(talking.get_attachment),
    "/api/events": {GET: events.get_events},
}
"""Every address of the web chat: path -> method -> handler. A stream supports no HEAD: it would
never end.
"""


def build_site(
    settings: WebSettings,
    clock: Clock,
    database: Database,
    turns: Turns,
    admission: Admission,
    maker: Maker,
) -> Site:
    """The parts of one web chat."""

    async def positions(people: Iterable[int]) -> Mapping[int, int]:
        return await database.read(lambda tx: tx.web.positions(people))

    return Site(
        settings=settings,
        clock=clock,
        database=database,
        turns=turns,
        admission=admission,
        maker=maker,
        hub=Hub(positions),
    )


def build_app(site: Site) -> web.Application:
    """The application: every address of the web chat."""
    app = web.Application(
        middlewares=[guard.answer_errors, guard.admit_only_ours],
        client_max_size=limits.BODY_BYTES,
    )
    app[SITE] = site
    app.on_response_prepare.append(guard.add_headers)
    app.cleanup_ctx.append(_watch)
    app.on_shutdown.append(_end_streams)
    for path, handlers in ADDRESSES.items():
        resource = app.router.add_resource(path)
        for method, handler in handlers.items():
            resource.add_route(method, handler, expect_handler=expect)
        resource.add_route("*", guard.wrong_method(handlers), expect_handler=expect)
    nowhere = app.router.add_resource("/{path:.*}")
    nowhere.add_route("*", guard.nowhere, expect_handler=expect)
    return app


class WebServer:
    """One listening web chat. `start` and `stop` once each."""

    def __init__(self, site: Site) -> None:
        self._site = site
        # No access log: its addresses would say who was here and when.
        self._runner = web.AppRunner(
            build_app(site),
            access_log=None,
            handler_cancellation=True,
            shutdown_timeout=SHUTDOWN_SECONDS,
        )

    async def start(self) -> str:
        """Listen; returns the address for a browser.

        Raises `WebSettingsError` if another program listens on the port.
        """
        settings = self._site.settings
        await self._runner.setup()
        site = web.TCPSite(self._runner, settings.host, settings.port)
        try:
            await site.start()
        except OSError as error:
            await self._runner.cleanup()
            sentence = cannot_listen(settings.host, settings.port, error, key="web_port")
            raise WebSettingsError(sentence) from error
        host, port = self.address
        return settings.origin(f"[{host}]:{port}" if ":" in host else f"{host}:{port}")

    @property
    def address(self) -> tuple[str, int]:
        """The address and port that it listens on, for a proxy in front of it."""
        host, port = self._runner.addresses[0][:2]
        return str(host), int(port)

    async def stop(self) -> None:
        """Stop listening and finish the requests in progress."""
        await self._runner.cleanup()


async def _watch(app: web.Application) -> AsyncIterator[None]:
    watching = asyncio.create_task(app[SITE].hub.run())
    yield
    watching.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await watching


async def _end_streams(app: web.Application) -> None:
    app[SITE].hub.end()
