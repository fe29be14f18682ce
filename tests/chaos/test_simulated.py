"""Thousands of messages with random results, sent by processes that are killed, in simulated time.

Simulated time is free, so every retry and every lease runs to its end; the sends of a killed
process continue at the mock service, as with a real one.
"""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

import pytest

from domain.cards import saying
from domain.deadlines import VIETNAM
from domain.messages import Choice, Lane, Outgoing
from handlers.ground.library import Library
from scheduling.channel import Abilities, Rates
from scheduling.retry import NOTICE_TRIED_FOR, REPLY_TRIED_FOR
from storage import SendState, Store, ToQueue
from tests.chaos.chance import LONG, THOROUGH, seeds, told
from tests.chaos.far import FarSide, Sender, Taken
from tests.chaos.marks import Row, by_state, rows
from tests.scheduling.world import START, people
from tests.simulated import clock_from, simulate

STORIES = 12 if LONG else 2 if THOROUGH else 1
KILLS = 20 if LONG else 5
LONGEST_PAUSES = {"reply": timedelta(minutes=3), "notice": timedelta(hours=1)}

TELEGRAM = Rates(each_chat_s=1.0, a_second=29.4)
ZALO = Rates(each_chat_s=1.0, a_second=2.0, a_month=1_000_000)
MANY_COPIES = Abilities(buttons=True, edits=False, files=False, text_limit=2_000)
ONE_COPY = Abilities(buttons=False, edits=False, files=False, text_limit=2_000, repeatable=False)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with Store(database_url) as opened:
        yield opened


@dataclass(kw_only=True)
class Story:
    """One run: the services, the recipients, and the messages."""

    seed: int
    start: datetime
    store: Store
    library: Library
    addresses: list[int]
    dice: Random = field(init=False)
    telegram: FarSide = field(init=False)
    zalo: FarSide = field(init=False)
    kills: int = 0
    _now: Callable[[], datetime] = field(init=False)

    def __post_init__(self) -> None:
        self.dice = Random(self.seed)
        self.telegram = self._service("telegram", MANY_COPIES, TELEGRAM, ("",))
        self.zalo = self._service("zalo", ONE_COPY, ZALO, ("mot", "hai"))

    def _service(
        self, name: str, abilities: Abilities, rates: Rates, bots: tuple[str, ...]
    ) -> FarSide:
        dice = Random(self.dice.random())
        return FarSide(name=name, dice=dice, abilities=abilities, rates=rates, bots=bots)

    @property
    def services(self) -> tuple[FarSide, ...]:
        return self.telegram, self.zalo

    async def plays(self) -> None:
        """The whole run: several days; the services work at the end."""
        self._now = clock_from(self.start)
        writing = asyncio.create_task(self._writes())
        for _ in range(KILLS):
            await self._one_life()
        writing.cancel()
        with suppress(asyncio.CancelledError):
            await writing
        for service in self.services:
            service.wild = False
        await self._drains()

    async def _writes(self) -> None:
        """Like turns and ticks, in a process that is not killed."""
        while True:
            await asyncio.sleep(self.dice.expovariate(1 / 8))
            some = self.dice.sample(self.addresses, self.dice.randint(1, 6))
            with self.store.begin() as tx:
                tx.outbox.queue_many([self._message(one, self._now()) for one in some], self._now())

    def _message(self, address_id: int, now: datetime) -> ToQueue:
        lane = self.dice.choice((Lane.REPLY, Lane.NOTICE))
        number = self.dice.randint(1, 10**9)
        asks = lane is Lane.REPLY and self.dice.random() < 0.5
        replaced = lane is Lane.NOTICE and self.dice.random() < 0.1
        return ToQueue(
            address_id=address_id,
            lane=lane,
            outgoing=Outgoing(
                cards=saying(f"Tin số {number}"),
                menu=f"q:{number}" if asks else None,
                choices=(Choice(key="1", label="Có"),) if asks else (),
            ),
            expires_at=now + timedelta(minutes=self.dice.randint(1, 60)) if replaced else None,
        )

    async def _one_life(self) -> None:
        """A process from its start to its end; sometimes it gets SIGTERM."""
        sender = Sender(self.store, self.library, self.services, self._now)
        until = asyncio.get_running_loop().time() + self.dice.expovariate(1 / 40)
        while asyncio.get_running_loop().time() < until:
            await asyncio.sleep(self.dice.uniform(0.001, 2))
            sender.deliverer.wake()
        if self.dice.random() < 0.15:
            await sender.ends()
        else:
            await sender.is_killed()
            self.kills += 1
        await asyncio.sleep(self.dice.choice((1, 5, 30, 130, 600)))

    async def _drains(self) -> None:
        """Hours without a process, between minutes with one, until nothing waits."""
        for hours in (0, 0.1, 0.3, 1, 20) * 4:
            await asyncio.sleep(hours * 3_600)
            sender = Sender(self.store, self.library, self.services, self._now)
            await asyncio.sleep(130)
            await sender.ends()
            with self.store.begin() as tx:
                tx.outbox.expire(self._now())
                if not tx.outbox.waiting():
                    return


