"""The possible problems of a pack, as a code and its details; the sentences are in `locales`.

Each code has a macro of the same name in `locales/<language>/check.j2`; its arguments are the
details named in `DETAILS`.
"""

from dataclasses import dataclass
from enum import StrEnum

MOST_PROBLEMS = 1_000
"""Problems recorded per file. Nobody reads more, and the file is refused anyway."""


class ProblemCode(StrEnum):
    """Kinds of problem."""

    # The file
    CANNOT_READ = "cannot_read"
    TOO_LARGE = "too_large"
    NOT_TEXT = "not_text"
    EMPTY_FILE = "empty_file"
    TAB_INDENT = "tab_indent"
    NOT_YAML = "not_yaml"
    TOO_DEEP = "too_deep"
    ALIAS_REFUSED = "alias_refused"
    TAG_REFUSED = "tag_refused"
    SECOND_DOCUMENT = "second_document"
    # Fields and types
    DUPLICATE_KEY = "duplicate_key"
    UNKNOWN_KEY = "unknown_key"
    CUT_OFF = "cut_off"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    UNKNOWN_VALUE = "unknown_value"
    EMPTY_LIST = "empty_list"
    BAD_DATE = "bad_date"
    BAD_DUE = "bad_due"
    BAD_ID = "bad_id"
    OUT_OF_RANGE = "out_of_range"
    SPAN_REVERSED = "span_reversed"
    # References
    DUPLICATE_ID = "duplicate_id"
    UNKNOWN_REF = "unknown_ref"
    REF_CYCLE = "ref_cycle"
    REF_NOT_BRANCH = "ref_not_branch"
    REF_NOT_ASKED = "ref_not_asked"
    REF_STANDS_LATER = "ref_stands_later"
    REF_OF_OTHER_UNITS = "ref_of_other_units"
    SHARE_IN_A_COMMUNE = "share_in_a_commune"
    # Rules and ways of asking
    RULE_NEEDS = "rule_needs"
    RULE_TAKES_NO = "rule_takes_no"
    ASKED_AS_NOT_FOR_KIND = "asked_as_not_for_kind"
    RULE_NOT_FOR_ASKED_AS = "rule_not_for_asked_as"
    UNDECIDED_NOT_FOR_RULE = "undecided_not_for_rule"
    UNDECIDED_NOT_NAMED = "undecided_not_named"
    FORCE_MAJEURE_UNDECIDED = "force_majeure_undecided"
    WRONG_NUMBER_OF_CHOICES = "wrong_number_of_choices"
    SAME_CHOICE_TWICE = "same_choice_twice"
    NO_CLASSIFIED_CHOICE = "no_classified_choice"
    # Sensitivity
    RED_NOT_TWO_CHOICES = "red_not_two_choices"
    RED_ASKED_OPENLY = "red_asked_openly"
    AMBER_ASKED_OPENLY = "amber_asked_openly"
    EVIDENCE_TOO_OPEN = "evidence_too_open"
    # Wording
    QUESTION_TOO_LONG = "question_too_long"
    QUESTION_NOT_ONE_SENTENCE = "question_not_one_sentence"
    QUESTION_NOT_WANTED = "question_not_wanted"
    LABEL_TOO_LONG = "label_too_long"
    # Dates of duties
    ONCE_NEEDS_YEAR = "once_needs_year"
    YEARLY_TAKES_NO_YEAR = "yearly_takes_no_year"
    RECURRENCE_NEEDS_DATE = "recurrence_needs_date"


