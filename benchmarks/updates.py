"""The cost of one Telegram update: fetched, handled, committed, answered, acknowledged.

In the same run, dialogue by dialogue: bare handlers on aiogram and on python-telegram-bot. They
write the same rows in as many transactions, and in a second comparison store nothing. Each bot has
its own process, database and Bot API server; the servers and the person who taps run in this
process, whose processor time is not counted. The first dialogue of each bot is not counted either.
"""

import asyncio
import multiprocessing
from collections import Counter
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from statistics import median
from typing import Any, Final

from benchmarks.bots import BOTS, OURS, Spent, live
from benchmarks.conversation import BEGUN_AT
from benchmarks.dialogue import CHAT, Exchange, Numbers, build, record, taps_of
from benchmarks.figures import MICRO, ratio, reached
from benchmarks.ground import Databases, Say, Size
from benchmarks.playing import Leg
from benchmarks.rows import must_be_alike, restored
from handlers.ground.library import Library
from storage import Store
from tests.telegram_server import BotApiServer, Person
from tests.telegram_server.world import Shown as Stands

AIMS: Final = {"aiogram": 1.5, "PTB": 1.3}
"""Our bot next to each bare bot, both with the same rows."""

WITHIN_S: Final = 60.0
"""Seconds for one answer, and for the start of a process: aiogram takes four seconds, more on a
busy machine.
"""

LOOK_S: Final = 0.002
END: Final = None
ANSWERS: Final = frozenset({"sendMessage", "editMessageText", "answerCallbackQuery"})


@dataclass(kw_only=True)
class Side:
    """One bot, and the person who writes to it."""

    name: str
    database: str
    server: BotApiServer
    person: Person
    store: Store
    connection: Connection

    async def converse(self, leg: Leg) -> Spent:
        """Hold a dialogue; returns the cost of the bot's process."""
        self.connection.send(leg)
        await self.told()
        for exchange in leg.dialogue:
            await self._exchange(exchange)
            if leg.stores or self.name == OURS:
                await self._marked()
        self.connection.send(END)
        spent = await self.told()
        assert isinstance(spent, Spent)
        return spent

    def stands(self) -> list[tuple[str, list[list[dict[str, Any]]], bool]]:
        """Our messages in the chat."""
        messages = self.person.chat.messages.values()
        return [(one.text, one.rows, bool(one.edited)) for one in messages if one.ours]

    def requests(self) -> Mapping[str, int]:
        """How often each method was called, except getUpdates: one answer may hold several."""
        return Counter(one.method for one in self.server.calls if one.method in ANSWERS)

    async def _exchange(self, exchange: Exchange) -> None:
        world, shown = self.server.world, exchange.shown
        acknowledged = len(world.acknowledged)
        if exchange.data is None:
            number = self.person.says(exchange.text or "")
        else:
            acknowledged += 1
            number = self.person.taps_data(exchange.data, self._message(exchange.tapped))
        assert number == int(exchange.incoming.delivery_id), "updates are numbered otherwise"

        def is_answered() -> bool:
            message = self._message(shown.number)
            same = message is not None and message.text == shown.text
            return same and len(world.acknowledged) == acknowledged

        await world.until(is_answered, within=WITHIN_S)

    def _message(self, number: int) -> Stands | None:
        return self.person.chat.messages.get(number)

    async def _marked(self) -> None:
        """Wait until the last transaction is committed."""
        async with asyncio.timeout(WITHIN_S):
            while self._waiting():  # noqa: ASYNC110  another process commits it
                await asyncio.sleep(LOOK_S)

    def _waiting(self) -> int:
        with self.store.read() as tx:
            return tx.outbox.waiting()

    async def told(self) -> object:
        """The next message from its process."""
        async with asyncio.timeout(WITHIN_S):
            return await asyncio.to_thread(self.connection.recv)


Costs = Mapping[str, float]
"""Processor seconds of each bot for one dialogue."""


@dataclass(kw_only=True)
class Seen:
    """The costs of all rounds, with the same rows and with bare bots that store nothing."""

    stored: list[Costs] = field(default_factory=list)
    unstored: list[Costs] = field(default_factory=list)


