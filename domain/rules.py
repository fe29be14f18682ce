"""How one answer is judged. Every rule returns a verdict with its reason and nothing else.

The rules are those of table A.1 ("pass rule"). Where the law does not decide, the verdict
is `needs_review`, unless a standing ruling of the province settles that class of case.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.answers import NOTHING_GIVEN, Answer, FieldName
from domain.criteria import AskedAs, Requirement, RuleName, Undecided
from domain.steps import HELD, HELD_SECRET, NONE, is_complete
from domain.verdicts import Judgement, Reason, ReasonCode, StandingRuling, Verdict

FIRST_QUARTER_LAST_MONTH = 3
DECEMBER = 12
YES = 0
"""The passing choice stands first in every list of choices."""


@dataclass(frozen=True, kw_only=True)
class Case:
    """What a judgement looks at beside the requirement itself.

    `year` is the year under review. `answers` are all complete answers of the assessment by
    requirement id, `found` the verdicts of items and parts already found, by subject.
    """

    year: int
    answers: Mapping[str, Answer]
    rulings: tuple[StandingRuling, ...] = ()
    found: Mapping[str, Verdict] | None = None

    @property
    def period_end(self) -> date:
        """The last day of the period, which decides whether a standing ruling holds."""
        return date(self.year, 12, 31)

    def ruling(self, undecided: Undecided, requirement: Requirement) -> StandingRuling | None:
        """The first standing ruling that settles this class of case here."""
        for ruling in self.rulings:
            if ruling.decides(undecided, requirement.id, self.period_end):
                return ruling
        return None


Found = tuple[Verdict, Reason]


def judge(requirement: Requirement, case: Case) -> Judgement:
    """The verdict of one requirement in one assessment."""
    verdict, reason = _judge(requirement, case)
    if verdict is Verdict.NEEDS_REVIEW and reason.undecided is not None:
        ruling = case.ruling(reason.undecided, requirement)
        if ruling is not None:
            verdict = ruling.verdict
            reason = Reason(
                code=reason.code,
                figures=reason.figures,
                undecided=reason.undecided,
                ruling=ruling,
            )
    return Judgement(requirement_id=requirement.id, verdict=verdict, reason=reason)


def _judge(requirement: Requirement, case: Case) -> Found:
    rule = _RULES[requirement.rule.name]
    if requirement.asked_as is AskedAs.NOT_ASKED:
        return rule(requirement, NOTHING_GIVEN, case)
    if requirement.rule.name is RuleName.CONVERTED_IF_LISTED and not _listed(requirement, case):
        return _off_the_list(requirement, case)
    answer = case.answers.get(requirement.id)
    if answer is None or not is_complete(requirement, answer):
        return _found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    if answer.get(FieldName.NOT_APPLICABLE):
        return _open(Undecided.NOT_APPLICABLE_CLAIMED, ReasonCode.NOT_APPLICABLE_CLAIMED)
    if answer.get(FieldName.FORCE_MAJEURE) == YES_FORCE_MAJEURE:
        return _open(Undecided.FORCE_MAJEURE, ReasonCode.FORCE_MAJEURE, *_counts(answer))
    return rule(requirement, answer, case)


YES_FORCE_MAJEURE = 0
"""The index of "có, đề nghị xét bất khả kháng" among the two choices of that step."""


def _found(verdict: Verdict, code: ReasonCode, *figures: str | int | date) -> Found:
    return verdict, Reason(code=code, figures=figures)


def _open(undecided: Undecided, code: ReasonCode, *figures: str | int | date) -> Found:
    return Verdict.NEEDS_REVIEW, Reason(code=code, figures=figures, undecided=undecided)


def _passes(passed: bool, yes: ReasonCode, no: ReasonCode, *figures: str | int | date) -> Found:
    return _found(Verdict.MET, yes, *figures) if passed else _found(Verdict.NOT_MET, no, *figures)


def _counts(answer: Answer) -> tuple[int, ...]:
    """The figures of a claim of force majeure: one count, or last year's and this year's."""
    names = (FieldName.COUNT, FieldName.LAST_YEAR, FieldName.THIS_YEAR)
    values = (answer.get(name) for name in names)
    return tuple(value for value in values if isinstance(value, int))


def _yes(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    label = requirement.choices[answer.choice or 0]
    return _passes(answer.choice == YES, ReasonCode.SAID_YES, ReasonCode.SAID_NO, label)


def _number_and_date(answer: Answer) -> tuple[str, date]:
    return str(answer.get(FieldName.NUMBER)), answer.day(FieldName.ISSUED_ON)


def _document(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    if answer.choice == HELD:
        return _found(Verdict.MET, ReasonCode.DOCUMENT_HELD, *_number_and_date(answer))
    if answer.choice == HELD_SECRET:
        return _found(Verdict.MET, ReasonCode.DOCUMENT_SECRET)
    return _found(Verdict.NOT_MET, ReasonCode.DOCUMENT_MISSING)


def _document_in_first_quarter(requirement: Requirement, answer: Answer, case: Case) -> Found:
    if answer.choice == HELD_SECRET:
        return _open(Undecided.DATE_WITHHELD, ReasonCode.DATE_WITHHELD)
    if answer.choice != HELD:
        return _document(requirement, answer, case)
    number, signed = _number_and_date(answer)
    if signed.year == case.year and signed.month <= FIRST_QUARTER_LAST_MONTH:
        return _found(Verdict.MET, ReasonCode.SIGNED_IN_FIRST_QUARTER, number, signed)
    if signed.year == case.year - 1 and signed.month == DECEMBER:
        return _open(Undecided.SIGNED_IN_DECEMBER, ReasonCode.SIGNED_IN_DECEMBER, number, signed)
    return _found(Verdict.NOT_MET, ReasonCode.SIGNED_OUTSIDE_FIRST_QUARTER, number, signed)


def _listed(requirement: Requirement, case: Case) -> bool:
    """Whether the commune said it is on the year's list of areas to convert (I.7.b)."""
    branch = case.answers.get(requirement.rule.refs[0])
    return branch is not None and branch.choice == YES


