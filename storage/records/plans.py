"""A province's confirmed year: its duties and the hand-ins."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.deadlines import Limits, StageDay
from domain.units import UnitId


@dataclass(frozen=True, kw_only=True)
class PlannedDuty:
    """One duty of a year, as the province confirms it, and the units that have it.

    `trace` says how the document's "who" became these units ("UBND huyện → UBND xã"); `next_at` is
    the time of the first reminder, None for none.
    """

    obligation_id: str
    clause: str
    what: str
    verbatim: str
    to_whom: str
    limits: Limits
    stages: tuple[StageDay, ...]
    units: tuple[UnitId, ...]
    trace: str
    next_at: datetime | None


@dataclass(frozen=True, kw_only=True)
class Plan:
    """One document's dates in one year, confirmed by a person."""

    id: int
    province: UnitId
    document_id: str
    year: int
    confirmed_by: int
    confirmed_at: datetime


@dataclass(frozen=True, kw_only=True)
class ConfirmedDuty:
    """One duty of a confirmed plan, and its number of units; `trace` says which and why."""

    id: int
    obligation_id: str
    hard_limit: date
    last_working_day: date
    units: int
    trace: str


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """The dates of a hand-in: sent (as declared), of the document, recorded, received."""

    occurrence_id: int
    sent_on: date | None
    document_on: date | None
    document_number: str | None
    declared_at: datetime | None
    declared_by: int | None
    received_at: datetime | None
    received_by: int | None
    extended_to: date | None
    extended_why: str | None
