"""What one kind of question is: everything the rules side knows about it, in one value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.answers import Answer, FieldName, Value
from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName, Undecided
from domain.kinds.case import Case, Found
from domain.kinds.step import Step


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One way to judge the answers of a kind.

    `judge` gets a complete answer. `needs` and `takes` are parameters of `PassRule` by name: the
    required ones, and those that a row may have. `leaves_open` are the classes of cases that some
    answer gives whatever else the row says; `open_where_named` those that the rule leaves open only
    if the row names them, since only some documents do; `open_with_casualties` those that are added
    where the rule also weighs casualties.
    """

    name: RuleName
    judge: Callable[[Requirement, Answer, Case], Found]
    needs: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()
    leaves_open: frozenset[Undecided] = frozenset()
    open_where_named: frozenset[Undecided] = frozenset()
    open_with_casualties: frozenset[Undecided] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Kind:
    """One way of asking. Its position in `domain.kinds.KINDS` is its position on a page.

    `natures` are the kinds of fact (`AnswerKind`) that may be asked this way; `rules` those that
    can judge it. `steps` gives what must be asked in order, given the fields so far; an answer is
    complete if none of these fields is missing.

    What a row of a pack has: `choices` (fewest, most; None: any number), and `counted`. `free_text`
    means that an answer has words of the person's own, which only a green row may take.
    `choices_beside` means that its choices are printed next to each question, so that rows with
    different choices can share a heading. `withheld` is the field that a channel which may not show
    red questions does not carry, unless the row is green.

    `sample` has a value for each field that the kind may ask for; `domain.kinds.sample_answer`
    makes a complete answer of it.
    """

    asked_as: AskedAs
    natures: frozenset[AnswerKind]
    steps: Callable[[Requirement, Answer], tuple[Step, ...]]
    rules: tuple[Rule, ...]
    choices: tuple[int, int | None] = (0, 0)
    counted: bool = False
    free_text: bool = False
    choices_beside: bool = False
    withheld: FieldName | None = None
    sample: Mapping[FieldName, Value] = field(default_factory=dict)

    def rule(self, name: RuleName) -> Rule | None:
        """The rule of this name, or None if it cannot judge this kind."""
        return next((rule for rule in self.rules if rule.name is name), None)
