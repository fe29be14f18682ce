"""Which classes of cases each rule leaves open, because the law does not decide them.

A row of a criteria set names these classes (`Requirement.undecided`). The administrator can make a
standing ruling only for a class that is named; a unit with a case of another class could never be
decided.
"""

from typing import Final

from domain.criteria import PassRule, RuleName, Undecided
from domain.verdicts import RULABLE

ALWAYS: Final[dict[RuleName, frozenset[Undecided]]] = {
    RuleName.DOCUMENT_IN_FIRST_QUARTER: frozenset(
        {Undecided.SIGNED_IN_DECEMBER, Undecided.DATE_WITHHELD}
    ),
    RuleName.DOCUMENT_IF_LISTED: frozenset({Undecided.PLAN_OFF_THE_LIST}),
    RuleName.TITLE_HELD: frozenset({Undecided.TITLE_OLDER_THAN_YEAR, Undecided.DATE_WITHHELD}),
    RuleName.CUT_BY_PERCENT: frozenset({Undecided.ZERO_BOTH_YEARS}),
    RuleName.REDUCED: frozenset({Undecided.ZERO_BOTH_YEARS, Undecided.EQUAL_NON_ZERO}),
    RuleName.ALL_SETTLED: frozenset({Undecided.UNSETTLED_CASES}),
    RuleName.MEDIATED: frozenset({Undecided.NO_CASES_TO_MEDIATE}),
}
"""Classes that some answer can give under this rule, whatever else the row says. A rule that is not
listed decides every answer.
"""

WHERE_NAMED: Final[dict[RuleName, frozenset[Undecided]]] = {
    RuleName.CUT_BY_PERCENT: frozenset({Undecided.AIM_OR_OUTCOME}),
    RuleName.RATING_AT_LEAST: frozenset({Undecided.TITLE_OLDER_THAN_YEAR}),
}
"""Classes that the rule leaves open only if the row names them, since only some documents do."""

ABOUT_ONE_CASE: Final = frozenset(Undecided) - RULABLE
"""What a unit claims about one case, under any rule; a reviewer decides it and no ruling can."""


def always_open(rule: PassRule) -> frozenset[Undecided]:
    """The classes that a row with this rule must name."""
    classes = ALWAYS.get(rule.name, frozenset())
    return classes | {Undecided.CASUALTIES_ROSE} if rule.casualties else classes


def may_be_open(rule: PassRule) -> frozenset[Undecided]:
    """The classes that a row with this rule may name: no other class can occur there."""
    return always_open(rule) | WHERE_NAMED.get(rule.name, frozenset()) | ABOUT_ONE_CASE
