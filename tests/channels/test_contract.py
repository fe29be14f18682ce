"""The contract between every channel and delivery. A new channel adds one line to CHANNELS."""

import io
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.channels.terminal import JsonTerminal, Terminal
from bot.channels.web.channel import WebChannel
from domain.cards import saying
from domain.messages import Choice, Lane, Outgoing, Recipe, RecipeKind
from handlers.ground.library import Library
from scheduling.channel import Channel, Delivered, Recipient, Refused, Unknown
from scheduling.deliver import Deliverer
from scheduling.fit import fit
from scheduling.simulate import NotingChannel
from scheduling.worker import Worker
from storage import SendState, Store
from tests.channels.mail.contract import OverALocalPostOffice
from tests.channels.telegram.contract import OverALocalServer
from tests.channels.zalo.contract import zalo_channel

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)

CHANNELS: dict[str, Callable[[], Channel]] = {
    "terminal": lambda: Terminal(io.StringIO()),
    "json": lambda: JsonTerminal(io.StringIO()),
    "noting": lambda: NotingChannel(name="terminal", now=lambda: NOW, noted=[]),
    "web": WebChannel,
    "zalo": zalo_channel,
    "telegram": OverALocalServer,
    "mail": OverALocalPostOffice,
}

CAN_BO = Recipient(address="can-bo@congan.example.vn")

FULL = Outgoing(
    cards=saying("Đảng ủy xã đã có nghị quyết chưa? 🔔\n" * 50),
    menu="q:1:I.1.a:choice:0",
    choices=(Choice(key="1", label="Có"), Choice(key="2", label="Chưa có")),
    attachment=Recipe(kind=RecipeKind.STATUS_CARD, name="the.png", alternative="Đạt 3/8."),
    replaces="q:1:I.1.a:choice:0",
    progress=(1, 51),
)


@pytest.fixture(params=CHANNELS)
def channel(request: pytest.FixtureRequest) -> Channel:
    return CHANNELS[request.param]()


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture
def demo_store(demo_file: Path) -> Iterator[Store]:
    with Store(str(demo_file)) as store:
        yield store


async def test_it_takes_every_message_that_was_cut_to_it(
    channel: Channel, library: Library
) -> None:
    for piece in fit(FULL, channel.abilities, library.words("vi")):
        fate = await channel.send(CAN_BO, piece, 1)
        assert isinstance(fate, Delivered | Refused | Unknown)
        assert fate == Delivered()


async def test_the_same_message_may_come_again_after_an_unknown_fate(channel: Channel) -> None:
    for _ in range(2):
        assert await channel.send(CAN_BO, Outgoing(cards=saying("x")), 7) == Delivered()


def test_its_limit_holds_a_question_with_its_choices(channel: Channel, library: Library) -> None:
    question = replace(FULL, cards=saying(FULL.text.split("\n")[0]))
    assert len(fit(question, channel.abilities, library.words("vi"))) == 1


async def test_delivery_marks_what_it_took(
    channel: Channel, library: Library, demo_store: Store
) -> None:
    with demo_store.begin() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        address = tx.addresses.link(channel.name, "", CAN_BO.address, person.id, NOW)
        tx.outbox.queue(address.id, Lane.REPLY, FULL, NOW)
    worker = Worker(1)
    deliverer = Deliverer(
        store=demo_store,
        channels={channel.name: channel},
        library=library,
        worker=worker,
        now=lambda: NOW,
    )
    assert await deliverer.once() == 1
    worker.close()
    with demo_store.begin() as tx:
        assert [one.state for one in tx.outbox.listing()] == [SendState.SENT]
