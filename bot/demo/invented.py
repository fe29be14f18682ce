"""Invented answers of the demo's communes: always the same, and marked as invented.

Random numbers would make two demos differ, so a hash of the question and the commune replaces them.
Document numbers end in a word that marks them as invented.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from domain.answers import Answer, FieldName, Value
from domain.criteria import AskedAs, Part, Requirement, RuleName
from domain.kinds.percentage import WHOLE_PERCENT
from domain.registers import Entries, RegisterEntry
from domain.rules import YES
from domain.steps import HELD, HELD_SECRET, NONE, NOT_HELD, Step, StepKind, next_step

MARK = "giả định"
"""The mark in every invented document number and name."""

MOST_CASES = 12
"""Invented case counts lie in 0..12, the usual range of a quiet commune in a year."""


@dataclass(frozen=True, kw_only=True)
class Manner:
    """The proportions of a commune's answers, in percent.

    `answered`: how many requirements have an answer; `failing`: how many of these fail.
    """

    answered: int
    failing: int


GOOD = Manner(answered=100, failing=0)
MIXED = Manner(answered=100, failing=4)
HALFWAY = Manner(answered=55, failing=2)
BEGUN = Manner(answered=15, failing=0)


def dice(*parts: object, sides: int) -> int:
    """0..sides-1, always the same for the same parts."""
    text = "|".join(str(part) for part in parts)
    digest = hashlib.blake2b(text.encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") % sides


def invented(part: Part, commune: str, year: int, manner: Manner) -> Mapping[str, Answer]:
    """Complete answers of a commune (its code) by requirement id, in the document's order."""
    answers: dict[str, Answer] = {}
    for row in part.requirements():
        if not row.asked or _branched_off(row, answers):
            continue
        if dice(commune, row.id, "answered", sides=100) >= manner.answered:
            continue
        failing = dice(commune, row.id, "failing", sides=100) < manner.failing
        answers[row.id] = _answer(row, commune, year, failing=failing)
    return answers


def _branched_off(row: Requirement, answers: Mapping[str, Answer]) -> bool:
    if row.rule.name is not RuleName.CONVERTED_IF_LISTED:
        return False
    branch = answers.get(row.rule.refs[0])
    return branch is None or branch.choice != YES


def _answer(row: Requirement, commune: str, year: int, *, failing: bool) -> Answer:
    answer = Answer()
    while (step := next_step(row, answer)) is not None:
        answer = answer.adding(step.field, _value(row, step, answer, commune, year, failing))
    return answer


def _value(
    row: Requirement,
    step: Step,
    answer: Answer,
    commune: str,
    year: int,
    failing: bool,
) -> Value:
    match step.kind:
        case StepKind.CHOICE:
            return _choice(row, step, commune, failing=failing)
        case StepKind.WHOLE_NUMBER:
            return _figure(row, step, answer, commune, failing=failing)
        case StepKind.DATE:
            # January and February, so that "trong quý I" is satisfied.
            return date(year, 1, 5) + timedelta(days=dice(commune, row.id, "day", sides=50))
        case StepKind.DOCUMENT_NUMBER:
            return f"{1 + dice(commune, row.id, 'number', sides=90):02}/{MARK}"
        case StepKind.PERCENT:
            return 0 if failing else WHOLE_PERCENT
        case StepKind.ENTRIES:
            names = () if failing else (f"Mô hình {MARK} số 1", f"Mô hình {MARK} số 2")
            return Entries(items=tuple(RegisterEntry(name=name) for name in names))
        case StepKind.NAMES:
            return () if failing else (f"Mô hình {MARK} số 1", f"Mô hình {MARK} số 2")


def _choice(row: Requirement, step: Step, commune: str, *, failing: bool) -> int:
    if step.field is FieldName.FORCE_MAJEURE:
        return step.options - 1
    match row.asked_as:
        case AskedAs.DOCUMENT:
            secret = dice(commune, row.id, "secret", sides=12) == 0
            return NOT_HELD if failing else HELD_SECRET if secret and not _dated(row) else HELD
        case AskedAs.NONE_OR_SOME:
            return step.options - 1 if failing else NONE
        case AskedAs.RATING:
            passing = (row.rule.minimum or 0) + 1
            return step.options - 1 if failing else dice(commune, row.id, sides=passing)
        case _ if row.rule.name is RuleName.BRANCH:
            return dice(commune, row.id, sides=step.options)
        case _:
            return step.options - 1 if failing else YES


def _dated(row: Requirement) -> bool:
    """Whether the rule uses the document's date, which a secret document does not give."""
    return row.rule.name in (RuleName.DOCUMENT_IN_FIRST_QUARTER, RuleName.TITLE_HELD)


def _figure(row: Requirement, step: Step, answer: Answer, commune: str, *, failing: bool) -> int:
    cases = dice(commune, row.id, step.field, sides=MOST_CASES + 1)
    match step.field:
        case FieldName.LAST_YEAR:
            # Never 0: the law leaves two years without a case open.
            return 4 + cases
        case FieldName.THIS_YEAR:
            last = answer.whole(FieldName.LAST_YEAR)
            return last + 1 if failing else last // 2
        case FieldName.DEATHS_THIS_YEAR | FieldName.INJURED_THIS_YEAR | FieldName.DEATHS_LAST_YEAR:
            return 0
        case FieldName.SETTLED:
            total = answer.whole(FieldName.TOTAL)
            return total - 1 if failing else total
        case FieldName.TOTAL:
            return 1 + cases
        case FieldName.COUNT if row.rule.name is RuleName.NONE:
            return 1 if failing else 0
        case FieldName.COUNT:
            least = max(step.least, row.rule.minimum or 1)
            return max(step.least, least - 1) if failing else least + cases % 3
        case _:
            return max(step.least, min(cases, step.most or cases))
