"""A reminder to all people on Telegram, as fast as its rate limits permit, in simulated time.

The real channel sends over real sockets to the tests' Bot API server, which enforces the rate
limits strictly: 30 messages in any second, one a second in a chat. Both run in one event loop whose
clock jumps when no task is ready. Loopback delivers bytes at once, so the kernel holds no bytes
when the clock jumps.
"""

import asyncio
import random
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final, Self

from aiohttp import web

from benchmarks.crowd import build, crowd, handle_of
from benchmarks.figures import MICRO, percentile, reached
from benchmarks.ground import Databases, Say, Size
from benchmarks.waiting import Swallow
from domain.cards import saying
from domain.channels import TELEGRAM
from domain.messages import Lane, Outgoing
from handlers.ground.library import Library
from scheduling.channel import Channel, Rates
from scheduling.deliver import Deliverer
from scheduling.tick import tick
from storage import Store
from tests.scheduling.world import until
from tests.simulated import AtOnce, clock_from, simulate
from tests.telegram_server import TOKEN, BotApiServer, FloodLimits
from tests.telegram_server.reading import Call

A_SECOND: Final = 30
AIM_SHARE: Final = 97
"""Percent of the message rate that Telegram permits."""

THERE_S: Final = 0.05
BACK_S: Final = (0.05, 0.25)
"""Seconds for a request to reach Telegram, and until its answer arrives: 0.1 to 0.3 s together."""

JITTER_S: Final = 0.05
"""Extra delay of some requests, in the run that measures exactly this."""

REPLY_EVERY_S: Final = 1.03
"""Seconds between replies during the broadcast; never in step with it."""

LAST_REPLY: Final = 0.95
"""Share of the broadcast after which no reply is sent any more: all replies meet a full queue."""

LONGEST_S: Final = 7_200.0
"""Simulated seconds: a run that takes longer counts as endless."""

MS: Final = 1_000
CHANNEL: Final = TELEGRAM


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """A message that Telegram accepted, and when (simulated seconds)."""

    at: float
    chat: str
    text: str


class FarAway(BotApiServer):
    """The server, with a network delay."""

    def __init__(self, limits: FloodLimits, chance: random.Random, jitter: float) -> None:
        super().__init__(clock=limits.time, limits=limits)
        self.arrived: list[Arrival] = []
        self._chance = chance
        self._jitter = jitter

    async def _answer(self, call: Call) -> web.Response:
        await asyncio.sleep(THERE_S + self._chance.uniform(0, self._jitter))
        answer = await super()._answer(call)
        if answer.status == 200:
            at = asyncio.get_running_loop().time()
            chat, text = call.text("chat_id"), call.text("text")
            self.arrived.append(Arrival(at=at, chat=chat, text=text))
        await asyncio.sleep(self._chance.uniform(*BACK_S))
        return answer


@dataclass(frozen=True, kw_only=True)
class Seen:
    """One broadcast: the messages that arrived, the number of 429 answers, the waits of the replies
    in between (simulated seconds), and the processor seconds of it all.
    """

    arrived: Sequence[Arrival]
    refused: int
    waits: Sequence[float]
    cpu: float

    @property
    def seconds(self) -> float:
        """From the first message to the last."""
        return self.arrived[-1].at - self.arrived[0].at

    @property
    def share(self) -> float:
        """Percent of the permitted number of messages in that time."""
        return 100 * (len(self.arrived) - 1) / self.seconds / A_SECOND


def run(places: Sequence[Databases], size: Size, say: Say) -> None:
    """Print one broadcast on each kind of database, and one with varying delays."""
    library = Library()
    for place in places:
        template = place.build(partial(build, people=size.people, channel=CHANNEL))
        for jitter in (0.0, JITTER_S):
            database = place.copy(template)
            how = f"{place.name}, way uneven by {jitter * MS:.0f} ms" if jitter else place.name
            _say(how, broadcast(database, library, jitter=jitter), say, aim=not jitter)
            place.drop(database)
        database = place.copy(template)
        each = _without_http(database, library) * MICRO
        say(f"broadcast, {place.name}, CPU a message without HTTP and server: {each:.0f} us")
        place.drop(database)


