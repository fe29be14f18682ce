"""When a message is sent again and when it is given up."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from domain.messages import Lane
from scheduling.channel import Delivered, Delivery, Refused, Unknown
from scheduling.retry import Again, Aside, Consequence, Done, consequence, until

QUEUED = datetime(2027, 6, 8, 0, 30, tzinfo=UTC)
BUSY = Refused(permanent=False, ours=False, error="503")


def _after(
    delivery: Delivery,
    *,
    lane: Lane = Lane.REPLY,
    attempts: int = 1,
    seconds: int = 0,
    repeatable: bool = True,
) -> Consequence:
    now = QUEUED + timedelta(seconds=seconds)
    return consequence(
        delivery,
        lane=lane,
        attempts=attempts,
        now=now,
        end=until(lane, QUEUED, None),
        repeatable=repeatable,
    )


def test_a_delivered_message_is_done() -> None:
    assert _after(Delivered()) == Done()


def test_a_passing_refusal_is_tried_again_soon() -> None:
    assert _after(BUSY) == Again(at=QUEUED + timedelta(seconds=2), error="503")


def test_a_reply_is_given_up_after_a_quarter_of_an_hour() -> None:
    assert _after(BUSY, attempts=9, seconds=14 * 60) == Aside(error="503")


def test_a_notice_is_given_up_when_its_next_stage_comes() -> None:
    next_stage = QUEUED + timedelta(days=2)
    assert until(Lane.NOTICE, QUEUED, next_stage) == next_stage


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
    assert isinstance(found, Aside) or now < found.at <= until(lane, QUEUED, None)  # type: ignore[union-attr]
