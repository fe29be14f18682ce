"""Every row of Trà Vinh 1672 by its "pass rule": from an answer to a verdict and its reason.

`tests.domain.rows` lists the rows by rule, from the document; if the pack gives a row another rule,
this test fails.
"""

from datetime import date
from typing import NamedTuple

import pytest

from domain.answers import NOT_APPLICABLE, Answer
from domain.criteria import Undecided
from domain.verdicts import ReasonCode as R
from domain.verdicts import Verdict
from tests.domain.rows import (
    CASUALTIES,
    COUNT_MIN,
    COUNT_ZERO,
    CROSSREF,
    CUT,
    DOCUMENT,
    EVERY_LIST,
    FIRST_QUARTER,
    NAMED,
    NONE_OR_SOME,
    REDUCED,
    SAID,
    SHARES,
    TAKEN_OVER,
)
from tests.domain.tra_vinh import (
    CRITERIA,
    NO_DOCUMENT,
    SECRET,
    casualties,
    chose,
    given,
    held,
    judged,
    row,
    steady,
    years,
)

MET, NOT_MET, REVIEW = Verdict.MET, Verdict.NOT_MET, Verdict.NEEDS_REVIEW
INCOMPLETE, NOT_APPLICABLE_HERE = Verdict.INCOMPLETE, Verdict.NOT_APPLICABLE
U = Undecided
LISTED, OFF_THE_LIST = {"I.7.b": chose(0)}, {"I.7.b": chose(1)}
CLAIM, NO_CLAIM = 0, 1


class Rule(NamedTuple):
    """One line of the table: the rows, the answer, and the expected verdict."""

    rows: list[str]
    answer: Answer | None
    verdict: Verdict
    code: R
    undecided: Undecided | None = None
    beside: dict[str, Answer] = {}  # noqa: RUF012 -- the tuple's default, never changed


