"""Conditions on one requirement: its wording, how it is asked, its rule, its sensitivity."""

import re
from collections import Counter

from domain.criteria import AskedAs, Requirement, RuleName, Sensitivity, Undecided
from domain.kinds import KINDS, kind_of
from domain.rules.left_open import always_open, may_be_open
from packs.problems import ProblemCode
from packs.reader import Reader, shown
from packs.schema import Placed

QUESTION_LIMIT = 160
"""Characters: what a small phone shows of a message without scrolling."""

LABEL_LIMIT = 60
"""Characters: one line of a table or of a list of open questions."""

# A rule needs the same parameters whatever kind it judges.
_RULES = tuple(rule for kind in KINDS.values() for rule in kind.rules)
_NEEDS = {rule.name: rule.needs for rule in _RULES}
_TAKES = {rule.name: rule.takes for rule in _RULES}

_CLASSIFIED = re.compile(r"\bvăn bản mật\b", re.IGNORECASE)
_CLASSIFIED_CHOICE = 1
"""The index of the choice for a secret document among the three."""

_TOO_OPEN = re.compile(r"\b(?<!không )(tệp|ảnh|video|danh sách|họ tên)\b", re.IGNORECASE)
"""Evidence that may hold names or pictures; only GREEN requirements take it."""

_SENTENCE_END = re.compile(r"[.!?…;](?=\s)")


def check_row(placed: Placed[Requirement], reader: Reader) -> None:
    """Reports every mistake of one requirement by itself."""
    check = _RowCheck(placed, reader)
    check.wording()
    check.way_of_asking()
    check.choices()
    check.rule()
    check.undecided()
    check.secrecy()


