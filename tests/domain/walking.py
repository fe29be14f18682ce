"""A person who walks through a checklist, as the conversation moves him."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Final

from hypothesis import strategies as st

from domain.answers import Answer, Value
from domain.assessments import AT_THE_FIRST_OPEN, Bookmark
from domain.checklist import Checklist, Place
from domain.criteria import Sensitivity
from domain.replies import (
    DOCUMENT_NUMBER_LIMIT,
    EARLIEST_DOCUMENT,
    MOST_CASES,
    NAME_LIMIT,
    NAMES_LIMIT,
    Completed,
    Continued,
    accept,
)
from domain.steps import Step, StepKind
from tests.domain.tra_vinh import CRITERIA, YEAR

TODAY: Final = date(2024, 12, 20)
PARTS: Final = {part.id: part for part in CRITERIA.parts}
CEILINGS: Final = st.sampled_from(Sensitivity)

_TEXT = st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1)


def values_for(step: Step) -> st.SearchStrategy[Value]:
    """Every value that the step must take."""
    most = MOST_CASES if step.most is None else step.most
    by_kind: dict[StepKind, st.SearchStrategy[Value]] = {
        StepKind.CHOICE: st.integers(0, step.options - 1),
        StepKind.WHOLE_NUMBER: st.integers(step.least, most)
        | st.integers(step.least, min(most, step.least + 2)),
        StepKind.DATE: st.dates(EARLIEST_DOCUMENT, TODAY),
        StepKind.DOCUMENT_NUMBER: _TEXT.filter(lambda text: len(text) <= DOCUMENT_NUMBER_LIMIT),
        StepKind.NAMES: st.lists(
            _TEXT.filter(lambda text: len(text) <= NAME_LIMIT), max_size=NAMES_LIMIT
        ).map(tuple),
    }
    return by_kind[step.kind]


@dataclass
class Walker:
    """Keeps what storage keeps: answers, skips, the bookmark."""

    part: str = "I"
    ceiling: Sensitivity = Sensitivity.RED
    answers: dict[str, Answer] = field(default_factory=dict)
    skips: dict[str, int] = field(default_factory=dict)
    bookmark: Bookmark = AT_THE_FIRST_OPEN

    @property
    def checklist(self) -> Checklist:
        """The checklist as the next message finds it."""
        return Checklist(
            part=PARTS[self.part],
            year=YEAR,
            answers=dict(self.answers),
            skips=dict(self.skips),
            bookmark=self.bookmark,
            ceiling=self.ceiling,
        )

    @property
    def place(self) -> Place | None:
        """The question he is at."""
        return self.checklist.place()

    def at(self) -> Place:
        """The question he is at, there being one."""
        place = self.place
        assert place is not None
        return place

    def answer(self, value: Value) -> Completed | Continued:
        """Give an acceptable value."""
        outcome = accept(self.checklist, self.at(), value, today=TODAY)
        assert isinstance(outcome, Completed | Continued), outcome
        if isinstance(outcome, Completed):
            self.answers[outcome.requirement.id] = outcome.answer
            self.bookmark = AT_THE_FIRST_OPEN
        else:
            self.bookmark = replace(
                self.bookmark, draft_of=outcome.requirement.id, draft=outcome.draft
            )
        return outcome

    def skip(self) -> None:
        """Leave the question for later."""
        self.skips[self.at().requirement.id] = max(self.skips.values(), default=0) + 1
        self.bookmark = AT_THE_FIRST_OPEN

    def revisit(self, requirement: str) -> None:
        """Go to one question."""
        self.bookmark = Bookmark(revisiting=requirement)

    def answer_all(self, values: Mapping[StepKind, Value]) -> None:
        """Answer everything that is open with the same value for each kind of step."""
        while (place := self.place) is not None:
            self.answer(values[place.step.kind])
