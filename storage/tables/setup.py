"""Drafts of administrators, joinings by code, and hand-ins that wait for a head."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Text
from sqlmodel import Field

from domain.people import Role
from domain.units import UnitId
from storage.tables.base import Moment, Row, UnitKey, core, word


class SetupDraftRow(Row, table=True):
    """A step of the set-up that a person began and did not confirm; `body` is JSON."""

    __tablename__ = "setup_draft"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    step: str = Field(primary_key=True)
    body: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Moment)


class JoinPendingRow(Row, table=True):
    """A person entered a valid code and was shown its duty. Until they confirm that the duty is
    theirs, only a hash identifies them.
    """

    __tablename__ = "join_pending"

    address_hash: str = Field(primary_key=True)
    invitation_id: int = Field(foreign_key="invitation.id")
    at: datetime = Field(sa_type=Moment, index=True)


class JoiningRow(Row, table=True):
    """One joining. `post_added`: the post was given by it and is removed when it is undone."""

    __tablename__ = "joining"

    id: int | None = Field(default=None, primary_key=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    address_id: int = Field(foreign_key="address.id")
    invitation_id: int = Field(foreign_key="invitation.id")
    role: Role = Field(sa_type=word(Role))
    unit: UnitId = Field(sa_type=UnitKey, foreign_key="unit.id")
    post_added: bool
    at: datetime = Field(sa_type=Moment)
    undone_by: int | None = Field(foreign_key="person.id")
    undone_at: datetime | None = Field(sa_type=Moment)


class RequestOutcome(StrEnum):
    """A head's decision on a checklist that an officer submitted."""

    HANDED_IN = "handed_in"
    RETURNED = "returned"


class HandInRequestRow(Row, table=True):
    """An officer submitted the checklist, at `version`, to the unit's heads."""

    __tablename__ = "hand_in_request"

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessment.id", index=True)
    version: int
    asked_by: int = Field(foreign_key="person.id")
    asked_at: datetime = Field(sa_type=Moment)
    outcome: RequestOutcome | None = Field(sa_type=word(RequestOutcome))
    settled_by: int | None = Field(foreign_key="person.id")
    settled_at: datetime | None = Field(sa_type=Moment)
    reason: str | None = Field(sa_type=Text)


SETUP_DRAFT = core(SetupDraftRow)
JOIN_PENDING = core(JoinPendingRow)
JOINING = core(JoiningRow)
HAND_IN_REQUEST = core(HandInRequestRow)
