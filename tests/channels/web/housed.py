"""The whole assistant behind the web page, for tests in a real browser."""

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.channels.web import (
    Admission,
    StoreDatabase,
    WebChannel,
    WebServer,
    WebSettings,
    build_site,
    join_link,
)
from bot.channels.web.signing import LINK_LIFETIME
from bot.clock import FixedClock
from bot.compose import House
from domain.people import Person
from handlers.ground.library import Library
from handlers.ground.new_codes import new_code
from scheduling.worker import Worker
from storage import Store
from tests.channels.web.scripted import ScriptedMaker

DAY = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
"""A working day of the year that the demo is about."""


@dataclass(frozen=True, kw_only=True)
class OpenHouse:
    """A running assistant: its address and a one-time link for its person."""

    store: Store
    person: Person
    origin: str
    link: str

    def stored(self) -> object:
        """All that the person has answered, finished or half."""
        with self.store.read() as tx:
            loaded = tx.assessments.load(self.person.posts[0].unit, self.person.id)
        assert loaded is not None
        return loaded.answers, loaded.skips, loaded.bookmark


@contextmanager
def open_house(store: Store, *, at: datetime, handle: str) -> Iterator[OpenHouse]:
    """The assistant over this database at a fixed time."""
    clock = FixedClock(at)
    loop = asyncio.new_event_loop()
    started: list[str] = []
    ready, stop = threading.Event(), asyncio.Event()

    async def serve() -> None:
        channel = WebChannel()
        readers = Worker(2)
        with House.build(store, clock, {channel.name: channel}, Library()) as house:
            database = StoreDatabase(store=store, readers=readers, writers=house.worker)
            admission = Admission(
                database=database, library=house.library, wake=house.deliverer.wake
            )
            settings = WebSettings(port=0)
            site = build_site(settings, clock, database, house.turns, admission, ScriptedMaker())
            server = WebServer(site)
            started.append(await server.start())
            delivering = asyncio.create_task(house.deliverer.run())
            ready.set()
            await stop.wait()
            delivering.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await delivering
            await server.stop()
        readers.close()

    with store.begin() as tx:
        person = tx.people.by_handle(handle)
        assert person is not None
        code = _door(tx, person, clock)
    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(20), "the assistant did not start"
    try:
        link = join_link(started[0], code)
        yield OpenHouse(store=store, person=person, origin=started[0], link=link)
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(20)
        loop.close()


def _door(tx: Any, person: Person, clock: FixedClock) -> str:
    """A code. A greeting would open a menu that the test does not expect."""
    tx.addresses.link("web", "", str(person.id), person.id, clock.now())
    code = new_code()
    tx.web.add_code(code, person_id=person.id, expires_at=clock.now() + LINK_LIFETIME)
    return code
