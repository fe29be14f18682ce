"""What storage gives out that the domain has no word for. All of it is frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from domain.answers import Answer
from domain.assessments import Assessment, Bookmark
from domain.deadlines import Limits, StageDay
from domain.messages import Lane, Outgoing
from domain.people import Post
from domain.units import UnitId
from domain.verdicts import Verdict
from storage.tables.messages import Author, SendState
from storage.tables.setup import RequestOutcome


@dataclass(frozen=True, kw_only=True)
class Address:
    """Where a person is reached. `menu` names the question that is open there.

    `acting` is the post he chose to act as, None for his first. A retired address speaks
    again when it is linked again; `retired_reason` says why. `linked_at`: when it was last.
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
    """One message for `queue_many`. `once` is refused silently when it was used before.

    It is not sent before `due_at`, None for at once: a notice waits for the quiet hours to end.
    """

    address_id: int
    lane: Lane
    outgoing: Outgoing
    once: str | None = None
    expires_at: datetime | None = None
    due_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Leased:
    """A message that is ours to send until the lease runs out.

    `attempts` were made before, `unknowns` of them without an answer: there it may have
    arrived already. `interrupted`: the last of them ended with its sender. `pieces` of it did
    arrive. `locale` is the language of whose address it is.
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
    """One message of an address, as its history and the command line show it.

    `position` counts what was shown there, from 1: a reader resumes from it. None until shown.
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


@dataclass(frozen=True, kw_only=True)
class AnswerVersion:
    """One version of an answer; the current one has `superseded_at` None."""

    requirement_id: str
    version: int
    answer: Answer
    person_id: int
    at: datetime
    superseded_at: datetime | None
    reason: str | None


@dataclass(frozen=True, kw_only=True)
class KeptVerdict:
    """The verdict of an item or part as last saved, and how many of its requirements have which."""

    assessment_id: int
    subject: str
    verdict: Verdict
    met: int
    not_met: int
    not_applicable: int
    incomplete: int
    needs_review: int
    with_evidence: int
    rulings: tuple[int, ...]

    @property
    def total(self) -> int:
        """All scored requirements of the subject."""
        return self.met + self.not_met + self.not_applicable + self.incomplete + self.needs_review


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """All of one assessment that a turn of one person needs."""

    assessment: Assessment
    answers: Mapping[str, Answer] = field(default_factory=dict)
    versions: Mapping[str, int] = field(default_factory=dict)
    skips: Mapping[str, int] = field(default_factory=dict)
    bookmark: Bookmark = field(default_factory=Bookmark)
    verdicts: Mapping[str, KeptVerdict] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """A document of a unit in a year. A secret one has neither number nor date."""

    id: int
    unit: UnitId
    year: int
    number: str | None
    issued_on: date | None
    secret: bool
    requirement_id: str


@dataclass(frozen=True, kw_only=True)
class AuditEntry:
    """Who read or changed what; `person_id` None is the assistant itself."""

    id: int
    at: datetime
    person_id: int | None
    action: str
    subject: str
    detail: str


@dataclass(frozen=True, kw_only=True)
class PlannedDuty:
    """One duty of a year, as the province confirms it, and the units that it binds.

    `trace` says how the document's "who" became these units ("UBND huyện → UBND xã");
    `next_at` is the moment of the first reminder, None for none.
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
    """One duty of a confirmed plan, and how many units it binds; `trace` says which and why."""

    id: int
    obligation_id: str
    hard_limit: date
    last_working_day: date
    units: int
    trace: str


@dataclass(frozen=True, kw_only=True)
class HandIn:
    """A hand-in's dates: sent (as declared), of the document, recorded, received."""

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


@dataclass(frozen=True, kw_only=True)
class EarlierFigure:
    """One count of a unit in an earlier year; the document that has it is named where it was."""

    unit: UnitId
    set_id: str
    requirement_id: str
    year: int
    measure: str
    count: int
    document_number: str = ""
    document_date: date | None = None


@dataclass(frozen=True, kw_only=True)
class Draft:
    """How far a person came in a step of the set-up; `body` is JSON whose shape the step knows."""

    step: str
    body: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Joining:
    """One coming in by a code. `post_added`: the person did not hold the post before."""

    id: int
    person_id: int
    address_id: int
    invitation_id: int
    post: Post
    post_added: bool
    at: datetime
    undone_at: datetime | None = None

    @property
    def code(self) -> str:
        """What undoes it: "hủy vào M12"."""
        return f"M{self.id}"


@dataclass(frozen=True, kw_only=True)
class HandInRequest:
    """A checklist that an officer laid before the heads of his unit; open until `outcome`."""

    id: int
    assessment_id: int
    version: int
    asked_by: int
    asked_at: datetime
    outcome: RequestOutcome | None = None
    settled_by: int | None = None
    settled_at: datetime | None = None
    reason: str | None = None

    @property
    def code(self) -> str:
        """What a head types: "xem H5"."""
        return f"H{self.id}"
