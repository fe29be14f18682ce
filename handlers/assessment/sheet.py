"""The open checklist of the person's own unit, loaded for one turn."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from domain.answers import Answer
from domain.assessments import Assessment, AssessmentState, Bookmark, find
from domain.checklist import Checklist, Place
from domain.criteria import CriteriaSet, Part
from domain.people import Post
from domain.steps import is_complete
from domain.units import Unit, UnitId
from domain.verdicts import Finding, StandingRuling, Verdict
from handlers.assessment.pending import NOTHING_PENDING, Pending
from handlers.assessment.pending import load as load_pending
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.turn import Turn
from storage import KeptVerdict, Recorded


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """One assessment as its own unit sees it.

    `versions` counts the answers given to each requirement; it is part of the menu token, so an
    answered question gets a new one. `kept` are the verdicts as last saved, by subject; none before
    the first answer. `pending` are answers that were read from one line and wait for confirmation:
    they only affect what is asked next. `recorded` says who gave each answer, and when.
    `found_now` are the findings of the items that the answers
    of this turn affected, and `now` all verdicts after these answers, by subject; both are empty
    before the first answer of the turn.
    """

    unit: Unit
    assessment: Assessment
    criteria: CriteriaSet
    part: Part
    rulings: tuple[StandingRuling, ...]
    checklist: Checklist
    versions: Mapping[str, int]
    recorded: Mapping[str, Recorded] = field(default_factory=dict)
    kept: Mapping[str, KeptVerdict] = field(default_factory=dict)
    pending: Pending = NOTHING_PENDING
    found_now: Mapping[str, Finding] = field(default_factory=dict)
    now: Mapping[str, KeptVerdict] = field(default_factory=dict)

    @property
    def place(self) -> Place | None:
        """What to ask now."""
        place = self.ahead.place()
        row = place.requirement.id if place is not None else ""
        if not self.pending or self.checklist.bookmark.begun(row).fields:
            return place
        half = self.pending.answers.get(row)
        if half is None:
            return place
        bookmark = self.checklist.bookmark.drafting(row, half)
        return replace(self.ahead, bookmark=bookmark).place()

    @property
    def ahead(self) -> Checklist:
        """The checklist as it will be after the pending answers are confirmed."""
        if not self.pending:
            return self.checklist
        answers = {**self.checklist.answers, **self.pending_whole()}
        return replace(self.checklist, answers={**answers, **self.checklist.answers})

    def pending_whole(self) -> Mapping[str, Answer]:
        """The complete pending answers that this channel may show; the others wait for a channel
        that may show them.
        """
        if not self.pending:
            return {}
        return {
            row: answer
            for row, answer in self.pending.answers.items()
            if is_complete(one := self.criteria.requirement(row), answer)
            and self.checklist.allows(one)
        }

    def pending_here(self) -> frozenset[str]:
        """The requirements with a pending answer, complete or partial, that this
        channel may show.
        """
        if not self.pending:
            return frozenset()
        rows = (self.criteria.requirement(row) for row in self.pending.answers)
        return frozenset(row.id for row in rows if self.checklist.allows(row))

    def instead_here(self) -> Mapping[str, Answer]:
        """The answers about which the person is asked whether they replace somebody else's, as far
        as this channel may show them.
        """
        return {
            row: answer
            for row, answer in self.pending.instead.items()
            if self.checklist.allows(self.criteria.requirement(row))
        }

    @property
    def year(self) -> int:
        """The year under review."""
        return self.assessment.year

    def menu(self, place: Place) -> Menu:
        """The menu that the question at `place` opens: its token fits 64 bytes."""
        row = place.requirement.id
        version = self.versions.get(row, 0)
        parts = (str(self.assessment.id), row, place.step.field.value, str(version))
        return Menu(MenuKind.QUESTION, parts)

    def findings(self) -> tuple[Finding, ...]:
        """The findings of the open part, from the current answers."""
        return self.findings_of(self.part)

    def findings_of(self, part: Part) -> tuple[Finding, ...]:
        """The findings of one part of the set."""
        if part.id not in self._found:
            self._found[part.id] = find(
                self.criteria, part, self.checklist.answers, year=self.year, rulings=self.rulings
            )
        return self._found[part.id]

    @cached_property
    def _found(self) -> dict[str, tuple[Finding, ...]]:
        # To judge a part costs as much as five statements, and a turn asks for it several times.
        return {}

    @property
    def rows(self) -> Mapping[str, KeptVerdict]:
        """The verdicts of items and parts that are stored at this point of the turn."""
        return self.now or self.kept

    def verdict_now(self, subject: str) -> Verdict:
        """The verdict of an item or part after the answers of this turn."""
        row = self.now.get(subject)
        return row.verdict if row else self.verdict_before(subject)

    def verdict_before(self, subject: str) -> Verdict:
        """The verdict of an item or part before the last answer."""
        row = self.kept.get(subject)
        return row.verdict if row else Verdict.INCOMPLETE

    def answering(
        self, assessment: Assessment, requirement_id: str, answer: Answer, by: Recorded
    ) -> "Sheet":
        """The sheet after `answer` was saved: the person is where he was before this question."""
        answers = {**self.checklist.answers, requirement_id: answer}
        versions = {**self.versions, requirement_id: self.versions.get(requirement_id, 0) + 1}
        checklist = replace(self.checklist, answers=answers)
        place = checklist.going_on({requirement_id})
        return replace(
            self,
            assessment=assessment,
            checklist=replace(checklist, bookmark=place),
            versions=versions,
            recorded={**self.recorded, requirement_id: by},
        )

    def moved(self, bookmark: Bookmark) -> "Sheet":
        """The sheet with the person at another place."""
        return replace(self, checklist=replace(self.checklist, bookmark=bookmark))


_LAPSED = "lapsed"


def load_sheet(turn: Turn) -> Sheet | None:
    """The newest open checklist of the unit that the person answers for, or None.

    A turn loads it once; code that changes what it shows calls `forget_sheet`.
    """
    post = turn.answering_post
    if post is None:
        return None
    if post not in turn.loaded:
        turn.loaded[post] = _load(turn, post)
    return cast("Sheet | None", turn.loaded[post])


def forget_sheet(turn: Turn) -> None:
    """The checklist was changed: the next `load_sheet` in this turn reads it again."""
    for post in [one for one in turn.loaded if isinstance(one, Post)]:
        del turn.loaded[post]


def lapsed_in(turn: Turn) -> bool | None:
    """Whether the first checklist that this turn loaded had lapsed answers; None if it has loaded
    none.
    """
    return cast("bool | None", turn.loaded.get(_LAPSED))


def _load(turn: Turn, post: Post) -> Sheet | None:
    loaded = turn.tx.assessments.load(post.unit, turn.person.id)
    unit = turn.unit(post.unit)
    if loaded is None or unit is None:
        return None
    criteria = turn.library.criteria(loaded.assessment.set_id, loaded.assessment.set_hash, turn.tx)
    part = criteria.parts_for(unit.kind)[0]
    pending = load_pending(turn.tx, turn.person.id, loaded.assessment.id, turn.now)
    turn.loaded.setdefault(_LAPSED, pending.lapsed)
    return Sheet(
        unit=unit,
        assessment=loaded.assessment,
        criteria=criteria,
        part=part,
        rulings=turn.tx.rulings.in_force(province_of(unit), loaded.assessment.set_id),
        versions=loaded.versions,
        recorded=loaded.recorded,
        kept=loaded.verdicts,
        pending=pending,
        checklist=Checklist(
            part=part,
            year=loaded.assessment.year,
            answers=loaded.answers,
            skips=loaded.skips,
            bookmark=loaded.bookmark,
            ceiling=turn.ceiling,
            locked=loaded.assessment.state is not AssessmentState.OPEN,
        ),
    )


def sheet_of(turn: Turn, unit: Unit, year: int | None) -> Sheet | None:
    """The assessment of a unit that the person may see (None: the newest), with nothing
    to fill in.
    """
    seen = turn.tx.visible_to(turn.person).assessments((unit.id,), year)
    if not seen:
        return None
    assessment = max(seen, key=lambda one: (one.year, one.id))
    criteria = turn.library.criteria(assessment.set_id, assessment.set_hash, turn.tx)
    part = criteria.parts_for(unit.kind)[0]
    return Sheet(
        unit=unit,
        assessment=assessment,
        criteria=criteria,
        part=part,
        rulings=turn.tx.rulings.in_force(province_of(unit), assessment.set_id),
        versions={},
        checklist=Checklist(
            part=part,
            year=assessment.year,
            answers=turn.tx.assessments.answers(assessment.id),
            locked=True,
        ),
    )


def province_of(unit: Unit) -> UnitId:
    """The province a unit lies in."""
    return UnitId(unit.id.structure, unit.province)
