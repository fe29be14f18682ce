"""The results of messages: in order, retried, set aside; on both engines."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from domain.cards import saying
from domain.messages import Choice, ChoiceKind, Lane, Outgoing
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
    Unknown,
)
from scheduling.deliver import NO_LEASE, Deliverer
from scheduling.retry import REPLY_TRIED_FOR
from scheduling.worker import Worker
from storage import SendState, Store

START = datetime(2027, 6, 8, 1, 0, tzinfo=UTC)
BUSY = Refused(permanent=False, ours=False, error="503")
BLOCKED = Refused(permanent=True, ours=False, error="blocked")
PLAIN = Abilities(buttons=False, edits=False, files=False, text_limit=2_000)


@dataclass
class FakeChannel:
    """Accepts messages and gives the answers that the test set."""

    name: str = "terminal"
    abilities: Abilities = PLAIN
    bots: tuple[str, ...] = ONE_BOT
    rates: Rates = UNLIMITED
    answers: list[Delivery | Exception] = field(default_factory=list)
    took: list[tuple[str, str]] = field(default_factory=list)

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:
        """Accept it unless set otherwise."""
        answer = self.answers.pop(0) if self.answers else Delivered()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Delivered):
            self.took.append((to.address, outgoing.text))
        assert outbox_id
        return answer


class Clock:
    """A clock that moves only when told to."""

    def __init__(self) -> None:
        self.at = START

    def now(self) -> datetime:
        """The current time."""
        return self.at

    def pass_by(self, span: timedelta) -> None:
        """Move on."""
        self.at += span


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


PROVINCE = UnitId(Structure.Y2021, "84")
COMMUNE = UnitId(Structure.Y2021, "29422")
CAST = (("can-bo", Role.OFFICER, COMMUNE), ("giam-sat", Role.SUPERVISOR, PROVINCE),
        ("quan-tri", Role.ADMINISTRATOR, PROVINCE))  # fmt: skip


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An officer and two superiors, each with a terminal."""
    book = load_units(Structure.Y2021)
    with Store(database_url) as opened:
        with opened.begin() as tx:
            tx.units.add_many((book.get(PROVINCE), *book.districts("84"), *book.communes("84")))
            for handle, role, unit in CAST:
                post = Post(role=role, unit=unit)
                person = tx.people.add(handle=handle, name=handle, locale="vi", posts=(post,))
                tx.addresses.link("terminal", "", handle, person.id, START)
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def channel() -> FakeChannel:
    return FakeChannel()


@pytest.fixture
def deliverer(
    store: Store, library: Library, clock: Clock, channel: FakeChannel
) -> Iterator[Deliverer]:
    worker = Worker(1)
    yield Deliverer(
        store=store,
        channels={channel.name: channel},
        library=library,
        worker=worker,
        now=clock.now,
    )
    worker.close()


def _queue(store: Store, handle: str, *texts: str, lane: Lane = Lane.REPLY) -> int:
    """Queue texts for a person; their address id."""
    with store.begin() as tx:
        person = tx.people.by_handle(handle)
        assert person is not None
        address = tx.addresses.of_person(person.id)[0]
        for text in texts:
            tx.outbox.queue(address.id, lane, Outgoing(cards=saying(text)), START)
    return address.id


def _states(store: Store) -> list[SendState]:
    with store.begin() as tx:
        return [one.state for one in reversed(tx.outbox.listing())]


async def test_replies_go_before_notices_and_each_in_order(
    store: Store, deliverer: Deliverer, channel: FakeChannel
) -> None:
    _queue(store, "can-bo", "nhắc 1", "nhắc 2", lane=Lane.NOTICE)
    address = _queue(store, "can-bo", "trả lời 1", "trả lời 2")
    assert await deliverer.to(address) == 4
    assert [text for _, text in channel.took] == ["trả lời 1", "trả lời 2", "nhắc 1", "nhắc 2"]
    assert _states(store) == [SendState.SENT] * 4


async def test_once_serves_every_address_and_then_nothing_is_left(
    store: Store, deliverer: Deliverer, channel: FakeChannel
) -> None:
    for handle in ("can-bo", "giam-sat", "quan-tri"):
        _queue(store, handle, f"{handle} 1", f"{handle} 2")
    assert await deliverer.once() == 6
    assert await deliverer.once() == 0
    for handle in ("can-bo", "giam-sat", "quan-tri"):
        assert [text for to, text in channel.took if to == handle] == [f"{handle} 1", f"{handle} 2"]


async def test_one_address_is_served_alone(
    store: Store, deliverer: Deliverer, channel: FakeChannel
) -> None:
    _queue(store, "giam-sat", "không phải của can-bo")
    await deliverer.to(_queue(store, "can-bo", "của can-bo"))
    assert channel.took == [("can-bo", "của can-bo")]


