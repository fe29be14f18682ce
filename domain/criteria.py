"""A criteria set: what a legal document asks of a unit, as values.

A set has parts (Part I is indicator 19.2 of the New Rural commune), a part has items, an
item has requirements. Every item of a part must pass ("phải đạt đủ các nội dung sau").
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from domain.units import UnitKind


class Sensitivity(StrEnum):
    """How much a channel must be trusted to ask a requirement (docs/packs.md, `sensitivity`)."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"

    @property
    def rank(self) -> int:
        """0 green, 1 amber, 2 red: a channel's ceiling is at least the rank of what it shows."""
        return _RANKS[self]


_RANKS = {sensitivity: rank for rank, sensitivity in enumerate(Sensitivity)}


class AnswerKind(StrEnum):
    """What a requirement is by nature (docs/packs.md, `kind`)."""

    YES_NO = "yes_no"
    DOCUMENT = "document"
    COUNT_ZERO = "count_zero"
    COUNT_MIN = "count_min"
    NUMBER = "number"
    NUMBER_VS_LAST_YEAR = "number_vs_last_year"
    PERCENTAGE = "percentage"
    RATING = "rating"
    LIST = "list"
    CROSSREF = "crossref"


class AskedAs(StrEnum):
    """How a requirement is asked in chat (docs/packs.md, `asked_as`)."""

    YES_NO = "yes_no"
    NONE_OR_SOME = "none_or_some"
    DOCUMENT = "document"
    COUNT = "count"
    CASES = "cases"
    YEAR_ON_YEAR = "year_on_year"
    PERCENTAGE = "percentage"
    RATING = "rating"
    LIST = "list"
    REGISTER = "register"
    NOT_ASKED = "not_asked"


class Undecided(StrEnum):
    """A class of cases that the law does not decide but a standing ruling may: see
    docs/decisions/0004-what-the-law-leaves-open.md.
    """

    ZERO_BOTH_YEARS = "zero_both_years"
    EQUAL_NON_ZERO = "equal_non_zero"
    CASUALTIES_ROSE = "casualties_rose"
    FORCE_MAJEURE = "force_majeure"
    AIM_OR_OUTCOME = "aim_or_outcome"
    SIGNED_IN_DECEMBER = "signed_in_december"
    TITLE_OLDER_THAN_YEAR = "title_older_than_year"
    PLAN_OFF_THE_LIST = "plan_off_the_list"
    UNSETTLED_CASES = "unsettled_cases"
    NO_CASES_TO_MEDIATE = "no_cases_to_mediate"
    NOT_APPLICABLE_CLAIMED = "not_applicable_claimed"
    DATE_WITHHELD = "date_withheld"
    EMPTY_WHOLE = "empty_whole"


class RuleName(StrEnum):
    """How an answer is judged; `domain.rules` has one function for each."""

    YES = "yes"
    DOCUMENT = "document"
    DOCUMENT_IN_FIRST_QUARTER = "document_in_first_quarter"
    DOCUMENT_IF_LISTED = "document_if_listed"
    TITLE_HELD = "title_held"
    RATING_AT_LEAST = "rating_at_least"
    NONE = "none"
    AT_LEAST = "at_least"
    CUT_BY_PERCENT = "cut_by_percent"
    REDUCED = "reduced"
    ALL_SETTLED = "all_settled"
    MEDIATED = "mediated"
    PERCENT_AT_LEAST = "percent_at_least"
    PERCENT_BELOW = "percent_below"
    LISTED = "listed"
    BRANCH = "branch"
    CONVERTED_IF_LISTED = "converted_if_listed"
    SAME_AS = "same_as"
    ALL_MET = "all_met"
    SHARE_OF_COMMUNES = "share_of_communes"


