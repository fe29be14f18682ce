"""The words of cases and how many of them are settled: "12/15"."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words


def _said(asked: Asked, answer: Answer) -> str:
    total, settled = answer.get(FieldName.TOTAL), answer.get(FieldName.SETTLED)
    if total is None or total == 0:
        return "" if total is None else "0"
    if settled is None:
        return asked.turn.say("kinds.total", total=total)
    return f"{settled}/{total}"


def _heading(asked: Asked) -> str:
    return asked.turn.say("kinds.cases_heading")


def _example(asked: Asked, place: Place, _at: int) -> str:
    rest = words.rest_of_sample(asked, place)
    return _said(asked, rest) or str(rest.get(FieldName.SETTLED))


CASES: Final = Words(
    asked_as=AskedAs.CASES,
    said=_said,
    heading=_heading,
    text=words.named,
    # It asks for two figures one by one, so the name stands above them.
    alone=words.name,
    named=words.name,
    missing=words.missing,
    example=_example,
    wrong=words.wrong,
)
