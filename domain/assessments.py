"""The assessment of one unit in one period, judged by the criteria set it was stamped with."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from itertools import takewhile

from domain.answers import NOTHING_GIVEN, Answer
from domain.criteria import CriteriaSet, Item, Part, Requirement
from domain.rules import Case, judge
from domain.units import UnitId
from domain.verdicts import Finding, Standing, StandingRuling, Verdict, combine


class AssessmentState(StrEnum):
    """OPEN is being filled in; HANDED_IN waits for the reviewer; APPROVED is final."""

    OPEN = "open"
    HANDED_IN = "handed_in"
    APPROVED = "approved"

    @property
    def standing(self) -> Standing:
        """The standing that its verdicts have."""
        return _STANDINGS[self]


_STANDINGS = {
    AssessmentState.OPEN: Standing.PROVISIONAL,
    AssessmentState.HANDED_IN: Standing.SELF_ASSESSED,
    AssessmentState.APPROVED: Standing.APPRAISED,
}


@dataclass(frozen=True, kw_only=True)
class Assessment:
    """One unit × criteria set × year.

    `version` counts its changes; of two simultaneous changes exactly one succeeds. First hand-in,
    last correction and approval are three different times and are stored separately.
    """

    id: int
    unit: UnitId
    set_id: str
    set_hash: str
    year: int
    state: AssessmentState
    version: int
    handed_in_at: datetime | None = None
    corrected_at: datetime | None = None
    approved_at: datetime | None = None


MOST_BEGUN = 12
"""Requirements whose unfinished fields are kept for one person, the newest: nobody leaves more
than a few questions half answered, and the row stays below 4 KB.
"""

MOST_STEPS = 8
"""How many "sửa" in succession can be taken back: more places nobody remembers."""


@dataclass(frozen=True, kw_only=True)
class Bookmark:
    """The position of one person in one assessment, in addition to what the answers show.

    `revisiting` is the requirement that the person went back to. `draft` holds the fields given so
    far to the requirement `draft_of`, until the answer is complete; `kept` the fields given so far
    to other requirements, the oldest first. `trail` is where the person was before each "sửa", the
    last one at the end ("" is the first open question). `corrected` is the requirement that was
    revisited and answered last.
    """

    revisiting: str | None = None
    draft_of: str | None = None
    draft: Answer = NOTHING_GIVEN
    kept: Mapping[str, Answer] = field(default_factory=dict)
    trail: tuple[str, ...] = ()
    corrected: str | None = None

    def begun(self, requirement_id: str) -> Answer:
        """The fields given so far to a requirement."""
        if self.draft_of == requirement_id:
            return self.draft
        return self.kept.get(requirement_id, NOTHING_GIVEN)

    def drafting(self, requirement_id: str, draft: Answer) -> "Bookmark":
        """The same place with the fields given so far to one requirement."""
        aside = self._aside(requirement_id)
        return replace(self, draft_of=requirement_id, draft=draft, kept=aside)

    def at(self, requirement_id: str | None, *, trail: tuple[str, ...] = ()) -> "Bookmark":
        """Another place: this requirement, or the first open one (None). Nothing begun is lost."""
        return Bookmark(revisiting=requirement_id, kept=self._aside(), trail=trail[-MOST_STEPS:])

    def without(self, requirement_ids: Collection[str]) -> "Bookmark":
        """The same place without the fields given so far to these requirements."""
        kept = {row: one for row, one in self.kept.items() if row not in requirement_ids}
        if self.draft_of in requirement_ids:
            return replace(self, draft_of=None, draft=NOTHING_GIVEN, kept=kept)
        return replace(self, kept=kept)

    def _aside(self, but: str | None = None) -> Mapping[str, Answer]:
        """What was begun at every requirement except one."""
        known = {row: one for row, one in self.kept.items() if row not in (but, self.draft_of)}
        if self.draft_of not in (None, but) and self.draft.fields:
            known[self.draft_of or ""] = self.draft
        return dict(list(known.items())[-MOST_BEGUN:])


AT_THE_FIRST_OPEN = Bookmark()
"""No requirement is revisited and no answer is incomplete."""


def find(
    criteria: CriteriaSet,
    part: Part,
    answers: Mapping[str, Answer],
    *,
    year: int,
    rulings: tuple[StandingRuling, ...] = (),
) -> tuple[Finding, ...]:
    """The findings of a part: one for each item, in order, then one for the part itself.

    A part that refers to an earlier part or to its items (II.1) is judged after them, with their
    findings, from the same answers.
    """
    found: dict[str, Verdict] = {}
    for earlier in takewhile(lambda one: one.id != part.id, criteria.parts):
        if earlier.unit_kinds & part.unit_kinds:
            earlier_items = _find_items(earlier, answers, year, rulings, found)
            found[earlier.id] = _whole(earlier.id, earlier_items).verdict
    items = _find_items(part, answers, year, rulings, found)
    return (*items, _whole(part.id, items))


def find_affected(
    parts: Sequence[Part],
    answers: Mapping[str, Answer],
    *,
    changed: Collection[str],
    before: Mapping[str, Verdict],
    year: int,
    rulings: tuple[StandingRuling, ...] = (),
) -> tuple[Finding, ...]:
    """The findings of the items whose verdict the answers to `changed` (requirement ids) may
    change, in order.

    An item is affected if one of its requirements was answered, or if one refers to such a
    requirement or to an affected item or part. `before` holds the verdict of every item and part
    before the change; all other items keep it.
    """
    found = dict(before)
    touched = set(changed)
    findings = []
    for part in parts:
        for item in part.items:
            if not any(_is_touched(row, touched) for row in item.requirements):
                continue
            case = Case(year=year, answers=answers, rulings=rulings, found=found)
            finding = _find_item(item, case)
            found[item.id] = finding.verdict
            touched.add(item.id)
            findings.append(finding)
        if any(item.id in touched for item in part.items):
            found[part.id] = combine(found[item.id] for item in part.items)
            touched.add(part.id)
    return tuple(findings)


def _is_touched(row: Requirement, touched: Collection[str]) -> bool:
    return row.id in touched or any(ref in touched for ref in row.rule.refs)


def _find_items(
    part: Part,
    answers: Mapping[str, Answer],
    year: int,
    rulings: tuple[StandingRuling, ...],
    found: dict[str, Verdict],
) -> tuple[Finding, ...]:
    findings = []
    for item in part.items:
        case = Case(year=year, answers=answers, rulings=rulings, found=found)
        finding = _find_item(item, case)
        found[item.id] = finding.verdict
        findings.append(finding)
    return tuple(findings)


def _find_item(item: Item, case: Case) -> Finding:
    scored = [row for row in item.requirements if row.scored]
    judgements = tuple(judge(row, case) for row in scored)
    return Finding(
        subject=item.id,
        verdict=combine(one.verdict for one in judgements),
        judgements=judgements,
        with_evidence=sum(
            1 for row in scored if row.id in case.answers and case.answers[row.id].has_evidence
        ),
    )


def _whole(subject: str, items: tuple[Finding, ...]) -> Finding:
    return Finding(
        subject=subject,
        verdict=combine(item.verdict for item in items),
        judgements=tuple(one for item in items for one in item.judgements),
        with_evidence=sum(item.with_evidence for item in items),
    )
