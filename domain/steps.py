"""The next single thing to ask for a requirement, computed from the fields given so far."""

from domain.answers import NOTHING_GIVEN, Answer, FieldName
from domain.criteria import Requirement
from domain.kinds import kind_of
from domain.kinds.step import HELD, HELD_SECRET, NONE, NOT_HELD, SOME, Step, StepKind

__all__ = [
    "HELD",
    "HELD_SECRET",
    "NONE",
    "NOT_HELD",
    "SOME",
    "Step",
    "StepKind",
    "first_step",
    "is_complete",
    "next_step",
]


def next_step(requirement: Requirement, answer: Answer) -> Step | None:
    """What must still be asked, or None if the answer is complete.

    A requirement that is not asked has no step.
    """
    if answer.get(FieldName.NOT_APPLICABLE):
        return None
    for step in kind_of(requirement).steps(requirement, answer):
        if answer.get(step.field) is None:
            return step
    return None


def first_step(requirement: Requirement) -> Step:
    """The first step, before any field was given; IndexError if nobody is asked."""
    return kind_of(requirement).steps(requirement, NOTHING_GIVEN)[0]


def is_complete(requirement: Requirement, answer: Answer) -> bool:
    """Whether this requirement needs no further reply."""
    return next_step(requirement, answer) is None
