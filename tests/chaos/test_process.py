"""The program itself, killed again and again while both services fail and people continue.

Only the services are mocks. The two minutes of a dead process's lease are not always waited for:
the times stored in the outbox are moved back by this duration instead.
"""

import asyncio
import contextlib
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from random import Random
from typing import Final

import httpx
import pytest

from tests.chaos.chance import LONG, seeds, told
from tests.chaos.checks import checked
from tests.chaos.city import City, city
from tests.chaos.marks import moments_pass, unsent
from tests.chaos.program import Program
from tests.chaos.servers import SENDS
from tests.chaos.settling import writes

STORIES: Final = 4 if LONG else 1
KILLS: Final = 25 if LONG else 2
EACH: Final = 6 if LONG else 5
"""People on each bot."""

SPAN_S: Final = (0.5, 20.0) if LONG else (3.0, 6.0)
"""The lifetime of a process."""

LEASE: Final = timedelta(minutes=2)
DAYS: Final = timedelta(days=5)
"""Until the next working day has come, also after a weekend or a holiday."""

SOON: Final = timedelta(seconds=20)
"""Shorter retry delays are really waited for."""

START_S: Final = 60.0
"""For a process that imports everything on a busy machine."""
DRAIN_S: Final = 240.0


async def _lives(town: City, program: Program) -> None:
    """Kill it, at a random point or at the worst one, and start it again."""
    worst = ("getUpdates", "sendMessage", *SENDS, "nothing")
    for number in range(KILLS):
        if LONG and number % 6 == 0:
            program.starts_anew()
        else:
            program.starts()
        await _is_there(town, program)
        await asyncio.sleep(town.dice.uniform(*SPAN_S))
        town.trouble.fatal = (town.dice.choice(worst), program.is_killed)
        await _within(3.0, lambda: not program.is_running)
        town.trouble.fatal = None
        program.is_killed()
        town.kills += 1
        if LONG and town.dice.random() < 0.2:
            # Another process takes over after the lease expired, and not before.
            continue
        await asyncio.sleep(town.dice.uniform(0, 1.5))
        moments_pass(town.url, LEASE)


async def _is_there(town: City, program: Program) -> None:
    """Until both services get a call from it, or a little longer if it dies during its start."""
    if LONG and town.dice.random() < 0.1:
        await asyncio.sleep(town.dice.uniform(0.2, 4.0))
        return
    calls = len(town.telegram.calls), sum(bot.calls.total() for bot in town.bots.values())
    await _within(
        START_S,
        lambda: (
            len(town.telegram.calls) > calls[0]
            and sum(bot.calls.total() for bot in town.bots.values()) > calls[1]
        ),
    )
    assert program.is_running, program.errors.read_text(encoding="utf-8")


async def _within(seconds: float, done: Callable[[], bool]) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while not done():  # noqa: ASYNC110  what is waited for is in another process
                await asyncio.sleep(0.02)
            return True
    return False


async def _gets_well(town: City, program: Program) -> dict[str, int]:
    """No more failures: everything that can still be sent is sent, first today and then days later.
    Returns how many messages each Zalo bot had sent by the end of the first day.
    """
    town.trouble.wild = False
    today: dict[str, int] = {}
    for span in (LEASE, DAYS):
        moments_pass(town.url, span)
        program.starts_anew() if LONG else program.starts()
        await _is_there(town, program)
        # Twice: a last turn may have begun just now.
        for _ in range(2):
            assert await _within(DRAIN_S, lambda: _nothing_waits(town))
            await asyncio.sleep(1.2)
        await program.ends()
        today = today or {name: len(bot.sent) for name, bot in town.bots.items()}
    return today


def _nothing_waits(town: City) -> bool:
    polled = [bot for bot in town.bots.values() if bot.webhook is None]
    coming = town.telegram.world.waiting() or any(bot.waiting for bot in polled)
    return not coming and not unsent(town.url, town.clock.now(), SOON)


MODES: Final = ("polling", "webhook")


@pytest.mark.slow
@pytest.mark.long
@pytest.mark.fuzz
async def test_a_killed_program_on_bad_days(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for seed in seeds(STORIES):
        dice = Random(seed)
        # Polling Telegram and Zalo's webhook lose nothing; a poll of Zalo may lose its last
        # updates.
        modes = {"telegram": "polling", "zalo": "webhook"}
        if LONG:
            modes = {name: dice.choice(MODES) for name in modes}
        folder = tmp_path / str(seed)
        folder.mkdir()
        try:
            figures = await _story(folder, seed, modes)
        except AssertionError as error:
            error.add_note(f"seed {seed}, {modes}")
            raise
        told(capsys, f"chaos, the program itself, seed {seed}, {modes}: {dict(figures)}")


async def _story(folder: Path, seed: int, modes: dict[str, str]) -> Counter[str]:
    async with city(folder, seed, modes, each=EACH) as (town, program):
        town.trouble.wild = True
        busy = [asyncio.create_task(one.works()) for one in town.officers]
        writing = writes(town.database, town.places, Random(seed), town.clock)
        busy.append(asyncio.create_task(writing))
        busy.append(asyncio.create_task(_replays(town)))
        await _lives(town, program)
        for task in busy:
            task.cancel()
        for outcome in await asyncio.gather(*busy, return_exceptions=True):
            assert outcome is None or isinstance(outcome, asyncio.CancelledError), outcome
        today = await _gets_well(town, program)
        return checked(town, program, today)


async def _replays(town: City) -> None:
    """Zalo delivers updates again, as was observed."""
    while True:
        await asyncio.sleep(town.dice.uniform(0.5, 3))
        bot = town.bots[town.dice.choice(tuple(town.bots))]
        if bot.webhook is None:
            bot.replays(back=town.dice.randint(1, 3))
        elif bot.brought:
            with contextlib.suppress(httpx.HTTPError):
                await town.zalo.hand(bot, town.dice.choice(bot.brought[-5:]))
