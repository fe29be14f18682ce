"""The place in a checklist, and the outcome of a reply given there.

No state machine is kept in memory: the place is the first open question, read from the answers,
unless the person went back to another. A restart between two messages changes nothing.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from domain.answers import NOTHING_GIVEN, Answer
from domain.assessments import AT_THE_FIRST_OPEN, Bookmark
from domain.criteria import Part, Requirement, RuleName, Sensitivity
from domain.kinds import kind_of
from domain.rules import YES
from domain.steps import Step, first_step, next_step


@dataclass(frozen=True, kw_only=True)
class Checklist:
    """One part of one assessment as one person sees it on one channel.

    `answers` are complete ones; `skips` gives each skipped requirement its skip number, so that
    skipped ones come last, in the order they were skipped. `ceiling` is the most sensitive kind of
    question that the channel may ask.
    """

    part: Part
    year: int
    answers: Mapping[str, Answer]
    skips: Mapping[str, int] = field(default_factory=dict)
    bookmark: Bookmark = AT_THE_FIRST_OPEN
    ceiling: Sensitivity = Sensitivity.RED
    locked: bool = False

    def asked(self) -> tuple[Requirement, ...]:
        """The requirements that a person is asked here, in order, without the branch that was not
        taken.
        """
        return self._asked

    # Cached: one turn reads them about six times.
    @cached_property
    def _asked(self) -> tuple[Requirement, ...]:
        return tuple(
            row for row in self.part.requirements() if row.asked and not self._branched_off(row)
        )

    def open(self) -> tuple[Requirement, ...]:
        """Those not answered yet, the skipped ones last, in the order they were skipped."""
        rows = [row for row in self.asked() if row.id not in self.answers]
        return tuple(sorted(rows, key=lambda row: self.skips.get(row.id, 0)))

    def answered(self) -> int:
        """How many of them have an answer."""
        return sum(1 for row in self.asked() if row.id in self.answers)

    def above_ceiling(self) -> tuple[Requirement, ...]:
        """Open requirements that this channel may not ask."""
        return tuple(row for row in self.open() if not self.allows(row))

    def place(self) -> "Place | None":
        """What to ask now, or None if no question that this channel may ask is open."""
        row = self._revisited() or next(filter(self.allows, self.open()), None)
        if row is None:
            return None
        draft, step = self._going_on(row)
        return Place(
            requirement=row,
            step=step,
            draft=draft,
            revisiting=row.id == self.bookmark.revisiting,
        )

    def _going_on(self, row: Requirement) -> tuple[Answer, Step]:
        """The fields given so far that this channel may continue from, and the next step."""
        draft = self.bookmark.begun(row.id)
        step = next_step(row, draft)
        # A complete answer that was not saved, and a figure that was begun on the web and is above
        # this channel's ceiling, are asked again from the start.
        if step is None or (self.withholds(row, step)):
            return NOTHING_GIVEN, first_step(row)
        return draft, step

    def withholds_figure(self, row: Requirement) -> bool:
        """Whether "Có" is enough here: the channel must not carry the amber figure itself."""
        return (
            kind_of(row).withheld is not None
            and row.sensitivity is not Sensitivity.GREEN
            and self.ceiling.rank < Sensitivity.RED.rank
        )

    def withholds(self, row: Requirement, step: Step) -> bool:
        """Whether a step asks for the figure that the channel must not carry."""
        return step.field is kind_of(row).withheld and self.withholds_figure(row)

    def before(self, requirement_id: str | None) -> Requirement | None:
        """The answered or skipped requirement before this one (None: the last)."""
        rows = [row for row in self.asked() if self.allows(row)]
        ids = [row.id for row in rows]
        end = ids.index(requirement_id) if requirement_id in ids else len(rows)
        seen = [row for row in rows[:end] if row.id in self.answers or row.id in self.skips]
        return seen[-1] if seen else None

    def find(self, requirement_id: str) -> Requirement | None:
        """The asked requirement with this id; upper and lower case are equal."""
        wanted = requirement_id.casefold()
        return next((row for row in self.asked() if row.id.casefold() == wanted), None)

    def waits_for(self, row: Requirement) -> Requirement | None:
        """The branching question that must be answered first, while it is open (I.7.b before
        I.7.e).
        """
        if row.rule.name is not RuleName.CONVERTED_IF_LISTED:
            return None
        branch = self.find(row.rule.refs[0])
        return branch if branch is not None and branch.id not in self.answers else None

    def allows(self, row: Requirement) -> bool:
        """Whether this channel may ask a requirement and show its answer."""
        return row.sensitivity.rank <= self.ceiling.rank

    def returning(self) -> Bookmark:
        """Where the person was before the last "sửa"; the first open question if nothing is
        known or it is not asked any more.
        """
        trail = self.bookmark.trail
        while trail:
            *before, back_to = trail
            trail = tuple(before)
            row = self.find(back_to) if back_to else None
            if not back_to or (row is not None and self.waits_for(row) is None):
                return self.bookmark.at(row.id if row is not None else None, trail=trail)
        return self.bookmark.at(None)

    def going_on(self, answered: Collection[str]) -> Bookmark:
        """The place after these requirements were answered: where the person was before going
        back to one of them. A person who revisits another requirement stays there.
        """
        mark = self.bookmark.without(answered)
        if mark.revisiting is not None and mark.revisiting not in answered:
            return mark
        back = replace(self, bookmark=mark).returning()
        return back if mark.revisiting is None else replace(back, corrected=mark.revisiting)

    def _revisited(self) -> Requirement | None:
        row = self.find(self.bookmark.revisiting or "")
        return row if row is not None and self.allows(row) else None

    def _branched_off(self, row: Requirement) -> bool:
        """Whether the branching answer makes this question unnecessary (I.7.e off the list)."""
        if row.rule.name is not RuleName.CONVERTED_IF_LISTED:
            return False
        branch = self.answers.get(row.rule.refs[0])
        return branch is not None and branch.choice not in (None, YES)


@dataclass(frozen=True, kw_only=True)
class Place:
    """The question that a person is at: the requirement, its step, and the fields given so far."""

    requirement: Requirement
    step: Step
    draft: Answer
    revisiting: bool
