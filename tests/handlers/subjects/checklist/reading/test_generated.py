"""Whatever noise stands around it: what is no answer stores nothing, an answer stores what it means
and nothing else, and both are read the same alone and on a page.
"""

from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.answers import NOTHING_GIVEN, Answer, Field
from domain.criteria import Item, Requirement
from handlers.subjects.checklist.reading.alone import read_alone
from handlers.subjects.checklist.reading.asked import MOST_WORDS, Asked, Fields
from handlers.subjects.checklist.reading.page import read_page
from handlers.understanding.values.reasons import Reason
from tests.domain.tra_vinh import CRITERIA, YEAR
from tests.handlers.subjects.checklist.reading.generated import (
    GIVING,
    REJECTIONS,
    ROWS,
    answers,
    no_answers,
)
from tests.handlers.subjects.checklist.reading.said import TODAY

ANSWERED: Final = [row for row in ROWS if row.asked_as in GIVING]
ITEMS: Final = [item for item in CRITERIA.parts[0].items if len(item.requirements) > 1]


def _asked(row: Requirement, fields: Fields | None = None, *, alone: bool = True) -> Asked:
    draft = NOTHING_GIVEN
    if fields:
        draft = Answer(
            fields=tuple(Field(name=name, value=value) for name, value in fields.items())
        )
    return Asked(requirement=row, draft=draft, year=YEAR, today=TODAY, alone=alone)


@pytest.mark.parametrize("word", ["da", "khoan da", "1", "nha", "để mai", "so với", "12/KH-UBND"])
def test_a_text_that_is_longer_than_any_answer_is_not_read(word: str) -> None:
    text = " ".join([word] * (MOST_WORDS + 1))
    questions = {1: _asked(ROWS[0], alone=False), 2: _asked(ROWS[1], alone=False)}
    assert read_page(questions, frozenset({1}), text).ask is Reason.NOT_READABLE
    assert read_alone(_asked(ROWS[0]), text).ask is Reason.NOT_READABLE


@given(row=st.sampled_from(ROWS), text=no_answers())
def test_what_is_no_answer_gives_nothing_alone(row: Requirement, text: str) -> None:
    reading = read_alone(_asked(row), text)
    assert not reading.fields, (row.id, text)
    assert not reading.doubtful, (row.id, text)


@given(item=st.sampled_from(ITEMS), text=no_answers())
def test_what_is_no_answer_gives_nothing_on_a_page(item: Item, text: str) -> None:
    questions = {
        number: _asked(row, alone=False) for number, row in enumerate(item.requirements, start=1)
    }
    reading = read_page(questions, frozenset(), text)
    assert not any(one.fields for one in reading.parts.values()), (item.id, text)
    assert not reading.confirm, (item.id, text)


@given(data=st.data(), text=no_answers())
def test_what_is_no_answer_confirms_nothing_that_was_read_back(
    data: st.DataObject, text: str
) -> None:
    row = data.draw(st.sampled_from(ANSWERED))
    waiting = data.draw(answers(row))
    questions = {1: _asked(row, waiting.fields, alone=False), 2: _asked(ROWS[0], alone=False)}
    reading = read_page(questions, frozenset({1}), text)
    assert not reading.confirm, (row.id, waiting.text, text)
    assert not any(one.fields for one in reading.parts.values()), (row.id, waiting.text, text)


@given(data=st.data(), text=st.sampled_from(REJECTIONS))
def test_a_rejection_rejects_what_was_read_back(data: st.DataObject, text: str) -> None:
    row = data.draw(st.sampled_from(ANSWERED))
    waiting = data.draw(answers(row))
    questions = {1: _asked(row, waiting.fields, alone=False), 2: _asked(ROWS[0], alone=False)}
    assert read_page(questions, frozenset({1}), text).reject, (row.id, text)


@given(data=st.data())
def test_an_answer_gives_what_it_means_and_nothing_else(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(ANSWERED))
    meant = data.draw(answers(row))
    reading = read_alone(_asked(row), meant.text)
    wrong = {name for name, value in reading.fields.items() if meant.fields.get(name) != value}
    assert not wrong, (row.id, meant, reading)
    assert reading.fields == meant.fields or reading.ask, (row.id, meant, reading)


@given(data=st.data())
def test_an_answer_is_read_the_same_alone_and_as_a_part(data: st.DataObject) -> None:
    row = data.draw(st.sampled_from(ANSWERED))
    meant = data.draw(answers(row))
    alone = read_alone(_asked(row), meant.text)
    questions = {1: _asked(row, alone=False), 2: _asked(ROWS[0], alone=False)}
    page = read_page(questions, frozenset(), f"1 {meant.text}")
    part = page.parts.get(1)
    assert part is not None, (row.id, meant, page)
    assert part.fields == alone.fields, (row.id, meant, page)
    assert part.ask == alone.ask, (row.id, meant, page)
