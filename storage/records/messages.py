"""Addresses, and incoming and outgoing messages."""

from dataclasses import dataclass
from datetime import datetime

from domain.messages import Lane, Outgoing
from domain.people import Post
from storage.tables.messages import Author, SendState


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a person is reached. `menu` names the question that is open there.

    `acting` is the post that the person chose to act as, None for the first. A retired address is
    used again after it is linked again; `retired_reason` says why. `linked_at`: the time of the
    last link.
    """

    id: int
    channel: str
    bot: str
    address: str
    person_id: int
    menu: str | None = None
    acting: Post | None = None
    retired_at: datetime | None = None
    retired_reason: str | None = None
    linked_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Parked:
    """A screened body that waits for its turn."""

    id: int
    channel: str
    bot: str
    delivery_id: str
    body: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class ToQueue:
    """One message for `queue_many`. It is dropped without an error if its `once` was used before.

    It is not sent before `due_at`, None for at once: a notice waits for the end of the quiet hours.
    """

    address_id: int
    lane: Lane
    outgoing: Outgoing
    once: str | None = None
    expires_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Leased:
    """A message that this sender may send until the lease expires.

    `attempts` were made before; `unknowns` of them had no answer, so it may have arrived already.
    `interrupted`: the sender died during the last one. `pieces` of it arrived. `locale` is the
    language of the address's person.
    """

    outbox_id: int
    address: Address
    outgoing: Outgoing
    lane: Lane
    attempts: int
    unknowns: int
    queued_at: datetime
    expires_at: datetime | None
    locale: str
    token: str
    pieces: int = 0
    once: str | None = None
    interrupted: bool = False


@dataclass(frozen=True, kw_only=True)
class Message:
    """One message of an address, for its history and the command line.

    `position` counts the messages shown there, from 1: a reader resumes from it. None until shown.
    """

    id: int
    address_id: int
    author: Author
    lane: Lane
    state: SendState
    outgoing: Outgoing
    position: int | None
    queued_at: datetime
    sent_at: datetime | None
    seen_at: datetime | None
    attempts: int
    error: str | None
