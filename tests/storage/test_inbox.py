"""Deliveries are handled once; parked and failed ones are deleted after their retention period."""

from contextlib import suppress
from datetime import timedelta

from sqlalchemy import create_engine, text

from storage import Store
from storage.inbox import ASIDE_KEPT, KEPT
from tests.storage.world import NOW


def test_a_delivery_is_recorded_once(store: Store) -> None:
    with store.begin() as tx:
        assert tx.inbox.record("telegram", "bot", "17", NOW)
        assert not tx.inbox.record("telegram", "bot", "17", NOW)
        assert tx.inbox.record("telegram", "bot", "18", NOW)
        assert tx.inbox.record("telegram", "other", "17", NOW)
        assert tx.inbox.record("zalo", "bot", "17", NOW)
    with store.begin() as tx:
        assert not tx.inbox.record("telegram", "bot", "17", NOW)


def test_a_turn_taken_back_takes_its_key_back(store: Store) -> None:
    def fail() -> None:
        with store.begin() as tx:
            tx.inbox.record("telegram", "bot", "17", NOW)
            raise ZeroDivisionError

    for _ in range(2):
        with suppress(ZeroDivisionError):
            fail()
    with store.begin() as tx:
        assert tx.inbox.record("telegram", "bot", "17", NOW)


def test_keys_go_after_their_time(store: Store) -> None:
    with store.begin() as tx:
        tx.inbox.record("telegram", "bot", "old", NOW - KEPT - timedelta(seconds=1))
        tx.inbox.record("telegram", "bot", "young", NOW - KEPT)
        assert tx.inbox.tidy(NOW) == 1
        assert tx.inbox.record("telegram", "bot", "old", NOW)
        assert not tx.inbox.record("telegram", "bot", "young", NOW)


def test_what_was_set_aside_goes_after_its_time(store: Store) -> None:
    with store.begin() as tx:
        for age in (ASIDE_KEPT + timedelta(seconds=1), ASIDE_KEPT, timedelta(0)):
            tx.inbox.set_aside(
                "zalo",
                "bot",
                str(age),
                kind="sticker",
                error="no handler",
                screened_text="xin chào",
                now=NOW - age,
            )
        assert tx.inbox.tidy(NOW) == 1
    engine = create_engine(store.url)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT kind, error, screened_text FROM inbox_aside")).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [("sticker", "no handler", "xin chào")] * 2


def test_strangers_go_when_day_and_hour_are_over(store: Store) -> None:
    with store.begin() as tx:
        tx.addresses.may_answer_stranger("zalo", "", "x", NOW)
        tx.invitations.count_attempt("zalo", "", "y", NOW)
        assert tx.inbox.tidy(NOW + timedelta(days=1)) == 0
        assert not tx.addresses.may_answer_stranger("zalo", "", "x", NOW)
        assert tx.inbox.tidy(NOW + timedelta(days=4)) == 2


def test_parked_bodies_wait_in_order_and_are_taken_once(store: Store) -> None:
    with store.begin() as tx:
        tx.inbox.park("zalo", "bot", "1", '{"text":"có"}', NOW)
        tx.inbox.park("zalo", "bot", "2", '{"text":"không"}', NOW)
    with store.begin() as tx:
        first, second = tx.inbox.parked()
        assert (first.delivery_id, first.body, first.at) == ("1", '{"text":"có"}', NOW)
        assert second.delivery_id == "2"
        assert tx.inbox.parked(limit=1) == (first,)
        assert tx.inbox.unpark(first.id)
        assert not tx.inbox.unpark(first.id)
        assert tx.inbox.parked() == (second,)
