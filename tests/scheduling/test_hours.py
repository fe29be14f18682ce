"""Reminders are sent in the hours that the province allows."""

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path

import pytest

from bot.demo.nghe_an import PROVINCE
from domain.deadlines import VIETNAM
from domain.quiet import Hours
from handlers.ground.library import Library
from handlers.ground.settings import set_hours
from scheduling.tick import tick
from storage import Store


def at(text: str) -> datetime:
    """A time in Viet Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture
def store(demo_file: Path) -> Iterator[Store]:
    """The demo: the officer of xã Kim Liên has a stage on 06/01/2027."""
    with Store(str(demo_file)) as opened:
        yield opened


def _leaving(store: Store, moment: datetime) -> int:
    """How many messages could be sent then; nothing is marked, so they stay."""
    with store.begin() as tx:
        person = tx.people.by_handle("can-bo-na")
        assert person is not None
        (address,) = tx.addresses.of_person(person.id)
        taken = tx.outbox.take_for(address.id, moment)
        for one in taken[:1]:
            tx.outbox.release(one)
        return len(taken)


def test_a_reminder_waits_for_the_time_its_province_chose(store: Store) -> None:
    with store.begin() as tx:
        set_hours(tx, PROVINCE, Hours(send_from=time(8, 15)))
    assert tick(store, Library(), at("2027-01-06T07:30")).queued == 1
    assert _leaving(store, at("2027-01-06T08:14")) == 0
    assert _leaving(store, at("2027-01-06T08:15")) == 1


def test_without_a_choice_it_leaves_at_once(store: Store) -> None:
    assert tick(store, Library(), at("2027-01-06T07:30")).queued == 1
    assert _leaving(store, at("2027-01-06T07:30")) == 1


def test_quiet_hours_at_noon_hold_a_late_reminder(store: Store) -> None:
    with store.begin() as tx:
        set_hours(tx, PROVINCE, Hours(quiet_from=time(11, 30), quiet_to=time(13, 0)))
    tick(store, Library(), at("2027-01-06T12:00"))
    assert _leaving(store, at("2027-01-06T12:59")) == 0
    assert _leaving(store, at("2027-01-06T13:00")) == 1
