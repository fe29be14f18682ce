"""Sessions of the web chat, and the one-time codes that open more of them."""

from datetime import datetime

from sqlalchemy import false
from sqlmodel import Field

from storage.tables.base import Moment, Row, core


class WebSessionRow(Row, table=True):
    """One browser that is signed in; the row is deleted when the session ends.

    `valid_until` is extended by use, `expires_at` is not. `own_device`: the person said that
    nobody else uses it.
    """

    __tablename__ = "web_session"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(unique=True)
    person_id: int = Field(foreign_key="person.id", index=True)
    device: str
    created_at: datetime = Field(sa_type=Moment)
    last_used_at: datetime = Field(sa_type=Moment)
    valid_until: datetime = Field(sa_type=Moment)
    expires_at: datetime = Field(sa_type=Moment)
    own_device: bool = Field(default=False, sa_column_kwargs={"server_default": false()})


class WebCodeRow(Row, table=True):
    """The hash of a code for one more device or channel of a person; the row is deleted when the
    code is used.
    """

    __tablename__ = "web_code"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    code_hash: str = Field(unique=True)
    expires_at: datetime = Field(sa_type=Moment)


WEB_SESSION = core(WebSessionRow)
WEB_CODE = core(WebCodeRow)