@dataclass(frozen=True, kw_only=True)
class PassRule:
    """A rule and its parameters.

    `minimum`: AT_LEAST, RATING_AT_LEAST (the index in `Requirement.choices` that still
    passes). `percent`: CUT_BY_PERCENT, PERCENT_AT_LEAST, PERCENT_BELOW, SHARE_OF_COMMUNES. `refs`:
    the branching question of DOCUMENT_IF_LISTED and CONVERTED_IF_LISTED, the source of SAME_AS, the
    items or parts of ALL_MET and SHARE_OF_COMMUNES. `casualties`: REDUCED also weighs dead and
    injured.
    """

    name: RuleName
    minimum: int | None = None
    percent: int | None = None
    refs: tuple[str, ...] = ()
    casualties: bool = False


@dataclass(frozen=True, kw_only=True)
class Requirement:
    """One atomic requirement ("yêu cầu thành phần"), e.g. I.5.b.

    `verbatim` quotes the document (pieces of one clause are joined by " … "). `label`, `question`
    and `help` are our words: a few words for lists; one sentence to ask; what counts, what does not
    count and what the law leaves open. `question` is empty if nobody is asked. `choices` are the
    labels of a fixed choice, in order, the passing ones first; empty if a figure or a name is
    entered. A document question has three: number and date, a secret document (nothing is written
    down), none. `evidence` says what proves the answer, `recurrence` how often it is due, both in
    Vietnamese from the pack. `counted` names what a figure counts, in a form that can follow "bao
    nhiêu" ("vụ tai nạn giao thông"). `undecided` lists what the law leaves open here.
    """

    id: str
    clause: str
    verbatim: str
    label: str = ""
    question: str
    help: str
    kind: AnswerKind
    asked_as: AskedAs
    rule: PassRule
    sensitivity: Sensitivity
    choices: tuple[str, ...] = ()
    counted: str = ""
    evidence: str = ""
    recurrence: str = ""
    force_majeure: bool = False
    undecided: tuple[Undecided, ...] = ()
    note: str = ""

    @property
    def asked(self) -> bool:
        """Whether a person is asked; other requirements are computed or copied."""
        return self.asked_as is not AskedAs.NOT_ASKED

    @property
    def scored(self) -> bool:
        """Whether it counts for its item; a branching question does not."""
        return self.rule.name is not RuleName.BRANCH


@dataclass(frozen=True, kw_only=True)
class Item:
    """One content item ("nội dung"), e.g. I.5: met if all its requirements are met."""

    id: str
    title: str
    requirements: tuple[Requirement, ...]


@dataclass(frozen=True, kw_only=True)
class Part:
    """The items that make one indicator for some kinds of unit: Part I is 19.2 of xã NTM."""

    id: str
    indicator: str
    title: str
    criterion: str
    unit_kinds: frozenset[UnitKind]
    items: tuple[Item, ...]

    def requirements(self) -> Iterator[Requirement]:
        """Every requirement of the part, in the order of the document."""
        for item in self.items:
            yield from item.requirements


@dataclass(frozen=True, kw_only=True)
class CriteriaSet:
    """All parts of one document.

    `content_hash` (sha256, hex) is stamped on an assessment. `valid_from` and `valid_to` (both
    inclusive, None: no end known) say which set judges a request for recognition made on a day. A
    yearly checklist may be opened for the years `LegalDocument.covers_from` to `covers_to`.
    """

    id: str
    content_hash: str
    parts: tuple[Part, ...]
    valid_from: date
    valid_to: date | None
    _by_id: dict[str, Requirement] = field(default_factory=dict, compare=False, repr=False)

    def part(self, part_id: str) -> Part:
        """The part with this id; KeyError if the set has none."""
        for part in self.parts:
            if part.id == part_id:
                return part
        raise KeyError(part_id)

    def requirement(self, requirement_id: str) -> Requirement:
        """The requirement with this id; KeyError if the set has none."""
        if not self._by_id:
            for part in self.parts:
                self._by_id.update({row.id: row for row in part.requirements()})
        return self._by_id[requirement_id]

    def parts_for(self, kind: UnitKind) -> tuple[Part, ...]:
        """The parts that bind units of this kind."""
        return tuple(part for part in self.parts if kind in part.unit_kinds)
