"""The words of a level, with the decision that granted it."""

from typing import Final

from domain.answers import Answer
from domain.checklist import Place
from domain.criteria import AskedAs
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words


def _said(asked: Asked, answer: Answer) -> str:
    level = () if answer.choice is None else (words.label(asked.row, answer.choice),)
    return " ".join((*level, *words.document(asked, answer)))


def _heading(asked: Asked) -> str:
    return asked.turn.say("kinds.rating_heading")


def _text(asked: Asked) -> str:
    say, row = asked.turn.say, asked.row
    text = say("kinds.options", text=row.question, labels=row.choices)
    return say("kinds.titled", text=text) if row.undecided else text


def _example(asked: Asked, place: Place, _at: int) -> str:
    # The second level: the example must not suggest that the best one is wanted.
    return " ".join(words.document(asked, words.rest_of_sample(asked, place))) or "b"


RATING: Final = Words(
    asked_as=AskedAs.RATING,
    said=_said,
    heading=_heading,
    text=_text,
    alone=words.question,
    named=words.name,
    missing=words.missing,
    example=_example,
    wrong=words.wrong,
)
