"""Which classes of cases each rule leaves open, because the law does not decide them.

A row of a criteria set names these classes (`Requirement.undecided`). The administrator can make a
standing ruling only for a class that is named; a unit with a case of another class could never be
decided.
"""

from typing import Final

from domain.criteria import PassRule, RuleName, Undecided
from domain.kinds import KINDS, Rule
from domain.verdicts import RULABLE

_RULES: Final[tuple[Rule, ...]] = tuple(rule for kind in KINDS.values() for rule in kind.rules)
"""A rule that judges two kinds leaves the same open in both: a test proves it."""

ALWAYS: Final[dict[RuleName, frozenset[Undecided]]] = {
    rule.name: rule.leaves_open for rule in _RULES if rule.leaves_open
}
"""Classes that some answer can give under this rule, whatever else the row says. A rule that is not
listed decides every answer.
"""

WHERE_NAMED: Final[dict[RuleName, frozenset[Undecided]]] = {
    rule.name: rule.open_where_named for rule in _RULES if rule.open_where_named
}
"""Classes that the rule leaves open only if the row names them, since only some documents do."""

WITH_CASUALTIES: Final[dict[RuleName, frozenset[Undecided]]] = {
    rule.name: rule.open_with_casualties for rule in _RULES if rule.open_with_casualties
}
"""Classes that are added if the rule also weighs casualties."""

ABOUT_ONE_CASE: Final = frozenset(Undecided) - RULABLE
"""What a unit claims about one case, under any rule; a reviewer decides it and no ruling can."""


def always_open(rule: PassRule) -> frozenset[Undecided]:
    """The classes that a row with this rule must name."""
    classes = ALWAYS.get(rule.name, frozenset())
    return classes | WITH_CASUALTIES.get(rule.name, frozenset()) if rule.casualties else classes


def may_be_open(rule: PassRule) -> frozenset[Undecided]:
    """The classes that a row with this rule may name: no other class can occur there."""
    return always_open(rule) | WHERE_NAMED.get(rule.name, frozenset()) | ABOUT_ONE_CASE
