"""The steps from which every kind of question is built, and the choices that several kinds share.

`domain.steps` exports what other packages need of this.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Final

from domain.answers import FieldName
from domain.criteria import Requirement

HELD, HELD_SECRET, NOT_HELD = 0, 1, 2
"""The three choices of every document question, in this order."""

NONE, SOME = 0, 1
"""The two choices of a none-or-some question."""


class StepKind(StrEnum):
    """What kind of reply a step needs."""

    CHOICE = "choice"
    WHOLE_NUMBER = "whole_number"
    DATE = "date"
    DOCUMENT_NUMBER = "document_number"
    NAMES = "names"
    PERCENT = "percent"
    ENTRIES = "entries"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One thing to ask: which field it fills, with what kind of reply.

    `options` is the number of choices of a CHOICE. A WHOLE_NUMBER lies in `least`..`most` (`most`
    None: `domain.replies.MOST_CASES`). `instead` is another step that answers the same question: a
    percentage instead of the whole and its part.
    """

    field: FieldName
    kind: StepKind
    options: int = 0
    least: int = 0
    most: int | None = None
    instead: "Step | None" = None

    def taking(self, field: FieldName) -> "Step | None":
        """This step, or the one that replaces it, if it fills `field`; else None."""
        return next((one for one in (self, self.instead) if one and one.field is field), None)


def choice(requirement: Requirement) -> Step:
    """One of the requirement's own choices."""
    return _choice_of(len(requirement.choices))


# Cached: judging a checklist asks for the step of every requirement, and few differ.
@cache
def _choice_of(options: int) -> Step:
    return Step(field=FieldName.CHOICE, kind=StepKind.CHOICE, options=options)


@cache
def figure(field: FieldName, *, least: int = 0, most: int | None = None) -> Step:
    """A whole number in least..most."""
    return Step(field=field, kind=StepKind.WHOLE_NUMBER, least=least, most=most)


NUMBER_AND_DATE: Final = (
    Step(field=FieldName.NUMBER, kind=StepKind.DOCUMENT_NUMBER),
    Step(field=FieldName.ISSUED_ON, kind=StepKind.DATE),
)

FORCE_MAJEURE: Final = Step(field=FieldName.FORCE_MAJEURE, kind=StepKind.CHOICE, options=2)
"""Whether the unit claims force majeure: yes, no."""

NO_CLAIM: Final = 1
"""The choice of FORCE_MAJEURE that claims nothing."""
