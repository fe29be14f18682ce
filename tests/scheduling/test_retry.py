"""When a message is retried and when it is given up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.messages import Lane
from scheduling.channel import Delivered, Delivery, Refused, Unknown
from scheduling.retry import (
    NOTICE_TRIED_FOR,
    REPLY_TRIED_FOR,
    Again,
    Aside,
    Consequence,
    Done,
    Trying,
    consequence,
)

QUEUED = datetime(2027, 6, 8, 0, 30, tzinfo=UTC)
NEXT_DAY = datetime(2027, 6, 9, 0, 30, tzinfo=UTC)
BUSY = Refused(permanent=False, ours=False, error="503")


def _after(
    delivery: Delivery,
    *,
    lane: Lane = Lane.REPLY,
    attempts: int = 1,
    unknowns: int = 0,
    seconds: float = 0,
    repeatable: bool = True,
    replaced_at: datetime | None = None,
) -> Consequence:
    now = QUEUED + timedelta(seconds=seconds)
    return consequence(
        delivery,
        Trying(
            lane=lane,
            attempts=attempts,
            unknowns=unknowns + isinstance(delivery, Unknown),
            now=now,
            queued_at=QUEUED,
            replaced_at=replaced_at,
            repeatable=repeatable,
            next_day=NEXT_DAY,
        ),
    )


def test_a_delivered_message_is_done() -> None:
    assert _after(Delivered()) == Done()


def test_a_passing_refusal_is_tried_again_soon() -> None:
    assert _after(BUSY) == Again(at=QUEUED + timedelta(seconds=2), error="503")


def test_a_reply_is_given_up_after_a_quarter_of_an_hour() -> None:
    assert _after(BUSY, attempts=9, seconds=14 * 60) == Aside(error="503")


def test_a_notice_is_given_up_when_its_next_stage_comes() -> None:
    next_stage = QUEUED + timedelta(minutes=30)
    assert isinstance(_after(BUSY, lane=Lane.NOTICE, replaced_at=next_stage), Again)
    late = _after(BUSY, lane=Lane.NOTICE, attempts=4, seconds=60, replaced_at=next_stage)
    assert late == Aside(error="503")


def test_a_permanent_refusal_retires_the_address() -> None:
    blocked = Refused(permanent=True, ours=False, error="blocked by the user")
    assert _after(blocked) == Aside(error="blocked by the user", retire=True)


def test_a_message_that_we_spoiled_does_not_retire_the_address() -> None:
    spoiled = Refused(permanent=True, ours=True, error="text too long")
    assert _after(spoiled) == Aside(error="text too long", retire=False)


def test_an_unknown_fate_is_tried_again_where_a_second_copy_does_no_harm() -> None:
    assert isinstance(_after(Unknown()), Again)


def test_an_unknown_fate_is_left_alone_where_it_could_arrive_twice() -> None:
    assert _after(Unknown(), repeatable=False) == Aside(error="unknown")


def test_a_notice_that_could_arrive_twice_is_repeated_once_on_the_next_working_day() -> None:
    first = _after(Unknown(), lane=Lane.NOTICE, repeatable=False)
    assert first == Again(at=NEXT_DAY, error="unknown")
    second = _after(Unknown(), lane=Lane.NOTICE, repeatable=False, unknowns=1, attempts=2)
    assert second == Aside(error="unknown")


def test_a_notice_is_not_repeated_once_its_next_stage_is_there() -> None:
    found = _after(Unknown(), lane=Lane.NOTICE, repeatable=False, replaced_at=NEXT_DAY)
    assert found == Aside(error="unknown")


def test_nothing_is_sent_before_the_service_wants_it() -> None:
    flood = Refused(permanent=False, ours=False, error="429", retry_after=37.0)
    assert _after(flood) == Again(at=QUEUED + timedelta(seconds=37), error="429")


def test_a_chat_that_moved_is_followed_once() -> None:
    moved = Refused(permanent=False, ours=False, error="moved", moved_to="-100")
    assert _after(moved) == Again(at=QUEUED, error="moved", moved_to="-100")
    assert _after(moved, attempts=2) == Again(at=QUEUED + timedelta(seconds=5), error="moved")


@given(
    lane=st.sampled_from(Lane),
    attempts=st.integers(min_value=1, max_value=50),
    seconds=st.integers(min_value=0, max_value=100_000),
)
def test_another_try_is_always_later_and_never_after_the_end(
    lane: Lane, attempts: int, seconds: int
) -> None:
    found = _after(BUSY, lane=lane, attempts=attempts, seconds=seconds)
    now = QUEUED + timedelta(seconds=seconds)
    tried_for = REPLY_TRIED_FOR if lane is Lane.REPLY else NOTICE_TRIED_FOR
    assert isinstance(found, Aside) or now < found.at <= QUEUED + tried_for  # type: ignore[union-attr]