TABLE = [
    Rule(SAID, chose(0), MET, R.SAID_YES),
    Rule(SAID, chose(1), NOT_MET, R.SAID_NO),
    # Signed in the first quarter of the year, first and last day of it
    Rule(FIRST_QUARTER, held(date(2024, 1, 1)), MET, R.SIGNED_IN_FIRST_QUARTER),
    Rule(FIRST_QUARTER, held(date(2024, 3, 31)), MET, R.SIGNED_IN_FIRST_QUARTER),
    Rule(FIRST_QUARTER, held(date(2024, 4, 1)), NOT_MET, R.SIGNED_OUTSIDE_FIRST_QUARTER),
    Rule(FIRST_QUARTER, held(date(2024, 12, 31)), NOT_MET, R.SIGNED_OUTSIDE_FIRST_QUARTER),
    Rule(FIRST_QUARTER, held(date(2025, 1, 1)), NOT_MET, R.SIGNED_OUTSIDE_FIRST_QUARTER),
    Rule(
        FIRST_QUARTER, held(date(2023, 12, 1)), REVIEW, R.SIGNED_IN_DECEMBER, U.SIGNED_IN_DECEMBER
    ),
    Rule(
        FIRST_QUARTER, held(date(2023, 12, 31)), REVIEW, R.SIGNED_IN_DECEMBER, U.SIGNED_IN_DECEMBER
    ),
    Rule(FIRST_QUARTER, held(date(2023, 11, 30)), NOT_MET, R.SIGNED_OUTSIDE_FIRST_QUARTER),
    Rule(FIRST_QUARTER, held(date(2022, 12, 15)), NOT_MET, R.SIGNED_OUTSIDE_FIRST_QUARTER),
    Rule(FIRST_QUARTER, SECRET, REVIEW, R.DATE_WITHHELD, U.DATE_WITHHELD),
    Rule(FIRST_QUARTER, NO_DOCUMENT, NOT_MET, R.DOCUMENT_MISSING),
    Rule(DOCUMENT, held(date(2021, 6, 1)), MET, R.DOCUMENT_HELD),
    Rule(DOCUMENT, SECRET, MET, R.DOCUMENT_SECRET),
    Rule(DOCUMENT, NO_DOCUMENT, NOT_MET, R.DOCUMENT_MISSING),
    Rule(NONE_OR_SOME, chose(0), MET, R.NONE_HAPPENED),
    Rule(NONE_OR_SOME, given(choice=1, count=2), NOT_MET, R.SOME_HAPPENED),
    Rule(NONE_OR_SOME, given(choice=1, figure_withheld=True), NOT_MET, R.SOME_HAPPENED),
    Rule(NONE_OR_SOME, chose(1), INCOMPLETE, R.NOT_ANSWERED),
    Rule(COUNT_ZERO, given(count=0), MET, R.NONE_HAPPENED),
    Rule(COUNT_ZERO, given(count=1, force_majeure=NO_CLAIM), NOT_MET, R.SOME_HAPPENED),
    Rule(COUNT_ZERO, given(count=1, force_majeure=CLAIM), REVIEW, R.FORCE_MAJEURE, U.FORCE_MAJEURE),
    Rule(COUNT_ZERO, given(count=1), INCOMPLETE, R.NOT_ANSWERED),
    Rule(COUNT_MIN, given(count=1), MET, R.COUNT_ENOUGH),
    Rule(COUNT_MIN, given(count=0), NOT_MET, R.COUNT_SHORT),
    Rule(NAMED, given(names=("Camera an ninh",)), MET, R.NAMED),
    Rule(NAMED, given(names=()), NOT_MET, R.NONE_NAMED),
    # "ít nhất 05%": exactly 95 of 100 passes, one more does not
    Rule(CUT, years(100, 95), MET, R.CUT_ENOUGH),
    Rule(CUT, years(100, 96), NOT_MET, R.CUT_SHORT),
    Rule(CUT, years(20, 19), MET, R.CUT_ENOUGH),
    Rule(CUT, years(19, 18), MET, R.CUT_ENOUGH),
    Rule(CUT, years(21, 20), NOT_MET, R.CUT_SHORT),
    Rule(CUT, years(1, 0), MET, R.CUT_ENOUGH),
    Rule(CUT, years(12, 12), NOT_MET, R.CUT_SHORT),
    Rule(CUT, years(0, 0), REVIEW, R.ZERO_BOTH_YEARS, U.ZERO_BOTH_YEARS),
    Rule(CUT, years(0, 1), NOT_MET, R.ROSE_FROM_ZERO),
    Rule(CUT, years(100, 96, force_majeure=CLAIM), NOT_MET, R.CUT_SHORT),
    Rule(REDUCED, steady(10, 9), MET, R.FELL),
    Rule(REDUCED, steady(1, 0), MET, R.FELL),
    Rule(REDUCED, steady(10, 10), INCOMPLETE, R.NOT_ANSWERED),
    Rule(
        REDUCED,
        steady(10, 10, force_majeure=NO_CLAIM),
        REVIEW,
        R.EQUAL,
        U.EQUAL_NON_ZERO,
    ),
    Rule(REDUCED, years(0, 0), REVIEW, R.ZERO_BOTH_YEARS, U.ZERO_BOTH_YEARS),
    Rule(
        REDUCED,
        steady(10, 11, force_majeure=NO_CLAIM),
        NOT_MET,
        R.ROSE,
    ),
    Rule(
        REDUCED,
        steady(0, 1, force_majeure=NO_CLAIM),
        NOT_MET,
        R.ROSE,
    ),
    Rule(
        REDUCED,
        steady(10, 11, force_majeure=CLAIM),
        REVIEW,
        R.FORCE_MAJEURE,
        U.FORCE_MAJEURE,
    ),
    # The number of cases decides; fewer cases with more dead or injured are open
    Rule(
        CASUALTIES,
        casualties(10, 9, (1, 2), (5, 5)),
        REVIEW,
        R.CASUALTIES_ROSE,
        U.CASUALTIES_ROSE,
    ),
    Rule(
        CASUALTIES,
        casualties(10, 9, (1, 1), (5, 6)),
        REVIEW,
        R.CASUALTIES_ROSE,
        U.CASUALTIES_ROSE,
    ),
    Rule(CASUALTIES, casualties(10, 9, (2, 1), (5, 5)), MET, R.FELL),
    # I.3.a, I.6.l
    Rule(["I.3.a"], given(total=0), MET, R.ALL_SETTLED),
    Rule(["I.3.a"], given(total=5, settled=5), MET, R.ALL_SETTLED),
    Rule(["I.3.a"], given(total=5, settled=4), REVIEW, R.UNSETTLED, U.UNSETTLED_CASES),
    Rule(["I.3.a"], given(total=5), INCOMPLETE, R.NOT_ANSWERED),
    Rule(["I.6.l"], given(total=5, settled=1), MET, R.MEDIATED),
    Rule(["I.6.l"], given(total=0), REVIEW, R.NONE_TO_MEDIATE, U.NO_CASES_TO_MEDIATE),
    # Titles: the latest valid one counts; one older than the year is open
    Rule(["I.6.o"], held(date(2024, 1, 1)), MET, R.TITLE_CURRENT),
    Rule(["I.6.o"], held(date(2025, 1, 20)), MET, R.TITLE_CURRENT),
    Rule(["I.6.o"], held(date(2023, 12, 31)), REVIEW, R.TITLE_OLD, U.TITLE_OLDER_THAN_YEAR),
    Rule(["I.6.o"], SECRET, REVIEW, R.DATE_WITHHELD, U.DATE_WITHHELD),
    Rule(["I.6.o"], NO_DOCUMENT, NOT_MET, R.DOCUMENT_MISSING),
    Rule(
        ["I.8.c"], given(choice=0, number="9/QĐ", issued_on=date(2024, 12, 1)), MET, R.TITLE_CURRENT
    ),
    Rule(
        ["I.8.c"], given(choice=1, number="9/QĐ", issued_on=date(2024, 12, 1)), MET, R.TITLE_CURRENT
    ),
    Rule(
        ["I.8.c"],
        given(choice=1, number="9/QĐ", issued_on=date(2023, 12, 31)),
        REVIEW,
        R.TITLE_OLD,
        U.TITLE_OLDER_THAN_YEAR,
    ),
    Rule(["I.8.c"], chose(1), INCOMPLETE, R.NOT_ANSWERED),
    Rule(["I.8.c"], chose(2), NOT_MET, R.RATED_SHORT),
    Rule(["I.8.e"], chose(0), MET, R.RATED_ENOUGH),
    Rule(["I.8.e"], chose(2), MET, R.RATED_ENOUGH),
    Rule(["I.8.e"], chose(3), NOT_MET, R.RATED_SHORT),
    # The list of areas to convert: I.7.b asks, I.7.c and I.7.e depend on it
    Rule(["I.7.b"], chose(0), NOT_APPLICABLE_HERE, R.BRANCH),
    Rule(["I.7.b"], chose(1), NOT_APPLICABLE_HERE, R.BRANCH),
    Rule(["I.7.c"], held(), MET, R.DOCUMENT_HELD, beside=LISTED),
    Rule(["I.7.c"], held(), MET, R.DOCUMENT_HELD, beside=OFF_THE_LIST),
    Rule(["I.7.c"], held(), MET, R.DOCUMENT_HELD),
    Rule(["I.7.c"], SECRET, MET, R.DOCUMENT_SECRET, beside=OFF_THE_LIST),
    Rule(["I.7.c"], NO_DOCUMENT, NOT_MET, R.DOCUMENT_MISSING, beside=LISTED),
    Rule(["I.7.c"], NO_DOCUMENT, REVIEW, R.DOCUMENT_OPTIONAL, U.PLAN_OFF_THE_LIST, OFF_THE_LIST),
    Rule(["I.7.c"], NO_DOCUMENT, INCOMPLETE, R.NOT_ANSWERED),
    Rule(["I.7.e"], chose(0), MET, R.CONVERTED, beside=LISTED),
    Rule(["I.7.e"], chose(1), NOT_MET, R.NOT_CONVERTED, beside=LISTED),
    Rule(["I.7.e"], None, INCOMPLETE, R.NOT_ANSWERED, beside=LISTED),
    Rule(["I.7.e"], None, NOT_APPLICABLE_HERE, R.NOT_ON_LIST, beside=OFF_THE_LIST),
    Rule(["I.7.e"], chose(1), NOT_APPLICABLE_HERE, R.NOT_ON_LIST, beside=OFF_THE_LIST),
    Rule(["I.7.e"], chose(0), INCOMPLETE, R.NOT_ANSWERED),
    Rule(["I.7.e"], None, INCOMPLETE, R.NOT_ANSWERED, beside={"I.7.b": NOT_APPLICABLE}),
    Rule(
        ["I.7.e"],
        NOT_APPLICABLE,
        REVIEW,
        R.NOT_APPLICABLE_CLAIMED,
        U.NOT_APPLICABLE_CLAIMED,
        LISTED,
    ),
    Rule(SHARES, None, INCOMPLETE, R.SHARE_UNKNOWN),
]

