"""What the conversation stores of a reply is what the reader says, nothing else."""

import random
from typing import Any

import pytest

from domain.answers import Answer, FieldName
from tests.handlers.subjects.checklist.page.mylongbac import MY_LONG_BAC, saved
from tests.handlers.subjects.checklist.reading.said import Row, is_false, read, rows
from tests.handlers.talking import Talk

SAMPLE = 60
"""Rows of the short suite; the long suite takes all."""


def _replies() -> list[Row]:
    """Replies to the first step of a question of Part I, with nothing known before."""
    return [
        row
        for row in rows()
        if row.body["way"] == "alone"
        and row.body["question"].startswith("I.")
        and not row.body.get("given")
        and not row.body.get("known")
        # Asked only after the branch was answered.
        and row.body["question"] != "I.7.e"
    ]


REPLIES = _replies()
SHORT = random.Random(9).sample(REPLIES, SAMPLE)


def _told(talk: Talk, question: str) -> dict[str, Any]:
    """The fields of the stored answer, or of the one that was begun."""
    answer = saved(talk).get(question)
    if answer is None:
        with talk.store.begin() as tx:
            person = tx.people.by_handle("can-bo")
            assert person is not None
            loaded = tx.assessments.load(MY_LONG_BAC, person.id)
            assert loaded is not None
            answer = loaded.bookmark.begun(question)
    return {one.name.value: _plain(one.value) for one in Answer(fields=answer.fields).fields}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


@pytest.mark.parametrize("row", SHORT, ids=lambda row: row.id)
def test_what_is_stored_of_a_reply_is_what_was_read(talk: Talk, row: Row) -> None:
    _stores_what_was_read(talk, row)


@pytest.mark.long
@pytest.mark.parametrize("row", REPLIES, ids=lambda row: row.id)
def test_what_is_stored_of_every_reply_is_what_was_read(talk: Talk, row: Row) -> None:
    _stores_what_was_read(talk, row)


def _stores_what_was_read(talk: Talk, row: Row) -> None:
    question = row.body["question"]
    talk.let_in("can-bo", channel="web")
    talk.says("can-bo", "làm tiếp", f"sửa {question}", row.text, channel="web")
    told = _told(talk, question)
    told.pop(FieldName.NOT_APPLICABLE.value, None)
    assert not is_false(row, {"fields": told}), (row.text, told)
    assert told == read(row).get("fields", {}), row.text
    others = {one for one in saved(talk) if one != question}
    assert not others, (row.text, others)
