"""How fast, in which order and how long messages are sent, in simulated time."""

import asyncio
from collections.abc import Iterator

import pytest

from domain.messages import Lane
from handlers.ground.library import Library
from scheduling.channel import Abilities, Delivered, Rates, Refused
from scheduling.deliver import Deliverer
from scheduling.pump import SENDERS
from storage import Store
from tests.scheduling.world import START, Service, people, play, queue, until

TELEGRAM = Rates(each_chat_s=1.0, a_second=29.4)
STRICT = (30, 1.0)
ONE_COPY = Abilities(buttons=False, edits=False, files=False, text_limit=2_000, repeatable=False)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with Store(database_url) as opened:
        yield opened


def test_a_broadcast_uses_what_the_service_permits_and_never_more(
    store: Store, library: Library
) -> None:
    service = Service(rates=TELEGRAM, strict=STRICT, latency=0.3)
    queue(store, people(store, 150), "1", "2")

    async def scene(_: Deliverer) -> None:
        await until(lambda: len(service.took) == 300, at_most_s=60)

    play(store, library, service, scene=scene)
    assert service.floods == 0
    span = service.tried[-1].at - service.tried[0].at
    assert 299 / span >= 0.97 * STRICT[0]


def test_a_chat_gets_one_message_a_second_in_its_order(store: Store, library: Library) -> None:
    service = Service(rates=TELEGRAM, strict=STRICT)
    queue(store, people(store, 3), "1", "2", "3", "4")

    async def scene(_: Deliverer) -> None:
        await until(lambda: len(service.took) == 12, at_most_s=20)

    play(store, library, service, scene=scene)
    assert service.floods == 0
    assert service.texts("can-bo-1") == ["1", "2", "3", "4"]


def test_a_reply_overtakes_a_broadcast(store: Store, library: Library) -> None:
    service = Service(rates=TELEGRAM, strict=STRICT)
    addresses = people(store, 120)
    queue(store, addresses, "nhắc việc")

    async def scene(deliverer: Deliverer) -> None:
        await until(lambda: len(service.took) > 10, at_most_s=5)
        asked_at = asyncio.get_running_loop().time()
        queue(store, addresses[-1:], "trả lời", lane=Lane.REPLY)
        deliverer.wake()
        await until(lambda: "trả lời" in service.texts(), at_most_s=5)
        assert asyncio.get_running_loop().time() - asked_at < 0.5
        assert len(service.took) < 40

    play(store, library, service, scene=scene)


def test_who_answers_within_the_second_is_answered_when_it_is_over(
    store: Store, library: Library
) -> None:
    service = Service(rates=TELEGRAM, strict=STRICT)
    addresses = people(store, 1)
    queue(store, addresses, "câu 1", lane=Lane.REPLY)

    async def scene(deliverer: Deliverer) -> None:
        await until(lambda: len(service.took) == 1, at_most_s=5)
        await asyncio.sleep(0.3)
        queue(store, addresses, "câu 2", lane=Lane.REPLY)
        deliverer.wake()
        await until(lambda: len(service.took) == 2, at_most_s=5)

    play(store, library, service, scene=scene)
    first, second = service.tried
    assert 1.0 <= second.at - first.at <= 1.0 + 2 * service.latency


def test_chats_that_hang_hold_up_neither_the_others_nor_another_channel(
    store: Store, library: Library
) -> None:
    hanging = Service(rates=TELEGRAM)
    quick = Service(name="zalo")
    stuck = people(store, SENDERS - 1)
    hanging.answers = {f"can-bo-{number}": [None] for number in range(SENDERS - 1)}
    queue(store, stuck, "nhắc việc")

    async def scene(deliverer: Deliverer) -> None:
        await until(lambda: len(hanging.tried) == SENDERS - 1, at_most_s=5)
        with store.begin() as tx:
            person = tx.people.by_handle("quan-tri")
            assert person is not None
            free = tx.addresses.link("telegram", "", "quan-tri", person.id, START).id
            elsewhere = tx.addresses.link("zalo", "", "quan-tri", person.id, START).id
        queue(store, [free, elsewhere], "đi qua")
        deliverer.wake()
        await until(lambda: "đi qua" in hanging.texts(), at_most_s=2)
        await until(lambda: "đi qua" in quick.texts(), at_most_s=2)

    play(store, library, hanging, quick, scene=scene)


def test_a_service_that_wants_silence_gets_it_and_nothing_is_lost(
    store: Store, library: Library
) -> None:
    service = Service(rates=TELEGRAM)
    service.answers = {
        "can-bo-0": [Refused(permanent=False, ours=False, error="429", retry_after=40)]
    }
    queue(store, people(store, 20), "1")

    async def scene(_: Deliverer) -> None:
        await until(lambda: len(service.took) == 20, at_most_s=120)

    play(store, library, service, scene=scene)
    silent = [one for one in service.tried if 0.5 < one.at < 40]
    assert silent == []


def test_a_long_message_goes_on_where_it_stopped(store: Store, library: Library) -> None:
    service = Service(rates=TELEGRAM)
    lines = [f"dòng {number} " + "x" * 900 for number in range(6)]
    busy = Refused(permanent=False, ours=False, error="503")

    (address,) = people(store, 1)
    service.answers = {"can-bo-0": [Delivered(), busy]}
    queue(store, [address], "\n".join(lines), lane=Lane.REPLY)

    async def scene(_: Deliverer) -> None:
        await until(lambda: len(service.took) == 3, at_most_s=30)

    play(store, library, service, scene=scene)
    assert "\n".join(service.texts()).split("\n") == lines


def test_replies_leave_reminders_their_part_of_the_month_and_administrators_hear_early(
    store: Store, library: Library
) -> None:
    service = Service(name="zalo", abilities=ONE_COPY, rates=Rates(a_month=100))
    addresses = people(store, 5, channel="zalo")
    queue(store, addresses, *map(str, range(20)), lane=Lane.REPLY)

    async def scene(deliverer: Deliverer) -> None:
        await asyncio.sleep(600)
        # Replies have used their share; each of the five is told so once, and where to continue.
        assert len(service.took) == 75
        assert sum("đã hết số tin" in text for text in service.texts()) == 5
        queue(store, addresses, *(f"nhắc {number}" for number in range(10)))
        deliverer.wake()
        await asyncio.sleep(600)

    play(store, library, service, scene=scene)
    assert len(service.took) == 100
    assert sum(text.startswith("nhắc") for text in service.texts()) == 25
    with store.begin() as tx:
        told = [one for one in tx.outbox.listing(limit=500) if "đã dùng" in one.outgoing.text]
    assert [one.outgoing.text.split("đã dùng ")[1].split(" tin")[0] for one in reversed(told)] == [
        "70/100",
        "90/100",
        "100/100",
    ]


def test_bots_have_rates_and_months_of_their_own(store: Store, library: Library) -> None:
    service = Service(name="zalo", bots=("an", "binh"), rates=Rates(each_chat_s=1.0, a_second=5.0))
    for bot in service.bots:
        queue(store, people(store, 25, channel="zalo", bot=bot), "1")

    async def scene(_: Deliverer) -> None:
        await until(lambda: len(service.took) == 50, at_most_s=8)

    play(store, library, service, scene=scene)
