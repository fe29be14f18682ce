"""What a tick queues, for whom, and how often."""

from collections.abc import Iterator
from datetime import date, datetime
from math import ceil
from pathlib import Path

import pytest

from bot.demo.nghe_an import PROVINCE
from domain.deadlines import VIETNAM, Occurrence, Stage
from domain.messages import Lane
from domain.people import Person, Post, Role
from handlers.ground.library import Library
from scheduling.tick import PEOPLE_AT_ONCE, tick, tick_once
from storage import Message, Store, Tx


def at(text: str) -> datetime:
    """A time in Viet Nam."""
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.fixture(scope="module")
def library() -> Library:
    return Library()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """The demo: the officer of xã Kim Liên has three duties in 2027."""
    name = "demo_file" if request.param == "sqlite" else "demo_postgres"
    with Store(str(request.getfixturevalue(name))) as opened:
        yield opened


@pytest.fixture
def sqlite_store(demo_file: Path) -> Iterator[Store]:
    with Store(str(demo_file)) as opened:
        yield opened


def _of(store: Store, handle: str) -> list[Message]:
    """Messages that wait for a person or were sent to them, oldest first."""
    with store.begin() as tx:
        person = _person(tx, handle)
        addresses = {one.id for one in tx.addresses.of_person(person.id)}
        return [one for one in reversed(tx.outbox.listing()) if one.address_id in addresses]


def _person(tx: Tx, handle: str) -> Person:
    person = tx.people.by_handle(handle)
    assert person is not None
    return person


def _duty(store: Store, obligation: str) -> Occurrence:
    with store.begin() as tx:
        unit = _person(tx, "can-bo-na").posts[0].unit
        return next(one for one in tx.plans.of_unit(unit) if one.obligation_id == obligation)


def test_a_stage_is_queued_once_however_often_the_clock_ticks(
    store: Store, library: Library
) -> None:
    for minute in ("07:30", "07:31", "12:00"):
        tick(store, library, at(f"2027-01-06T{minute}"))
    (notice,) = _of(store, "can-bo-na")
    assert notice.lane is Lane.NOTICE
    assert notice.outgoing.menu is None
    assert not notice.outgoing.choices


def test_nothing_is_due_a_minute_before_half_past_seven(store: Store, library: Library) -> None:
    assert tick(store, library, at("2027-01-06T07:29")).queued == 0
    assert tick(store, library, at("2027-01-06T07:30")).queued == 1


def test_each_stage_of_the_half_year_report_falls_on_its_day(
    sqlite_store: Store, library: Library
) -> None:
    _declare(sqlite_store, "O-NA-1")
    days = ["2027-04-28", "2027-05-24", "2027-06-02", "2027-06-08", "2027-06-10", "2027-06-11"]
    for count, day in enumerate(days):
        tick(sqlite_store, library, at(f"{day}T07:29"))
        assert len(_of(sqlite_store, "can-bo-na")) == count
        tick(sqlite_store, library, at(f"{day}T07:30"))
        assert len(_of(sqlite_store, "can-bo-na")) == count + 1
    tick(sqlite_store, library, at("2027-06-11T18:00"))
    assert len(_of(sqlite_store, "can-bo-na")) == len(days)


def test_after_an_outage_only_the_newest_stage_comes_and_says_that_it_is_late(
    store: Store, library: Library
) -> None:
    tick(store, library, at("2027-02-22T09:00"))
    (notice,) = _of(store, "can-bo-na")
    assert "lẽ ra gửi ngày 19/02/2027" in notice.outgoing.text
    assert "còn 02 ngày làm việc" in notice.outgoing.text


def test_an_outage_that_ends_at_night_wakes_nobody(sqlite_store: Store, library: Library) -> None:
    assert tick(sqlite_store, library, at("2027-01-07T02:00")).queued == 0
    assert tick(sqlite_store, library, at("2027-01-07T07:30")).queued == 1


def test_a_reminder_waits_for_nobody_beyond_its_next_stage(
    sqlite_store: Store, library: Library
) -> None:
    tick(sqlite_store, library, at("2027-01-06T07:30"))
    tick(sqlite_store, library, at("2027-01-28T07:30"))
    assert [one.state.value for one in _of(sqlite_store, "can-bo-na")] == ["expired", "waiting"]


def _declare(store: Store, obligation: str) -> None:
    duty = _duty(store, obligation)
    with store.begin() as tx:
        officer = _person(tx, "can-bo-na")
        tx.plans.declare(
            duty.id,
            sent_on=date(2027, 1, 8),
            recorded_at=at("2027-01-08T09:00"),
            person_id=officer.id,
        )


