"""Registers of units, and the copies of what was handed in."""

from datetime import date, datetime

from sqlalchemy import Text
from sqlmodel import Field

from domain.units import UnitId
from storage.tables.base import Moment, Row, UnitKey, core


class RegisterEntryRow(Row, table=True):
    """One model or group of a unit. `register_name` is what its questions count.

    A removed entry was a mistake: it is hidden and never deleted.
    """

    __tablename__ = "register_entry"

    id: int | None = Field(default=None, primary_key=True)
    unit: UnitId = Field(sa_type=UnitKey, foreign_key="unit.id", index=True)
    register_name: str
    name: str
    since_year: int | None
    since_on: date | None
    ended_on: date | None
    decision_number: str
    decision_date: date | None
    note: str = Field(sa_type=Text)
    added_by: int = Field(foreign_key="person.id")
    added_at: datetime = Field(sa_type=Moment)
    changed_by: int | None = Field(foreign_key="person.id")
    changed_at: datetime | None = Field(sa_type=Moment)
    removed_at: datetime | None = Field(sa_type=Moment)


class RegisterCopyRow(Row, table=True):
    """An entry as it was when an answer with it was handed in or corrected; never changed.

    `version` is that of the assessment after this hand-in; the newest one counts.
    """

    __tablename__ = "register_copy"

    assessment_id: int = Field(primary_key=True, foreign_key="assessment.id")
    version: int = Field(primary_key=True)
    entry_id: int = Field(primary_key=True, foreign_key="register_entry.id")
    name: str
    since_year: int | None
    since_on: date | None
    ended_on: date | None
    decision_number: str
    decision_date: date | None
    note: str = Field(sa_type=Text)


REGISTER_ENTRY = core(RegisterEntryRow)
REGISTER_COPY = core(RegisterCopyRow)
