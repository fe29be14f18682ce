"""Conditions on one requirement: its wording, how it is asked, its rule, its sensitivity."""

import re
from collections import Counter

from domain.criteria import AnswerKind, AskedAs, Requirement, RuleName, Sensitivity, Undecided
from domain.rules.left_open import always_open, may_be_open
from packs.problems import ProblemCode
from packs.reader import Reader, shown
from packs.schema import Placed

QUESTION_LIMIT = 160
"""Characters: what a small phone shows of a message without scrolling."""

LABEL_LIMIT = 60
"""Characters: one line of a table or of a list of open questions."""

_ASKED_AS = {
    AnswerKind.YES_NO: (AskedAs.YES_NO,),
    AnswerKind.DOCUMENT: (AskedAs.DOCUMENT,),
    AnswerKind.COUNT_ZERO: (AskedAs.NONE_OR_SOME, AskedAs.COUNT, AskedAs.NOT_ASKED),
    AnswerKind.COUNT_MIN: (AskedAs.COUNT,),
    AnswerKind.NUMBER: (AskedAs.CASES,),
    AnswerKind.NUMBER_VS_LAST_YEAR: (AskedAs.YEAR_ON_YEAR,),
    AnswerKind.PERCENTAGE: (AskedAs.NOT_ASKED,),
    AnswerKind.RATING: (AskedAs.RATING,),
    AnswerKind.LIST: (AskedAs.LIST,),
    AnswerKind.CROSSREF: (AskedAs.NOT_ASKED,),
}
"""How each kind may be asked; a RED requirement is asked as yes or no whatever its kind."""

_RULES = {
    AskedAs.YES_NO: (RuleName.YES, RuleName.BRANCH, RuleName.CONVERTED_IF_LISTED),
    AskedAs.NONE_OR_SOME: (RuleName.NONE,),
    AskedAs.DOCUMENT: (
        RuleName.DOCUMENT,
        RuleName.DOCUMENT_IN_FIRST_QUARTER,
        RuleName.DOCUMENT_IF_LISTED,
        RuleName.TITLE_HELD,
    ),
    AskedAs.COUNT: (RuleName.NONE, RuleName.AT_LEAST),
    AskedAs.CASES: (RuleName.ALL_SETTLED, RuleName.MEDIATED),
    AskedAs.YEAR_ON_YEAR: (RuleName.CUT_BY_PERCENT, RuleName.REDUCED),
    AskedAs.RATING: (RuleName.RATING_AT_LEAST,),
    AskedAs.LIST: (RuleName.LISTED,),
    AskedAs.NOT_ASKED: (RuleName.SAME_AS, RuleName.ALL_MET, RuleName.SHARE_OF_COMMUNES),
}
"""Which rules can judge each way of asking."""

_NEEDS = {
    RuleName.AT_LEAST: ("minimum",),
    RuleName.RATING_AT_LEAST: ("minimum",),
    RuleName.CUT_BY_PERCENT: ("percent",),
    RuleName.SHARE_OF_COMMUNES: ("percent", "refs"),
    RuleName.DOCUMENT_IF_LISTED: ("refs",),
    RuleName.CONVERTED_IF_LISTED: ("refs",),
    RuleName.SAME_AS: ("refs",),
    RuleName.ALL_MET: ("refs",),
}
_MAY_HAVE = {RuleName.REDUCED: ("casualties",)}

_CHOICES = {AskedAs.YES_NO: 2, AskedAs.NONE_OR_SOME: 2, AskedAs.DOCUMENT: 3}
"""How many choices each way of asking shows; the other ways show none."""

LEAST_LEVELS = 2
"""Levels of a rating: one that passes and one that does not."""

_CLASSIFIED = re.compile(r"\bvăn bản mật\b", re.IGNORECASE)
_CLASSIFIED_CHOICE = 1
"""The index of the choice for a secret document among the three."""

_COUNTED = frozenset(
    {AskedAs.NONE_OR_SOME, AskedAs.COUNT, AskedAs.CASES, AskedAs.YEAR_ON_YEAR, AskedAs.LIST}
)
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
        allowed = _ASKED_AS[row.kind]
        if row.sensitivity is Sensitivity.RED:
            if row.asked_as is not AskedAs.YES_NO:
                self._wrong("asked_as", ProblemCode.RED_ASKED_OPENLY, row.asked_as)
        elif row.asked_as not in allowed:
            details = (row.asked_as, row.kind, ", ".join(allowed))
            self._wrong("asked_as", ProblemCode.ASKED_AS_NOT_FOR_KIND, *details)
        if row.asked_as in _COUNTED and not row.counted and self._sound("counted"):
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
            if found != _CHOICES[AskedAs.YES_NO]:
                self._wrong("choices", ProblemCode.RED_NOT_TWO_CHOICES, str(found))
            return
        wanted = _CHOICES.get(row.asked_as, 0)
        rating = row.asked_as is AskedAs.RATING
        if found < LEAST_LEVELS if rating else found != wanted:
            shown_wanted = f"{LEAST_LEVELS}+" if rating else str(wanted)
            details = (row.asked_as, shown_wanted, str(found))
            self._wrong("choices", ProblemCode.WRONG_NUMBER_OF_CHOICES, *details)
        elif row.asked_as is AskedAs.DOCUMENT and not _CLASSIFIED.search(
            row.choices[_CLASSIFIED_CHOICE]
        ):
            self._wrong("choices", ProblemCode.NO_CLASSIFIED_CHOICE)

    def rule(self) -> None:
        row = self._row
        if not self._sound("rule"):
            return
        if self._sound("asked_as") and row.rule.name not in _RULES[row.asked_as]:
            details = (row.rule.name, row.asked_as, ", ".join(_RULES[row.asked_as]))
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
        needed = _NEEDS.get(rule.name, ())
        for parameter, present in given.items():
            if present and parameter not in (*needed, *_MAY_HAVE.get(rule.name, ())):
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
        if not self._sound("rule", "asked_as") or row.rule.name not in _RULES[row.asked_as]:
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
        if row.sensitivity is Sensitivity.AMBER and row.asked_as is AskedAs.LIST:
            self._wrong("asked_as", ProblemCode.AMBER_ASKED_OPENLY, row.asked_as)
        too_open = _TOO_OPEN.search(row.evidence)
        if too_open is not None:
            details = (row.sensitivity, too_open.group(1))
            self._wrong("evidence", ProblemCode.EVIDENCE_TOO_OPEN, *details)
