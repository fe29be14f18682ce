"""From a document's wording to limits, stages and the duties of a span."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given as given_that
from hypothesis import strategies as st

from domain.calendar import OutsideCalendar, WorkCalendar
from domain.deadlines import (
    Limits,
    Stage,
    StageDay,
    duties_between,
    limits,
    local_date,
    stage_days,
)
from domain.obligations import Due, DueKind, LegalDocument, Obligation, Recurrence
from packs import load_pack
from packs.holidays import work_calendar

CALENDAR = work_calendar(2022, 2029)
BEFORE, BY, ON = DueKind.BEFORE, DueKind.BY, DueKind.ON


def _limits(due: Due, year: int) -> Limits:
    found = limits(due, year, CALENDAR)
    assert found is not None
    return found


def _day(text: str) -> date:
    day, month, year = map(int, text.split("/"))
    return date(year, month, day)


# Limits


@pytest.mark.parametrize(
    ("due", "year", "hard_limit", "last_working_day", "last_day"),
    [
        # "trước ngày X": strictly before, never moved later over a weekend
        (Due(kind=BEFORE, month=6, day=14), 2027, "14/06/2027", "11/06/2027", "13/06/2027"),
        (Due(kind=BEFORE, month=2, day=25), 2027, "25/02/2027", "24/02/2027", "24/02/2027"),
        (Due(kind=BEFORE, month=12, day=14), 2027, "14/12/2027", "13/12/2027", "13/12/2027"),
        (Due(kind=BEFORE, month=12, day=14), 2026, "14/12/2026", "11/12/2026", "13/12/2026"),
        (Due(kind=BEFORE, month=10, day=1), 2027, "01/10/2027", "30/09/2027", "30/09/2027"),
        # "trong quý I": the last day itself is in time
        (Due(kind=BY, month=3, day=31), 2027, "31/03/2027", "31/03/2027", "31/03/2027"),
        (Due(kind=BY, month=12, day=31), 2023, "31/12/2023", "29/12/2023", "31/12/2023"),
        (Due(kind=ON, month=8, day=19), 2028, "19/08/2028", "18/08/2028", "19/08/2028"),
        # A year in the document has priority over the requested year
        (Due(kind=ON, month=1, day=9, year=2024), 2027, "09/01/2024", "09/01/2024", "09/01/2024"),
        (Due(kind=BY, month=2, day=29), 2028, "29/02/2028", "29/02/2028", "29/02/2028"),
        (Due(kind=BY, month=2, day=29), 2027, "28/02/2027", "26/02/2027", "28/02/2027"),
    ],
)  # fmt: skip
def test_the_limits_of_a_dated_duty(
    due: Due, year: int, hard_limit: str, last_working_day: str, last_day: str
) -> None:
    found = _limits(due, year)

    assert found.hard_limit == _day(hard_limit)
    assert found.last_working_day == _day(last_working_day)
    assert found.last_day == _day(last_day)


@pytest.mark.parametrize("kind", [DueKind.ON_OCCURRENCE, DueKind.UNDATED])
def test_a_duty_without_a_day_has_no_limits(kind: DueKind) -> None:
    assert limits(Due(kind=kind), 2027, CALENDAR) is None
    assert not Due(kind=kind).dated
    assert Due(kind=BEFORE, month=6, day=14).dated


def test_a_hand_in_on_a_rest_day_before_the_limit_is_on_time() -> None:
    before = _limits(Due(kind=BEFORE, month=6, day=14), 2027)

    assert before.on_time(date(2027, 6, 13))
    assert not before.on_time(date(2027, 6, 14))


def test_where_the_last_day_is_in_time_the_day_after_is_not() -> None:
    by = _limits(Due(kind=BY, month=3, day=31), 2027)

    assert by.on_time(date(2027, 3, 31))
    assert not by.on_time(date(2027, 4, 1))


DUES = st.builds(
    lambda kind, day: Due(kind=kind, month=day.month, day=day.day),
    st.sampled_from([BEFORE, BY, ON]),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)),
)


@pytest.mark.fuzz
@given_that(due=DUES, year=st.integers(2023, 2028))
def test_the_last_working_day_is_the_last_on_which_offices_can_hand_in(due: Due, year: int) -> None:
    found = _limits(due, year)

    assert CALENDAR.is_working(found.last_working_day)
    assert found.on_time(found.last_working_day)
    day = found.last_working_day + timedelta(days=1)
    while found.on_time(day):
        assert not CALENDAR.is_working(day)
        day += timedelta(days=1)
    assert day == found.last_day + timedelta(days=1)


# Stages


def test_the_stages_before_14_06_2027() -> None:
    days = stage_days(_limits(Due(kind=BEFORE, month=6, day=14), 2027), CALENDAR)

    assert [(day.stage.value, f"{day.on:%d/%m/%Y}") for day in days] == [
        ("T-30", "28/04/2027"),
        ("T-14", "24/05/2027"),
        ("T-7", "02/06/2027"),
        ("T-3", "08/06/2027"),
        ("T-1", "10/06/2027"),
        ("T", "11/06/2027"),
        ("T+1", "14/06/2027"),
    ]


def test_a_stage_leaves_from_half_past_seven_in_viet_nam() -> None:
    day = StageDay(stage=Stage.T, on=date(2027, 6, 11))

    assert day.at == datetime(2027, 6, 11, 0, 30, tzinfo=UTC)


def test_the_date_in_viet_nam_changes_at_17_00_utc() -> None:
    assert local_date(datetime(2027, 6, 10, 16, 59, tzinfo=UTC)) == date(2027, 6, 10)
    assert local_date(datetime(2027, 6, 10, 17, 0, tzinfo=UTC)) == date(2027, 6, 11)


@pytest.mark.fuzz
@given_that(due=DUES, year=st.integers(2023, 2028))
def test_stages_are_in_order_on_working_days_and_in_time(due: Due, year: int) -> None:
    found = _limits(due, year)
    days = stage_days(found, CALENDAR)
    in_time, overdue = days[:-1], days[-1]

    assert [day.stage for day in days] == list(Stage)
    assert [day.on for day in days] == sorted({day.on for day in days})
    assert all(CALENDAR.is_working(day.on) for day in days)
    assert all(found.on_time(day.on) for day in in_time)
    assert in_time[-1].on == found.last_working_day
    assert not found.on_time(overdue.on)
    for day in in_time[:-1]:
        between = sum(
            CALENDAR.is_working(day.on + timedelta(days=count))
            for count in range(1, (found.last_working_day - day.on).days + 1)
        )
        assert day.stage == f"T-{between}"


def test_a_calendar_that_ends_says_so() -> None:
    short = WorkCalendar(rest_days=frozenset(), first=date(2027, 6, 1), last=date(2027, 6, 30))
    found = limits(Due(kind=BEFORE, month=6, day=14), 2027, short)
    assert found is not None

    with pytest.raises(OutsideCalendar, match="from 2027-06-01 to 2027-06-30"):
        stage_days(found, short)
    with pytest.raises(OutsideCalendar, match="2027-07-01"):
        short.next_working_day(date(2027, 6, 30))


def test_a_calendar_knows_its_first_and_its_last_day_and_none_beyond() -> None:
    known = WorkCalendar(rest_days=frozenset(), first=date(2027, 6, 1), last=date(2027, 6, 30))
    assert known.is_working(known.first)
    assert known.is_working(known.last)
    for beyond in (known.first - timedelta(days=1), known.last + timedelta(days=1)):
        with pytest.raises(OutsideCalendar):
            known.is_working(beyond)


@pytest.mark.parametrize("due", [Due(kind=BEFORE, month=6), Due(kind=BEFORE, day=14)])
def test_half_a_date_is_no_date(due: Due) -> None:
    assert not due.dated
    assert limits(due, 2027, CALENDAR) is None


# Duties of a span

NGHE_AN = load_pack("nghe-an-104-2024").document


def _duties(document: LegalDocument, first: str, last: str) -> list[tuple[str, str, bool]]:
    return [
        (duty.obligation.id, f"{duty.limits.hard_limit:%d/%m/%Y}", duty.projected)
        for duty in duties_between(document, _day(first), _day(last), CALENDAR)
    ]


def test_the_pattern_of_nghe_an_in_2027_is_projected() -> None:
    duties = duties_between(NGHE_AN, date(2027, 1, 1), date(2027, 12, 31), CALENDAR)
    due = {duty.obligation.id: duty for duty in duties}

    assert {"O-NA-1", "O-NA-2", "O-NA-3"} <= set(due)
    assert due["O-NA-1"].limits.last_working_day == date(2027, 2, 24)
    assert due["O-NA-2"].limits.last_working_day == date(2027, 6, 11)
    assert due["O-NA-3"].limits.last_working_day == date(2027, 12, 13)
    assert all(duty.projected for duty in duties)
    assert due["O-NA-2"].stages[0].on == date(2027, 4, 28)
    assert "O-NA-4" not in due, "a one-off of 2024 is over"


def test_in_its_own_year_nothing_of_nghe_an_is_projected_and_all_is_in_order() -> None:
    duties = _duties(NGHE_AN, "01/01/2024", "31/12/2024")
    dated = [one for one in NGHE_AN.obligations if one.due.dated]

    assert len(duties) == len(dated)
    assert not any(projected for _id, _day, projected in duties)
    days = [
        duty.limits.hard_limit
        for duty in duties_between(NGHE_AN, date(2024, 1, 1), date(2024, 12, 31), CALENDAR)
    ]
    assert days == sorted(days)


def test_the_ends_of_a_span_belong_to_it() -> None:
    on_the_day = _duties(NGHE_AN, "14/06/2024", "14/06/2024")

    assert on_the_day == [("O-NA-2", "14/06/2024", False)]
    assert _duties(NGHE_AN, "15/06/2024", "30/06/2024") == [("O-NA-5", "30/06/2024", False)]
    assert _duties(NGHE_AN, "31/12/2024", "01/01/2024") == []


def test_a_report_of_thanh_hoa_is_its_own_word_through_2025_and_projected_after() -> None:
    document = load_pack("thanh-hoa-2022").document

    assert _duties(document, "01/01/2025", "31/12/2026") == [
        ("O-TH-1", "15/11/2025", False),
        ("O-TH-1", "15/11/2026", True),
    ]


def _document(due: Due, recurrence: Recurrence) -> LegalDocument:
    obligation = Obligation(
        id="O-1",
        clause="III.1",
        who="UBND xã",
        what="báo cáo",
        to_whom="UBND tỉnh",
        verbatim="trước ngày",
        due=due,
        recurrence=recurrence,
    )
    return LegalDocument(
        id="x",
        title="Kế hoạch",
        number=None,
        issuer="UBND tỉnh",
        issued_on=None,
        province="40",
        structure="2021",
        covers_from=2023,
        covers_to=2025,
        obligations=(obligation,),
        targets=(),
        assignments=(),
    )


@pytest.mark.parametrize(
    ("recurrence", "given_year", "years"),
    [
        # year: whether it is projected
        (Recurrence.YEARLY, None, {2024: False, 2025: False, 2026: True, 2027: True}),
        (Recurrence.HALF_YEARLY, None, {2024: False, 2025: False, 2026: True, 2027: True}),
        (Recurrence.PLAN_YEARLY, 2024, {2024: False, 2025: True, 2026: True, 2027: True}),
        (Recurrence.ONCE, 2025, {2025: False}),
        # A date that the document itself gives beyond its years stays as given
        (Recurrence.ONCE, 2027, {2027: False}),
        (Recurrence.NONE, None, {2024: False, 2025: False}),
    ],
)
def test_in_which_years_a_date_stands_and_where_it_is_projected(
    recurrence: Recurrence, given_year: int | None, years: dict[int, bool]
) -> None:
    due = Due(kind=BEFORE, month=2, day=25, year=given_year)
    duties = duties_between(
        _document(due, recurrence), date(2024, 1, 1), date(2027, 12, 31), CALENDAR
    )

    assert {duty.year: duty.projected for duty in duties} == years


def test_an_undated_duty_is_in_no_span() -> None:
    document = _document(Due(kind=DueKind.UNDATED), Recurrence.YEARLY)

    assert duties_between(document, date(2024, 1, 1), date(2025, 12, 31), CALENDAR) == ()
