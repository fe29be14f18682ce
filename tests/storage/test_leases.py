"""An address is leased; an expired lease shows that the sender died while sending a message."""

from datetime import timedelta

from domain.cards import saying
from domain.messages import Lane, Outgoing
from storage import SendState, Store, Tx
from storage.outbox.claims import LEASE
from tests.storage.world import NOW, World

OVER = NOW + LEASE


def _say(tx: Tx, address_id: int, *texts: str, lane: Lane = Lane.REPLY) -> None:
    for said in texts:
        tx.outbox.queue(address_id, lane, Outgoing(cards=saying(said)), NOW)


def test_a_leased_address_gives_nothing_to_others(store: Store, world: World) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "một", "hai")
        (leased,) = tx.outbox.claim(NOW, 10)
    with store.begin() as tx:
        assert tx.outbox.claim(OVER - timedelta(seconds=1), 10) == ()
        assert tx.outbox.take_for(world.address.id, NOW) == ()
        assert tx.outbox.sent(leased, NOW) == 1
        (after,) = tx.outbox.claim(NOW, 10)
    assert (leased.outgoing.text, after.outgoing.text) == ("một", "hai")


def test_a_lease_that_ran_out_is_taken_over(store: Store, world: World) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "một")
        tx.outbox.claim(NOW, 10)
    with store.begin() as tx:
        (again,) = tx.outbox.claim(OVER, 10)
        assert again.outgoing.text == "một"
        # It may have arrived: the result is unknown.
        assert (again.attempts, again.unknowns) == (1, 1)
        tx.outbox.sent(again, OVER)
        (message,) = tx.outbox.listing(SendState.SENT)
        assert message.attempts == 2


def test_an_interrupted_notice_is_counted_even_if_a_reply_goes_first(
    store: Store, world: World
) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "nhắc", lane=Lane.NOTICE)
        tx.outbox.claim(NOW, 10)
        _say(tx, world.address.id, "đáp")
        (reply,) = tx.outbox.claim(OVER, 10)
        assert (reply.outgoing.text, reply.unknowns) == ("đáp", 0)
        tx.outbox.sent(reply, OVER)
        (notice,) = tx.outbox.claim(OVER, 10)
        assert (notice.outgoing.text, notice.unknowns) == ("nhắc", 1)
        # If a second copy would do harm, the sender must know it before sending.
        assert notice.interrupted
        tx.outbox.put_off(notice, OVER, "unknown")
        (repeated,) = tx.outbox.claim(OVER, 10)
        assert not repeated.interrupted


def test_a_sender_that_was_too_slow_takes_nothing_from_the_next(store: Store, world: World) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "một", "hai")
        (slow,) = tx.outbox.claim(NOW, 10)
        (quick,) = tx.outbox.claim(OVER, 10)
        tx.outbox.sent(slow, OVER)
        # The faster sender still has the lease of the address.
        assert tx.outbox.claim(OVER, 10) == ()
        tx.outbox.release(slow)
        assert tx.outbox.claim(OVER, 10) == ()
        tx.outbox.failed(quick, OVER, "refused", retry_at=None)
        (after,) = tx.outbox.claim(OVER, 10)
        assert after.outgoing.text == "hai"
        # What was sent stays sent, whatever happened to the other sender.
        assert [one.outgoing.text for one in tx.outbox.listing(SendState.SENT)] == ["một"]


def test_a_lease_given_back_leaves_no_mark(store: Store, world: World) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "một")
        (leased,) = tx.outbox.claim(NOW, 10)
        tx.outbox.release(leased)
        (again,) = tx.outbox.claim(NOW, 10)
        assert (again.outbox_id, again.attempts) == (leased.outbox_id, 0)
        assert again.token != leased.token


def test_the_length_of_a_lease_can_be_chosen(store: Store, world: World) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "một")
        tx.outbox.claim(NOW, 10, lease=timedelta(seconds=5))
        assert len(tx.outbox.claim(NOW + timedelta(seconds=5), 10)) == 1


def test_all_of_one_address_are_taken_in_order_and_marked_together(
    store: Store, world: World
) -> None:
    with store.begin() as tx:
        other = tx.addresses.link("web", "", "1", world.officer.id, NOW)
        _say(tx, other.id, "ở nơi khác")
        _say(tx, world.address.id, "nhắc", lane=Lane.NOTICE)
        _say(tx, world.address.id, "đáp 1", "đáp 2")
        taken = tx.outbox.take_for(world.address.id, NOW)
        assert [one.outgoing.text for one in taken] == ["đáp 1", "đáp 2", "nhắc"]
        assert tx.outbox.take_for(world.address.id, NOW) == ()
        assert tx.outbox.sent_all(taken, NOW) == 3
        assert tx.outbox.sent_all((), NOW) == 0
        shown = tx.outbox.history(world.address.id)
        assert [(one.outgoing.text, one.position) for one in shown] == [
            ("đáp 1", 1),
            ("đáp 2", 2),
            ("nhắc", 3),
        ]
        assert tx.outbox.waiting() == 1
        _say(tx, world.address.id, "đáp 3")
        assert len(tx.outbox.take_for(world.address.id, NOW)) == 1


def test_taking_all_stops_at_what_waits_to_be_tried_again(store: Store, world: World) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "đáp 1", "đáp 2")
        _say(tx, world.address.id, "nhắc", lane=Lane.NOTICE)
        (leased,) = tx.outbox.claim(NOW, 1)
        tx.outbox.failed(leased, NOW, "429", retry_at=OVER)
        now = tx.outbox.take_for(world.address.id, NOW)
        assert [one.outgoing.text for one in now] == ["nhắc"]
        tx.outbox.sent_all(now, NOW)
        later = tx.outbox.take_for(world.address.id, OVER)
        assert [one.outgoing.text for one in later] == ["đáp 1", "đáp 2"]
