"""A correction of one field of a read-back keeps the other fields."""

import pytest

from domain.answers import FieldName
from tests.handlers.subjects.checklist.page.mylongbac import FIRST, SECOND, saved, start
from tests.handlers.talking import Talk

ACCIDENTS = "5: 9 so với 12, chết 1 so với 2, bị thương 4 so với 5"


@pytest.fixture
def at_accidents(talk: Talk) -> Talk:
    """The figures of I.5.f, read back."""
    start(talk)
    talk.says("can-bo", FIRST, SECOND, "1 đạt 2 không 3 0", "tất cả đạt")
    shown = talk.says("can-bo", ACCIDENTS)
    assert "chết" in shown
    return talk


@pytest.mark.parametrize(
    ("fixed", "figures"),
    [
        ("sửa 5 8 so với 12", (12, 8, 2, 1, 5, 4)),
        ("sửa 5 chết 0 so với 2", (12, 9, 2, 0, 5, 4)),
        ("sửa 5 bị thương 3 so với 5", (12, 9, 2, 1, 5, 3)),
        ("sửa 5 chết 0 so với 2, bị thương 3 so với 5", (12, 9, 2, 0, 5, 3)),
    ],
)
def test_the_other_figures_stay(fixed: str, figures: tuple[int, ...], at_accidents: Talk) -> None:
    at_accidents.says("can-bo", fixed, "đúng")
    answer = saved(at_accidents)["I.5.f"]
    assert tuple(answer.whole(name) for name in SIX) == figures


SIX = (
    FieldName.LAST_YEAR,
    FieldName.THIS_YEAR,
    FieldName.DEATHS_LAST_YEAR,
    FieldName.DEATHS_THIS_YEAR,
    FieldName.INJURED_LAST_YEAR,
    FieldName.INJURED_THIS_YEAR,
)


@pytest.mark.parametrize(
    ("fixed", "number", "day"),
    [
        ("sửa 4 13-NQ/ĐU", "13-NQ/ĐU", 15),
        ("sửa 4 13-NQ/ĐU 16/01/2024", "13-NQ/ĐU", 16),
        ("sửa 4 16/01/2024", "12-NQ/ĐU", 16),
        ("sửa 4 ngày 16/01/2024", "12-NQ/ĐU", 16),
    ],
)
def test_the_other_part_of_a_document_stays(fixed: str, number: str, day: int, talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST, fixed, "đúng")
    answer = saved(talk)["I.1.a"]
    assert answer.get(FieldName.NUMBER) == number
    assert answer.day(FieldName.ISSUED_ON).day == day


def test_another_choice_keeps_nothing(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST, "sửa 4 chưa có", "đúng")
    assert not saved(talk)["I.1.a"].has_evidence
