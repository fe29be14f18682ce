"""A month's messages: reminders first, and administrators get an early warning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.budget import KEPT_FOR_NOTICES, WARNED_AT, Budget
from domain.messages import Lane

counts = st.integers(min_value=0, max_value=5_000)


@st.composite
def months(draw: st.DrawFn) -> Budget:
    limit = draw(st.integers(min_value=1, max_value=5_000))
    replies = draw(st.integers(min_value=0, max_value=limit))
    notices = draw(st.integers(min_value=0, max_value=limit - replies))
    return Budget(limit=limit, replies=replies, notices=notices)


@given(months(), st.sampled_from(Lane), st.integers(min_value=1, max_value=9))
def test_no_month_is_ever_overdrawn(month: Budget, lane: Lane, count: int) -> None:
    if month.allows(lane, count):
        assert month.after(lane, count).used <= month.limit


@given(months(), st.integers(min_value=1, max_value=9))
def test_whatever_replies_used_reminders_find_their_part(month: Budget, count: int) -> None:
    if not month.allows(Lane.REPLY, count):
        return
    after = month.after(Lane.REPLY, count)
    left = month.limit - after.replies
    assert left >= round(month.limit * KEPT_FOR_NOTICES)


@given(months(), st.integers(min_value=1, max_value=9))
def test_what_a_reply_may_a_reminder_may(month: Budget, count: int) -> None:
    assert month.allows(Lane.NOTICE, count) or not month.allows(Lane.REPLY, count)


@given(st.integers(min_value=1, max_value=400), st.lists(st.integers(1, 7), max_size=400))
def test_each_share_is_told_once_in_its_order(limit: int, spent: list[int]) -> None:
    month = Budget(limit=limit, replies=0, notices=0)
    told = []
    for count in spent:
        if not month.allows(Lane.NOTICE, count):
            continue
        month = month.after(Lane.NOTICE, count)
        if (share := month.crossed(count)) is not None:
            told.append(share)
    assert told == sorted(set(told))
    assert set(told) <= set(WARNED_AT)
    if month.used == limit:
        assert told[-1] == 1.0


def test_a_plan_of_nothing_allows_nothing() -> None:
    nothing = Budget(limit=0, replies=0, notices=0)
    assert not nothing.allows(Lane.NOTICE, 1)
    assert nothing.share == 1.0
    assert nothing.crossed(0) is None


HALF_USED = Budget(limit=100, replies=30, notices=20)


def test_each_lane_is_counted_as_its_own_and_both_as_used() -> None:
    assert HALF_USED.used == 50
    assert HALF_USED.after(Lane.REPLY, 3) == Budget(limit=100, replies=33, notices=20)
    assert HALF_USED.after(Lane.NOTICE, 3) == Budget(limit=100, replies=30, notices=23)


@pytest.mark.parametrize(
    ("replies", "notices", "lane", "count", "allowed"),
    [
        # Replies may use seventy of a hundred, including the seventieth.
        (69, 0, Lane.REPLY, 1, True),
        (70, 0, Lane.REPLY, 1, False),
        (60, 0, Lane.REPLY, 10, True),
        (60, 0, Lane.REPLY, 11, False),
        # Notices beyond their thirty leave less for replies.
        (50, 49, Lane.REPLY, 1, True),
        (51, 49, Lane.REPLY, 1, False),
        # Notices may use everything, but not more.
        (70, 29, Lane.NOTICE, 1, True),
        (70, 30, Lane.NOTICE, 1, False),
        (0, 0, Lane.NOTICE, 100, True),
        (0, 0, Lane.NOTICE, 101, False),
    ],
)
def test_a_lane_may_use_its_part_to_the_last_message_and_no_more(
    replies: int, notices: int, lane: Lane, count: int, allowed: bool
) -> None:
    month = Budget(limit=100, replies=replies, notices=notices)
    assert month.allows(lane, count) is allowed


@pytest.mark.parametrize(
    ("used", "count", "told"),
    [
        (69, 69, None),
        (70, 1, 0.7),
        (70, 70, 0.7),
        (71, 1, None),
        (90, 20, 0.9),
        (90, 21, 0.9),
        (100, 10, 1.0),
        (100, 100, 1.0),
    ],
)
def test_the_message_that_reaches_a_share_tells_it(
    used: int, count: int, told: float | None
) -> None:
    assert Budget(limit=100, replies=used, notices=0).crossed(count) == told


def test_a_plan_of_nothing_has_no_share_left_to_reach() -> None:
    assert Budget(limit=0, replies=3, notices=0).crossed(3) is None
