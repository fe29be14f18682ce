"""The letters of one-time codes."""

from itertools import pairwise
from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.one_time_codes import LENGTH, LETTERS, NUMBER, grouped, read_as_made, spelled

TELEX_KEYS = "AEIOUYDWSFRXJZ"
VNI_ACTS_ON = "AEIOUYD"


def test_a_code_has_more_than_forty_bits() -> None:
    assert log2(len(LETTERS)) + (LENGTH - 1) * log2(len(LETTERS) - 1) == log2(NUMBER)
    assert log2(NUMBER) > 40


def test_no_letter_is_a_key_of_a_keyboard_or_looks_like_another() -> None:
    assert not set(LETTERS) & set(TELEX_KEYS + VNI_ACTS_ON)
    assert not set(LETTERS) & set("01568")
    assert len(set(LETTERS)) == len(LETTERS)


@given(st.integers(0, NUMBER - 1))
def test_no_two_neighbours_are_equal(number: int) -> None:
    code = spelled(number)
    assert len(code) == LENGTH
    assert set(code) <= set(LETTERS)
    assert all(one != other for one, other in pairwise(code))
    assert read_as_made(code) == code
    assert grouped(code) == f"{code[:5]}-{code[5:]}"


def test_every_number_has_a_code_of_its_own() -> None:
    ends = [*range(2_000), *range(NUMBER - 2_000, NUMBER)]
    assert len({spelled(number) for number in ends}) == len(ends)


@pytest.mark.parametrize("code", ["BCGHKLMN23", "BCGHK-LMN23", "BCGHK LMN23", "BC-GHKLMN2-3"])
def test_a_code_is_shown_in_two_groups(code: str) -> None:
    assert grouped(code) == "BCGHK-LMN23"
