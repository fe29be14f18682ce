"""Assessments: answers, stored verdicts, figures, evidence, and requests to hand in."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.answers import Answer
from domain.assessments import Assessment, Bookmark
from domain.units import UnitId
from domain.verdicts import Verdict
from storage.tables.setup import RequestOutcome


@dataclass(frozen=True, kw_only=True)
class AnswerVersion:
    """One version of an answer; the current one has `superseded_at` None."""

    requirement_id: str
    version: int
    answer: Answer
    person_id: int
    at: datetime
    superseded_at: datetime | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """Who gave a current answer, and when."""

    person_id: int
    at: datetime


@dataclass(frozen=True, kw_only=True)
class KeptVerdict:
    """The last saved verdict of an item or part, and its number of requirements by verdict."""

    assessment_id: int
    subject: str
    verdict: Verdict
    met: int
    not_met: int
    not_applicable: int
    incomplete: int
    needs_review: int
    with_evidence: int
    rulings: tuple[int, ...]

    @property
    def total(self) -> int:
        """All scored requirements of the subject."""
        return self.met + self.not_met + self.not_applicable + self.incomplete + self.needs_review


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """All data of one assessment that a turn of one person needs."""

    assessment: Assessment
    answers: Mapping[str, Answer] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    recorded: Mapping[str, Recorded] = field(default_factory=dict)
    skips: Mapping[str, int] = field(default_factory=dict)
    bookmark: Bookmark = field(default_factory=Bookmark)
    verdicts: Mapping[str, KeptVerdict] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A document of a unit in a year. A secret one has neither number nor date."""

    id: int
    unit: UnitId
    year: int
    number: str | None
    issued_on: date | None
    secret: bool
    requirement_id: str


@dataclass(frozen=True, kw_only=True)
class EarlierFigure:
    """One figure of a unit in an earlier year, with its source document if it was given."""

    unit: UnitId
    set_id: str
    requirement_id: str
    year: int
    measure: str
    count: int
    document_number: str = ""
    document_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class HandInRequest:
    """A checklist that an officer submitted to the heads of the unit; open until `outcome`."""

    id: int
    assessment_id: int
    version: int
    asked_by: int
    asked_at: datetime
    outcome: RequestOutcome | None = None
    settled_by: int | None = None
    settled_at: datetime | None = None
    reason: str | None = None

    @property
    def code(self) -> str:
        """The code that a head types: "xem H5"."""
        return f"H{self.id}"
