"""Criteria sets as stamped, assessments, their answers, verdicts and evidence."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from domain.assessments import AssessmentState
from domain.criteria import Undecided
from domain.units import UnitId
from domain.verdicts import Verdict
from storage.tables.base import BIG_ID, Moment, Row, UnitKey, core, word


class CriteriaSetRow(Row, table=True):
    """The body of a set in the version with which an assessment was stamped."""

    __tablename__ = "criteria_set"

    content_hash: str = Field(primary_key=True)
    set_id: str
    body: str = Field(sa_type=Text)
    stamped_at: datetime = Field(sa_type=Moment)


class AssessmentRow(Row, table=True):
    __tablename__ = "assessment"
    __table_args__ = (UniqueConstraint("unit", "year", "set_id"),)

    id: int | None = Field(default=None, primary_key=True)
    unit: UnitId = Field(sa_type=UnitKey, foreign_key="unit.id")
    set_id: str
    set_hash: str = Field(foreign_key="criteria_set.content_hash")
    year: int
    state: AssessmentState = Field(sa_type=word(AssessmentState))
    version: int
    opened_at: datetime = Field(sa_type=Moment)
    handed_in_at: datetime | None = Field(sa_type=Moment)
    corrected_at: datetime | None = Field(sa_type=Moment)
    approved_at: datetime | None = Field(sa_type=Moment)


class SubmissionKind(StrEnum):
    """Changes of the state of a whole assessment."""

    HANDED_IN = "handed_in"
    CORRECTED = "corrected"
    REOPENED = "reopened"
    APPROVED = "approved"


class SubmissionRow(Row, table=True):
    """Every hand-in, correction, reopening and approval, by whom and when; never deleted."""

    __tablename__ = "submission"

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    kind: SubmissionKind = Field(sa_type=word(SubmissionKind))
    version: int
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
    reason: str | None = Field(sa_type=Text)


class AnswerRow(Row, table=True):
    """One version of one answer; the current one has no `superseded_at`."""

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("assessment_id", "requirement_id", "version"),
        Index(
            "uq_answer_current",
            "assessment_id",
            "requirement_id",
            unique=True,
            sqlite_where=text("superseded_at IS NULL"),
            postgresql_where=text("superseded_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_ID)
    assessment_id: int = Field(foreign_key="assessment.id")
    requirement_id: str
    version: int
    body: str = Field(sa_type=Text)
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)
    superseded_at: datetime | None = Field(sa_type=Moment)
    reason: str | None = Field(sa_type=Text)


class SkipRow(Row, table=True):
    """A requirement left for later; `number` orders them by the time of the skip."""

    __tablename__ = "skip"

    assessment_id: int = Field(primary_key=True, foreign_key="assessment.id")
    requirement_id: str = Field(primary_key=True)
    number: int


class BookmarkRow(Row, table=True):
    __tablename__ = "bookmark"

    assessment_id: int = Field(primary_key=True, foreign_key="assessment.id")
    person_id: int = Field(primary_key=True, foreign_key="person.id")
    revisiting: str | None
    draft_of: str | None
    draft: str = Field(sa_type=Text)


class VerdictRow(Row, table=True):
    """The verdict of one item or part, and its number of requirements by verdict."""

    __tablename__ = "verdict"

    assessment_id: int = Field(primary_key=True, foreign_key="assessment.id")
    subject: str = Field(primary_key=True)
    verdict: Verdict = Field(sa_type=word(Verdict))
    met: int
    not_met: int
    not_applicable: int
    incomplete: int
    needs_review: int
    with_evidence: int
    rulings: str
    """Ids of the standing rulings that decided part of it, joined by commas."""
    found_at: datetime = Field(sa_type=Moment)


class EvidenceRow(Row, table=True):
    """A document of a unit in a year. A secret one has neither number nor date."""

    __tablename__ = "evidence"
    __table_args__ = (
        Index(
            "uq_evidence_document",
            "unit",
            "year",
            "number",
            "issued_on",
            unique=True,
            sqlite_where=text("NOT secret"),
            postgresql_where=text("NOT secret"),
        ),
        Index(
            "uq_evidence_secret",
            "unit",
            "year",
            "requirement_id",
            unique=True,
            sqlite_where=text("secret"),
            postgresql_where=text("secret"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    unit: UnitId = Field(sa_type=UnitKey, foreign_key="unit.id")
    year: int
    number: str | None
    issued_on: date | None
    secret: bool
    requirement_id: str
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


class RulingRow(Row, table=True):
    """A standing ruling of a province."""

    __tablename__ = "ruling"

    id: int | None = Field(default=None, primary_key=True)
    province: UnitId = Field(sa_type=UnitKey, foreign_key="unit.id", index=True)
    set_id: str
    undecided: Undecided = Field(sa_type=word(Undecided))
    verdict: Verdict = Field(sa_type=word(Verdict))
    number: str
    issued_on: date
    valid_from: date
    valid_to: date | None
    requirements: str = Field(sa_type=Text)
    added_by: int = Field(foreign_key="person.id")
    added_at: datetime = Field(sa_type=Moment)
    withdrawn_by: int | None = Field(foreign_key="person.id")
    withdrawn_at: datetime | None = Field(sa_type=Moment)


CRITERIA_SET = core(CriteriaSetRow)
ASSESSMENT = core(AssessmentRow)
SUBMISSION = core(SubmissionRow)
ANSWER = core(AnswerRow)
SKIP = core(SkipRow)
BOOKMARK = core(BookmarkRow)
VERDICT = core(VerdictRow)
EVIDENCE = core(EvidenceRow)
RULING = core(RulingRow)
