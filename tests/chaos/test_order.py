"""What the comparison of copies with rows accepts, and what it does not."""

from datetime import UTC, datetime

import pytest

from storage import SendState
from storage.tables.messages import AttemptOutcome
from tests.chaos.marks import Row
from tests.chaos.order import explained

SENT, UNKNOWN = AttemptOutcome.SENT, AttemptOutcome.UNKNOWN
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def _row(number: int, state: SendState, *outcomes: AttemptOutcome) -> Row:
    return Row(
        id=number,
        channel="telegram",
        bot="",
        address="1",
        lane="reply",
        state=state,
        body="",
        error=None,
        queued_at=NOW,
        outcomes=outcomes,
        last_tried_at=NOW,
        replaced=False,
    )


ROWS = [
    _row(1, SendState.SENT, SENT),
    _row(2, SendState.SENT, UNKNOWN, SENT),
    _row(3, SendState.FAILED, UNKNOWN),
    _row(4, SendState.SENT, SENT),
]
TEXTS = ["a", "b", "c", "a"]


@pytest.mark.parametrize("got", ["aba", "abba", "abca", "abbca"])
def test_copies_that_the_marks_explain(got: str) -> None:
    assert explained(got, ROWS, TEXTS) == len(got)


@pytest.mark.parametrize(
    ("got", "known"),
    [
        ("ba", 0),  # the first is missing
        ("abc", 2),  # the last is missing
        ("aab", 1),  # twice, with a known result
        ("abbba", 3),  # more copies than unknown attempts
        ("abcca", 3),
        ("acba", 1),  # in the wrong order
        ("abax", 3),  # was never queued
    ],
)
def test_copies_that_they_do_not(got: str, known: int) -> None:
    assert explained(got, ROWS, TEXTS) < len(got)
    assert explained(got, ROWS, TEXTS) <= known
