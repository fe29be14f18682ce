"""The words of a document: "12-NQ/ĐU 15/01/2024", "mật", "chưa có"."""

from typing import Final

from domain.answers import Answer
from domain.checklist import Place
from domain.criteria import AskedAs
from domain.steps import HELD_SECRET, NOT_HELD
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words


def _said(asked: Asked, answer: Answer) -> str:
    if answer.choice == HELD_SECRET:
        return asked.turn.say("kinds.secret")
    return " ".join(words.document(asked, answer)) or words.label(asked.row, answer.choice or 0)


def _heading(asked: Asked) -> str:
    return asked.turn.say("kinds.document_heading")


def _example(asked: Asked, place: Place, at: int) -> str:
    if place.draft.fields or at == 0:
        return _said(asked, words.rest_of_sample(asked, place))
    return words.shortest(asked.row, NOT_HELD)


DOCUMENT: Final = Words(
    asked_as=AskedAs.DOCUMENT,
    said=_said,
    heading=_heading,
    text=words.named,
    alone=words.question,
    named=words.name,
    missing=words.missing,
    example=_example,
    wrong=words.wrong,
)