DETAILS: dict[ProblemCode, tuple[str, ...]] = {
    ProblemCode.CANNOT_READ: ("reason",),  # the operating system's words
    ProblemCode.TOO_LARGE: ("size", "limit"),  # bytes
    ProblemCode.NOT_TEXT: (),
    ProblemCode.EMPTY_FILE: (),
    ProblemCode.TAB_INDENT: (),
    ProblemCode.NOT_YAML: ("reason",),  # the parser's words
    ProblemCode.TOO_DEEP: ("limit",),
    ProblemCode.ALIAS_REFUSED: (),
    ProblemCode.TAG_REFUSED: ("tag",),
    ProblemCode.SECOND_DOCUMENT: (),
    ProblemCode.DUPLICATE_KEY: ("field", "first_line"),
    ProblemCode.UNKNOWN_KEY: ("field", "nearest"),  # "" if no word is similar
    ProblemCode.CUT_OFF: ("wanted",),
    ProblemCode.MISSING_KEY: ("field", "owner"),  # owner: what it is missing from, or ""
    ProblemCode.WRONG_TYPE: ("field", "wanted"),  # text, list, table, number or flag
    ProblemCode.UNKNOWN_VALUE: ("field", "value", "hint"),  # the nearest word, or all of them
    ProblemCode.EMPTY_LIST: ("field", "owner"),
    ProblemCode.BAD_DATE: ("field", "value"),
    ProblemCode.BAD_DUE: ("value",),
    ProblemCode.BAD_ID: ("value",),
    ProblemCode.OUT_OF_RANGE: ("field", "value", "lowest", "highest"),
    ProblemCode.SPAN_REVERSED: ("beginning", "end"),  # the names of the two fields
    ProblemCode.DUPLICATE_ID: ("value", "first_line"),
    ProblemCode.UNKNOWN_REF: ("value", "nearest"),
    ProblemCode.REF_CYCLE: ("value",),
    ProblemCode.REF_NOT_BRANCH: ("value",),
    ProblemCode.REF_NOT_ASKED: ("value",),
    ProblemCode.REF_STANDS_LATER: ("value",),
    ProblemCode.REF_OF_OTHER_UNITS: ("value", "kinds"),
    ProblemCode.SHARE_IN_A_COMMUNE: ("kinds",),
    ProblemCode.RULE_NEEDS: ("rule", "parameter"),
    ProblemCode.RULE_TAKES_NO: ("rule", "parameter"),
    ProblemCode.ASKED_AS_NOT_FOR_KIND: ("asked_as", "kind", "allowed"),
    ProblemCode.RULE_NOT_FOR_ASKED_AS: ("rule", "asked_as", "allowed"),
    ProblemCode.UNDECIDED_NOT_FOR_RULE: ("undecided", "rule"),
    ProblemCode.UNDECIDED_NOT_NAMED: ("rule", "undecided"),
    ProblemCode.FORCE_MAJEURE_UNDECIDED: (),
    ProblemCode.WRONG_NUMBER_OF_CHOICES: ("asked_as", "wanted", "found"),
    ProblemCode.SAME_CHOICE_TWICE: ("value",),
    ProblemCode.NO_CLASSIFIED_CHOICE: (),
    ProblemCode.RED_NOT_TWO_CHOICES: ("found",),
    ProblemCode.RED_ASKED_OPENLY: ("value",),
    ProblemCode.AMBER_ASKED_OPENLY: ("value",),
    ProblemCode.EVIDENCE_TOO_OPEN: ("sensitivity", "word"),
    ProblemCode.QUESTION_TOO_LONG: ("found", "limit"),  # characters
    ProblemCode.QUESTION_NOT_ONE_SENTENCE: (),
    ProblemCode.QUESTION_NOT_WANTED: (),
    ProblemCode.LABEL_TOO_LONG: ("found", "limit"),  # characters
    ProblemCode.ONCE_NEEDS_YEAR: (),
    ProblemCode.YEARLY_TAKES_NO_YEAR: ("recurrence",),
    ProblemCode.RECURRENCE_NEEDS_DATE: ("recurrence",),
}
"""The names of each code's details, in order; they are the arguments of its sentence."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One problem in one place. `line` counts from 1 and is 1 for the whole file."""

    file: str
    line: int
    code: ProblemCode
    details: tuple[str, ...] = ()

    @property
    def named(self) -> tuple[tuple[str, str], ...]:
        """The details with their names, for `say(f"check.{code}", **dict(problem.named))`."""
        return tuple(zip(DETAILS[self.code], self.details, strict=True))


class PackError(ValueError):
    """A pack that cannot be loaded; `problems` lists every mistake."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(
            f"{first.file}:{first.line}: {first.code} {' | '.join(first.details)}".rstrip()
            + (f" (and {len(problems) - 1} more)" if len(problems) > 1 else "")
        )
