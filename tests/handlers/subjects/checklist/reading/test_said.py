"""What officers type is read as they mean it; what is not certain is asked, never stored."""

import pytest

from tests.handlers.subjects.checklist.reading.said import Row, is_false, is_right, read, rows

LEAST_RIGHT = 0.96
"""Of all rows. The others are asked although they were clear, or are another order."""

KNOWN_SLIPS = frozenset[str]()
"""Rows that are stored wrongly; a row that comes in here is a fault to mend."""


def test_hardly_a_reply_is_asked_that_was_clear() -> None:
    all_rows = list(rows())
    right = [row for row in all_rows if is_right(row, read(row))]
    assert len(right) >= LEAST_RIGHT * len(all_rows), sorted(
        (row.id, row.text) for row in all_rows if row not in right
    )


@pytest.mark.parametrize("row", tuple(rows()), ids=lambda row: row.id)
def test_nothing_is_stored_that_was_not_meant(row: Row) -> None:
    found = read(row)
    assert is_false(row, found) == (row.id in KNOWN_SLIPS), (row.text, row.outcomes, found)
