"""A notice that its reader did not get or did not see is sent on the next channel, once."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta

import pytest

from domain.cards import saying
from domain.channels import MAIL_CODE
from domain.deadlines import VIETNAM
from domain.messages import Lane, Outgoing
from domain.people import Person, Post, Role
from domain.quiet import Hours
from domain.units import Structure, UnitId
from handlers.ground.library import Library
from handlers.ground.notices import tell
from handlers.ground.reaching import addresses_in_order, queue_elsewhere
from handlers.ground.settings import set_ceiling, set_hours
from packs.units import load_units
from scheduling import passing
from scheduling.passing import NO_OLDER_THAN, pass_unseen
from scheduling.tick import tick
from storage import Address, Message, Store, Tx

PROVINCE = UnitId(Structure.Y2021, "84")
COMMUNE = UnitId(Structure.Y2021, "29422")
MONDAY = datetime(2027, 6, 7, 9, 0, tzinfo=VIETNAM)
TUESDAY = MONDAY + timedelta(days=1)
FRIDAY = MONDAY + timedelta(days=4)
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    """An officer, and a person without a post."""
    book = load_units(Structure.Y2021)
    with Store(database_url) as opened:
        with opened.begin() as tx:
            tx.units.add_many((book.get(PROVINCE), *book.districts("84"), *book.communes("84")))
            post = Post(role=Role.OFFICER, unit=COMMUNE)
            tx.people.add(handle="can-bo", name="Cán bộ", locale="vi", posts=(post,))
            tx.people.add(handle="nguoi-la", name="Người lạ", locale="vi")
        yield opened


def _who(tx: Tx, handle: str = "can-bo") -> Person:
    person = tx.people.by_handle(handle)
    assert person is not None
    return person


def _link(tx: Tx, *channels: str, at: datetime = MONDAY, handle: str = "can-bo") -> list[Address]:
    """Linked one after the other."""
    person = _who(tx, handle)
    return [
        tx.addresses.link(channel, "", f"{handle}-{channel}", person.id, at + timedelta(hours=hour))
        for hour, channel in enumerate(channels)
    ]


def _order(tx: Tx) -> list[str]:
    person = _who(tx)
    return [one.channel for one in addresses_in_order(tx, (person,))[person.id]]


def _at(tx: Tx, address: Address) -> list[Message]:
    """What was queued at an address, oldest first."""
    return [one for one in reversed(tx.outbox.listing()) if one.address_id == address.id]


def _written(tx: Tx, address: Address, at: datetime, text: str = "nhắc N1", **more: object) -> int:
    """A notice that was written on the web at this time; its position there."""
    tx.outbox.queue(address.id, Lane.NOTICE, Outgoing(cards=saying(text)), at, **more)  # type: ignore[arg-type]
    (leased,) = tx.outbox.take_for(address.id, at)
    return tx.outbox.sent(leased, at)


# The order


def test_what_was_linked_last_comes_first_and_mail_last(store: Store) -> None:
    with store.begin() as tx:
        _link(tx, "web", "mail", "zalo", "telegram")
        assert _order(tx) == ["telegram", "zalo", "web", "mail"]


@pytest.mark.parametrize("preferred", ["web", "mail"])
def test_the_preferred_channel_comes_before_all(store: Store, preferred: str) -> None:
    with store.begin() as tx:
        _link(tx, "web", "mail", "telegram")
        tx.people.prefer(_who(tx).id, preferred)
        assert _order(tx)[0] == preferred


def test_a_channel_that_is_off_or_only_had_a_code_is_left_out(store: Store) -> None:
    with store.begin() as tx:
        _link(tx, "web", "telegram", MAIL_CODE, "mail", "terminal")
        tx.people.prefer(_who(tx).id, "telegram")
        set_ceiling(tx, PROVINCE, "telegram", None)
        assert _order(tx) == ["web", "mail", "terminal"]


def test_nobody_is_left_out_of_the_answer(store: Store) -> None:
    with store.begin() as tx:
        _link(tx, "web")
        people = (_who(tx), _who(tx, "nguoi-la"))
        found = addresses_in_order(tx, people)
        assert [len(found[one.id]) for one in people] == [1, 0]


def test_a_notice_goes_where_it_is_preferred(store: Store, library: Library) -> None:
    with store.begin() as tx:
        web, telegram = _link(tx, "web", "telegram")
        tx.people.prefer(_who(tx).id, "web")
        people = (_who(tx), _who(tx, "nguoi-la"))
        assert tell(people, lambda _: "tin", once="x", tx=tx, library=library, now=MONDAY) == 1
        assert len(_at(tx, web)) == 1
        assert _at(tx, telegram) == []


# Passing on


def _pass(tx: Tx, address: Address, *, once: str | None = "remind:1", **more: object) -> bool:
    values = {"outbox_id": 1, "expires_at": None, "now": MONDAY, **more}
    return queue_elsewhere(
        tx,
        once=once,
        person_id=address.person_id,
        address_id=address.id,
        outgoing=Outgoing(cards=saying("nhắc N1")),
        **values,  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("once", ["remind:1:2:T-7", None])
def test_each_address_is_tried_once_and_then_the_chain_ends(store: Store, once: str | None) -> None:
    with store.begin() as tx:
        web, zalo, telegram = _link(tx, "web", "zalo", "telegram")
        first = tx.outbox.queue(
            telegram.id, Lane.NOTICE, Outgoing(cards=saying("a")), MONDAY, once=once
        )
        assert first is not None
        base = once or f"row:{first}"
        assert _pass(tx, telegram, once=once, outbox_id=first)
        (second,) = _at(tx, zalo)
        assert _pass(tx, zalo, once=f"{base}>{zalo.id}", outbox_id=second.id)
        (third,) = _at(tx, web)
        assert not _pass(tx, web, once=f"{base}>{web.id}", outbox_id=third.id)


def test_what_comes_too_late_or_has_nowhere_to_go_is_not_passed_on(store: Store) -> None:
    with store.begin() as tx:
        (web,) = _link(tx, "web")
        assert not _pass(tx, web), "there is no other channel"
        _link(tx, "telegram")
        assert not _pass(tx, web, expires_at=MONDAY)
        (his,) = _link(tx, "web", handle="nguoi-la")
        _link(tx, "telegram", handle="nguoi-la")
        assert not _pass(tx, his), "he holds no post any more"


def test_it_waits_for_the_end_of_the_quiet_hours(store: Store) -> None:
    night = MONDAY.replace(hour=23)
    with store.begin() as tx:
        web, telegram = _link(tx, "web", "telegram")
        set_hours(tx, PROVINCE, Hours(quiet_from=time(22, 0), quiet_to=time(6, 0)))
        assert _pass(tx, web, now=night)
        assert tx.outbox.take_for(telegram.id, night) == ()
        assert len(tx.outbox.take_for(telegram.id, night.replace(hour=6) + timedelta(days=1))) == 1


# Not seen


def _look(store: Store, library: Library, now: datetime) -> int:
    """All notices that one tick sends on the next channel."""
    passed = 0
    while True:
        with store.begin() as tx:
            one = pass_unseen(tx, library, now)
        if one is None:
            return passed
        passed += one


def test_what_nobody_saw_by_the_next_working_day_goes_on_once(
    store: Store, library: Library
) -> None:
    with store.begin() as tx:
        telegram, web = _link(tx, "telegram", "web")
        _written(tx, web, MONDAY, once="remind:1")
    assert _look(store, library, MONDAY + timedelta(hours=8)) == 0, "the same day"
    assert _look(store, library, TUESDAY) == 1
    assert _look(store, library, TUESDAY + timedelta(minutes=1)) == 0
    assert _look(store, library, TUESDAY + timedelta(days=1)) == 0
    with store.begin() as tx:
        assert [one.outgoing.text for one in _at(tx, telegram)] == ["nhắc N1"]


def test_what_was_seen_stays(store: Store, library: Library) -> None:
    with store.begin() as tx:
        telegram, web = _link(tx, "telegram", "web")
        position = _written(tx, web, MONDAY)
        tx.web.mark_seen(web.id, [position], MONDAY + timedelta(hours=1))
    assert _look(store, library, TUESDAY) == 0
    with store.begin() as tx:
        assert _at(tx, telegram) == []


def test_a_weekend_is_no_working_day(store: Store, library: Library) -> None:
    with store.begin() as tx:
        _, web = _link(tx, "telegram", "web")
        _written(tx, web, FRIDAY)
    assert _look(store, library, FRIDAY + timedelta(days=1)) == 0
    assert _look(store, library, NEXT_MONDAY) == 1


def test_replies_and_other_channels_are_nobodys_business_here(
    store: Store, library: Library
) -> None:
    with store.begin() as tx:
        telegram, web = _link(tx, "telegram", "web")
        tx.outbox.queue(web.id, Lane.REPLY, Outgoing(cards=saying("câu hỏi")), MONDAY)
        tx.outbox.sent(tx.outbox.take_for(web.id, MONDAY)[0], MONDAY)
        _written(tx, telegram, MONDAY)
    assert _look(store, library, TUESDAY) == 0


def test_without_another_channel_nothing_happens(store: Store, library: Library) -> None:
    with store.begin() as tx:
        (web,) = _link(tx, "web")
        _written(tx, web, MONDAY)
    assert _look(store, library, TUESDAY) == 0


def test_what_a_reminders_next_stage_replaced_is_not_passed_on(
    store: Store, library: Library
) -> None:
    with store.begin() as tx:
        _, web = _link(tx, "telegram", "web")
        _written(tx, web, MONDAY, expires_at=TUESDAY)
    assert _look(store, library, TUESDAY) == 0


def test_an_outage_of_days_is_made_good_and_a_month_is_not(store: Store, library: Library) -> None:
    with store.begin() as tx:
        _, web = _link(tx, "telegram", "web", at=MONDAY - timedelta(days=60))
        _written(tx, web, MONDAY - NO_OLDER_THAN - timedelta(days=3), "cũ")
        _written(tx, web, MONDAY - timedelta(days=5), "mới")
    assert _look(store, library, MONDAY) == 1


def test_many_are_looked_at_a_part_at_a_time_and_none_twice(
    store: Store, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passing, "AT_ONCE", 3)
    with store.begin() as tx:
        telegram, web = _link(tx, "telegram", "web")
        for number in range(8):
            # Several at the same time: the id says where the check stopped.
            _written(tx, web, MONDAY + timedelta(minutes=number // 4), f"tin {number}")
    counts = []
    while True:
        with store.begin() as tx:
            one = pass_unseen(tx, library, TUESDAY)
        if one is None:
            break
        counts.append(one)
    assert counts == [3, 3, 2]
    with store.begin() as tx:
        assert sorted(one.outgoing.text for one in _at(tx, telegram)) == [
            f"tin {number}" for number in range(8)
        ]


def test_the_tick_passes_on_when_reminders_may_leave(store: Store, library: Library) -> None:
    with store.begin() as tx:
        telegram, web = _link(tx, "telegram", "web")
        set_hours(tx, PROVINCE, Hours(send_from=time(9, 0)))
        _written(tx, web, MONDAY)
    assert tick(store, library, TUESDAY.replace(hour=7, minute=29)).queued == 0
    assert tick(store, library, TUESDAY.replace(hour=7, minute=30)).queued == 1
    with store.begin() as tx:
        assert tx.outbox.take_for(telegram.id, TUESDAY.replace(hour=8)) == (), "its province's own"
        assert len(tx.outbox.take_for(telegram.id, TUESDAY.replace(hour=9))) == 1
