"""A figure of the year before and of the year under review, always asked in this order."""

from typing import Final

from domain.answers import Answer, FieldName
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName, Undecided
from domain.kinds.case import Case, Found, found, passes, undecided
from domain.kinds.kind import Kind, Rule
from domain.kinds.step import FORCE_MAJEURE, NO_CLAIM, Step, figure
from domain.verdicts import ReasonCode, Verdict

CASUALTIES: Final = (
    (FieldName.DEATHS_LAST_YEAR, FieldName.DEATHS_THIS_YEAR),
    (FieldName.INJURED_LAST_YEAR, FieldName.INJURED_THIS_YEAR),
)
"""Deaths, then injured: the field of last year and of this year."""


def _steps(requirement: Requirement, answer: Answer) -> tuple[Step, ...]:
    steps = [figure(FieldName.LAST_YEAR), figure(FieldName.THIS_YEAR)]
    last, this = answer.get(FieldName.LAST_YEAR), answer.get(FieldName.THIS_YEAR)
    if not isinstance(last, int) or not isinstance(this, int):
        return tuple(steps)
    if requirement.rule.casualties:
        for of_last, of_this in CASUALTIES:
            # A year without accidents has no dead or injured: nothing to ask.
            steps += [figure(name) for name, cases in ((of_last, last), (of_this, this)) if cases]
    if requirement.force_majeure and this >= last and this > 0:
        steps.append(FORCE_MAJEURE)
    return tuple(steps)


def _cut_by_percent(requirement: Requirement, answer: Answer, case: Case) -> Found:
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


def _reduced(requirement: Requirement, answer: Answer, _case: Case) -> Found:
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
        figures = (last, this, *_casualties(answer))
        return undecided(Undecided.CASUALTIES_ROSE, ReasonCode.CASUALTIES_ROSE, *figures)
    return found(Verdict.MET, ReasonCode.FELL, last, this)


def _casualties(answer: Answer) -> tuple[int, ...]:
    """Deaths last year and this, injured last year and this; a year without cases has none."""
    values = (answer.get(name) for pair in CASUALTIES for name in pair)
    return tuple(value if isinstance(value, int) else 0 for value in values)


def _casualties_rose(answer: Answer) -> bool:
    deaths_last, deaths_this, injured_last, injured_this = _casualties(answer)
    return deaths_this > deaths_last or injured_this > injured_last


YEAR_ON_YEAR: Final = Kind(
    asked_as=AskedAs.YEAR_ON_YEAR,
    natures=frozenset({AnswerKind.NUMBER_VS_LAST_YEAR}),
    steps=_steps,
    rules=(
        Rule(
            name=RuleName.CUT_BY_PERCENT,
            judge=_cut_by_percent,
            needs=("percent",),
            leaves_open=frozenset({Undecided.ZERO_BOTH_YEARS}),
            open_where_named=frozenset({Undecided.AIM_OR_OUTCOME}),
        ),
        Rule(
            name=RuleName.REDUCED,
            judge=_reduced,
            takes=("casualties",),
            leaves_open=frozenset({Undecided.ZERO_BOTH_YEARS, Undecided.EQUAL_NON_ZERO}),
            open_with_casualties=frozenset({Undecided.CASUALTIES_ROSE}),
        ),
    ),
    counted=True,
    sample={
        FieldName.LAST_YEAR: 10,
        FieldName.THIS_YEAR: 8,
        FieldName.DEATHS_LAST_YEAR: 1,
        FieldName.DEATHS_THIS_YEAR: 0,
        FieldName.INJURED_LAST_YEAR: 3,
        FieldName.INJURED_THIS_YEAR: 2,
        FieldName.FORCE_MAJEURE: NO_CLAIM,
    },
)
