"""People with addresses, and a mock service that records its use."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from domain.cards import saying
from domain.messages import Lane, Outgoing
from domain.people import Post, Role
from domain.units import Structure, UnitId
from handlers.ground.library import Library
from packs.units import load_units
from scheduling.channel import (
    ONE_BOT,
    UNLIMITED,
    Abilities,
    Delivered,
    Delivery,
    Rates,
    Recipient,
    Refused,
)
from scheduling.deliver import Deliverer
from storage import Store, ToQueue
from tests.simulated import AtOnce, clock_from, simulate

START = datetime(2027, 6, 8, 1, 0, tzinfo=UTC)
"""A Tuesday, 08:00 in Viet Nam."""

PROVINCE = UnitId(Structure.Y2021, "84")
COMMUNE = UnitId(Structure.Y2021, "29422")
PLAIN = Abilities(buttons=False, edits=False, files=False, text_limit=2_000)


@dataclass(frozen=True, kw_only=True)
class Taken:
    """A message that the service accepted at `at` (seconds of the event loop)."""

    at: float
    address: str
    text: str
    bot: str = ""


@dataclass
class Service:
    """Accepts messages after `latency` seconds and refuses a sender that is too fast.

    `answers` are given first, in order; None lets a message hang without end.
    """

    name: str = "telegram"
    abilities: Abilities = PLAIN
    bots: tuple[str, ...] = ONE_BOT
    rates: Rates = UNLIMITED
    latency: float = 0.1
    answers: dict[str, list[Delivery | None]] = field(default_factory=dict)
    took: list[Taken] = field(default_factory=list)
    tried: list[Taken] = field(default_factory=list)
    floods: int = 0
    strict: tuple[int, float] | None = None

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """As the answers say, else delivered."""
        now = asyncio.get_running_loop().time()
        message = Taken(at=now, address=to.address, text=outgoing.text, bot=to.bot)
        self.tried.append(message)
        if self.strict is not None and self._too_fast(message):
            self.floods += 1
            return Refused(permanent=False, ours=False, error="429", retry_after=3)
        waiting = self.answers.get(to.address, [])
        answer = waiting.pop(0) if waiting else Delivered()
        await asyncio.sleep(self.latency)
        if answer is None:
            await asyncio.Event().wait()
        if isinstance(answer, Delivered):
            self.took.append(message)
        return answer or Delivered()

    def _too_fast(self, message: Taken) -> bool:
        assert self.strict is not None
        a_second, each_chat = self.strict
        before = [
            one for one in self.tried[:-1] if one.at > message.at - 1 and one.bot == message.bot
        ]
        same = [
            one
            for one in before
            if one.address == message.address and one.at > message.at - each_chat
        ]
        return len(before) >= a_second or bool(same)

    def texts(self, address: str | None = None) -> list[str]:
        """The accepted messages, in order."""
        return [one.text for one in self.took if address in (None, one.address)]


def people(store: Store, count: int, *, channel: str = "telegram", bot: str = "") -> list[int]:
    """This many officers of one commune and their administrator; the officers' address ids.

    Officer `n` is "can-bo-n" and has the address of the same name.
    """
    book = load_units(Structure.Y2021)
    ids = []
    with store.begin() as tx:
        if tx.people.by_handle("quan-tri") is None:
            tx.units.add_many((book.get(PROVINCE), *book.districts("84"), *book.communes("84")))
            post = Post(role=Role.ADMINISTRATOR, unit=PROVINCE)
            boss = tx.people.add(handle="quan-tri", name="Quản trị", locale="vi", posts=(post,))
            tx.addresses.link("web", "", str(boss.id), boss.id, START)
        post = Post(role=Role.OFFICER, unit=COMMUNE)
        for number in range(count):
            handle = f"can-bo-{number}" if not bot else f"{bot}-{number}"
            person = tx.people.add(handle=handle, name=handle, locale="vi", posts=(post,))
            ids.append(tx.addresses.link(channel, bot, handle, person.id, START).id)
    return ids


def queue(
    store: Store,
    addresses: list[int],
    *texts: str,
    lane: Lane = Lane.NOTICE,
    menu: str | None = None,
) -> None:
    """Queue the texts for each of these addresses, one round of all after the other."""
    with store.begin() as tx:
        tx.outbox.queue_many(
            [
                ToQueue(address_id=one, lane=lane, outgoing=Outgoing(cards=saying(text), menu=menu))
                for text in texts
                for one in addresses
            ],
            START,
        )


@contextmanager
def delivering(store: Store, library: Library, *services: Service) -> Iterator[Deliverer]:
    """A deliverer in simulated time; use it inside `simulate`."""
    worker = AtOnce()
    try:
        yield Deliverer(
            store=store,
            channels={service.name: service for service in services},
            library=library,
            worker=worker,
            now=clock_from(START),
        )
    finally:
        worker.close()


async def until(done: Callable[[], bool], *, at_most_s: float) -> None:
    """Let time pass until the condition is true; fails after this many simulated seconds."""
    step = max(0.05, at_most_s / 10_000)
    end = asyncio.get_running_loop().time() + at_most_s
    while not done():
        assert asyncio.get_running_loop().time() < end, "it never came to that"
        await asyncio.sleep(step)


async def while_delivering(deliverer: Deliverer, scene: Coroutine[Any, Any, None]) -> None:
    """Run a scenario next to a running deliverer, which ends gracefully afterwards."""
    running = asyncio.create_task(deliverer.run())
    try:
        await scene
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


def play(store: Store, library: Library, *services: Service, scene: Any) -> None:
    """Run a scenario in simulated time; it gets the deliverer."""

    async def main() -> None:
        with delivering(store, library, *services) as deliverer:
            await while_delivering(deliverer, scene(deliverer))

    simulate(main)
