"""What a monitor reads about the outbox and the messages of each month."""

from datetime import date, timedelta

from domain.cards import saying
from domain.messages import Lane, Outgoing
from storage import Queue, Store, ToQueue
from storage.outbox.reading import COUNTED
from tests.storage.world import NOW, World

LATER = NOW + timedelta(hours=9)
MONTH = date(2026, 11, 1)


def test_an_empty_outbox_has_no_queue(store: Store) -> None:
    with store.read() as tx:
        assert {tx.outbox.queue_of(lane) for lane in Lane} == {Queue(waiting=0, first_due=None)}


def test_a_queue_is_counted_by_lane_with_the_first_due_moment(store: Store, world: World) -> None:
    address = world.address.id
    with store.begin() as tx:
        tomorrow = Outgoing(cards=saying("mai"))
        waiting = ToQueue(address_id=address, lane=Lane.NOTICE, outgoing=tomorrow, due_at=LATER)
        tx.outbox.queue_many([waiting], NOW)
        tx.outbox.queue(
            address, Lane.NOTICE, Outgoing(cards=saying("nay")), NOW + timedelta(minutes=1)
        )
        tx.outbox.queue(address, Lane.REPLY, Outgoing(cards=saying("gửi rồi")), NOW)
        (leased,) = tx.outbox.claim(NOW, 1)
        tx.outbox.sent(leased, NOW)
    with store.read() as tx:
        assert tx.outbox.queue_of(Lane.REPLY) == Queue(waiting=0, first_due=None)
        first = NOW + timedelta(minutes=1)
        assert tx.outbox.queue_of(Lane.NOTICE) == Queue(waiting=2, first_due=first)


def test_counting_ends_somewhere(store: Store, world: World) -> None:
    one = ToQueue(
        address_id=world.address.id, lane=Lane.NOTICE, outgoing=Outgoing(cards=saying("x"))
    )
    with store.begin() as tx:
        tx.outbox.queue_many([one] * (COUNTED + 5), NOW)
    with store.read() as tx:
        assert tx.outbox.queue_of(Lane.NOTICE).waiting == COUNTED


def test_the_months_messages_are_summed_for_each_bot(store: Store) -> None:
    with store.begin() as tx:
        tx.usage.add("zalo", "mot", MONTH, Lane.REPLY, 3)
        tx.usage.add("zalo", "mot", MONTH, Lane.NOTICE, 4)
        tx.usage.add("zalo", "hai", MONTH, Lane.NOTICE, 1)
        tx.usage.add("zalo", "mot", date(2026, 10, 1), Lane.REPLY, 50)
    with store.read() as tx:
        assert tx.usage.of_all(MONTH) == {("zalo", "mot"): 7, ("zalo", "hai"): 1}
        assert tx.usage.of_all(date(2026, 12, 1)) == {}
