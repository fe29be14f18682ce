"""The words of a share: "45/50", or the percentage itself, "92,5%"."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs
from domain.steps import Step
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words


def _said(asked: Asked, answer: Answer) -> str:
    say = asked.turn.say
    hundredths = answer.get(FieldName.HUNDREDTHS)
    if hundredths is not None:
        return say("kinds.percent", hundredths=hundredths)
    whole, part = answer.get(FieldName.WHOLE), answer.get(FieldName.PART)
    if whole is None:
        return "" if part is None else str(part)
    if part is None and whole != 0:
        return say("kinds.total", total=whole)
    return f"{part or 0}/{whole}"


def _heading(asked: Asked) -> str:
    return asked.turn.say("kinds.percentage_heading")


def _example(asked: Asked, place: Place, _at: int) -> str:
    return _said(asked, words.rest_of_sample(asked, place))


def _wrong(asked: Asked, step: Step) -> str:
    if step.field is FieldName.WHOLE:
        return asked.turn.say("kinds.wrong_percentage")
    return words.wrong(asked, step)


PERCENTAGE: Final = Words(
    asked_as=AskedAs.PERCENTAGE,
    said=_said,
    heading=_heading,
    text=words.named,
    alone=words.question,
    named=words.name,
    missing=words.missing,
    example=_example,
    wrong=_wrong,
)