def broadcast(database: str, library: Library, *, jitter: float = 0.0) -> Seen:
    """Queue a reminder for all people in a database of `crowd.build`, send them all, and send a
    reply at intervals.
    """
    # Imported here because it takes four seconds.
    from bot.channels.telegram import TelegramSettings
    from bot.channels.telegram.api import TelegramApi
    from bot.channels.telegram.channel import TelegramChannel

    start, chance = crowd(database).moments[0], random.Random(1)

    async def main() -> Seen:
        limits = FloodLimits(time=asyncio.get_running_loop().time, a_second=A_SECOND)
        async with FarAway(limits, chance, jitter) as server:
            api = TelegramApi(TelegramSettings(token=TOKEN, api=server.url))
            try:
                with _House(database, library, start, TelegramChannel(api)) as house:
                    begun = time.process_time()
                    waits = await _sent_to_all(house, server, chance)
                    cpu = time.process_time() - begun
            finally:
                await api.close()
            return Seen(arrived=server.arrived, refused=limits.refused, waits=waits, cpu=cpu)

    return simulate(main)


class _House:
    """Sends from a database in simulated time; every reminder is queued when it opens."""

    def __init__(self, database: str, library: Library, start: datetime, channel: Channel) -> None:
        self._worker = AtOnce()
        self.store = Store(database)
        self.people = tick(self.store, library, start).queued
        self.now = clock_from(start)
        self.deliverer = Deliverer(
            store=self.store,
            channels={CHANNEL: channel},
            library=library,
            worker=self._worker,
            now=self.now,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._worker.close()
        self.store.close()

    def queue(self, address: str, text: str) -> None:
        """Send a reply to a person."""
        with self.store.begin() as tx:
            found = tx.addresses.lock(CHANNEL, "", address)
            assert found is not None, f"nobody is called {address}"
            tx.outbox.queue(found.id, Lane.REPLY, Outgoing(cards=saying(text)), self.now())
        self.deliverer.wake()

    async def sends_until(self, done: Callable[[], bool]) -> None:
        """Deliver until the condition is true."""
        sending = asyncio.create_task(self.deliverer.run())
        await until(done, at_most_s=LONGEST_S)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending


async def _sent_to_all(house: _House, server: FarAway, chance: random.Random) -> list[float]:
    """Send everything; returns the waits of the replies in between."""
    for number in range(house.people):
        server.world.chat(handle_of(number))
    loop, asked = asyncio.get_running_loop(), dict[str, float]()

    async def answers() -> None:
        while len(server.arrived) < LAST_REPLY * house.people:
            await asyncio.sleep(REPLY_EVERY_S)
            text = f"Đã ghi câu {len(asked) + 1}."
            asked[text] = loop.time()
            house.queue(handle_of(chance.randrange(house.people)), text)

    answering = asyncio.create_task(answers())
    await house.sends_until(
        lambda: answering.done() and len(server.arrived) >= house.people + len(asked)
    )
    await answering
    _must_be_complete(server.arrived, house.people)
    return [one.at - asked[one.text] for one in server.arrived if one.text in asked]


def _must_be_complete(arrived: Sequence[Arrival], people: int) -> None:
    """All people got their reminder, and each message came once."""
    once = {(one.chat, one.text) for one in arrived}
    assert len(once) == len(arrived), f"{len(arrived) - len(once)} messages came twice"
    assert len({one.chat for one in arrived}) == people, "somebody was not reminded"


def _without_http(database: str, library: Library) -> float:
    """Processor seconds per message, if the channel does nothing."""
    start = crowd(database).moments[0]

    async def main() -> float:
        channel = Swallow(name=CHANNEL, rates=Rates(a_second=A_SECOND, each_chat_s=1.0))
        with _House(database, library, start, channel) as house:
            begun = time.process_time()
            await house.sends_until(lambda: not _waiting(house.store))
            return (time.process_time() - begun) / house.people

    return simulate(main)


def _waiting(store: Store) -> int:
    with store.read() as tx:
        return tx.outbox.waiting()


def _say(name: str, seen: Seen, say: Say, *, aim: bool) -> None:
    found = "" if not aim else f"; aim {AIM_SHARE} %: {reached(AIM_SHARE, seen.share)}"
    none = "" if not aim else f"; aim 0: {reached(seen.refused, 0)}"
    p50, p99 = (percentile(seen.waits, percent) * MS for percent in (50, 99))
    each = seen.cpu / len(seen.arrived) * MICRO
    say(
        f"broadcast, {name}: {len(seen.arrived)} messages in {seen.seconds:.1f} simulated s,"
        f" {seen.share:.1f} % of {A_SECOND} a second{found}"
    )
    say(f"broadcast, {name}: {seen.refused} times 429{none}")
    say(
        f"broadcast, {name}: a reply meanwhile is there after p50 {p50:.0f} ms,"
        f" p99 {p99:.0f} ms of {len(seen.waits)}, {THERE_S * MS:.0f} of them its way"
    )
    say(f"broadcast, {name}: {each:.0f} us CPU a message, the server's share included")
