"""Every answer that a row accepts, with a few figures and dates that represent all others."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from domain.answers import NOTHING_GIVEN, Answer, Value
from domain.criteria import Requirement
from domain.kinds.percentage import WHOLE_PERCENT
from domain.registers import Entries, RegisterEntry
from domain.replies import MOST_CASES
from domain.steps import Step, StepKind, next_step
from tests.domain.tra_vinh import YEAR

MOST_STEPS: Final = 8
"""More steps than any row has: choice, two years, four casualties, a claim of force majeure."""

FIGURES: Final = (0, 1, 20)
"""None, one, and a number that becomes one by a cut of 95 %."""

DATES: Final = (
    date(YEAR - 1, 11, 30),
    date(YEAR - 1, 12, 1),
    date(YEAR, 1, 1),
    date(YEAR, 3, 31),
    date(YEAR, 4, 1),
)


def every_answer(row: Requirement, so_far: Answer = NOTHING_GIVEN) -> Iterator[Answer]:
    """The complete answers that begin with the fields given so far."""
    assert len(so_far.fields) <= MOST_STEPS, f"{row.id} asks for ever"
    step = next_step(row, so_far)
    if step is None:
        yield so_far
        return
    for one in filter(None, (step, step.instead)):
        for value in _values(one):
            yield from every_answer(row, so_far.adding(one.field, value))


def _values(step: Step) -> Sequence[Value]:
    match step.kind:
        case StepKind.CHOICE:
            return range(step.options)
        case StepKind.WHOLE_NUMBER:
            most = MOST_CASES if step.most is None else step.most
            return [figure for figure in FIGURES if step.least <= figure <= most]
        case StepKind.DATE:
            return DATES
        case StepKind.DOCUMENT_NUMBER:
            return ("12-NQ/ĐU",)
        case StepKind.PERCENT:
            return (0, WHOLE_PERCENT)
        case StepKind.ENTRIES:
            ended = RegisterEntry(name="Đội dân phòng", ended_on=date(YEAR - 1, 12, 31))
            camera = RegisterEntry(name="Camera an ninh")
            return (Entries(), Entries(items=(ended,)), Entries(items=(ended, camera)))
        case StepKind.NAMES:
            return ((), ("Camera an ninh",))
