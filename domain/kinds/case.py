"""The input and the result of a rule of any kind."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from domain.answers import Answer, FieldName
from domain.criteria import Requirement, Undecided
from domain.verdicts import Reason, ReasonCode, StandingRuling, Verdict

YES = 0
"""The passing choice is the first in every list of choices."""

Figure = str | int | date
Found = tuple[Verdict, Reason]


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a rule reads in addition to the requirement itself.

    `year` is the year under review. `answers` are all complete answers of the assessment by
    requirement id, `found` the verdicts of items and parts judged so far, by subject.
    """

    year: int
    answers: Mapping[str, Answer]
    rulings: tuple[StandingRuling, ...] = ()
    found: Mapping[str, Verdict] | None = None

    @property
    def period_end(self) -> date:
        """The last day of the period; it decides whether a standing ruling is valid."""
        return date(self.year, 12, 31)

    def ruling(self, undecided: Undecided, requirement: Requirement) -> StandingRuling | None:
        """The first standing ruling that decides this class of case here."""
        for ruling in self.rulings:
            if ruling.decides(undecided, requirement.id, self.period_end):
                return ruling
        return None


def found(verdict: Verdict, code: ReasonCode, *figures: Figure) -> Found:
    """A verdict with its reason."""
    return verdict, Reason(code=code, figures=figures)


def undecided(case_class: Undecided, code: ReasonCode, *figures: Figure) -> Found:
    """A case of a class that the law leaves open."""
    return Verdict.NEEDS_REVIEW, Reason(code=code, figures=figures, undecided=case_class)


def passes(passed: bool, yes: ReasonCode, no: ReasonCode, *figures: Figure) -> Found:
    """Met or not met, with the reason of each."""
    return found(Verdict.MET, yes, *figures) if passed else found(Verdict.NOT_MET, no, *figures)


def counts(answer: Answer) -> tuple[int, ...]:
    """The figures of a claim of force majeure: one count, or last year's and this year's."""
    names = (FieldName.COUNT, FieldName.LAST_YEAR, FieldName.THIS_YEAR)
    values = (answer.get(name) for name in names)
    return tuple(value for value in values if isinstance(value, int))
