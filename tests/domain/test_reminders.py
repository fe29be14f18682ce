"""Which reminder is due at a moment, for any clock interval."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as given_that
from hypothesis import strategies as st

from domain.deadlines import (
    DueReminder,
    Occurrence,
    OccurrenceState,
    Stage,
    due_reminders,
    limits,
    local_date,
    next_moment,
    stage_days,
)
from domain.obligations import Due, DueKind
from domain.units import Structure, UnitId
from packs.holidays import work_calendar

CALENDAR = work_calendar(2026, 2028)
BEGIN, END = datetime(2027, 4, 1, tzinfo=UTC), datetime(2027, 7, 1, tzinfo=UTC)


def _occurrence() -> Occurrence:
    found = limits(Due(kind=DueKind.BEFORE, month=6, day=14), 2027, CALENDAR)
    assert found is not None
    return Occurrence(
        id=275,
        document_id="nghe-an-104-2024",
        obligation_id="O-NA-2",
        clause="III.1",
        what="báo cáo kết quả 6 tháng",
        verbatim="định kỳ 06 tháng (trước ngày 14/6)",
        to_whom="UBND tỉnh",
        unit=UnitId(Structure.Y2026, "17543"),
        number=3,
        year=2027,
        limits=found,
        stages=stage_days(found, CALENDAR),
        state=OccurrenceState.OPEN,
    )


OPEN = _occurrence()
MOMENTS = st.datetimes(BEGIN.replace(tzinfo=None), END.replace(tzinfo=None), timezones=st.just(UTC))


def test_its_code_is_what_a_person_types() -> None:
    assert OPEN.code == "N3"


@pytest.mark.parametrize(
    ("now", "already", "due"),
    [
        (datetime(2027, 4, 28, 0, 29, tzinfo=UTC), set(), None),
        (datetime(2027, 4, 28, 0, 30, tzinfo=UTC), set(), ("T-30", False)),
        (datetime(2027, 4, 28, 0, 30, tzinfo=UTC), {Stage.T_30}, None),
        (datetime(2027, 4, 28, 16, 59, tzinfo=UTC), set(), ("T-30", False)),
        # Midnight in Viet Nam is 17:00 UTC: the stage's own day is over
        (datetime(2027, 4, 28, 17, 0, tzinfo=UTC), set(), ("T-30", True)),
        (datetime(2027, 5, 20, 5, 0, tzinfo=UTC), {Stage.T_30}, None),
        # An outage over three stages: only the newest, late
        (datetime(2027, 6, 9, 5, 0, tzinfo=UTC), {Stage.T_30}, ("T-3", True)),
        (datetime(2027, 6, 11, 0, 30, tzinfo=UTC), {Stage.T_3}, ("T", False)),
        (datetime(2027, 6, 14, 0, 29, tzinfo=UTC), {Stage.T}, None),
        (datetime(2027, 6, 14, 0, 30, tzinfo=UTC), {Stage.T}, ("T+1", False)),
        (datetime(2028, 1, 1, tzinfo=UTC), set(), ("T+1", True)),
        (datetime(2028, 1, 1, tzinfo=UTC), {Stage.OVERDUE}, None),
    ],
)
def test_the_newest_stage_is_due_once(
    now: datetime, already: set[Stage], due: tuple[str, bool] | None
) -> None:
    found = due_reminders(OPEN, already, now)

    wanted = () if due is None else (DueReminder(stage=Stage(due[0]), late=due[1]),)
    assert found == wanted


@pytest.mark.parametrize("state", sorted(set(OccurrenceState) - {OccurrenceState.OPEN}))
def test_nothing_is_due_once_it_is_declared_or_withdrawn(state: OccurrenceState) -> None:
    told = replace(OPEN, state=state, sent_on=date(2027, 5, 5))

    for day in OPEN.stages:
        assert due_reminders(told, (), day.at) == ()
    assert next_moment(told, BEGIN) is None


def test_the_next_moment_is_the_next_stage_and_none_after_the_last() -> None:
    moments, now = [], BEGIN
    while (after := next_moment(OPEN, now)) is not None:
        assert after > now
        moments.append(after)
        now = after

    assert moments == [day.at for day in OPEN.stages]


@pytest.mark.fuzz
@given_that(ticks=st.lists(MOMENTS, max_size=60).map(sorted), declared=st.none() | MOMENTS)
def test_whatever_the_ticks_a_stage_comes_once_in_order_and_never_after_the_hand_in(
    ticks: list[datetime], declared: datetime | None
) -> None:
    sent: list[tuple[datetime, DueReminder]] = []
    for now in ticks:
        handed_in = declared is not None and declared <= now
        state = OccurrenceState.DECLARED if handed_in else OccurrenceState.OPEN
        already = [reminder.stage for _at, reminder in sent]
        found = due_reminders(replace(OPEN, state=state), already, now)
        assert len(found) <= 1
        sent += [(now, reminder) for reminder in found]
    stages = [reminder.stage for _at, reminder in sent]
    days = {day.stage: day for day in OPEN.stages}

    assert len(stages) == len(set(stages))
    assert stages == sorted(stages, key=list(Stage).index)
    for at, reminder in sent:
        assert declared is None or at < declared
        assert at >= days[reminder.stage].at
        assert all(day.at > at or day.at <= days[reminder.stage].at for day in OPEN.stages)
        assert reminder.late == (local_date(at) > days[reminder.stage].on)
    if ticks and declared is None and (past := [day for day in OPEN.stages if day.at <= ticks[-1]]):
        assert stages, "an outage of any length loses no reminder"
        assert stages[-1] is past[-1].stage


@pytest.mark.fuzz
@given_that(start=MOMENTS)
def test_a_tick_each_minute_sends_each_stage_to_come_on_its_own_day(start: datetime) -> None:
    sent: list[Stage] = []
    late: list[bool] = []
    now: datetime | None = start
    while now is not None:
        for reminder in due_reminders(OPEN, sent, now + timedelta(minutes=1)):
            sent.append(reminder.stage)
            late.append(reminder.late)
        now = next_moment(OPEN, now)
    to_come = [day.stage for day in OPEN.stages if day.at > start]

    assert sent[len(sent) - len(to_come) :] == to_come
    assert not any(late[len(sent) - len(to_come) :])
    assert len(sent) - len(to_come) <= 1, "of what was missed before, the newest alone"
