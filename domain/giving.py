"""Several fields of one answer given at once, in any order, beside those that were given before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.answers import NOTHING_GIVEN, Answer, FieldName, Value
from domain.checklist import Checklist, Place
from domain.criteria import Requirement
from domain.kinds.step import NO_CLAIM
from domain.replies import Completed, Continued, Locked, Outcome, accept
from domain.steps import Step, next_step


@dataclass(frozen=True, kw_only=True)
class Contradictory:
    """Fields that no step of the answer takes: casualties in a year without accidents, a claim of
    force majeure although the figures fell.
    """

    fields: tuple[FieldName, ...]


def give(
    checklist: Checklist,
    requirement: Requirement,
    draft: Answer,
    fields: Mapping[FieldName, Value],
    *,
    today: date,
) -> Outcome | Contradictory:
    """The outcome of `fields` given to the answer `draft`. A field that was given before is
    replaced; the others stay, unless another choice is made.

    A field that is asked only later stays in the draft. Fields that say nothing happened are left
    out where no step takes them.
    """
    if checklist.locked:
        return Locked()
    values = _together(draft, fields)
    answer = NOTHING_GIVEN
    while (step := next_step(requirement, answer)) is not None:
        taking = _taken(step, values)
        if taking is None:
            return Continued(requirement=requirement, draft=_with_later(answer, values))
        place = Place(requirement=requirement, step=step, draft=answer, revisiting=False)
        value = values.pop(taking.field)
        outcome = accept(checklist, place, value, today=today, field=taking.field)
        match outcome:
            case Completed(answer=answer) | Continued(draft=answer):
                pass
            case _:
                return outcome
    left = {name: value for name, value in values.items() if name in fields}
    if any(value != _HARMLESS.get(name, 0) for name, value in left.items()):
        return Contradictory(fields=tuple(left))
    return Completed(requirement=requirement, answer=answer)


_HARMLESS = {FieldName.FORCE_MAJEURE: NO_CLAIM}
"""What says that nothing happened; for figures it is 0."""


def _together(draft: Answer, fields: Mapping[FieldName, Value]) -> dict[FieldName, Value]:
    choice = fields.get(FieldName.CHOICE)
    anew = choice is not None and draft.choice is not None and choice != draft.choice
    before = {} if anew else {one.name: one.value for one in draft.fields}
    before.pop(FieldName.FIGURE_WITHHELD, None)
    if before.get(FieldName.NOT_APPLICABLE):
        before = {}
    return {**before, **fields}


def _taken(step: Step, values: Mapping[FieldName, Value]) -> Step | None:
    """The step, or the one instead of it, for which a value was given."""
    return next((found for name in values if (found := step.taking(name)) is not None), None)


def _with_later(answer: Answer, values: Mapping[FieldName, Value]) -> Answer:
    for name, value in values.items():
        answer = answer.adding(name, value)
    return answer
