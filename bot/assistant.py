"""Starts all parts of one process, in the order of their dependencies.

The parts that receive messages end before the parts that send; the connections close last.
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
from bot.channels.web import Admission, StoreDatabase, WebServer, build_site
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
"""Threads for read-only queries, so that queries and writes do not wait for each other."""

MINUTE_S: Final = 60.0
"""How exactly a later process knows when this one last ran, and how soon other parts see a bot
whose name became known late.
"""

SOON_S: Final = 5.0
LOOKS_SOON: Final = 12
"""Interval in the first minute: bots report their names within seconds, and until then a person who
asks for another channel is told that there is none.
"""


@dataclass(frozen=True, kw_only=True)
class Running:
    """The running assistant. `address` is the web chat's address for a browser on this machine;
    `hooks_address` is the webhooks' address, None if nothing listens for them.
    """

    house: House
    ticker: Ticker
    address: str
    hooks_address: str | None


@contextlib.asynccontextmanager
async def assistant(
    store: Store, clock: Clock, config: Configured, *, warn: Callable[[str], None]
) -> AsyncIterator[Running]:
    """Runs everything that is configured until the block ends.

    Raises `WebSettingsError` or `HooksSettingsError` if another program listens on the port.
    """
    services = Services.of(config, clock.now)
    readers = Worker(READERS)
    metrics = Metrics(
        look=Looking(store=store, readers=readers), now=clock.now, limits=services.limits
    )
    channels: dict[str, Channel] = {one.name: one for one in services.channels()}
    library = Library(far_times=config.far_times)
    house = House.build(store, clock, channels, library, turned=metrics.turn, sent=metrics.sent)
    async with contextlib.AsyncExitStack() as stack:
        stack.callback(readers.close)
        stack.enter_context(house)
        parts = _Parts(config=config, house=house, readers=readers, services=services)
        ticker = Ticker(store, house.library, house.worker, house.deliverer.wake, clock.now)
        hooks = [*await stack.enter_async_context(parts.telegram())]
        front = await stack.enter_async_context(parts.zalo_connections())
        hooks += front.hooks if front is not None else ()
        delivering = await stack.enter_async_context(_delivery(house))
        # Started before the webhooks, which may do without their port: a second assistant on this
        # machine then fails with one clear error.
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
    """The parts of one process, each as a context manager."""

    config: Configured
    house: House
    readers: Worker
    services: Services

    @contextlib.asynccontextmanager
    async def telegram(self) -> AsyncIterator[tuple[Hook, ...]]:
        """Receives Telegram updates; gives the webhook, if there is one."""
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
        """The receiving side of Zalo, not started yet; its connections close with the block."""
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
        """Starts the web chat; gives its address."""
        house = self.house
        admission = Admission(
            database=self._database(), library=house.library, wake=house.deliverer.wake
        )
        site = build_site(
            self.config.web,
            house.clock,
            self._database(),
            house.turns,
            admission,
            self._attachments(),
        )
        server = WebServer(site)
        address = await server.start()
        try:
            yield address
        finally:
            await server.stop()

    @contextlib.asynccontextmanager
    async def every_minute(self, front: "Front | None") -> AsyncIterator[None]:
        """Records that this process runs, and the channels that people can join."""
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
                # The database may be unavailable for a while; the next minute is soon enough.
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
