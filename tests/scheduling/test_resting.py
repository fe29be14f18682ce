"""A chat pauses after every message that its service may have counted."""

import asyncio
from collections.abc import Iterator
from contextlib import suppress

import pytest

from domain.messages import Lane
from handlers.ground.library import Library
from scheduling.channel import Delivery, Rates, Refused, Unknown
from storage import Store
from tests.scheduling.world import Service, delivering, people, queue, until
from tests.simulated import simulate

RATES = Rates(each_chat_s=1.0, a_second=29.4)
STRICT = (30, 1.0)


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    with Store(database_url) as opened:
        yield opened


@pytest.mark.parametrize(
    "first",
    [
        Unknown(error="the connection ended"),
        Refused(permanent=False, ours=False, error="503"),
    ],
)
def test_the_other_lane_waits_as_well(store: Store, first: Delivery) -> None:
    service = Service(rates=RATES, strict=STRICT)
    service.answers = {"can-bo-0": [first]}
    addresses = people(store, 1)
    queue(store, addresses, "trả lời", lane=Lane.REPLY)
    queue(store, addresses, "nhắc việc")

    async def main() -> None:
        with delivering(store, Library(), service) as deliverer:
            running = asyncio.create_task(deliverer.run())
            await until(lambda: len(service.took) == 2, at_most_s=10)
            running.cancel()
            with suppress(asyncio.CancelledError):
                await running

    simulate(main)
    assert service.texts() == ["nhắc việc", "trả lời"]
    assert service.floods == 0
