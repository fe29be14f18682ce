"""A queued message is shown once, in order, with a mark for every attempt."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import create_engine, text

from domain.cards import saying
from domain.messages import Choice, Lane, Outgoing, Recipe, RecipeKind
from storage import AttemptOutcome, Author, Message, SendState, Store, ToQueue, Tx
from tests.storage.world import NOW, World

LATER = NOW + timedelta(minutes=1)


def _say(tx: Tx, address_id: int, said: str, lane: Lane = Lane.REPLY) -> int:
    queued = tx.outbox.queue(address_id, lane, Outgoing(cards=saying(said)), NOW)
    assert queued is not None
    return queued


def _send_all(tx: Tx, address_id: int, now: datetime = NOW) -> Iterator[str]:
    while leased := tx.outbox.claim(now, 1):
        assert leased[0].address.id == address_id
        tx.outbox.sent(leased[0], now)
        yield leased[0].outgoing.text


# Queueing


def test_a_message_comes_back_whole(store: Store, world: World) -> None:
    outgoing = Outgoing(
        cards=saying("Số vụ tai nạn giao thông năm 2024?"),
        menu="q:I.5.e",
        choices=(Choice(key="1", label="Có"), Choice(key="2", label="Chưa")),
        attachment=Recipe(
            kind=RecipeKind.STATUS_CARD,
            name="tinh-hinh.png",
            figures=(("Đạt", "5/8"), ("Chưa đạt", "1")),
            alternative="5 trên 8 đạt",
        ),
        replaces="q:I.5.d",
        progress=(12, 40),
    )
    with store.begin() as tx:
        tx.outbox.queue(world.address.id, Lane.NOTICE, outgoing, NOW, expires_at=LATER)
        (leased,) = tx.outbox.claim(NOW, 10)
    assert leased.outgoing == outgoing
    assert leased.address == world.address
    assert (leased.lane, leased.queued_at, leased.expires_at) == (Lane.NOTICE, NOW, LATER)
    assert (leased.attempts, leased.unknowns) == (0, 0)


def test_a_key_is_refused_the_second_time_whatever_became_of_the_first(
    store: Store, world: World
) -> None:
    with store.begin() as tx:
        first = tx.outbox.queue(
            world.address.id, Lane.NOTICE, Outgoing(cards=saying("một")), NOW, once="remind:1:1:T-7"
        )
        assert first is not None
        again = (world.address.id, Lane.NOTICE, Outgoing(cards=saying("hai")), NOW)
        assert tx.outbox.queue(*again, once="remind:1:1:T-7") is None
        assert tx.outbox.drop(first)
        assert tx.outbox.queue(*again, once="remind:1:1:T-7") is None
        assert tx.outbox.queue(*again, once="remind:1:1:T-3") is not None
        assert tx.outbox.queue(*again) is not None
        assert tx.outbox.queue(*again) is not None


def test_many_are_queued_at_once_without_those_queued_before(store: Store, world: World) -> None:
    rows = [
        ToQueue(
            address_id=world.address.id,
            lane=Lane.NOTICE,
            outgoing=Outgoing(cards=saying(str(number))),
            once=f"remind:{number}:1:T",
        )
        for number in range(5)
    ]
    with store.begin() as tx:
        assert tx.outbox.queue_many(rows[:3], NOW) == 3
        assert tx.outbox.queue_many(rows, NOW) == 2
        assert tx.outbox.queue_many([], NOW) == 0
        assert tx.outbox.waiting() == 5
        assert list(_send_all(tx, world.address.id)) == ["0", "1", "2", "3", "4"]
        assert tx.outbox.waiting(world.address.id) == 0


# Order


def test_replies_go_before_notices_and_each_lane_in_order(store: Store, world: World) -> None:
    with store.begin() as tx:
        for said, lane in [
            ("nhắc 1", Lane.NOTICE),
            ("đáp 1", Lane.REPLY),
            ("nhắc 2", Lane.NOTICE),
            ("đáp 2", Lane.REPLY),
        ]:
            _say(tx, world.address.id, said, lane)
        sent = list(_send_all(tx, world.address.id))
    assert sent == ["đáp 1", "đáp 2", "nhắc 1", "nhắc 2"]


def test_a_message_tried_again_holds_back_its_lane_only(store: Store, world: World) -> None:
    with store.begin() as tx:
        for said, lane in [
            ("đáp 1", Lane.REPLY),
            ("đáp 2", Lane.REPLY),
            ("nhắc", Lane.NOTICE),
        ]:
            _say(tx, world.address.id, said, lane)
        (leased,) = tx.outbox.claim(NOW, 1)
        tx.outbox.failed(leased, NOW, "429", retry_at=LATER)
        assert list(_send_all(tx, world.address.id)) == ["nhắc"]
        assert list(_send_all(tx, world.address.id, LATER)) == ["đáp 1", "đáp 2"]


def test_a_message_given_up_lets_the_lane_move_on(store: Store, world: World) -> None:
    with store.begin() as tx:
        given_up = _say(tx, world.address.id, "đáp 1")
        _say(tx, world.address.id, "đáp 2")
        (leased,) = tx.outbox.claim(NOW, 1)
        tx.outbox.failed(leased, NOW, "400 bad request", retry_at=None, permanent=True)
        assert list(_send_all(tx, world.address.id)) == ["đáp 2"]
        (failed,) = tx.outbox.listing(SendState.FAILED)
        assert (failed.id, failed.error, failed.attempts) == (given_up, "400 bad request", 1)
        # After a manual retry it waits again.
        assert tx.outbox.retry(given_up, NOW)
        assert not tx.outbox.retry(given_up, NOW)
        assert list(_send_all(tx, world.address.id)) == ["đáp 1"]


def test_what_comes_too_late_is_passed_over_and_set_aside(store: Store, world: World) -> None:
    with store.begin() as tx:
        tx.outbox.queue(
            world.address.id, Lane.REPLY, Outgoing(cards=saying("muộn")), NOW, expires_at=LATER
        )
        _say(tx, world.address.id, "còn kịp")
        assert tx.outbox.expire(NOW) == 0
        assert list(_send_all(tx, world.address.id, LATER)) == ["còn kịp"]
        assert tx.outbox.expire(LATER) == 1
        assert [one.outgoing.text for one in tx.outbox.listing(SendState.EXPIRED)] == ["muộn"]


def test_nothing_goes_to_a_retired_address(store: Store, world: World) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "đáp")
        tx.addresses.retire(world.address.id, "blocked us", NOW)
        assert tx.outbox.claim(NOW, 10) == ()
        assert tx.outbox.take_for(world.address.id, NOW) == ()


def test_a_message_taken_out_is_not_sent(store: Store, world: World) -> None:
    with store.begin() as tx:
        dropped = _say(tx, world.address.id, "nhầm")
        assert tx.outbox.drop(dropped)
        assert not tx.outbox.drop(dropped)
        assert tx.outbox.claim(NOW, 10) == ()


def test_a_channel_claims_its_own(store: Store, world: World) -> None:
    with store.begin() as tx:
        web = tx.addresses.link("web", "", "1", world.officer.id, NOW)
        _say(tx, world.address.id, "zalo")
        _say(tx, web.id, "web")
        (leased,) = tx.outbox.claim(NOW, 10, channel="web")
        assert leased.outgoing.text == "web"
        assert tx.outbox.claim(NOW, 10, channel="telegram") == ()
        (leased,) = tx.outbox.claim(NOW, 10)
        assert leased.outgoing.text == "zalo"


def test_a_claim_takes_one_message_of_each_address_and_no_more_than_asked(
    store: Store, world: World
) -> None:
    with store.begin() as tx:
        for number in range(4):
            address = tx.addresses.link("web", "", str(number), world.officer.id, NOW)
            _say(tx, address.id, f"đáp {number}")
            _say(tx, address.id, f"nhắc {number}", Lane.NOTICE)
        assert [one.outgoing.text for one in tx.outbox.claim(NOW, 3)] == [
            "đáp 0",
            "đáp 1",
            "đáp 2",
        ]
        assert [one.outgoing.text for one in tx.outbox.claim(NOW, 3)] == ["đáp 3"]
        assert tx.outbox.claim(NOW, 3) == ()


# Histories


def _texts(messages: tuple[Message, ...]) -> list[str]:
    return [one.outgoing.text for one in messages]


def test_positions_follow_the_order_in_which_messages_were_shown(
    store: Store, world: World
) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "nhắc", Lane.NOTICE)
        assert tx.outbox.echo(world.address.id, "tình hình xã", NOW) == 1
        _say(tx, world.address.id, "đáp")
        assert list(_send_all(tx, world.address.id)) == ["đáp", "nhắc"]
        _say(tx, world.address.id, "chưa gửi")
        shown = tx.outbox.history(world.address.id)
    assert _texts(shown) == ["tình hình xã", "đáp", "nhắc"]
    assert [one.position for one in shown] == [1, 2, 3]
    assert [one.author for one in shown] == [Author.PERSON, Author.US, Author.US]
    assert {one.state for one in shown} == {SendState.SENT}


def test_a_history_is_read_forwards_and_backwards(store: Store, world: World) -> None:
    with store.begin() as tx:
        other = tx.addresses.link("web", "", "1", world.officer.id, NOW)
        tx.outbox.echo(other.id, "ở nơi khác", NOW)
        for number in range(1, 7):
            tx.outbox.echo(world.address.id, str(number), NOW)
        history = tx.outbox.history
        assert _texts(history(world.address.id, limit=2)) == ["5", "6"]
        assert _texts(history(world.address.id, before=5, limit=2)) == ["3", "4"]
        assert _texts(history(world.address.id, before=1)) == []
        assert _texts(history(world.address.id, after=2, limit=2)) == ["3", "4"]
        assert _texts(history(world.address.id, after=0)) == ["1", "2", "3", "4", "5", "6"]
        assert _texts(history(world.address.id, after=6)) == []


def test_what_the_screen_confirmed_is_seen(store: Store, world: World) -> None:
    with store.begin() as tx:
        other = tx.addresses.link("web", "", "1", world.officer.id, NOW)
        for said in ("một", "hai", "ba"):
            _say(tx, world.address.id, said)
        list(_send_all(tx, world.address.id))
        assert tx.outbox.seen(other.id, 3, LATER) == 0
        assert tx.outbox.seen(world.address.id, 2, LATER) == 2
        assert tx.outbox.seen(world.address.id, 3, NOW + timedelta(hours=1)) == 1
        seen = [one.seen_at for one in tx.outbox.history(world.address.id)]
    assert seen == [LATER, LATER, NOW + timedelta(hours=1)]


def test_a_tapped_button_has_a_label(store: Store, world: World) -> None:
    def ask(tx: Tx, menu: str, label: str) -> None:
        choices = (Choice(key="1", label=label),)
        outgoing = Outgoing(cards=saying("?"), menu=menu, choices=choices)
        tx.outbox.queue(world.address.id, Lane.REPLY, outgoing, NOW)
        list(_send_all(tx, world.address.id))

    with store.begin() as tx:
        ask(tx, "q:I.1.a", "Có")
        ask(tx, "q:I.1.b", "Chưa")
        assert tx.outbox.label_of(world.address.id, "q:I.1.a", "1") == "Có"
        assert tx.outbox.label_of(world.address.id, "q:I.1.b", "1") == "Chưa"
        assert tx.outbox.label_of(world.address.id, "q:I.1.a", "2") is None
        assert tx.outbox.label_of(world.address.id, "q:I.9.z", "1") is None


# Marks


def test_every_attempt_leaves_a_mark(store: Store, world: World) -> None:
    with store.begin() as tx:
        _say(tx, world.address.id, "đáp")
        for error, outcome in [
            ("timed out", AttemptOutcome.UNKNOWN),
            ("429", AttemptOutcome.REFUSED),
        ]:
            (leased,) = tx.outbox.claim(NOW, 1)
            tx.outbox.failed(leased, NOW, error, retry_at=NOW, outcome=outcome)
        (leased,) = tx.outbox.claim(NOW, 1)
        assert (leased.attempts, leased.unknowns) == (2, 1)
        tx.outbox.sent(leased, LATER)
        (message,) = tx.outbox.listing(SendState.SENT)
    assert (message.attempts, message.error, message.sent_at) == (3, None, LATER)
    engine = create_engine(store.url)
    with engine.connect() as connection:
        query = "SELECT outcome, error FROM delivery_attempt ORDER BY id"
        marks = [tuple(row) for row in connection.execute(text(query))]
    engine.dispose()
    assert marks == [("unknown", "timed out"), ("refused", "429"), ("sent", None)]


@pytest.mark.parametrize("limit", [1, 2])
def test_the_listing_shows_the_newest_first(store: Store, world: World, limit: int) -> None:
    with store.begin() as tx:
        for said in ("một", "hai", "ba"):
            _say(tx, world.address.id, said)
        assert _texts(tx.outbox.listing(limit=limit)) == ["ba", "hai"][:limit]
        assert tx.outbox.listing(SendState.SENT) == ()
