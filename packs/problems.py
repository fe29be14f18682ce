"""What can be wrong with a pack, as a code and its details; the sentences are in `locales`.

Each code has a macro of its name in `locales/<language>/check.j2`, called with the details
in the order given here.
"""

from dataclasses import dataclass
from enum import StrEnum


class ProblemCode(StrEnum):
    """Kinds of problem. The comment behind each names its details."""

    # The file
    CANNOT_READ = "cannot_read"  # reason of the operating system
    TOO_LARGE = "too_large"  # size, limit (bytes)
    NOT_TEXT = "not_text"  # -
    EMPTY_FILE = "empty_file"  # -
    TAB_INDENT = "tab_indent"  # -
    NOT_YAML = "not_yaml"  # the parser's words
    TOO_DEEP = "too_deep"  # limit
    ALIAS_REFUSED = "alias_refused"  # -
    TAG_REFUSED = "tag_refused"  # tag
    SECOND_DOCUMENT = "second_document"  # -
    # Keys and types
    DUPLICATE_KEY = "duplicate_key"  # key, line of the first
    UNKNOWN_KEY = "unknown_key"  # key, nearest known key or ""
    MISSING_KEY = "missing_key"  # key, what it is missing from
    WRONG_TYPE = "wrong_type"  # key, "text" | "list" | "table" | "number" | "flag"
    UNKNOWN_VALUE = "unknown_value"  # key, value, the known ones
    EMPTY_LIST = "empty_list"  # key, what it is empty in
    BAD_DATE = "bad_date"  # key, value
    BAD_DUE = "bad_due"  # value
    BAD_ID = "bad_id"  # value
    OUT_OF_RANGE = "out_of_range"  # key, value, lowest, highest
    SPAN_REVERSED = "span_reversed"  # key of the beginning, key of the end
    # References
    DUPLICATE_ID = "duplicate_id"  # id, line of the first
    UNKNOWN_REF = "unknown_ref"  # id, nearest known id or ""
    REF_CYCLE = "ref_cycle"  # id
    REF_NOT_BRANCH = "ref_not_branch"  # id
    REF_NOT_ASKED = "ref_not_asked"  # id
    # Rules and ways of asking
    RULE_NEEDS = "rule_needs"  # rule, parameter
    RULE_TAKES_NO = "rule_takes_no"  # rule, parameter
    ASKED_AS_NOT_FOR_KIND = "asked_as_not_for_kind"  # asked_as, kind, the allowed ones
    RULE_NOT_FOR_ASKED_AS = "rule_not_for_asked_as"  # rule, asked_as, the allowed rules
    UNDECIDED_NOT_FOR_RULE = "undecided_not_for_rule"  # undecided, rule
    FORCE_MAJEURE_UNDECIDED = "force_majeure_undecided"  # -
    WRONG_NUMBER_OF_CHOICES = "wrong_number_of_choices"  # asked_as, wanted, found
    SAME_CHOICE_TWICE = "same_choice_twice"  # label
    NO_CLASSIFIED_CHOICE = "no_classified_choice"  # -
    # Sensitivity
    RED_NOT_TWO_CHOICES = "red_not_two_choices"  # found
    RED_ASKED_OPENLY = "red_asked_openly"  # asked_as
    AMBER_ASKED_OPENLY = "amber_asked_openly"  # asked_as
    EVIDENCE_TOO_OPEN = "evidence_too_open"  # sensitivity, word
    # Wording
    QUESTION_TOO_LONG = "question_too_long"  # characters, limit
    QUESTION_NOT_ONE_SENTENCE = "question_not_one_sentence"  # -
    QUESTION_NOT_WANTED = "question_not_wanted"  # -
    LABEL_TOO_LONG = "label_too_long"  # characters, limit
    # Dates of duties
    ONCE_NEEDS_YEAR = "once_needs_year"  # -
    YEARLY_TAKES_NO_YEAR = "yearly_takes_no_year"  # recurrence
    RECURRENCE_NEEDS_DATE = "recurrence_needs_date"  # recurrence


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing wrong in one place. `line` counts from 1 and is 1 for the whole file."""

    file: str
    line: int
    code: ProblemCode
    details: tuple[str, ...] = ()


class PackError(ValueError):
    """A pack that cannot be loaded; `problems` says all that is wrong with it."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        self.problems = problems
        first = problems[0]
        super().__init__(
            f"{first.file}:{first.line}: {first.code} {' | '.join(first.details)}".rstrip()
            + (f" (and {len(problems) - 1} more)" if len(problems) > 1 else "")
        )
