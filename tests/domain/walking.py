"""A person who goes through a checklist, as in a conversation."""

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
    """Every value that the step must accept."""
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
    """Holds the same data as storage: answers, skips, the bookmark."""

    part: str = "I"
    ceiling: Sensitivity = Sensitivity.RED
    answers: dict[str, Answer] = field(default_factory=dict)
    skips: dict[str, int] = field(default_factory=dict)
    bookmark: Bookmark = AT_THE_FIRST_OPEN

    @property
    def checklist(self) -> Checklist:
        """The checklist at the next message."""
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
        """The current question."""
        return self.checklist.place()

    def at(self) -> Place:
        """The current question, which must exist."""
        place = self.place
        assert place is not None
        return place

    def answer(self, value: Value) -> Completed | Continued:
        """Give a valid value."""
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
        """Skip the question."""
        self.skips[self.at().requirement.id] = max(self.skips.values(), default=0) + 1
        self.bookmark = AT_THE_FIRST_OPEN

    def revisit(self, requirement: str) -> None:
        """Go back to one question."""
        self.bookmark = Bookmark(revisiting=requirement)

    def answer_all(self, values: Mapping[StepKind, Value]) -> None:
        """Answer every open question, with the same value for each kind of step."""
        while (place := self.place) is not None:
            self.answer(values[place.step.kind])
