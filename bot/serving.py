"""The assistant as a running process, until it is stopped."""

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.assistant import assistant
from bot.channels.web import WebSettings, join_link
from bot.clock import Clock
from bot.compose import settle
from bot.configured import Configured
from domain.people import Person
from handlers.ground.new_codes import new_code
from storage import Store

DEMO_LINK_LIVES: Final = timedelta(hours=12)
"""A working day: every start prints new links of a demo."""


@dataclass(frozen=True, kw_only=True)
class Doorway:
    """A one-time link for one person, printed at the start of a demo."""

    person: Person
    link: str


async def serve(
    store: Store,
    clock: Clock,
    config: Configured,
    *,
    announce: Callable[[str, Sequence[Doorway]], None],
    warn: Callable[[str], None],
) -> None:
    """Run until SIGINT or SIGTERM. `announce` gets the address, and the links of a demo; `warn`
    gets problems that do not stop the process.

    Raises `WebSettingsError` or `HooksSettingsError` if another program listens on the port.
    """
    stopped = _stop_signal()
    async with assistant(store, clock, config, warn=warn) as running:
        announce(running.address, _doorways(store, clock, config.web, running.address))
        settle()
        await stopped.wait()


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
                # The author of the invented answers is not a person for the conversation.
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