async def test_a_passing_refusal_holds_the_lane_and_is_made_good_later(
    store: Store, deliverer: Deliverer, channel: FakeChannel, clock: Clock
) -> None:
    _queue(store, "can-bo", "1", "2")
    channel.answers = [BUSY]
    assert await deliverer.once() == 0
    assert channel.took == []
    clock.pass_by(timedelta(seconds=3))
    assert await deliverer.once() == 2
    assert [text for _, text in channel.took] == ["1", "2"]


async def test_a_reply_that_stays_refused_is_set_aside_and_the_lane_moves_on(
    store: Store, deliverer: Deliverer, channel: FakeChannel, clock: Clock
) -> None:
    _queue(store, "can-bo", "1", "2")
    clock.pass_by(REPLY_TRIED_FOR)
    channel.answers = [BUSY]
    assert await deliverer.once() == 1
    assert _states(store) == [SendState.FAILED, SendState.SENT]


async def test_a_permanent_refusal_retires_the_address_and_tells_who_is_above(
    store: Store, deliverer: Deliverer, channel: FakeChannel
) -> None:
    address = _queue(store, "can-bo", "1", "2")
    channel.answers = [BLOCKED]
    await deliverer.once()
    told = [to for to, text in channel.took if "không còn nhận được tin nhắn" in text]
    assert sorted(told) == ["giam-sat", "quan-tri"]
    assert "2" not in [text for _, text in channel.took]
    with store.begin() as tx:
        retired = tx.addresses.get(address)
    assert retired is not None
    assert retired.retired_at is not None


async def test_an_unknown_fate_is_repeated_where_that_does_no_harm(
    store: Store, deliverer: Deliverer, channel: FakeChannel, clock: Clock
) -> None:
    _queue(store, "can-bo", "1")
    channel.answers = [Unknown(error="timeout")]
    await deliverer.once()
    clock.pass_by(timedelta(minutes=1))
    assert await deliverer.once() == 1


async def test_what_a_dead_sender_left_is_sent_when_its_lease_is_over(
    store: Store, deliverer: Deliverer, channel: FakeChannel, clock: Clock
) -> None:
    _queue(store, "can-bo", "1")
    with store.begin() as tx:
        assert tx.outbox.claim(clock.now(), 8, channel="terminal")
    assert await deliverer.once() == 0
    clock.pass_by(timedelta(minutes=2))
    assert await deliverer.once() == 1
    assert channel.took == [("can-bo", "1")]


async def test_what_a_reader_who_left_did_not_take_is_his_when_he_comes_again(
    store: Store, deliverer: Deliverer, channel: FakeChannel
) -> None:
    address = _queue(store, "can-bo", "1", "2", "3")
    channel.answers = [Delivered(), Unknown(error="the reader has closed")]
    assert await deliverer.to(address) == 1
    assert await deliverer.to(address) == 2
    assert [text for _, text in channel.took] == ["1", "2", "3"]


async def test_a_reader_who_sits_here_does_not_wait_for_the_lease_of_the_dead(
    store: Store, deliverer: Deliverer, channel: FakeChannel
) -> None:
    address = _queue(store, "can-bo", "1")
    with store.begin() as tx:
        assert tx.outbox.take_for(address, START, lease=NO_LEASE)
    assert await deliverer.to(address) == 1
    assert channel.took == [("can-bo", "1")]


async def test_a_dead_senders_message_is_not_repeated_where_it_could_arrive_twice(
    store: Store, deliverer: Deliverer, channel: FakeChannel, clock: Clock
) -> None:
    channel.abilities = Abilities(
        buttons=False, edits=False, files=False, text_limit=2_000, repeatable=False
    )
    _queue(store, "can-bo", "1", "2")
    with store.begin() as tx:
        assert tx.outbox.claim(clock.now(), 8, channel="terminal")
    clock.pass_by(timedelta(minutes=2))
    await deliverer.once()
    assert [text for _, text in channel.took] == ["2"]
    assert _states(store) == [SendState.FAILED, SendState.SENT]


async def test_a_channel_that_breaks_holds_up_its_own_message_only(
    store: Store, deliverer: Deliverer, channel: FakeChannel
) -> None:
    _queue(store, "can-bo", "1")
    _queue(store, "giam-sat", "2")
    channel.answers = [ZeroDivisionError("bug")]
    await deliverer.once()
    assert [text for _, text in channel.took] == ["2"]
    assert _states(store) == [SendState.WAITING, SendState.SENT]


async def test_a_message_is_cut_to_its_channel_in_the_persons_language(
    store: Store, deliverer: Deliverer, channel: FakeChannel
) -> None:
    with store.begin() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        tx.people.set_locale(person.id, "en")
        address = tx.addresses.of_person(person.id)[0]
        skip = Choice(key="skip", label="Skip", kind=ChoiceKind.ACTION)
        outgoing = Outgoing(cards=saying("Resolution?"), menu="q", choices=(skip,))
        tx.outbox.queue(address.id, Lane.REPLY, outgoing, START)
    await deliverer.once()
    assert channel.took == [("can-bo", "Resolution?\nType: skip")]
