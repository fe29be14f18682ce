"""The stream of messages to an open page (server-sent events).

A stream has no buffer of its own: it reads the messages after the last one it wrote, writes them,
waits until they are sent, and reads again. A slow reader delays only itself. A page that was
offline names the last message it has and gets the rest.
"""

import asyncio
import json
from typing import Final

from aiohttp import web

from bot.channels.web import limits
from bot.channels.web.hub import Watcher
from bot.channels.web.site import Refusal, Site, find_session, session_of, site_of
from bot.channels.web.talking import history
from bot.channels.web.wire import as_json, number_of
from handlers.ground.wanted import Wanted
from storage import Message

STALL_SECONDS: Final = 30
"""Seconds: a client that reads nothing for so long is disconnected; it returns with the last id it
has.
"""


async def get_events(request: web.Request) -> web.StreamResponse:
    """GET /api/events?after=ID, or with Last-Event-ID, which has priority.

    Events: unnamed, a message, its id the event's id; `seen` {"ids"}, seen on another device;
    `beat`, a heartbeat, so that the page notices a dead connection (a script cannot see a comment);
    `reset`, the page has newer messages than the server (a backup was restored) and must start
    again; `ended`, the session is over.
    """
    session = await session_of(request)
    site = site_of(request)
    if (
        site.hub.count(session.person_id) >= limits.STREAMS_PER_PERSON
        or site.hub.count() >= limits.STREAMS_IN_ALL
    ):
        raise Refusal(429, "error.too_many_open", wait=limits.BODY_SECONDS)
    last = number_of(request.headers.get("Last-Event-ID") or request.query.get("after", "0"))
    response = web.StreamResponse(
        headers={
            "Content-Type": "text/event-stream; charset=utf-8",
            "Cache-Control": "no-store, no-transform",
            # Otherwise nginx holds events back until its buffer is full.
            "X-Accel-Buffering": "no",
        }
    )
    watcher = site.hub.open(session.person_id, session.id)
    try:
        await response.prepare(request)
        await _write(response, ": open\n\n")
        await _follow(request, response, watcher, last)
    except (ConnectionError, TimeoutError):
        pass  # the page closed, the normal end of a stream
    finally:
        site.hub.close(watcher)
    return response


async def _follow(
    request: web.Request, response: web.StreamResponse, watcher: Watcher, last: int
) -> None:
    site = site_of(request)
    known = await site.database.read(lambda tx: tx.web.positions((watcher.person_id,)))
    if last > known.get(watcher.person_id, 0):
        await _write(response, _named("reset", {}))
        return
    while not watcher.over:
        watcher.news.clear()
        while found := await _after(site, watcher.person_id, last):
            await _write(response, "".join(_event(*one) for one in found))
            last = found[-1][0].position or last
        if seen := sorted(watcher.seen):
            watcher.seen.clear()
            await _write(response, _named("seen", {"ids": seen}))
        if not await _woken(watcher, site.beat_seconds):
            if await find_session(request) is None:
                break
            await _write(response, _named("beat", {}))
    if await find_session(request) is None:
        await _write(response, _named("ended", {}))


async def _after(
    site: Site, person_id: int, last: int
) -> tuple[tuple[Message, Wanted | None], ...]:
    now = site.clock.now()
    return await site.database.read(
        lambda tx: site.admission.with_wanted(
            tx, person_id, history(tx, person_id, after=last), now
        )
    )


async def _woken(watcher: Watcher, seconds: float) -> bool:
    try:
        await asyncio.wait_for(watcher.news.wait(), seconds)
    except TimeoutError:
        return False
    return True


async def _write(response: web.StreamResponse, text: str) -> None:
    async with asyncio.timeout(STALL_SECONDS):
        await response.write(text.encode())


def _event(message: Message, wanted: Wanted | None) -> str:
    return f"id: {message.position}\n{_data(as_json(message, wanted))}"


def _named(name: str, body: object) -> str:
    return f"event: {name}\n{_data(body)}"


def _data(body: object) -> str:
    # JSON escapes line breaks, so that an event is always one line of data.
    return f"data: {json.dumps(body, ensure_ascii=False, separators=(',', ':'))}\n\n"