def _branch_open(requirement: Requirement, case: Case) -> bool:
    return case.answers.get(requirement.rule.refs[0]) is None


def _document_if_listed(requirement: Requirement, answer: Answer, case: Case) -> Found:
    if answer.choice in (HELD, HELD_SECRET) or _listed(requirement, case):
        return _document(requirement, answer, case)
    if _branch_open(requirement, case):
        return _found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    return _open(Undecided.PLAN_OFF_THE_LIST, ReasonCode.DOCUMENT_OPTIONAL)


def _off_the_list(requirement: Requirement, case: Case) -> Found:
    if _branch_open(requirement, case):
        return _found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    return _found(Verdict.NOT_APPLICABLE, ReasonCode.NOT_ON_LIST)


def _converted(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    return _passes(answer.choice == YES, ReasonCode.CONVERTED, ReasonCode.NOT_CONVERTED)


def _title_held(requirement: Requirement, answer: Answer, case: Case) -> Found:
    if answer.choice == HELD_SECRET:
        return _open(Undecided.DATE_WITHHELD, ReasonCode.DATE_WITHHELD)
    if answer.choice != HELD:
        return _document(requirement, answer, case)
    return _dated_title(answer, case, *_number_and_date(answer))


def _dated_title(_answer: Answer, case: Case, *figures: str | date) -> Found:
    issued = figures[-1]
    if isinstance(issued, date) and issued.year < case.year:
        return _open(Undecided.TITLE_OLDER_THAN_YEAR, ReasonCode.TITLE_OLD, *figures)
    return _found(Verdict.MET, ReasonCode.TITLE_CURRENT, *figures)


def _rating(requirement: Requirement, answer: Answer, case: Case) -> Found:
    level = answer.choice or 0
    label = requirement.choices[level]
    if level > (requirement.rule.minimum or 0):
        return _found(Verdict.NOT_MET, ReasonCode.RATED_SHORT, label)
    if answer.get(FieldName.ISSUED_ON) is not None:
        return _dated_title(answer, case, label, *_number_and_date(answer))
    return _found(Verdict.MET, ReasonCode.RATED_ENOUGH, label)


def _none(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    if requirement.asked_as is AskedAs.NONE_OR_SOME:
        happened = answer.choice != NONE
    else:
        happened = answer.whole(FieldName.COUNT) > 0
    if not happened:
        return _found(Verdict.MET, ReasonCode.NONE_HAPPENED)
    return _found(Verdict.NOT_MET, ReasonCode.SOME_HAPPENED, *_counts(answer))


def _at_least(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    minimum, count = requirement.rule.minimum or 1, answer.whole(FieldName.COUNT)
    return _passes(
        count >= minimum, ReasonCode.COUNT_ENOUGH, ReasonCode.COUNT_SHORT, count, minimum
    )


def _cut_by_percent(requirement: Requirement, answer: Answer, case: Case) -> Found:
    last, this = answer.whole(FieldName.LAST_YEAR), answer.whole(FieldName.THIS_YEAR)
    percent = requirement.rule.percent or 0
    if Undecided.AIM_OR_OUTCOME in requirement.undecided:
        ruling = case.ruling(Undecided.AIM_OR_OUTCOME, requirement)
        if ruling is not None:
            # The caller puts the ruling in; until there is one the figures are compared.
            return _open(Undecided.AIM_OR_OUTCOME, ReasonCode.AIM_ONLY, last, this, percent)
    if last == 0 and this == 0:
        return _open(Undecided.ZERO_BOTH_YEARS, ReasonCode.ZERO_BOTH_YEARS)
    if last == 0:
        return _found(Verdict.NOT_MET, ReasonCode.ROSE_FROM_ZERO, this)
    # In whole numbers, so that exactly 95 of 100 passes whatever the floats say.
    cut = 100 * this <= (100 - percent) * last
    return _passes(cut, ReasonCode.CUT_ENOUGH, ReasonCode.CUT_SHORT, last, this, percent)


def _reduced(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    last, this = answer.whole(FieldName.LAST_YEAR), answer.whole(FieldName.THIS_YEAR)
    if last == 0 and this == 0:
        return _open(Undecided.ZERO_BOTH_YEARS, ReasonCode.ZERO_BOTH_YEARS)
    if this > last:
        return _found(Verdict.NOT_MET, ReasonCode.ROSE, last, this)
    if this == last:
        return _open(Undecided.EQUAL_NON_ZERO, ReasonCode.EQUAL, last, this)
    if requirement.rule.casualties and _casualties_rose(answer):
        return _open(
            Undecided.CASUALTIES_ROSE,
            ReasonCode.CASUALTIES_ROSE,
            last,
            this,
            *_casualties(answer),
        )
    return _found(Verdict.MET, ReasonCode.FELL, last, this)


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


def _all_settled(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    total = answer.whole(FieldName.TOTAL)
    settled = answer.whole(FieldName.SETTLED) if total else 0
    if settled == total:
        return _found(Verdict.MET, ReasonCode.ALL_SETTLED, total)
    return _open(Undecided.UNSETTLED_CASES, ReasonCode.UNSETTLED, total, settled, total - settled)


def _mediated(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    total = answer.whole(FieldName.TOTAL)
    if total == 0:
        return _open(Undecided.NO_CASES_TO_MEDIATE, ReasonCode.NONE_TO_MEDIATE)
    return _found(Verdict.MET, ReasonCode.MEDIATED, total, answer.whole(FieldName.SETTLED))


def _named(_requirement: Requirement, answer: Answer, _case: Case) -> Found:
    names = answer.get(FieldName.NAMES)
    count = len(names) if isinstance(names, tuple) else 0
    return _passes(count > 0, ReasonCode.NAMED, ReasonCode.NONE_NAMED, count)


def _branch(requirement: Requirement, answer: Answer, _case: Case) -> Found:
    # A branching question scores nothing: it is complete as soon as it is answered.
    label = requirement.choices[answer.choice or 0]
    return _found(Verdict.NOT_APPLICABLE, ReasonCode.BRANCH, label)


def _same_as(requirement: Requirement, _answer: Answer, case: Case) -> Found:
    source = case.answers.get(requirement.rule.refs[0])
    if source is None:
        return _found(Verdict.INCOMPLETE, ReasonCode.NOT_ANSWERED)
    if source.get(FieldName.NOT_APPLICABLE):
        return _open(Undecided.NOT_APPLICABLE_CLAIMED, ReasonCode.NOT_APPLICABLE_CLAIMED)
    if source.choice == NONE:
        return _found(Verdict.MET, ReasonCode.NONE_HAPPENED)
    return _found(Verdict.NOT_MET, ReasonCode.SOME_HAPPENED, *_counts(source))


def _all_met(requirement: Requirement, _answer: Answer, case: Case) -> Found:
    known = case.found or {}
    verdicts = {ref: known.get(ref, Verdict.INCOMPLETE) for ref in requirement.rule.refs}
    short = [ref for ref, verdict in verdicts.items() if verdict is not Verdict.MET]
    if not short:
        return _found(Verdict.MET, ReasonCode.REFS_MET, ", ".join(verdicts))
    for decisive in (Verdict.NOT_MET, Verdict.INCOMPLETE):
        if decisive in verdicts.values():
            return _found(decisive, ReasonCode.REFS_NOT_MET, ", ".join(short))
    return Verdict.NEEDS_REVIEW, Reason(code=ReasonCode.REFS_NOT_MET, figures=(", ".join(short),))


def _share_of_communes(_requirement: Requirement, _answer: Answer, _case: Case) -> Found:
    # The communes of a unit are counted from their own verdict rows, which an assessment of
    # one unit does not hold; until the roll-up brings them the share is not known.
    return _found(Verdict.INCOMPLETE, ReasonCode.SHARE_UNKNOWN)


_RULES: dict[RuleName, Callable[[Requirement, Answer, Case], Found]] = {
    RuleName.YES: _yes,
    RuleName.DOCUMENT: _document,
    RuleName.DOCUMENT_IN_FIRST_QUARTER: _document_in_first_quarter,
    RuleName.DOCUMENT_IF_LISTED: _document_if_listed,
    RuleName.TITLE_HELD: _title_held,
    RuleName.RATING_AT_LEAST: _rating,
    RuleName.NONE: _none,
    RuleName.AT_LEAST: _at_least,
    RuleName.CUT_BY_PERCENT: _cut_by_percent,
    RuleName.REDUCED: _reduced,
    RuleName.ALL_SETTLED: _all_settled,
    RuleName.MEDIATED: _mediated,
    RuleName.LISTED: _named,
    RuleName.BRANCH: _branch,
    RuleName.CONVERTED_IF_LISTED: _converted,
    RuleName.SAME_AS: _same_as,
    RuleName.ALL_MET: _all_met,
    RuleName.SHARE_OF_COMMUNES: _share_of_communes,
}
