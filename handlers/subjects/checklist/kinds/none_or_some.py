"""The words of something that must not have happened."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs
from domain.steps import SOME
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words


def _said(asked: Asked, answer: Answer) -> str:
    count = answer.get(FieldName.COUNT)
    if count is None:
        return words.label(asked.row, answer.choice or 0)
    return asked.turn.say("kinds.some", count=count) if answer.choice == SOME else str(count)


def _text(asked: Asked) -> str:
    # Its name says that nothing happened ("Không có …"), so "có" to it would mean the opposite.
    return asked.row.question


def _example(asked: Asked, place: Place, at: int) -> str:
    if place.draft.fields:
        return _said(asked, words.rest_of_sample(asked, place))
    return words.shortest(asked.row, at)


NONE_OR_SOME: Final = Words(
    asked_as=AskedAs.NONE_OR_SOME,
    said=_said,
    heading=words.choices,
    text=_text,
    alone=words.question,
    named=words.question,
    missing=words.missing,
    example=_example,
    wrong=words.wrong,
)
