"""The assistant as a running process: the web chat, delivery and the clock, until told to stop."""

import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.attachments import Attachments
from bot.channels.web import (
    Desk,
    StoreDatabase,
    WebChannel,
    WebServer,
    WebSettings,
    build_site,
    join_link,
    new_code,
)
from bot.clock import Clock
from bot.compose import House, settle
from domain.people import Person
from handlers.library import Library
from scheduling.ticker import Ticker
from scheduling.worker import Worker
from storage import Store

READERS: Final = 2
"""Threads for questions: they neither wait for writers nor make them wait."""

DEMO_LINK_LIVES: Final = timedelta(hours=12)
"""A working day: the links of a demo are printed anew at every start."""


@dataclass(frozen=True, kw_only=True)
class Doorway:
    """A one-time link for one person, printed at the start of a demo."""

    person: Person
    link: str


async def serve(
    store: Store,
    clock: Clock,
    settings: WebSettings,
    *,
    announce: Callable[[str, Sequence[Doorway]], None],
) -> None:
    """Run until SIGINT or SIGTERM. `announce` is told the address, and the links of a demo.

    Raises `WebSettingsError` when something else listens there.
    """
    stopped = _stop_signal()
    channel = WebChannel()
    with House.build(store, clock, {channel.name: channel}, Library()) as house:
        readers = Worker(READERS)
        try:
            async with _web(house, readers, settings) as address, _clockwork(house):
                announce(address, _doorways(store, clock, settings, address))
                settle()
                await stopped.wait()
        finally:
            readers.close()


@contextlib.asynccontextmanager
async def _web(house: House, readers: Worker, settings: WebSettings) -> AsyncIterator[str]:
    database = StoreDatabase(store=house.store, readers=readers, writers=house.worker)
    desk = Desk(database=database, library=house.library, wake=house.deliverer.wake)
    attachments = Attachments(
        database=database,
        library=house.library,
        clock=house.clock,
        origin=settings.public_url or f"http://{settings.host}:{settings.port}",
    )
    site = build_site(settings, house.clock, database, house.turns, desk, attachments)
    server = WebServer(site)
    address = await server.start()
    try:
        yield address
    finally:
        await server.stop()


@contextlib.asynccontextmanager
async def _clockwork(house: House) -> AsyncIterator[None]:
    """Delivery and the ticks, beside the web chat."""
    ticker = Ticker(house.store, house.library, house.worker, house.deliverer.wake)
    delivering = asyncio.create_task(house.deliverer.run())
    ticker.start()
    try:
        yield
    finally:
        ticker.stop()
        delivering.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await delivering


def _doorways(
    store: Store, clock: Clock, settings: WebSettings, address: str
) -> tuple[Doorway, ...]:
    """A link for each person of a demo, on loopback only: a real database prints none."""
    if settings.public_url is not None:
        return ()
    with store.begin() as tx:
        if not tx.about.is_demo():
            return ()
        doorways = []
        for person in tx.people.all():
            if not person.posts:
                # Whoever the invented answers are recorded under is nobody to talk as.
                continue
            code = new_code()
            tx.web.add_code(code, person_id=person.id, expires_at=clock.now() + DEMO_LINK_LIVES)
            doorways.append(Doorway(person=person, link=join_link(address, code)))
        return tuple(doorways)


def _stop_signal() -> asyncio.Event:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped
