"""Administrative units, and the rows that identify a database as ours."""

from sqlalchemy import Text
from sqlmodel import Field

from domain.units import Structure, UnitId, UnitKind
from storage.tables.base import Row, UnitKey, core, word


class MetaRow(Row, table=True):
    """Facts about the database itself: product, pepper of the codes, whether it is a demo."""

    __tablename__ = "meta"

    key: str = Field(primary_key=True)
    value: str


class UnitRow(Row, table=True):
    """One unit. `province` and `district` name the units above it, so that one query finds
    everything below a unit; a province is its own province, a district its own district.
    """

    __tablename__ = "unit"

    id: UnitId = Field(primary_key=True, sa_type=UnitKey)
    structure: Structure = Field(sa_type=word(Structure))
    code: str
    kind: UnitKind = Field(sa_type=word(UnitKind))
    name: str
    parent: str | None
    province: UnitId = Field(sa_type=UnitKey, index=True)
    district: UnitId | None = Field(sa_type=UnitKey, index=True)
    aliases: str = Field(sa_type=Text)


class SettingRow(Row, table=True):
    """One setting as JSON. `scope` is "" for the whole installation or a unit's key."""

    __tablename__ = "setting"

    scope: str = Field(primary_key=True)
    key: str = Field(primary_key=True)
    value: str = Field(sa_type=Text)


META = core(MetaRow)
UNIT = core(UnitRow)
SETTING = core(SettingRow)
