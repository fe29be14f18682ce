"""People who joined or are invited, their posts and codes, and the audit."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from domain.people import Role
from domain.units import UnitId
from storage.tables.base import BIG_ID, Moment, Row, UnitKey, core, word


class PersonRow(Row, table=True):
    __tablename__ = "person"

    id: int | None = Field(default=None, primary_key=True)
    handle: str = Field(unique=True)
    name: str
    locale: str
    preferred: str | None


class PostRow(Row, table=True):
    """A role at a unit. The order of ids is the order in which posts were given."""

    __tablename__ = "post"
    __table_args__ = (UniqueConstraint("person_id", "role", "unit"),)

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id")
    role: Role = Field(sa_type=word(Role))
    unit: UnitId = Field(sa_type=UnitKey, foreign_key="unit.id", index=True)


class InvitationRow(Row, table=True):
    """A one-time code, hashed, for one post."""

    __tablename__ = "invitation"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    role: Role = Field(sa_type=word(Role))
    unit: UnitId = Field(sa_type=UnitKey, foreign_key="unit.id")
    code_hash: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=Moment)
    used_at: datetime | None = Field(sa_type=Moment)
    withdrawn_at: datetime | None = Field(sa_type=Moment)


class StrangerRow(Row, table=True):
    """All that is stored of a person without a post: a hash, a day, and attempts at codes."""

    __tablename__ = "stranger"

    address_hash: str = Field(primary_key=True)
    answered_on: date | None
    tries: int
    tries_since: datetime = Field(sa_type=Moment, index=True)


class AuditRow(Row, table=True):
    """Who read or changed what. `person_id` is no foreign key: the record outlives the person's
    row.
    """

    __tablename__ = "audit"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_ID)
    at: datetime = Field(sa_type=Moment, index=True)
    person_id: int | None
    action: str
    subject: str
    detail: str = Field(sa_type=Text)


PERSON = core(PersonRow)
POST = core(PostRow)
INVITATION = core(InvitationRow)
STRANGER = core(StrangerRow)
AUDIT = core(AuditRow)
