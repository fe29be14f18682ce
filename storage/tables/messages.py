"""Addresses, and incoming and outgoing messages."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import Index, Integer, Text, text
from sqlmodel import Field

from domain.people import Role
from domain.units import UnitId
from storage.tables.base import BIG_ID, Moment, Row, UnitKey, core, word


class Author(StrEnum):
    """Who wrote a message: the assistant, or the person, kept so that all their tabs show it."""

    US = "us"
    PERSON = "person"


class SendState(StrEnum):
    """FAILED: given up. EXPIRED: too late to be useful. DROPPED: removed by an operator."""

    WAITING = "waiting"
    SENT = "sent"
    FAILED = "failed"
    EXPIRED = "expired"
    DROPPED = "dropped"


class AttemptOutcome(StrEnum):
    """UNKNOWN: no answer came, or the sender died before it could record one."""

    SENT = "sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


LANES = {"reply": 0, "notice": 1}
"""Lanes are stored as numbers, so that an index can order them."""


class AddressRow(Row, table=True):
    """Where a person is reached. A turn locks this row and a sender leases it.

    `leased_row` is the outbox row being sent: an expired lease with such a row means that a sender
    died while sending it. `position` counts the messages shown at this address. A retired row stays
    for history; an address linked to another person is a new row, so that nobody reads another
    person's messages.
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
    """The idempotency key of one delivery: a row means that it was seen before."""

    __tablename__ = "inbox"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    delivery_id: str = Field(primary_key=True)
    at: datetime = Field(sa_type=Moment, index=True)


class InboxPendingRow(Row, table=True):
    """A screened body whose turn could not start in time, for channels that may not repeat it."""

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
    """One message to one address, or the echo of what the person wrote there.

    `unknowns` of the `attempts` ended without an answer. `pieces` of a long message arrived.
    `position` is the place among the messages shown at the address, set when it is shown; ids are
    assigned when queued and may be committed out of order.
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

    Attempts are counted, because a service may count messages that it did not answer.
    """

    __tablename__ = "usage"

    channel: str = Field(primary_key=True)
    bot: str = Field(primary_key=True)
    month: date = Field(primary_key=True)
    lane: int = Field(primary_key=True, sa_type=Integer)
    used: int


class MailClaimRow(Row, table=True):
    """A mail address that a person gave as their own, until they type the code that was sent
    there.
    """

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
