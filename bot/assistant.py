"""All of one process, started in the order in which its parts need one another.

What takes messages in ends before what sends, and what sends before the connections close.
"""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from itertools import chain, repeat
from typing import TYPE_CHECKING, Final, TypeVar

from bot.attachments import Attachments
from bot.channels.web import Desk, StoreDatabase, WebServer, build_site
from bot.clock import Clock
from bot.compose import House
from bot.configured import Configured
from bot.health import Health, Looking
from bot.hooks import Hook, listening
from bot.metrics import Metrics
from bot.reception import Reception
from bot.services import Services
from handlers.ground.alive import alive_at, note_alive
from handlers.ground.doors import Door, set_doors
from handlers.ground.library import Library
from scheduling.channel import Channel
from scheduling.ticker import Ticker
from scheduling.worker import Worker
from storage import Store, Tx

if TYPE_CHECKING:
    from bot.channels.zalo import Front

_log = logging.getLogger("antt.assistant")

T = TypeVar("T")

READERS: Final = 2
"""Threads for questions: they neither wait for writers nor make them wait."""

MINUTE_S: Final = 60.0
"""How exactly a later process knows since when nobody was here, and how soon a bot that
introduced itself late is found by others."""

SOON_S: Final = 5.0
LOOKS_SOON: Final = 12
"""In our first minute we look as often as this: bots introduce themselves within seconds, and
until then who asks for another channel would hear that there is none."""


@dataclass(frozen=True, kw_only=True)
class Running:
    """The assistant at work. `address` is where a browser on this machine finds the web chat;
    `hooks_address` where webhooks are taken, None where nothing listens for them."""

    house: House
    ticker: Ticker
    address: str
    hooks_address: str | None


@contextlib.asynccontextmanager
async def assistant(
    store: Store, clock: Clock, config: Configured, *, warn: Callable[[str], None]
) -> AsyncIterator[Running]:
    """Everything that is configured, as long as the block runs.

    Raises `WebSettingsError` or `HooksSettingsError` when something else listens there.
    """
    services = Services.of(config, clock.now)
    readers = Worker(READERS)
    metrics = Metrics(
        look=Looking(store=store, readers=readers), now=clock.now, limits=services.limits
    )
    channels: dict[str, Channel] = {one.name: one for one in services.channels()}
    house = House.build(store, clock, channels, Library(), turned=metrics.turn, sent=metrics.sent)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(readers.close)
        stack.enter_context(house)
        parts = _Parts(config=config, house=house, readers=readers, services=services)
        ticker = Ticker(store, house.library, house.worker, house.deliverer.wake, clock.now)
        hooks = [*await stack.enter_async_context(parts.telegram())]
        front = await stack.enter_async_context(parts.zalo_connections())
        hooks += front.hooks if front is not None else ()
        delivering = await stack.enter_async_context(_delivery(house))
        # Before the webhooks, which may do without their port: a second assistant on this machine
        # is told that it cannot run, and nothing else.
        address = await stack.enter_async_context(parts.web())
        health = Health(
            look=metrics.look,
            now=clock.now,
            ticked_at=lambda: ticker.ticked_at,
            delivering=lambda: not delivering.done(),
        )
        hooks_address = await stack.enter_async_context(
            listening(config.hooks, hooks, health, metrics, warn=warn)
        )
        if front is not None:
            await stack.enter_async_context(front.running())
        await stack.enter_async_context(parts.every_minute(front))
        ticker.start()
        stack.callback(ticker.stop)
        yield Running(house=house, ticker=ticker, address=address, hooks_address=hooks_address)


@dataclass(frozen=True, kw_only=True)
class _Parts:
    """The parts of one process, each as a block that ends it."""

    config: Configured
    house: House
    readers: Worker
    services: Services

    @contextlib.asynccontextmanager
    async def telegram(self) -> AsyncIterator[tuple[Hook, ...]]:
        """Telegram takes updates; gives its webhook, if it has one."""
        telegram, house = self.services.telegram, self.house
        if telegram is None:
            yield ()
            return
        async with telegram.running(
            Reception(turns=house.turns, deliverer=house.deliverer),
            store=house.store,
            worker=house.worker,
            library=house.library,
            clock=house.clock,
            maker=self._attachments(),
            away_since=await self._in_store(alive_at),
        ) as hooks:
            yield hooks

    @contextlib.asynccontextmanager
    async def zalo_connections(self) -> AsyncIterator["Front | None"]:
        """Zalo's side towards people, not yet open; its connections end with the block."""
        if self.services.zalo is None:
            yield None
            return
        front = self.services.zalo.front(self.house)
        try:
            yield front
        finally:
            await front.close()

    @contextlib.asynccontextmanager
    async def web(self) -> AsyncIterator[str]:
        """The web chat listens; gives its address."""
        house = self.house
        desk = Desk(database=self._database(), library=house.library, wake=house.deliverer.wake)
        site = build_site(
            self.config.web, house.clock, self._database(), house.turns, desk, self._attachments()
        )
        server = WebServer(site)
        address = await server.start()
        try:
            yield address
        finally:
            await server.stop()

    @contextlib.asynccontextmanager
    async def every_minute(self, front: "Front | None") -> AsyncIterator[None]:
        """Note that we are here, and by which doors people come in."""
        task = asyncio.create_task(self._minutely(front))
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _minutely(self, front: "Front | None") -> None:
        for rests_s in chain(repeat(SOON_S, LOOKS_SOON), repeat(MINUTE_S)):
            doors = tuple(self.services.doors(self._origin, front))
            try:
                await self._in_store(partial(_note, now=self.house.clock.now(), doors=doors))
            except Exception:
                # The database may be away for a while; the next minute is soon enough.
                _log.exception("this minute could not be noted")
            await asyncio.sleep(rests_s)

    async def _in_store(self, function: Callable[[Tx], T]) -> T:
        def run() -> T:
            with self.house.store.begin() as tx:
                return function(tx)

        return await self.house.worker.run(run)

    def _database(self) -> StoreDatabase:
        return StoreDatabase(
            store=self.house.store, readers=self.readers, writers=self.house.worker
        )

    def _attachments(self) -> Attachments:
        return Attachments(
            database=self._database(),
            library=self.house.library,
            clock=self.house.clock,
            origin=self._origin,
        )

    @property
    def _origin(self) -> str:
        web = self.config.web
        return web.public_url or f"http://{web.host}:{web.port}"


def _note(tx: Tx, *, now: datetime, doors: tuple[Door, ...]) -> None:
    note_alive(tx, now)
    set_doors(tx, doors)


@contextlib.asynccontextmanager
async def _delivery(house: House) -> AsyncIterator[asyncio.Task[None]]:
    delivering = asyncio.create_task(house.deliverer.run())
    try:
        yield delivering
    finally:
        delivering.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await delivering