LINES = [
    pytest.param(rule, requirement, id=f"{at}-{requirement}-{rule.code}")
    for at, rule in enumerate(TABLE)
    for requirement in rule.rows
]


@pytest.mark.parametrize(("rule", "requirement"), LINES)
def test_a_row_of_the_table(rule: Rule, requirement: str) -> None:
    found = judged(requirement, rule.answer, beside=rule.beside)

    assert (found.verdict, found.reason.code) == (rule.verdict, rule.code)
    assert found.reason.undecided is rule.undecided
    assert found.requirement_id == requirement


LEVELS = [(one, level) for one in ("I.8.c", "I.8.e") for level in range(len(row(one).choices))]


@pytest.mark.parametrize(("requirement", "level"), LEVELS)
def test_a_rating_says_back_the_level_that_was_chosen(requirement: str, level: int) -> None:
    dated = given(choice=level, number="9/QĐ", issued_on=date(2024, 12, 1))
    found = judged(requirement, dated if requirement == "I.8.c" else chose(level))

    assert found.reason.figures[0] == row(requirement).choices[level]


@pytest.mark.parametrize("requirement", [*DOCUMENT, *FIRST_QUARTER, "I.6.o"])
def test_a_document_is_said_back_by_number_and_date(requirement: str) -> None:
    given_back = judged(requirement, held(date(2024, 2, 5), "45/KH-UBND")).reason.figures
    assert given_back == ("45/KH-UBND", date(2024, 2, 5))


