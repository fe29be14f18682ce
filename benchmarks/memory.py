"""The memory of `antt serve`, with Telegram on and off.

A process in normal operation, on the demo database, with the tests' Bot API server as Telegram.
Officers type and tap as fast as one message a second in a chat allows.
"""

import asyncio
import os
import random
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from functools import partial
from typing import Final

from benchmarks.figures import reached
from benchmarks.ground import Databases, Say, Size, SqliteFiles
from benchmarks.holding import MOST, NOW, held, in_words
from benchmarks.starting import ANTT, DEMO_AT, ROOT
from bot.demo import build_demo
from domain.channels import TELEGRAM
from storage import Store
from tests.telegram_server import TOKEN, BotApiServer, Person

AIM_MB: Final = 260
WITHIN_S: Final = 60.0
"""Seconds for one answer, and for the start of the process: Telegram's library takes four seconds,
more on a busy machine.
"""

TYPED: Final = ("làm tiếp", "kết quả", "hạn nộp", "menu")
QUESTION: Final = "=q:"
"""The beginning of the data of a button that answers a question."""

SHOWS: Final = frozenset({"sendMessage", "editMessageText"})
FIRST_CHAT: Final = 6_000_001


def run(places: Sequence[Databases], size: Size, say: Say) -> None:
    """Print the memory of the process; SQLite only."""
    for place in places:
        if place.name == SqliteFiles.name:
            database = place.build(partial(build_demo, now=DEMO_AT))
            asyncio.run(_without(place.copy(database), say))
            asyncio.run(_with(place.copy(database), size.updates, say))


async def _without(database: str, say: Say) -> None:
    async with _serving(database, {}) as pid:
        say(f"memory, Telegram off, after the start: {in_words(held(pid, NOW))}")


async def _with(database: str, updates: int, say: Say) -> None:
    async with BotApiServer(clock=DEMO_AT.timestamp) as server:
        people = _linked(database, server)
        telegram = {"ANTT_TELEGRAM_TOKEN": TOKEN, "ANTT_TELEGRAM_API": server.url}
        async with _serving(database, telegram) as pid:
            # It polls for updates, and every person's command menu is set.
            await server.world.until(
                lambda: bool(server.polls.count and server.world.commands), within=WITHIN_S
            )
            say(f"memory, Telegram on, after the start: {in_words(held(pid, NOW))}")
            each = -(-updates // len(people))
            await asyncio.gather(*(_talks(server, one, each) for one in people))
            most = held(pid, MOST)
            say(
                f"memory, Telegram on, after {each * len(people)} updates of {len(people)} people:"
                f" {in_words(held(pid, NOW))}, at most {in_words(most)}"
            )
            say(f"memory: aim {AIM_MB} MB: {reached(most or 0.0, AIM_MB)}")


def _linked(database: str, server: BotApiServer) -> list[Person]:
    """Every demo person who has a post, with a telephone."""
    with Store(database) as store, store.begin() as tx:
        found = [one for one in tx.people.all() if one.posts]
        for number, person in enumerate(found, start=FIRST_CHAT):
            tx.addresses.link(TELEGRAM, "", str(number), person.id, DEMO_AT)
    return [server.person(number) for number, _ in enumerate(found, start=FIRST_CHAT)]


async def _talks(server: BotApiServer, person: Person, count: int) -> None:
    """Taps an answer if there is a question, and types a text if there is none."""
    chance = random.Random(person.number)

    for _ in range(count):
        answered = partial(_is_answered, server, person, _answers(server, person))
        rows = person.last.rows if person.sees else []
        answers = [
            one["callback_data"] for row in rows for one in row if QUESTION in one["callback_data"]
        ]
        if answers and chance.random() < 0.8:
            person.taps_data(chance.choice(answers), person.last)
        else:
            person.says(chance.choice(TYPED))
        await server.world.until(answered, within=WITHIN_S)


def _answers(server: BotApiServer, person: Person) -> int:
    chat = str(person.number)
    return sum(call.method in SHOWS and call.text("chat_id") == chat for call in server.calls)


def _is_answered(server: BotApiServer, person: Person, before: int) -> bool:
    return _answers(server, person) > before


@asynccontextmanager
async def _serving(database: str, settings: Mapping[str, str]) -> AsyncIterator[int]:
    """`antt serve` from its first output line to its end; gives its process id."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", ANTT, "serve", "--db", database, "--port", "0"),
        *("--at", DEMO_AT.isoformat()),
        cwd=ROOT,
        env={**os.environ, "ANTT_LOG": os.devnull, "ANTT_HOOKS_PORT": "0", **settings},
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    try:
        async with asyncio.timeout(WITHIN_S):
            line = await process.stdout.readline()
        assert line, "antt serve did not start"
        yield process.pid
    finally:
        if process.returncode is None:
            process.terminate()
        await process.communicate()