def test_there_is_no_reminder_after_the_hand_in(store: Store, library: Library) -> None:
    tick(store, library, at("2027-01-06T07:30"))
    _declare(store, "O-NA-1")
    for day in ("2027-01-28", "2027-02-15", "2027-02-24", "2027-02-25"):
        tick(store, library, at(f"{day}T07:30"))
    assert len(_of(store, "can-bo-na")) == 1


def test_a_reminder_that_nobody_has_read_goes_with_the_hand_in(
    store: Store, library: Library
) -> None:
    tick(store, library, at("2027-01-06T07:30"))
    tick(store, library, at("2027-01-06T07:31"))
    _declare(store, "O-NA-2")
    assert [one.state.value for one in _of(store, "can-bo-na")] == ["waiting"]
    _declare(store, "O-NA-1")
    assert [one.state.value for one in _of(store, "can-bo-na")] == ["dropped"]


def test_the_notice_quotes_the_document_and_says_how_to_declare(
    sqlite_store: Store, library: Library
) -> None:
    duty = _duty(sqlite_store, "O-NA-2")
    _declare(sqlite_store, "O-NA-1")
    tick(sqlite_store, library, at("2027-06-08T07:30"))
    text = _of(sqlite_store, "can-bo-na")[0].outgoing.text
    for part in (
        "xã Kim Liên",
        "104/KH-UBND, mục III.1: “định kỳ 06 tháng (trước ngày 14/6)”",
        "UBND tỉnh (qua Phòng Tham mưu, Công an tỉnh)",
        f"đã nộp {duty.code}",
    ):
        assert part in text
    # Lock screens show two lines.
    assert text.splitlines()[1] == (
        "Hạn: trước ngày 14/06/2027 – còn 03 ngày làm việc"
        " (ngày làm việc cuối cùng: thứ Sáu 11/06/2027)"
    )


def test_a_rest_day_before_the_limit_is_still_in_time_and_the_late_notice_says_so(
    sqlite_store: Store, library: Library
) -> None:
    _declare(sqlite_store, "O-NA-1")
    tick(sqlite_store, library, at("2027-06-12T09:00"))
    text = _of(sqlite_store, "can-bo-na")[0].outgoing.text
    assert "đã qua, gửi trước ngày 14/06/2027 vẫn đúng hạn" in text


def test_overdue_goes_to_the_officer_and_once_to_the_overseer(
    store: Store, library: Library
) -> None:
    tick(store, library, at("2027-02-25T07:30"))
    tick(store, library, at("2027-02-25T07:31"))
    (own,) = _of(store, "can-bo-na")
    assert own.outgoing.text.startswith("⚠️ Quá hạn N")
    (above,) = _of(store, "giam-sat-na")
    assert "140/140 đơn vị" in above.outgoing.text
    assert "và 125 đơn vị khác" in above.outgoing.text


def test_an_overseer_is_told_only_of_who_has_not_declared(
    sqlite_store: Store, library: Library
) -> None:
    _declare(sqlite_store, "O-NA-1")
    tick(sqlite_store, library, at("2027-02-25T07:30"))
    (above,) = _of(sqlite_store, "giam-sat-na")
    assert "139/140 đơn vị" in above.outgoing.text


def test_a_supervisor_of_another_province_hears_nothing(
    sqlite_store: Store, library: Library
) -> None:
    tick(sqlite_store, library, at("2027-02-25T07:30"))
    assert _of(sqlite_store, "giam-sat") == []


def test_units_with_nobody_are_counted_and_named(sqlite_store: Store, library: Library) -> None:
    ticked = tick(sqlite_store, library, at("2027-01-06T07:30"))
    assert len(ticked.unreached) == 139
    assert {one.stage for one in ticked.unreached} == {Stage.T_30}


def test_one_transaction_queues_for_no_more_people_than_its_limit(
    sqlite_store: Store, library: Library
) -> None:
    with sqlite_store.begin() as tx:
        communes = tx.units.of_province(PROVINCE.structure, PROVINCE.code)
        for number, unit in enumerate(communes * 3):
            person = tx.people.add(
                handle=f"p{number}",
                name="",
                locale="vi",
                posts=(Post(role=Role.OFFICER, unit=unit.id),),
            )
            tx.addresses.link("terminal", "", person.handle, person.id, at("2027-01-01T00:00"))
    now = at("2027-01-06T07:30")
    queued = []
    while (batch := tick_once(sqlite_store, library, now)) is not None:
        queued.append(batch.queued)
    assert sum(queued) == 140 * 3 + 1
    assert max(queued) <= PEOPLE_AT_ONCE
    assert len(queued) == ceil(sum(queued) / PEOPLE_AT_ONCE)