@pytest.mark.parametrize("choice", [0, 1])
@pytest.mark.parametrize("requirement", SAID)
def test_a_yes_or_no_says_back_what_was_chosen(requirement: str, choice: int) -> None:
    assert judged(requirement, chose(choice)).reason.figures == (row(requirement).choices[choice],)


# The table itself


def test_the_lists_name_every_row_of_the_document_once() -> None:
    listed = [one for group in EVERY_LIST for one in group]
    rows = [one.id for part in CRITERIA.parts for one in part.requirements()]

    assert sorted(listed) == sorted(rows)
    assert len(rows) == 97


def test_every_row_has_a_line_that_passes_and_one_that_fails() -> None:
    not_by_answer = {"I.7.b", *SHARES, *TAKEN_OVER, *CROSSREF}
    never_fails = {"I.3.a", "I.6.l"}  # a reviewer decides the cases that do not pass there
    for part in CRITERIA.parts:
        for one in part.requirements():
            if one.id in not_by_answer:
                continue
            verdicts = {rule.verdict for rule in TABLE if one.id in rule.rows}
            wanted = {MET, REVIEW if one.id in never_fails else NOT_MET}
            assert wanted <= verdicts, one.id


def test_every_open_question_of_a_row_has_a_line() -> None:
    elsewhere = {U.AIM_OR_OUTCOME}  # visible only after a ruling: test_rulings
    for part in CRITERIA.parts:
        for one in part.requirements():
            shown = {rule.undecided for rule in TABLE if one.id in rule.rows}
            assert set(one.undecided) - elsewhere <= shown, one.id


@pytest.mark.parametrize(
    "requirement", sorted({one for rule in TABLE for one in rule.rows if row(one).asked})
)
def test_a_claim_that_a_row_does_not_apply_waits_for_the_reviewer(requirement: str) -> None:
    found = judged(requirement, NOT_APPLICABLE, beside=LISTED)

    assert found.verdict is REVIEW
    assert found.reason.undecided is U.NOT_APPLICABLE_CLAIMED
