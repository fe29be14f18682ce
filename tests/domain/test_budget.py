"""A month's messages: reminders first, and administrators hear early."""

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
