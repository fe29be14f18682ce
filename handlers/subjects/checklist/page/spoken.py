"""Answers in the words of a line: what is read back can be typed unchanged."""

import re

from domain.answers import Answer, FieldName
from domain.criteria import AskedAs, Requirement
from domain.steps import HELD_SECRET, SOME
from handlers.ground.turn import Turn
from handlers.understanding.replies import NO_CLAIM

NAMES_SHOWN = 80
"""Characters of a list of models that are read back: enough to recognise the list."""


def spoken(turn: Turn, row: Requirement, answer: Answer) -> str:
    """The answer, complete or partial, as a person types it after its number."""
    if answer.get(FieldName.NOT_APPLICABLE):
        return turn.say("several.not_applicable")
    parts = [_main(turn, row, answer)]
    parts += [
        turn.say(key, pair=_pair(turn, answer, this, last))
        for key, this, last in (
            ("several.deaths", FieldName.DEATHS_THIS_YEAR, FieldName.DEATHS_LAST_YEAR),
            ("several.injured", FieldName.INJURED_THIS_YEAR, FieldName.INJURED_LAST_YEAR),
        )
        if answer.get(this) is not None or answer.get(last) is not None
    ]
    claim = answer.get(FieldName.FORCE_MAJEURE)
    if claim is not None:
        parts.append(turn.say("several.force_majeure", claimed=claim != NO_CLAIM))
    return ", ".join(filter(None, parts))


def _main(turn: Turn, row: Requirement, answer: Answer) -> str:
    match row.asked_as:
        case AskedAs.CASES:
            total = answer.get(FieldName.TOTAL)
            return f"{answer.get(FieldName.SETTLED)}/{total}" if total else "0"
        case AskedAs.YEAR_ON_YEAR:
            return _pair(turn, answer, FieldName.THIS_YEAR, FieldName.LAST_YEAR)
        case AskedAs.COUNT:
            return str(answer.get(FieldName.COUNT))
        case AskedAs.LIST:
            return _names(turn, answer)
        case AskedAs.DOCUMENT if answer.choice == HELD_SECRET:
            return turn.say("several.secret")
    count = answer.get(FieldName.COUNT)
    if answer.choice == SOME and row.asked_as is AskedAs.NONE_OR_SOME and count is not None:
        return turn.say("several.some", count=count)
    words = [] if _is_document(row, answer) else [label(row, answer.choice or 0)]
    return " ".join((*words, *_document(turn, answer)))


def _is_document(row: Requirement, answer: Answer) -> bool:
    return row.asked_as is AskedAs.DOCUMENT and answer.has_evidence


def _document(turn: Turn, answer: Answer) -> tuple[str, ...]:
    number, day = answer.get(FieldName.NUMBER), answer.get(FieldName.ISSUED_ON)
    told = () if number is None else (str(number),)
    return told if day is None else (*told, turn.say("several.day", day=day))


def _pair(turn: Turn, answer: Answer, this: FieldName, last: FieldName) -> str:
    # For a year without accidents the casualties are not asked: there were none.
    return turn.say("several.versus", this=answer.get(this) or 0, last=answer.get(last) or 0)


def _names(turn: Turn, answer: Answer) -> str:
    names = answer.get(FieldName.NAMES)
    if not isinstance(names, tuple) or not names:
        return turn.say("actions.none_yet")
    told = "; ".join(names)
    return told if len(told) <= NAMES_SHOWN else f"{told[:NAMES_SHOWN].rstrip()}…"


def label(row: Requirement, choice: int) -> str:
    """A choice without its explanation, with a small first letter: "đạt", "không có"."""
    head = re.split(r"[(:]", row.choices[choice], maxsplit=1)[0].strip()
    return head[:1].lower() + head[1:]