class _RowCheck:
    """The checks of one row. Each uses only fields that could be read."""

    def __init__(self, placed: Placed[Requirement], reader: Reader) -> None:
        self._row, self._table, self._reader = placed.value, placed.table, reader

    def _wrong(self, key: str, code: ProblemCode, *details: str) -> None:
        self._reader.report(self._table.line_of(key), code, *details)

    def _sound(self, *keys: str) -> bool:
        return self._reader.sound(self._table, *keys)

    def wording(self) -> None:
        row = self._row
        if len(row.label) > LABEL_LIMIT:
            limits = (str(len(row.label)), str(LABEL_LIMIT))
            self._wrong("label", ProblemCode.LABEL_TOO_LONG, *limits)
        if not row.question:
            return
        if not row.asked:
            self._wrong("question", ProblemCode.QUESTION_NOT_WANTED)
        if len(row.question) > QUESTION_LIMIT:
            limits = (str(len(row.question)), str(QUESTION_LIMIT))
            self._wrong("question", ProblemCode.QUESTION_TOO_LONG, *limits)
        if not row.question.endswith("?") or _SENTENCE_END.search(row.question):
            self._wrong("question", ProblemCode.QUESTION_NOT_ONE_SENTENCE)

    def way_of_asking(self) -> None:
        row = self._row
        if not self._sound("kind", "asked_as", "sensitivity"):
            return
        allowed = [one.asked_as for one in KINDS.values() if row.kind in one.natures]
        if row.sensitivity is Sensitivity.RED:
            if row.asked_as is not AskedAs.YES_NO:
                self._wrong("asked_as", ProblemCode.RED_ASKED_OPENLY, row.asked_as)
        elif row.asked_as not in allowed:
            details = (row.asked_as, row.kind, ", ".join(allowed))
            self._wrong("asked_as", ProblemCode.ASKED_AS_NOT_FOR_KIND, *details)
        if kind_of(row).counted and not row.counted and self._sound("counted"):
            self._wrong("counted", ProblemCode.MISSING_KEY, "counted", shown(row.id))

    def choices(self) -> None:
        row = self._row
        if not self._sound("asked_as", "choices", "sensitivity"):
            return
        found = len(row.choices)
        for label, times in Counter(row.choices).items():
            if times > 1:
                self._wrong("choices", ProblemCode.SAME_CHOICE_TWICE, shown(label))
        if row.sensitivity is Sensitivity.RED:
            if found != KINDS[AskedAs.YES_NO].choices[0]:
                self._wrong("choices", ProblemCode.RED_NOT_TWO_CHOICES, str(found))
            return
        least, most = kind_of(row).choices
        if found < least or (most is not None and found > most):
            details = (row.asked_as, str(least) if most == least else f"{least}+", str(found))
            self._wrong("choices", ProblemCode.WRONG_NUMBER_OF_CHOICES, *details)
        elif row.asked_as is AskedAs.DOCUMENT and not _CLASSIFIED.search(
            row.choices[_CLASSIFIED_CHOICE]
        ):
            self._wrong("choices", ProblemCode.NO_CLASSIFIED_CHOICE)

    def rule(self) -> None:
        row = self._row
        if not self._sound("rule"):
            return
        kind = kind_of(row)
        if self._sound("asked_as") and kind.rule(row.rule.name) is None:
            able = ", ".join(rule.name for rule in kind.rules)
            details = (row.rule.name, row.asked_as, able)
            self._wrong("rule", ProblemCode.RULE_NOT_FOR_ASKED_AS, *details)
        self._parameters()

    def _parameters(self) -> None:
        rule = self._row.rule
        given = {
            "minimum": rule.minimum is not None,
            "percent": rule.percent is not None,
            "refs": bool(rule.refs),
            "casualties": rule.casualties,
        }
        needed, takes = _NEEDS[rule.name], _TAKES[rule.name]
        for parameter, present in given.items():
            if present and parameter not in (*needed, *takes):
                self._wrong("rule", ProblemCode.RULE_TAKES_NO, rule.name, parameter)
            elif not present and parameter in needed:
                self._wrong("rule", ProblemCode.RULE_NEEDS, rule.name, parameter)
        if rule.name is not RuleName.ALL_MET and len(rule.refs) > 1 and "refs" in needed:
            found = str(len(rule.refs))
            self._wrong("rule", ProblemCode.OUT_OF_RANGE, "refs", found, "1", "1")
        self._minimum()

    def _minimum(self) -> None:
        row, rule = self._row, self._row.rule
        if rule.minimum is None:
            return
        if rule.name is RuleName.AT_LEAST and rule.minimum == 0:
            self._wrong("rule", ProblemCode.OUT_OF_RANGE, "minimum", "0", "1", "…")
        if rule.name is RuleName.RATING_AT_LEAST and row.choices:
            # The last choice must fail, or the question decides nothing.
            highest = len(row.choices) - 2
            if rule.minimum > highest:
                bounds = (str(rule.minimum), "0", str(highest))
                self._wrong("rule", ProblemCode.OUT_OF_RANGE, "minimum", *bounds)

    def undecided(self) -> None:
        row = self._row
        if not self._sound("undecided", "force_majeure"):
            return
        if row.force_majeure is not (Undecided.FORCE_MAJEURE in row.undecided):
            key = "force_majeure" if row.force_majeure else "undecided"
            self._wrong(key, ProblemCode.FORCE_MAJEURE_UNDECIDED)
        if not self._sound("rule", "asked_as") or kind_of(row).rule(row.rule.name) is None:
            # A rule that cannot judge this row says nothing about what is open here.
            return
        for open_question in row.undecided:
            if open_question not in may_be_open(row.rule):
                details = (open_question, row.rule.name)
                self._wrong("undecided", ProblemCode.UNDECIDED_NOT_FOR_RULE, *details)
        missing = always_open(row.rule) - set(row.undecided)
        if missing:
            key = "undecided" if "undecided" in self._table.entries else "rule"
            named = ", ".join(sorted(missing))
            self._wrong(key, ProblemCode.UNDECIDED_NOT_NAMED, row.rule.name, named)

    def secrecy(self) -> None:
        row = self._row
        if not self._sound("sensitivity") or row.sensitivity is Sensitivity.GREEN:
            return
        if row.sensitivity is Sensitivity.RED and row.force_majeure:
            # A claim of force majeure needs a reason, and a RED row has no field for it.
            self._wrong("force_majeure", ProblemCode.RED_ASKED_OPENLY, "force_majeure")
        if row.sensitivity is Sensitivity.AMBER and kind_of(row).free_text:
            self._wrong("asked_as", ProblemCode.AMBER_ASKED_OPENLY, row.asked_as)
        too_open = _TOO_OPEN.search(row.evidence)
        if too_open is not None:
            details = (row.sensitivity, too_open.group(1))
            self._wrong("evidence", ProblemCode.EVIDENCE_TOO_OPEN, *details)
