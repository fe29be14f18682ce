"""Rules about figures: none at all, at least, fewer than last year, all settled."""

from domain.answers import Answer, FieldName
from domain.criteria import AskedAs, Requirement, Undecided
from domain.rules.case import Case, Found, counts, found, passes, undecided
from domain.steps import NONE
from domain.verdicts import ReasonCode, Verdict


def none_happened(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """None at all: "Không có", or a count of 0."""
    if requirement.asked_as is AskedAs.NONE_OR_SOME:
        happened = answer.choice != NONE
    else:
        happened = answer.whole(FieldName.COUNT) > 0
    if not happened:
        return found(Verdict.MET, ReasonCode.NONE_HAPPENED)
    return found(Verdict.NOT_MET, ReasonCode.SOME_HAPPENED, *counts(answer))


def at_least(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """A count of at least the minimum (I.6.f, II.4.b)."""
    minimum, count = requirement.rule.minimum or 1, answer.whole(FieldName.COUNT)
    return passes(count >= minimum, ReasonCode.COUNT_ENOUGH, ReasonCode.COUNT_SHORT, count, minimum)


def cut_by_percent(requirement: Requirement, answer: Answer, case: Case) -> Found:
    """At most (100 - percent) % of last year; a base of 0 gives no percentage (I.5.b, III.3.d).

    I.5.b leaves open whether the cut is an outcome or only the plan's aim: a standing ruling on
    that decides if the figures are not enough; without one they are compared.
    """
    last, this = answer.whole(FieldName.LAST_YEAR), answer.whole(FieldName.THIS_YEAR)
    percent = requirement.rule.percent or 0
    verdict, reason = by_figures = _compared(last, this, percent)
    if verdict is Verdict.MET or Undecided.AIM_OR_OUTCOME not in requirement.undecided:
        return by_figures
    # A ruling on exactly this case (none in either year) comes before the one on all shortfalls.
    if reason.undecided is not None and case.ruling(reason.undecided, requirement) is not None:
        return by_figures
    if case.ruling(Undecided.AIM_OR_OUTCOME, requirement) is None:
        return by_figures
    return undecided(Undecided.AIM_OR_OUTCOME, ReasonCode.AIM_ONLY, last, this, percent)


def _compared(last: int, this: int, percent: int) -> Found:
    if last == 0 and this == 0:
        return undecided(Undecided.ZERO_BOTH_YEARS, ReasonCode.ZERO_BOTH_YEARS)
    if last == 0:
        return found(Verdict.NOT_MET, ReasonCode.ROSE_FROM_ZERO, this)
    # Computed in whole numbers, so that exactly 95 of 100 passes without rounding errors.
    cut = 100 * this <= (100 - percent) * last
    return passes(cut, ReasonCode.CUT_ENOUGH, ReasonCode.CUT_SHORT, last, this, percent)


def reduced(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """Fewer cases than last year. Equal numbers, and none in both years, are undecided.

    Fewer cases with more dead or injured are also undecided, if casualties are weighed (I.5.f).
    """
    last, this = answer.whole(FieldName.LAST_YEAR), answer.whole(FieldName.THIS_YEAR)
    if last == 0 and this == 0:
        return undecided(Undecided.ZERO_BOTH_YEARS, ReasonCode.ZERO_BOTH_YEARS)
    if this > last:
        return found(Verdict.NOT_MET, ReasonCode.ROSE, last, this)
    if this == last:
        return undecided(Undecided.EQUAL_NON_ZERO, ReasonCode.EQUAL, last, this)
    if requirement.rule.casualties and _casualties_rose(answer):
        return undecided(
            Undecided.CASUALTIES_ROSE,
            ReasonCode.CASUALTIES_ROSE,
            last,
            this,
            *_casualties(answer),
        )
    return found(Verdict.MET, ReasonCode.FELL, last, this)


def _casualties(answer: Answer) -> tuple[int, int, int, int]:
    """Deaths last year and this, injured last year and this; a year without cases has none."""

    def figure(name: FieldName) -> int:
        value = answer.get(name)
        return value if isinstance(value, int) else 0

    return (
        figure(FieldName.DEATHS_LAST_YEAR),
        figure(FieldName.DEATHS_THIS_YEAR),
        figure(FieldName.INJURED_LAST_YEAR),
        figure(FieldName.INJURED_THIS_YEAR),
    )


def _casualties_rose(answer: Answer) -> bool:
    deaths_last, deaths_this, injured_last, injured_this = _casualties(answer)
    return deaths_this > deaths_last or injured_this > injured_last


def all_settled(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """Every case settled; a reviewer decides about unsettled ones (I.3.a)."""
    total = answer.whole(FieldName.TOTAL)
    settled = answer.whole(FieldName.SETTLED) if total else 0
    if settled == total:
        return found(Verdict.MET, ReasonCode.ALL_SETTLED, total)
    return undecided(
        Undecided.UNSETTLED_CASES, ReasonCode.UNSETTLED, total, settled, total - settled
    )


def mediated(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """Mediation took place; the document asks no ratio (I.6.l)."""
    total = answer.whole(FieldName.TOTAL)
    if total == 0:
        return undecided(Undecided.NO_CASES_TO_MEDIATE, ReasonCode.NONE_TO_MEDIATE)
    return found(Verdict.MET, ReasonCode.MEDIATED, total, answer.whole(FieldName.SETTLED))


def named(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    """At least one name in the list (I.6.d, II.4.a)."""
    names = answer.get(FieldName.NAMES)
    told = names if isinstance(names, tuple) else ()
    return passes(len(told) > 0, ReasonCode.NAMED, ReasonCode.NONE_NAMED, len(told), *told)
