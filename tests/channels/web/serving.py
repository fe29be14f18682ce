"""A running web chat for tests: its own database, people, and a loop if needed.

As a program (`python -m tests.channels.web.serving DATABASE PORT`) it serves an existing database,
for the tests that kill the process.
"""

import asyncio
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.channels.web import (
    StoreDatabase,
    WebServer,
    WebSettings,
    build_site,
    join_link,
)
from bot.channels.web.site import Site
from bot.clock import Clock, FixedClock
from domain.messages import Outgoing
from domain.people import Person, Post, Role
from domain.units import Structure, Unit, UnitId, UnitKind
from handlers.ground.library import Library
from handlers.ground.new_codes import new_code
from scheduling.worker import Worker
from storage import Store
from tests.channels.web.scripted import ScriptedAdmission, ScriptedMaker, ScriptedTurns, notify

NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
"""The moment of every test of the web chat. The page sets its clock by the server's."""

PROVINCE = UnitId(Structure.Y2021, "84")
DISTRICT = UnitId(Structure.Y2021, "848")
COMMUNE = UnitId(Structure.Y2021, "29422")
UNITS = (
    Unit(id=PROVINCE, kind=UnitKind.PROVINCE, name="Trà Vinh", parent=None, province="84"),
    Unit(id=DISTRICT, kind=UnitKind.RURAL_DISTRICT, name="Cầu Ngang", parent="84", province="84"),
    Unit(id=COMMUNE, kind=UnitKind.COMMUNE, name="Mỹ Long Bắc", parent="848", province="84"),
)


@dataclass(kw_only=True)
class WebChat:
    """One web chat over one store, not yet listening."""

    store: Store
    clock: Clock
    site: Site
    turns: ScriptedTurns
    admission: ScriptedAdmission
    officer: Person
    other: Person
    server: WebServer | None = None

    def code(self, person: Person) -> str:
        """A new one-time code for a person of this chat."""
        code, expires = new_code(), self.clock.now() + timedelta(hours=1)
        with self.store.begin() as tx:
            tx.web.add_code(code, person_id=person.id, expires_at=expires)
        return code

    def link(self, origin: str, person: Person) -> str:
        """A new one-time link."""
        return join_link(origin, self.code(person))

    def notify(self, outgoing: Outgoing, person: Person | None = None) -> None:
        """Show a notice to a person, by default the officer."""
        notify(self.store, (person or self.officer).id, outgoing, self.clock.now())


@contextmanager
def web_chat(
    store: Store, clock: Clock, settings: WebSettings, *, beat_seconds: float = 15
) -> Iterator[WebChat]:
    """The parts of a web chat over an open store; people are added if it has none."""
    people = _people(store, clock.now())
    readers, writers = Worker(2), Worker(1)
    turns = ScriptedTurns(store=store, worker=writers, clock=clock)
    database = StoreDatabase(store=store, readers=readers, writers=writers)
    admission = ScriptedAdmission(database=database, library=Library(), wake=lambda: None)
    site = build_site(settings, clock, database, turns, admission, ScriptedMaker())
    site = replace(site, beat_seconds=beat_seconds)
    turns.wake = site.hub.look
    try:
        yield WebChat(
            store=store,
            clock=clock,
            site=site,
            turns=turns,
            admission=admission,
            officer=people[0],
            other=people[1],
        )
    finally:
        readers.close()
        writers.close()


def _people(store: Store, now: datetime) -> tuple[Person, Person]:
    with store.begin() as tx:
        officer, other = tx.people.by_handle("can-bo"), tx.people.by_handle("giam-sat")
        if officer is None or other is None:
            tx.units.add_many(UNITS)
            officer = tx.people.add(
                handle="can-bo",
                name="Cán bộ dùng thử",
                locale="vi",
                posts=(Post(role=Role.OFFICER, unit=COMMUNE),),
            )
            other = tx.people.add(
                handle="giam-sat",
                name="Theo dõi dùng thử",
                locale="vi",
                posts=(Post(role=Role.SUPERVISOR, unit=PROVINCE),),
            )
            # They count as known: otherwise each test's messages would begin with a greeting.
            for person in (officer, other):
                tx.addresses.link("web", "", str(person.id), person.id, now)
        return officer, other


@contextmanager
def served(chat: WebChat) -> Iterator[str]:
    """The chat, listening in a separate thread with its own loop; gives its origin."""
    started: list[str] = []
    ready, loop = threading.Event(), asyncio.new_event_loop()
    stop = asyncio.Event()

    async def serve() -> None:
        chat.server = server = WebServer(chat.site)
        started.append(await server.start())
        ready.set()
        await stop.wait()
        await server.stop()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10), "the web chat did not start"
    try:
        yield started[0]
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()


async def _serve_for_ever(database: str, port: int) -> None:
    with (
        Store(database) as store,
        web_chat(store, FixedClock(NOW), WebSettings(port=port)) as chat,
    ):
        server = WebServer(chat.site)
        sys.stdout.write(await server.start() + "\n")
        sys.stdout.flush()
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(_serve_for_ever(sys.argv[1], int(sys.argv[2])))