def run(places: Sequence[Databases], size: Size, say: Say) -> None:
    """Print the cost on each kind of database."""
    library = Library()
    for place in places:
        asyncio.run(_measure(place, size, library, say))


async def _measure(place: Databases, size: Size, library: Library, say: Say) -> None:
    template, numbers, seen = place.build(build), Numbers(), Seen()
    async with AsyncExitStack() as stack:
        sides = [
            await stack.enter_async_context(_side(name, place.copy(template))) for name in BOTS
        ]
        for side in sides:
            await side.told()
        for number in range(size.rounds + 1):
            for stores in (True, False):
                # In a thread, because the servers must answer meanwhile.
                dialogue = await asyncio.to_thread(
                    record, place, template, size.turns, library, numbers
                )
                numbers = numbers.after(dialogue)
                leg = Leg(dialogue=dialogue, stores=stores, counts=not number)
                # The order changes, so that no bot is always the first.
                turned = [*sides[number % len(sides) :], *sides[: number % len(sides)]]
                spent = {side.name: await side.converse(leg) for side in turned}
                _must_have_done_the_same(sides, stores=stores)
                for side in sides:
                    restored(side.database, template)
                if not number:
                    _say_work(place.name, leg, sides, spent, say)
                    continue
                costs = {name: one.cpu / len(dialogue) for name, one in spent.items()}
                (seen.stored if stores else seen.unstored).append(costs)
    for side in sides:
        place.drop(side.database)
    _say(place.name, seen, say)


@asynccontextmanager
async def _side(name: str, database: str) -> AsyncIterator[Side]:
    """A bot's process, from start to end."""
    processes = multiprocessing.get_context("spawn")
    near, far = processes.Pipe()
    async with BotApiServer(clock=BEGUN_AT.timestamp) as server:
        process = processes.Process(
            target=live, args=(name, server.url, database, far), daemon=True
        )
        process.start()
        far.close()
        store = Store(database)
        try:
            yield Side(
                name=name,
                database=database,
                server=server,
                person=server.person(CHAT),
                store=store,
                connection=near,
            )
            near.send(END)
            await asyncio.to_thread(process.join, WITHIN_S)
            assert process.exitcode == 0, f"the bot {name} did not end well"
        finally:
            process.terminate()
            process.join()
            process.close()
            near.close()
            store.close()


def _must_have_done_the_same(sides: Sequence[Side], *, stores: bool) -> None:
    first = sides[0]
    for side in sides[1:]:
        assert side.stands() == first.stands(), f"{side.name} said something else"
        assert side.requests() == first.requests(), f"{side.name} asked the server otherwise"
        if stores:
            must_be_alike(first.database, side.database)


def _say_work(
    place: str, leg: Leg, sides: Sequence[Side], spent: Mapping[str, Spent], say: Say
) -> None:
    if not leg.stores:
        return
    count, rows = len(leg.dialogue), sum(one.rows for one in leg.dialogue)
    say(
        f"update, {place}: {count} updates a dialogue, {taps_of(leg.dialogue)} of them taps,"
        f" {rows / count:.1f} rows an update"
    )
    for side in sides:
        counted = spent[side.name].counted
        assert counted is not None
        answers = sum(side.requests().values())
        say(
            f"update, {place}, {side.name}: {answers / count:.1f} requests,"
            f" {counted.commits / count:.1f} transactions,"
            f" {counted.statements / count:.1f} statements"
        )


def _say(place: str, seen: Seen, say: Say) -> None:
    for how, rounds in (("same rows", seen.stored), ("nothing stored", seen.unstored)):
        for name in BOTS:
            cost = median(costs[name] for costs in rounds) * MICRO
            kind = f" beside {how}" if name == OURS else f", {how}"
            say(f"update, {place}, {name}{kind}: {cost:.0f} us CPU")
        for name, aim in AIMS.items():
            found = ratio((costs[OURS], costs[name]) for costs in rounds)
            line = f"update, {place}, ours/{name}, {how}: {found}, {len(rounds)} rounds"
            aimed = how == "same rows"
            say(f"{line}; aim {aim}: {reached(found.middle, aim)}" if aimed else line)
