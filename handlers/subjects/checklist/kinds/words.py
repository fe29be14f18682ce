"""What one kind of question is on the side of words, and what most kinds have in common."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from domain.answers import Answer, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs, Requirement
from domain.kinds import sample_answer
from domain.steps import Step, StepKind
from handlers.ground.turn import Turn
from handlers.subjects.checklist.reading.alone import choice_of


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One requirement in one turn. `year` is the year under review."""

    turn: Turn
    row: Requirement
    year: int


@dataclass(frozen=True, kw_only=True)
class Words:
    """How one kind is asked and said back, in both languages.

    `said` repeats the fields of an answer, complete or partial, as a person types them; it leaves
    out a claim of force majeure. `heading` says above the questions of a page how to answer them,
    `text` is the question on a page, `alone` the question if it is asked alone, above its first
    step. After a partial answer a page shows `named`, the name of the question, and `missing`, what
    the answer still needs. `example` is a reply to the open step; `at` is 0 for the first example
    of a message and 1 for the second, so that they can differ. `wrong` says which reply would be
    correct.
    """

    asked_as: AskedAs
    said: Callable[[Asked, Answer], str]
    heading: Callable[[Asked], str]
    text: Callable[[Asked], str]
    alone: Callable[[Requirement], str]
    named: Callable[[Requirement], str]
    missing: Callable[[Asked, Step], str]
    example: Callable[[Asked, Place, int], str]
    wrong: Callable[[Asked, Step], str]


# What most kinds have in common


def name(row: Requirement) -> str:
    """The few words for a requirement in lists; its question if it has none."""
    return row.label or row.question


def named(asked: Asked) -> str:
    """The name as the question on a page."""
    return name(asked.row)


def question(row: Requirement) -> str:
    """The question of the pack."""
    return row.question


def label(row: Requirement, choice: int) -> str:
    """A choice without its explanation, with a small first letter: "đạt", "không có"."""
    head = re.split(r"[(:]", row.choices[choice], maxsplit=1)[0].strip()
    return head[:1].lower() + head[1:]


def shortest(row: Requirement, choice: int) -> str:
    """The fewest words of a choice that are read as it: "có" for "có rà soát đủ các nhóm"."""
    words = label(row, choice).split()
    for end in range(1, len(words)):
        told = " ".join(words[:end]).rstrip(",")
        if choice_of(row, told) == choice % len(row.choices):
            return told
    return " ".join(words)


def choices(asked: Asked) -> str:
    """The choices above the questions that have them."""
    return " / ".join(asked.row.choices)


def document(asked: Asked, answer: Answer) -> tuple[str, ...]:
    """The number and the date of an answer, as far as it has them."""
    number, day = answer.get(FieldName.NUMBER), answer.get(FieldName.ISSUED_ON)
    told = () if number is None else (str(number),)
    return told if day is None else (*told, asked.turn.say("several.day", day=day))


def missing(asked: Asked, step: Step) -> str:
    """What the open step asks, in a few words."""
    return asked.turn.say("kinds.missing", field=step.field)


def rest_of_sample(asked: Asked, place: Place) -> Answer:
    """The sample answer of the kind without the fields that were given before."""
    whole = sample_answer(asked.row, place.draft)
    given = {field.name for field in place.draft.fields}
    rest = (field for field in whole.fields if field.name not in given)
    return Answer(
        fields=tuple(
            replace(field, value=field.value.replace(year=asked.year))
            if isinstance(field.value, date)
            else field
            for field in rest
        )
    )


def wrong(asked: Asked, step: Step) -> str:
    """The sentence for a text that the step cannot read."""
    say = asked.turn.say
    match step.kind:
        case StepKind.CHOICE:
            return say("checklist.wrong_choice", count=step.options)
        case StepKind.WHOLE_NUMBER if step.least:
            return say("checklist.wrong_count")
        case StepKind.WHOLE_NUMBER:
            return say("checklist.wrong_number")
        case StepKind.DATE:
            return say("checklist.wrong_date", year=asked.year)
        case StepKind.DOCUMENT_NUMBER:
            return say("checklist.wrong_document_number")
        case StepKind.NAMES:
            return say("checklist.wrong_names", counted=asked.row.counted)
        case StepKind.ENTRIES:
            return say("checklist.wrong_names", counted=asked.row.counted)
        case StepKind.PERCENT:
            return say("kinds.wrong_percentage")
