"""Addresses, what came in and what goes out."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, Integer, Text, text
from sqlmodel import Field

from domain.people import Role
from domain.units import UnitId
from storage.tables.base import BIG_ID, Moment, Row, UnitKey, core, word


class Author(StrEnum):
    """Who said a message: we, or the person himself, kept so that all his tabs show it."""

    US = "us"
    PERSON = "person"


class SendState(StrEnum):
    """FAILED was given up, EXPIRED came too late to be of use, DROPPED was taken out by hand."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    DROPPED = "dropped"


class AttemptOutcome(StrEnum):
    """UNKNOWN: no answer came, or the sender died before it could note one."""

    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


LANES = {"reply": 0, "notice": 1}
"""Lanes are kept as numbers, so that an index can say which goes first."""


class AddressRow(Row, table=True):
    """Where a person is reached. Its row is what a turn locks and what a sender leases.

    `leased_row` is the outbox row being sent: a lease that ran out with one there means a
    sender died over it. `position` counts the messages shown at this address. A retired row
    stays for history; an address linked to somebody else is a new row, so that nobody reads
    another's messages.
    """

    __tablename__ = "address"
    __table_args__ = (
        Index(
            "uq_address_in_use",
            "channel",
            "bot",
            "address",
            unique=True,
            sqlite_where=text("retired_at IS NULL"),
            postgresql_where=text("retired_at IS NULL"),
        ),
        Index("ix_address_channel_bot_address", "channel", "bot", "address"),
    )

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    address: str
    person_id: int = Field(foreign_key="person.id", index=True)
    menu: str | None
    acting_role: Role | None = Field(sa_type=word(Role))
    acting_unit: UnitId | None = Field(sa_type=UnitKey)
    linked_at: datetime = Field(sa_type=Moment)
    retired_at: datetime | None = Field(sa_type=Moment)
    retired_reason: str | None
    leased_until: datetime | None = Field(sa_type=Moment)
    lease_token: str | None
    leased_row: int | None = Field(sa_type=BIG_ID)
    position: int


class InboxRow(Row, table=True):
    """The key of one delivery: present means seen before."""

    __tablename__ = "inbox"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    delivery_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)


class InboxPendingRow(Row, table=True):
    """A screened body whose turn could not start in time, where the channel may not repeat it."""

    __tablename__ = "inbox_pending"

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    delivery_id: str
    body: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Moment)


class InboxAsideRow(Row, table=True):
    """A delivery that could not be handled."""

    __tablename__ = "inbox_aside"

    id: int | None = Field(default=None, primary_key=True)
    channel: str
    bot: str
    delivery_id: str
    kind: str
    error: str
    screened_text: str = Field(sa_type=Text)
    at: datetime = Field(sa_type=Moment, index=True)


class OutboxRow(Row, table=True):
    """One message to one address, or the echo of what the person said there.

    `unknowns` of the `attempts` ended without an answer. `pieces` of a long message arrived.
    `position` is the place among the messages shown at the address, given when it was shown;
    ids are given when queued and may be committed out of order.
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index(
            "ix_outbox_waiting",
            "lane",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index(
            "ix_outbox_waiting_at",
            "address_id",
            "lane",
            "id",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
        Index("uq_outbox_address_id_position", "address_id", "position", unique=True),
        Index(
            "ix_outbox_unseen",
            "sent_at",
            sqlite_where=text("state = 'sent' AND lane = 1 AND seen_at IS NULL"),
            postgresql_where=text("state = 'sent' AND lane = 1 AND seen_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_ID)
    address_id: int = Field(foreign_key="address.id")
    lane: int
    author: Author = Field(sa_type=word(Author))
    state: SendState = Field(sa_type=word(SendState))
    body: str = Field(sa_type=Text)
    once: str | None = Field(unique=True)
    queued_at: datetime = Field(sa_type=Moment)
    due_at: datetime = Field(sa_type=Moment)
    expires_at: datetime | None = Field(sa_type=Moment)
    attempts: int
    unknowns: int
    pieces: int
    position: int | None
    sent_at: datetime | None = Field(sa_type=Moment)
    seen_at: datetime | None = Field(sa_type=Moment)
    error: str | None = Field(sa_type=Text)


class DeliveryAttemptRow(Row, table=True):
    __tablename__ = "delivery_attempt"

    id: int | None = Field(default=None, primary_key=True, sa_type=BIG_ID)
    outbox_id: int = Field(foreign_key="outbox.id", index=True, sa_type=BIG_ID)
    at: datetime = Field(sa_type=Moment)
    outcome: AttemptOutcome = Field(sa_type=word(AttemptOutcome))
    permanent: bool
    error: str | None = Field(sa_type=Text)


class UsageRow(Row, table=True):
    """How many messages one bot sent in one month (its first day, Viet Nam), by lane.

    Attempts are counted, for a service may count what it did not answer.
    """

    __tablename__ = "usage"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    lane: int = Field(primary_key=True, sa_type=Integer)
    used: int


class MailClaimRow(Row, table=True):
    """A mail address that a person says is his, until he types the code that was sent there."""

    __tablename__ = "mail_claim"

    person_id: int = Field(primary_key=True, foreign_key="person.id")
    address: str
    code_hash: str
    expires_at: datetime = Field(sa_type=Moment)
    tries: int


ADDRESS = core(AddressRow)
INBOX = core(InboxRow)
INBOX_PENDING = core(InboxPendingRow)
INBOX_ASIDE = core(InboxAsideRow)
OUTBOX = core(OutboxRow)
DELIVERY_ATTEMPT = core(DeliveryAttemptRow)
USAGE = core(UsageRow)
MAIL_CLAIM = core(MailClaimRow)
