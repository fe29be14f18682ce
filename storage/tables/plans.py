"""A province's confirmed year: duties, and the state of each at each unit."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from domain.deadlines import OccurrenceState
from domain.units import UnitId
from storage.tables.base import Moment, Row, UnitKey, core, word


class YearPlanRow(Row, table=True):
    """One document's dates in one year, as a province confirmed them."""

    __tablename__ = "year_plan"
    __table_args__ = (UniqueConstraint("province", "document_id", "year"),)

    id: int | None = Field(default=None, primary_key=True)
    province: UnitId = Field(sa_type=UnitKey, foreign_key="unit.id")
    document_id: str
    year: int
    confirmed_by: int = Field(foreign_key="person.id")
    confirmed_at: datetime = Field(sa_type=Moment)


class PlanDutyRow(Row, table=True):
    """One duty of a plan. `trace` says how the document's "who" became our units."""

    __tablename__ = "plan_duty"
    __table_args__ = (UniqueConstraint("plan_id", "obligation_id", "hard_limit"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="year_plan.id")
    obligation_id: str
    clause: str
    what: str = Field(sa_type=Text)
    verbatim: str = Field(sa_type=Text)
    to_whom: str = Field(sa_type=Text)
    hard_limit: date
    last_working_day: date
    inclusive: bool
    stages: str = Field(sa_type=Text)
    trace: str = Field(sa_type=Text)


class OccurrenceRow(Row, table=True):
    """One duty of one unit. `next_at` is when it must be checked again, None for never.

    Sent (declared), dated and recorded are three days; received is a fourth. An extension moves
    reminders; whether the hand-in is in time still follows from the document's date. `number`
    counts the duties of a unit from 1 and is never reused: people type it.
    """

    __tablename__ = "occurrence"
    __table_args__ = (
        UniqueConstraint("plan_duty_id", "unit"),
        UniqueConstraint("unit", "number"),
        Index(
            "ix_occurrence_next_at",
            "next_at",
            sqlite_where=text("next_at IS NOT NULL"),
            postgresql_where=text("next_at IS NOT NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    plan_duty_id: int = Field(foreign_key="plan_duty.id")
    unit: UnitId = Field(sa_type=UnitKey, foreign_key="unit.id", index=True)
    number: int
    state: OccurrenceState = Field(sa_type=word(OccurrenceState))
    next_at: datetime | None = Field(sa_type=Moment)
    sent_on: date | None
    document_on: date | None
    document_number: str | None
    declared_at: datetime | None = Field(sa_type=Moment)
    declared_by: int | None = Field(foreign_key="person.id")
    received_at: datetime | None = Field(sa_type=Moment)
    received_by: int | None = Field(foreign_key="person.id")
    extended_to: date | None
    extended_why: str | None = Field(sa_type=Text)
    extended_at: datetime | None = Field(sa_type=Moment)
    extended_by: int | None = Field(foreign_key="person.id")


YEAR_PLAN = core(YearPlanRow)
PLAN_DUTY = core(PlanDutyRow)
OCCURRENCE = core(OccurrenceRow)
