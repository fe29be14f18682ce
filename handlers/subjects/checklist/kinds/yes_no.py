"""The words of a statement that is true or false."""

from typing import Final

from domain.answers import Answer
from domain.checklist import Place
from domain.criteria import AskedAs, RuleName
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words


def _said(asked: Asked, answer: Answer) -> str:
    return words.label(asked.row, answer.choice or 0)


def _text(asked: Asked) -> str:
    branches = asked.row.rule.name is RuleName.BRANCH
    return asked.row.question if branches else words.name(asked.row)


def _example(asked: Asked, _place: Place, at: int) -> str:
    # One of each choice, so that the examples do not suggest a correct answer.
    return words.shortest(asked.row, at)


YES_NO: Final = Words(
    asked_as=AskedAs.YES_NO,
    said=_said,
    heading=words.choices,
    text=_text,
    alone=words.question,
    named=words.name,
    missing=words.missing,
    example=_example,
    wrong=words.wrong,
)
