"""The words of a list of names."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs
from handlers.subjects.checklist.kinds import words
from handlers.subjects.checklist.kinds.words import Asked, Words

NAMES_SHOWN = 80
"""Characters of a list of names that are read back: enough to recognise the list."""


def _said(asked: Asked, answer: Answer) -> str:
    names = answer.get(FieldName.NAMES)
    if not isinstance(names, tuple) or not names:
        return asked.turn.say("actions.none_yet")
    told = "; ".join(map(str, names))
    return told if len(told) <= NAMES_SHOWN else f"{told[:NAMES_SHOWN].rstrip()}…"


def _heading(asked: Asked) -> str:
    return asked.turn.say("kinds.names_heading")


def _example(_asked: Asked, _place: Place, _at: int) -> str:
    # A name in an example would be copied.
    return "…"


NAMES: Final = Words(
    asked_as=AskedAs.LIST,
    said=_said,
    heading=_heading,
    text=words.named,
    alone=words.question,
    named=words.name,
    missing=words.missing,
    example=_example,
    wrong=words.wrong,
)
