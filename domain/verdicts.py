"""The five verdicts, how verdicts of parts are combined, and the reason of each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.criteria import Undecided


class Verdict(StrEnum):
    """The result for a requirement, an item or an indicator."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    INCOMPLETE = "incomplete"
    NEEDS_REVIEW = "needs_review"


class Standing(StrEnum):
    """The stage of a verdict: tạm tính, đơn vị tự đánh giá, đã thẩm định."""

    PROVISIONAL = "provisional"
    SELF_ASSESSED = "self_assessed"
    APPRAISED = "appraised"


class ReasonCode(StrEnum):
    """Why a verdict is given; `locales` has one sentence for each."""

    NOT_ANSWERED = "not_answered"
    SAID_YES = "said_yes"
    SAID_NO = "said_no"
    DOCUMENT_HELD = "document_held"
    DOCUMENT_SECRET = "document_secret"  # noqa: S105 -- a word, not a password
    DOCUMENT_MISSING = "document_missing"
    SIGNED_IN_FIRST_QUARTER = "signed_in_first_quarter"
    SIGNED_IN_DECEMBER = "signed_in_december"
    SIGNED_OUTSIDE_FIRST_QUARTER = "signed_outside_first_quarter"
    DATE_WITHHELD = "date_withheld"
    DOCUMENT_OPTIONAL = "document_optional"
    TITLE_CURRENT = "title_current"
    TITLE_OLD = "title_old"
    RATED_ENOUGH = "rated_enough"
    RATED_SHORT = "rated_short"
    NONE_HAPPENED = "none_happened"
    SOME_HAPPENED = "some_happened"
    COUNT_ENOUGH = "count_enough"
    COUNT_SHORT = "count_short"
    CUT_ENOUGH = "cut_enough"
    CUT_SHORT = "cut_short"
    ROSE_FROM_ZERO = "rose_from_zero"
    AIM_ONLY = "aim_only"
    ZERO_BOTH_YEARS = "zero_both_years"
    FELL = "fell"
    EQUAL = "equal"
    ROSE = "rose"
    CASUALTIES_ROSE = "casualties_rose"
    FORCE_MAJEURE = "force_majeure"
    ALL_SETTLED = "all_settled"
    UNSETTLED = "unsettled"
    MEDIATED = "mediated"
    NONE_TO_MEDIATE = "none_to_mediate"
    PERCENT_ENOUGH = "percent_enough"
    PERCENT_SHORT = "percent_short"
    PERCENT_LOW = "percent_low"
    PERCENT_HIGH = "percent_high"
    EMPTY_WHOLE = "empty_whole"
    NAMED = "named"
    NONE_NAMED = "none_named"
    NONE_IN_FORCE = "none_in_force"
    BRANCH = "branch"
    NOT_ON_LIST = "not_on_list"
    CONVERTED = "converted"
    NOT_CONVERTED = "not_converted"
    NOT_APPLICABLE_CLAIMED = "not_applicable_claimed"
    REFS_MET = "refs_met"
    REFS_NOT_MET = "refs_not_met"
    SHARE_REACHED = "share_reached"
    SHARE_SHORT = "share_short"
    SHARE_UNKNOWN = "share_unknown"


class RulingError(ValueError):
    """A ruling that decides nothing, or decides what only a document may decide."""


@dataclass(frozen=True, kw_only=True)
class StandingRuling:
    """A province's decision of a class of undecided cases ("quy ước của tỉnh").

    It decides `undecided` as `verdict`, met or not met, for the named requirements (none named:
    all). It is valid for a period whose last day lies in valid_from..valid_to, until it is
    withdrawn. Raises RulingError for any other verdict.
    """

    id: int
    undecided: Undecided
    verdict: Verdict
    number: str
    issued_on: date
    valid_from: date
    valid_to: date | None = None
    requirements: frozenset[str] = frozenset()
    withdrawn: bool = False

    def __post_init__(self) -> None:
        # "Không áp dụng" is allowed only if the document itself says so (1672, I.7.e).
        if self.verdict not in (Verdict.MET, Verdict.NOT_MET):
            raise RulingError(f"a standing ruling says met or not met, never {self.verdict}")

    def decides(self, undecided: Undecided, requirement_id: str, period_end: date) -> bool:
        """Whether this ruling decides that class of case for that requirement and period."""
        return (
            not self.withdrawn
            and undecided is self.undecided
            and undecided in RULABLE
            and (not self.requirements or requirement_id in self.requirements)
            and self.valid_from <= period_end
            and (self.valid_to is None or period_end <= self.valid_to)
        )


RULABLE = frozenset(Undecided) - {Undecided.FORCE_MAJEURE, Undecided.NOT_APPLICABLE_CLAIMED}
"""A claim of force majeure or of not applying concerns one case and waits for a reviewer."""


@dataclass(frozen=True, kw_only=True)
class Reason:
    """Why: a code, the numbers in the order the sentence names them, and what decided it.

    `undecided` is set if the law leaves the case open; `ruling` is the standing ruling that decided
    it nevertheless.
    """

    code: ReasonCode
    figures: tuple[str | int | date, ...] = ()
    undecided: Undecided | None = None
    ruling: StandingRuling | None = None


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """The verdict of one requirement with its reason."""

    requirement_id: str
    verdict: Verdict
    reason: Reason


@dataclass(frozen=True, kw_only=True)
class Finding:
    """The verdict of one subject (an item "I.5", or a part "I" for its indicator).

    `judgements` are those of its scored requirements, in the document's order.
    `with_evidence` of them name a document.
    """

    subject: str
    verdict: Verdict
    judgements: tuple[Judgement, ...]
    with_evidence: int

    def having(self, verdict: Verdict) -> tuple[Judgement, ...]:
        """The judgements with this verdict."""
        return tuple(one for one in self.judgements if one.verdict is verdict)


def combine(verdicts: Iterable[Verdict]) -> Verdict:
    """The verdict of a whole whose parts must all pass.

    Any not_met decides; else any incomplete; else any needs_review; if all are not_applicable (or
    there are none) the result is not_applicable; else it is met. So a whole without a met part is
    never met.
    """
    found = set(verdicts)
    for decisive in (Verdict.NOT_MET, Verdict.INCOMPLETE, Verdict.NEEDS_REVIEW):
        if decisive in found:
            return decisive
    return Verdict.MET if Verdict.MET in found else Verdict.NOT_APPLICABLE
