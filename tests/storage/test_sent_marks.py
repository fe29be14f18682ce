"""After a restore, no message that was sent after the copy is sent again."""

from domain.cards import saying
from domain.deadlines import Stage
from domain.messages import Lane, Outgoing
from storage import reminder_key
from storage.revoked.applying import Applied
from tests.storage.putting_back import LAST, LATER, Installation, notice, reopened, send_all
from tests.storage.test_plans import REPORT, confirm
from tests.storage.world import COMMUNE, NOW, people_a_world


def test_a_notice_that_waited_in_the_copy_and_was_sent_is_not_sent_again(
    installation: Installation,
) -> None:
    with installation.open() as store:
        world = people_a_world(store)
        with store.begin() as tx:
            tx.outbox.queue_many([notice(world, None)], NOW)
    put_back = installation.copy()
    with installation.open() as store:
        send_all(store)
    put_back()
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        assert tx.outbox.claim(LATER, 100) == ()
    assert applied == Applied(notices=1)


def test_a_reminder_that_became_due_after_the_copy_is_not_queued_again(
    installation: Installation,
) -> None:
    with installation.open() as store:
        world = people_a_world(store)
        with store.begin() as tx:
            confirm(tx, world, REPORT)
            duty, *_ = tx.plans.of_unit(COMMUNE)
    key = reminder_key(duty.id, world.officer.id, Stage.T_3)
    put_back = installation.copy()
    with installation.open() as store:
        with store.begin() as tx:
            tx.outbox.queue_many([notice(world, key)], NOW)
        send_all(store)
    put_back()
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        assert tx.outbox.queue_many([notice(world, key)], LAST) == 0
        assert tx.outbox.history(world.address.id) == ()
    assert applied == Applied(notices=1)


def test_a_reminder_of_a_duty_that_the_copy_does_not_have_is_sent_when_it_is_planned_again(
    installation: Installation,
) -> None:
    with installation.open() as store:
        world = people_a_world(store)
    put_back = installation.copy()
    key = reminder_key(1, world.officer.id, Stage.T_3)
    with installation.open() as store:
        with store.begin() as tx:
            tx.outbox.queue_many([notice(world, key)], NOW)
        send_all(store)
    put_back()
    store, _ = reopened(installation)
    with store, store.begin() as tx:
        assert tx.outbox.queue_many([notice(world, key)], LAST) == 1


def test_replies_that_wait_in_a_copy_are_not_sent(installation: Installation) -> None:
    with installation.open() as store:
        world = people_a_world(store)
        with store.begin() as tx:
            tx.outbox.queue(world.address.id, Lane.REPLY, Outgoing(cards=saying("old")), NOW)
    put_back = installation.copy()
    with installation.open() as store:
        send_all(store)
        with store.begin() as tx:
            tx.web.add_code("QRSTUVWXYZ", person_id=world.officer.id, expires_at=LAST)
            assert tx.web.use_code("QRSTUVWXYZ", NOW) is not None
    put_back()
    store, applied = reopened(installation)
    with store, store.begin() as tx:
        assert tx.outbox.claim(LATER, 100) == ()
    assert applied == Applied(replies=1)
