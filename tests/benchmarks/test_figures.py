"""The figures are computed correctly."""

import pytest

from benchmarks.figures import Cost, percentile, ratio, reached


def test_a_percentile_is_one_of_the_values() -> None:
    values = [float(number) for number in range(100, 0, -1)]
    assert percentile(values, 50) == 50
    assert percentile(values, 99) == 99
    assert percentile([7.0], 99) == 7


def test_the_middle_ratio_is_of_pairs_and_not_of_sums() -> None:
    found = ratio([(1.0, 2.0), (30.0, 10.0), (2.0, 2.0)])
    assert (found.middle, found.least, found.most) == (1.0, 0.5, 3.0)
    assert str(found) == "1.00 (0.50-3.00)"


def test_costs_add_up() -> None:
    assert Cost(wall=1.0, cpu=0.5) + Cost(wall=2.0, cpu=0.25) == Cost(wall=3.0, cpu=0.75)


@pytest.mark.parametrize(("value", "word"), [(1.5, "reached"), (1.51, "MISSED")])
def test_an_aim_is_reached_up_to_itself(value: float, word: str) -> None:
    assert reached(value, 1.5) == word
