"""The results of messages after failures during sending, in simulated time."""

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from domain.cards import Card, Row, saying
from domain.messages import Lane, Outgoing
from handlers.ground.library import Library
from handlers.ground.menus import MenuKind
from scheduling.channel import Abilities, Rates, Refused, Unknown
from scheduling.deliver import Deliverer
from scheduling.pump import GRACE_S, LOOK_AGAIN_S
from storage import SendState, Store
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


def test_what_is_under_way_when_the_process_ends_arrives_and_is_noted(
    store: Store, library: Library
) -> None:
    service = Service(rates=TELEGRAM, latency=GRACE_S / 2)
    queue(store, people(store, 1), "1")

    async def scene(_: Deliverer) -> None:
        await until(lambda: len(service.tried) == 1, at_most_s=2)

    play(store, library, service, scene=scene)
    assert service.texts() == ["1"]
    with store.begin() as tx:
        assert [one.state for one in tx.outbox.listing()] == [SendState.SENT]


def test_a_notice_that_may_have_arrived_is_repeated_next_working_day_and_says_so(
    store: Store, library: Library
) -> None:
    service = Service(name="zalo", abilities=ONE_COPY)
    service.answers = {"can-bo-0": [Unknown(error="timeout")]}
    (address,) = people(store, 1, channel="zalo")
    queue(store, [address], "Nhắc việc N1")

    async def scene(_: Deliverer) -> None:
        await until(lambda: len(service.took) == 1, at_most_s=26 * 3600)

    play(store, library, service, scene=scene)
    first, second = service.tried
    assert first.text == "Nhắc việc N1"
    assert second.text == "(Nhắc lại) Nhắc việc N1"
    at = START + timedelta(seconds=second.at)
    # 07:30 of the next morning in Viet Nam, within one interval between looks at the outbox.
    assert timedelta(0) <= at - START.replace(day=9, hour=0, minute=30) < timedelta(seconds=30)


def test_a_notice_with_rows_says_above_them_that_it_is_repeated(
    store: Store, library: Library
) -> None:
    service = Service(name="zalo", abilities=ONE_COPY)
    service.answers = {"can-bo-0": [Unknown(error="timeout")]}
    (address,) = people(store, 1, channel="zalo")
    card = Card(heading="Nhắc việc N1", rows=(Row(label="Hạn", value="30/11"),))
    with store.begin() as tx:
        tx.outbox.queue(address, Lane.NOTICE, Outgoing(cards=(card,)), START)

    async def scene(_: Deliverer) -> None:
        await until(lambda: len(service.took) == 1, at_most_s=26 * 3600)

    play(store, library, service, scene=scene)
    assert service.tried[-1].text == "(Nhắc lại)\n\nNhắc việc N1\nHạn: 30/11"


def test_a_question_that_may_not_have_arrived_gives_its_digits_away(
    store: Store, library: Library
) -> None:
    service = Service(name="zalo", abilities=ONE_COPY)
    service.answers = {"can-bo-0": [Unknown(error="timeout")]}
    (address,) = people(store, 1, channel="zalo")
    with store.begin() as tx:
        tx.addresses.set_menu(address, "q:1:I.1.a:choice:0")
        tx.outbox.queue(
            address, Lane.REPLY, Outgoing(cards=saying("Câu 1"), menu="q:1:I.1.a:choice:0"), START
        )

    async def scene(_: Deliverer) -> None:
        await asyncio.sleep(60)

    play(store, library, service, scene=scene)
    assert len(service.tried) == 1
    with store.begin() as tx:
        kept = tx.addresses.get(address)
    assert kept is not None
    assert kept.menu == MenuKind.LOST


def test_a_database_that_is_away_for_a_while_loses_no_mark(
    library: Library, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = Service(rates=TELEGRAM)
    queue(store, people(store, 3), "1")
    begin = Store.begin
    away = [False]

    def maybe(self: Store) -> Any:
        if away[0]:
            raise OSError("the disk is away")
        return begin(self)

    monkeypatch.setattr(Store, "begin", maybe)

    async def scene(_: Deliverer) -> None:
        await until(lambda: bool(service.tried), at_most_s=2)
        away[0] = True
        await asyncio.sleep(70)
        away[0] = False
        await until(lambda: len(service.took) == 3, at_most_s=60)

    play(store, library, service, scene=scene)
    with store.begin() as tx:
        assert {one.state for one in tx.outbox.listing()} == {SendState.SENT}
    assert len(service.tried) == 3


def test_a_notice_that_one_channel_gave_up_leaves_on_the_next_at_once(
    store: Store, library: Library
) -> None:
    blocked = Refused(permanent=True, ours=False, error="blocked")
    telegram, web = Service(rates=TELEGRAM), Service(name="web")
    telegram.answers = {"can-bo-0": [blocked]}
    (address,) = people(store, 1)
    with store.begin() as tx:
        person = tx.people.by_handle("can-bo-0")
        assert person is not None
        tx.addresses.link("web", "", "w", person.id, START - timedelta(days=1))
    queue(store, [address], "Nhắc việc N1")

    async def scene(_: Deliverer) -> None:
        # Sooner than the next regular look at the outbox.
        await until(lambda: web.texts("w") == ["Nhắc việc N1"], at_most_s=LOOK_AGAIN_S / 4)

    play(store, library, telegram, web, scene=scene)
    assert len(telegram.tried) == 1