@pytest.mark.fuzz
def test_no_message_is_lost_doubled_or_overtaken(
    store: Store, library: Library, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = people(store, 12)
    addresses += people(store, 4, channel="zalo", bot="mot")
    addresses += people(store, 4, channel="zalo", bot="hai")
    figures: Counter[str] = Counter()
    for number, seed in enumerate(seeds(STORIES)):
        before = max((row.id for row in rows(store.url)), default=0)
        start = START + number * timedelta(weeks=2)
        story = Story(seed=seed, start=start, store=store, library=library, addresses=addresses)
        simulate(story.plays)
        try:
            figures += _checked(story, [row for row in rows(store.url) if row.id > before])
        except AssertionError as error:
            error.add_note(f"seed {seed}")
            raise
    told(capsys, f"chaos in simulated time, {store.url.partition(':')[0]}: {dict(figures)}")


def _checked(story: Story, found: list[Row]) -> Counter[str]:
    """What must be true of every message, and the statistics."""
    copies: dict[int, list[Taken]] = {row.id: [] for row in found}
    for service in story.services:
        assert service.floods == 0
        for taken in service.took:
            copies[taken.outbox_id].append(taken)
    doubled: Counter[str] = Counter()
    for row in found:
        _no_more_and_no_fewer(row, len(copies[row.id]))
        _ended_well(row)
        if row.channel == "zalo":
            _hardly_ever_twice(row, [one.at for one in copies[row.id]], story.start)
        if len(copies[row.id]) > 1:
            doubled[f"{row.channel} {row.lane} doubled"] += len(copies[row.id]) - 1
    _in_order(found, copies)
    _nobody_was_retired(story)
    return doubled + Counter(
        messages=len(found),
        attempts=sum(len(row.outcomes) for row in found),
        unknown=sum(row.unknowns for row in found),
        faults=sum(service.faults for service in story.services),
        kills=story.kills,
        **by_state(found),
    )


def _no_more_and_no_fewer(row: Row, copies: int) -> None:
    assert row.fewest <= copies <= row.most, (row, copies)


def _ended_well(row: Row) -> None:
    """Sent, replaced by a later stage, or given up for a reason and not too early."""
    assert row.state is not SendState.WAITING, row
    if row.state is not SendState.FAILED:
        return
    assert row.error, row
    if row.channel == "zalo" and row.unknowns:
        return
    tried_for = REPLY_TRIED_FOR if row.lane == "reply" else NOTICE_TRIED_FOR
    assert row.last_tried_at is not None
    longest = LONGEST_PAUSES[row.lane]
    assert row.replaced or row.last_tried_at >= row.queued_at + tried_for - longest, row


def _hardly_ever_twice(row: Row, times: list[float], start: datetime) -> None:
    """On Zalo a reply once; a notice twice, on another day, if the first result was unknown."""
    assert len(times) <= (1 if row.lane == "reply" else 2), row
    days = [(start + timedelta(seconds=at)).astimezone(VIETNAM).date() for at in times]
    assert len(set(days)) == len(days), (row, days)


def _in_order(found: list[Row], copies: dict[int, list[Taken]]) -> None:
    """The first copies of a lane arrive in the order of queueing."""
    latest: dict[tuple[str, ...], tuple[float, int]] = {}
    for row in found:
        if not copies[row.id]:
            continue
        first = copies[row.id][0].at
        before, older = latest.get(row.queue, (float("-inf"), 0))
        assert first > before, (older, row)
        latest[row.queue] = (first, row.id)


def _nobody_was_retired(story: Story) -> None:
    with story.store.read() as tx:
        for address in map(tx.addresses.get, story.addresses):
            assert address is not None
            assert address.retired_at is None, address
