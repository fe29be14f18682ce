"""The use of each bot of a channel."""

from datetime import timedelta

from storage import Store
from tests.storage.world import NOW, World

TOMORROW = NOW + timedelta(days=1)


def test_people_are_counted_once_for_each_bot(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.addresses.link("zalo", "bot-1", "second-phone", world.officer.id, NOW)
        tx.addresses.link("zalo", "bot-1", "user-2", world.head.id, NOW)
        tx.addresses.link("zalo", "bot-2", "user-2", world.head.id, NOW)
        tx.addresses.link("telegram", "bot-1", "user-3", world.reviewer.id, NOW)
    with store.read() as tx:
        assert tx.bots.people("zalo") == {"bot-1": 2, "bot-2": 1}
        assert tx.bots.people("web") == {}


def test_who_cannot_be_reached_any_more_takes_no_place(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.addresses.retire(world.address.id, "blocked", NOW)
        assert tx.bots.people("zalo") == {}


def test_strangers_are_counted_by_bot_and_day(store: Store) -> None:
    with store.begin() as tx:
        assert [tx.bots.count_stranger("zalo", "bot-1", NOW) for _ in range(3)] == [1, 2, 3]
        assert tx.bots.count_stranger("zalo", "bot-2", NOW) == 1
        assert tx.bots.count_stranger("zalo", "bot-1", TOMORROW) == 1
        # This does not change any person's own day.
        assert tx.addresses.may_answer_stranger("zalo", "bot-1", "user-9", NOW)


def test_the_count_is_forgotten_with_its_day(store: Store) -> None:
    with store.begin() as tx:
        tx.bots.count_stranger("zalo", "bot-1", NOW)
        assert tx.inbox.tidy(NOW + timedelta(days=7)) == 1
