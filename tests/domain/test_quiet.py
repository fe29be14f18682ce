"""Notices wait for the end of the quiet hours, reminders for the start of the day."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.deadlines import VIETNAM
from domain.quiet import Hours, notice_at, reminder_at

NIGHT = Hours(quiet_from=time(21, 0), quiet_to=time(6, 30), send_from=time(7, 30))
NOON = Hours(quiet_from=time(11, 30), quiet_to=time(13, 0))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("hours", "asked", "leaves"),
    [
        (NIGHT, "2027-06-10 20:59", "2027-06-10 20:59"),
        (NIGHT, "2027-06-10 21:00", "2027-06-11 06:30"),
        (NIGHT, "2027-06-11 02:00", "2027-06-11 06:30"),
        (NIGHT, "2027-06-11 06:30", "2027-06-11 06:30"),
        (NOON, "2027-06-11 11:29", "2027-06-11 11:29"),
        (NOON, "2027-06-11 11:30", "2027-06-11 13:00"),
        (NOON, "2027-06-11 12:00", "2027-06-11 13:00"),
        (NOON, "2027-06-11 12:59", "2027-06-11 13:00"),
        (NOON, "2027-06-11 13:00", "2027-06-11 13:00"),
        (NOON, "2027-06-11 02:00", "2027-06-11 02:00"),
        (Hours(), "2027-06-11 00:00", "2027-06-11 00:00"),
        (Hours(), "2027-06-11 23:59", "2027-06-11 23:59"),
    ],
)
def test_a_notice_waits_for_the_end_of_the_quiet_hours(
    hours: Hours, asked: str, leaves: str
) -> None:
    left = notice_at(at(asked), hours)
    assert left == at(leaves)
    assert left.tzinfo is UTC


@pytest.mark.parametrize(
    ("hours", "asked", "leaves"),
    [
        (NIGHT, "2027-06-11 02:00", "2027-06-11 07:30"),
        (NIGHT, "2027-06-11 07:00", "2027-06-11 07:30"),
        (NIGHT, "2027-06-11 09:00", "2027-06-11 09:00"),
        (NIGHT, "2027-06-11 22:00", "2027-06-12 06:30"),
        (
            Hours(send_from=time(12, 0), quiet_from=time(11, 30), quiet_to=time(13, 0)),
            "2027-06-11 02:00",
            "2027-06-11 13:00",
        ),
    ],
)
def test_a_reminder_also_waits_for_the_start_of_the_day(
    hours: Hours, asked: str, leaves: str
) -> None:
    assert reminder_at(at(asked), hours) == at(leaves)


@pytest.mark.parametrize(
    ("begins", "ends", "quiet"),
    [(time(0), time(0), False), (time(9), time(9), False), (time(9), time(10), True)],
)
def test_the_same_time_twice_means_no_quiet_hours(begins: time, ends: time, quiet: bool) -> None:
    hours = Hours(quiet_from=begins, quiet_to=ends)
    assert hours.has_quiet is quiet
    assert hours.is_quiet(at("2027-06-11 09:00")) is quiet


_TIMES = st.times()
_MOMENTS = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(  # noqa: DTZ001
    lambda moment: moment.replace(tzinfo=VIETNAM)
)


@given(_MOMENTS, _TIMES, _TIMES)
def test_what_waits_leaves_within_a_day_and_never_in_quiet_hours(
    moment: datetime, begins: time, ends: time
) -> None:
    hours = Hours(quiet_from=begins, quiet_to=ends)
    leaves = notice_at(moment, hours)
    assert moment <= leaves < moment + timedelta(days=1)
    assert not hours.is_quiet(leaves)
