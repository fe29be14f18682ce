"""Figures of years before the assessed one."""

from datetime import date, datetime

from sqlmodel import Field

from domain.units import UnitId
from storage.tables.base import Moment, Row, UnitKey, core


class EarlierFigureRow(Row, table=True):
    """One figure of a unit in an earlier year. `measure` is "cases", "deaths" or "injured"; its
    source document is named if it was given ("" otherwise).
    """

    __tablename__ = "earlier_figure"

    unit: UnitId = Field(primary_key=True, sa_type=UnitKey, foreign_key="unit.id")
    set_id: str = Field(primary_key=True)
    requirement_id: str = Field(primary_key=True)
    year: int = Field(primary_key=True)
    measure: str = Field(primary_key=True)
    count: int
    document_number: str
    document_date: date | None
    person_id: int = Field(foreign_key="person.id")
    at: datetime = Field(sa_type=Moment)


EARLIER_FIGURE = core(EarlierFigureRow)
