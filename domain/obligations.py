"""What a document orders and by when, as the document says it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.units import UnitKind


class DueKind(StrEnum):
    """How a document words a date.

    BEFORE: "trước ngày X", strictly before. BY: up to and including the last day ("trong quý
    I", "trong năm 2024"). ON: an event on that day. ON_OCCURRENCE: "khi phát sinh". UNDATED:
    no day given.
    """

    BEFORE = "before"
    BY = "by"
    ON = "on"
    ON_OCCURRENCE = "on_occurrence"
    UNDATED = "undated"


class Recurrence(StrEnum):
    """YEARLY and HALF_YEARLY repeat by the document's own words; PLAN_YEARLY is a single date that
    each year's plan repeats by custom; ONCE ends with its year.
    """

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    PLAN_YEARLY = "plan_yearly"
    ONCE = "once"
    NONE = "none"


@dataclass(frozen=True, kw_only=True)
class Due:
    """`month` and `day` of the date X; `year` only if the document gives one."""

    kind: DueKind
    month: int | None = None
    day: int | None = None
    year: int | None = None

    @property
    def dated(self) -> bool:
        """Whether there is a date to count back from."""
        return self.month is not None and self.day is not None


@dataclass(frozen=True, kw_only=True)
class Obligation:
    """One duty of a document, e.g. O-NA-2.

    `who` and `to_whom` are the document's words; `unit_kinds` the kinds of unit that these words
    name (empty: none that we store as units). `verbatim` quotes the date. `what` is the work to do,
    in our words. `needs_review` is what the document leaves open.
    """

    id: str
    clause: str
    who: str
    what: str
    to_whom: str
    verbatim: str
    due: Due
    recurrence: Recurrence
    unit_kinds: frozenset[UnitKind] = frozenset()
    needs_review: str = ""


@dataclass(frozen=True, kw_only=True)
class Target:
    """A numeric target of a document, e.g. T3: 99% of communes reach 19.2 by the end of 2025."""

    id: str
    clause: str
    text: str
    value: str
    scope: str
    period: str
    denominator: str
    unit_kinds: frozenset[UnitKind] = frozenset()
    needs_review: str = ""


@dataclass(frozen=True, kw_only=True)
class Assignment:
    """Which work a document assigns to whom."""

    clause: str
    who: str
    tasks: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class LegalDocument:
    """One document and all that it orders: the content of one file of `packs/` without its criteria
    set.

    `number` and `issued_on` are None if the source leaves them blank. `covers_from` and `covers_to`
    are the years that the document covers; outside them a yearly date is only `projected`.
    `broken_off` says where the source text ends, if it is incomplete.
    """

    id: str
    title: str
    number: str | None
    issuer: str
    issued_on: date | None
    province: str
    structure: str
    covers_from: int
    covers_to: int
    obligations: tuple[Obligation, ...]
    targets: tuple[Target, ...]
    assignments: tuple[Assignment, ...]
    broken_off: str = ""
