"""The words of a number."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words


def _said(_asked: Asked, answer: Answer) -> str:
    count = answer.get(FieldName.COUNT)
    return "" if count is None else str(count)


def _heading(asked: Asked) -> str:
    return asked.turn.say("kinds.count_heading")


def _text(asked: Asked) -> str:
    return asked.turn.say("kinds.number_of", counted=asked.row.counted)


def _example(asked: Asked, place: Place, _at: int) -> str:
    return _said(asked, words.rest_of_sample(asked, place))


COUNT: Final = Words(
    asked_as=AskedAs.COUNT,
    said=_said,
    heading=_heading,
    text=_text,
    alone=words.question,
    named=words.name,
    missing=words.missing,
    example=_example,
    wrong=words.wrong,
)
