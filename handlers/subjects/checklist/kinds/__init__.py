"""The one table of the kinds of questions, on the side of words.

Each kind has a module here and one in `domain/kinds/`. Code that says something about a question
reads this table and names no kind; CONTRIBUTING.md says how to add one.
"""

from collections.abc import Mapping
from typing import Final

from domain.answers import Answer, FieldName
from domain.checklist import Place
from domain.criteria import AskedAs, Requirement
from domain.kinds.step import NO_CLAIM
from domain.steps import Step
from handlers.ground.turn import Turn
from handlers.subjects.checklist.kinds.cases import CASES
from handlers.subjects.checklist.kinds.count import COUNT
from handlers.subjects.checklist.kinds.document import DOCUMENT
from handlers.subjects.checklist.kinds.names import NAMES
from handlers.subjects.checklist.kinds.none_or_some import NONE_OR_SOME
from handlers.subjects.checklist.kinds.percentage import PERCENTAGE
from handlers.subjects.checklist.kinds.rating import RATING
from handlers.subjects.checklist.kinds.register import REGISTER
from handlers.subjects.checklist.kinds.words import Asked, Words, label
from handlers.subjects.checklist.kinds.year_on_year import YEAR_ON_YEAR
from handlers.subjects.checklist.kinds.yes_no import YES_NO

__all__ = [
    "WORDS",
    "Words",
    "asked_alone",
    "example_at",
    "heading_of",
    "label",
    "page_text",
    "said_back",
    "wrong_reply",
]

WORDS: Final[Mapping[AskedAs, Words]] = {
    one.asked_as: one
    for one in (
        YES_NO,
        NONE_OR_SOME,
        COUNT,
        CASES,
        PERCENTAGE,
        YEAR_ON_YEAR,
        RATING,
        DOCUMENT,
        NAMES,
        REGISTER,
    )
}
"""Every kind that a person is asked, by its word."""


def said_back(turn: Turn, row: Requirement, year: int, answer: Answer) -> str:
    """The answer, complete or partial, as a person types it after its number."""
    if answer.get(FieldName.NOT_APPLICABLE):
        return turn.say("several.not_applicable")
    told = WORDS[row.asked_as].said(Asked(turn=turn, row=row, year=year), answer)
    claim = answer.get(FieldName.FORCE_MAJEURE)
    if claim is None:
        return told
    return f"{told}, {turn.say('several.force_majeure', claimed=claim != NO_CLAIM)}"


def heading_of(turn: Turn, row: Requirement, year: int) -> str:
    """How to answer the questions below it on a page."""
    told = WORDS[row.asked_as].heading(Asked(turn=turn, row=row, year=year))
    return turn.say("several.heading", how=told)


def page_text(turn: Turn, place: Place, year: int) -> str:
    """A question on a page in a few words, or the missing part of it."""
    row, words = place.requirement, WORDS[place.requirement.asked_as]
    asked = Asked(turn=turn, row=row, year=year)
    if not place.draft.fields:
        return words.text(asked)
    told, lacks = said_back(turn, row, year, place.draft), words.missing(asked, place.step)
    return turn.say("several.further", label=words.named(row), told=told, missing=lacks)


def asked_alone(row: Requirement) -> str:
    """The question above the first step, if it is asked alone."""
    return WORDS[row.asked_as].alone(row)


def example_at(turn: Turn, place: Place, year: int, at: int) -> str:
    """A reply to the open step; `at` is 0 for the first example of a message, 1 for the second."""
    if place.step.field is FieldName.FORCE_MAJEURE:
        return turn.say("several.claim_or_not", claimed=at == 0)
    asked = Asked(turn=turn, row=place.requirement, year=year)
    return WORDS[place.requirement.asked_as].example(asked, place, at)


def wrong_reply(turn: Turn, row: Requirement, step: Step, year: int) -> str:
    """The sentence for a text that the step cannot read: which reply would be correct."""
    return WORDS[row.asked_as].wrong(Asked(turn=turn, row=row, year=year), step)
