"""A small pack with one of everything, and one error for each kind of problem."""

from packs.problems import ProblemCode

SOUND = """\
document:
  id: thu-1-2026
  title: Văn bản thử
  number: 1/KH-UBND
  issuer: UBND tỉnh thử
  issued_on: 01/02/2026
  province: "40"
  structure: "2026"
  covers_from: 2026
  covers_to: 2027
criteria:
  valid_from: 01/02/2026
  valid_to: 31/12/2027
  parts:
    - id: I
      indicator: "1.1"
      title: Phần thử
      criterion: Tiêu chí thử
      unit_kinds: [commune]
      items:
        - id: I.1
          title: Nội dung thử
          requirements:
            - id: I.1.a
              clause: mục 1
              verbatim: có kế hoạch trong quý I
              label: Kế hoạch
              question: Xã đã có kế hoạch chưa?
              help: Tính kế hoạch của năm.
              kind: document
              asked_as: document
              choices: ["Có (ghi số, ngày)", "Có, văn bản mật: không ghi số", Chưa có]
              rule: document_in_first_quarter
              sensitivity: green
              evidence: Kế hoạch (số, ngày)
              recurrence: hằng năm
              undecided: [signed_in_december, date_withheld]
            - id: I.1.b
              clause: mục 2
              verbatim: nắm tình hình
              label: Nắm tình hình
              question: Xã có thuộc danh sách không?
              help: Chỉ chọn một trong hai.
              kind: yes_no
              asked_as: yes_no
              choices: [Có, Không]
              rule: branch
              sensitivity: red
              evidence: Hồ sơ giấy
              recurrence: hằng năm
            - id: I.1.c
              clause: mục 3
              verbatim: giảm so với năm trước (trừ trường hợp bất khả kháng)
              label: Giảm
              question: Có bao nhiêu vụ trong hai năm?
              help: Giảm là đạt.
              kind: number_vs_last_year
              asked_as: year_on_year
              rule: {name: reduced, casualties: true}
              sensitivity: amber
              counted: vụ
              evidence: Số liệu thống kê
              recurrence: hằng năm
              undecided: [zero_both_years, equal_non_zero, casualties_rose, force_majeure]
              force_majeure: true
        - id: I.2
          title: Tổng hợp
          requirements:
            - id: I.2
              clause: mục 4
              verbatim: đạt mục 1
              label: Đạt mục 1
              help: Hệ thống tự tổng hợp.
              kind: crossref
              asked_as: not_asked
              rule: {name: all_met, refs: [I.1]}
              sensitivity: green
              evidence: Kết quả mục 1
              recurrence: tại thời điểm xét
obligations:
  - id: O-1
    clause: mục 5
    who: UBND các xã
    unit_kinds: [commune]
    what: Báo cáo
    verbatim: trước ngày 14/6
    due: before 14/06
    recurrence: yearly
targets:
  - id: T1
    clause: mục 6
    text: 100% số xã
    value: 100%
    scope: toàn tỉnh
    period: năm 2026
assignments:
  - clause: mục 7
    who: Công an tỉnh
    tasks: [theo dõi]
end: thu-1-2026
"""


def damaged(old: str, new: str) -> str:
    """The valid pack with the first occurrence of a passage (which must occur) replaced."""
    assert old in SOUND
    return SOUND.replace(old, new, 1)


def line_of(text: str, passage: str) -> int:
    """The line, from 1, in which a passage first occurs."""
    return text[: text.index(passage)].count("\n") + 1


_LIST_ROW = "kind: list\n              asked_as: list\n              rule: listed"
_AMBER_ROW = (
    "kind: number_vs_last_year\n              asked_as: year_on_year\n"
    "              rule: {name: reduced, casualties: true}"
)
_BRANCH_ROW = (
    "kind: yes_no\n              asked_as: yes_no\n              choices: [Có, Không]\n"
    "              rule: branch"
)

_SECOND_ITEM = SOUND[SOUND.index("        - id: I.2\n") : SOUND.index("obligations:")]
_SECOND_ITEM_FIRST = SOUND.replace(_SECOND_ITEM, "").replace(
    "        - id: I.1\n", _SECOND_ITEM + "        - id: I.1\n"
)
_SECOND_PART = """\
    - id: II
      indicator: "1.2"
      title: Phần hai
      criterion: Tiêu chí thử
      unit_kinds: [rural_district]
      items:
"""

DAMAGES: dict[ProblemCode, tuple[str, str]] = {
    # code: the text, and the passage in whose line the problem must be reported
    ProblemCode.TOO_LARGE: ("a: b\n" * 250_000, "a: b"),
    ProblemCode.NOT_TEXT: (damaged("Văn bản thử", "Văn bản \x00 thử"), "document:"),
    ProblemCode.EMPTY_FILE: ("# chỉ có ghi chú\n", "#"),
    ProblemCode.TAB_INDENT: (damaged("  title", "\ttitle"), "\ttitle"),
    ProblemCode.NOT_YAML: (damaged("number: 1/KH-UBND", "number: [1/KH-UBND"), "issuer"),
    ProblemCode.TOO_DEEP: (damaged("[theo dõi]", "[" * 500), "tasks"),
    ProblemCode.ALIAS_REFUSED: (damaged("title: Văn", "title: &a Văn"), "&a"),
    ProblemCode.TAG_REFUSED: (damaged("title: Văn", "title: !!python/name:os.system Văn"), "!!"),
    ProblemCode.SECOND_DOCUMENT: (SOUND + "---\na: b\n", "---"),
    ProblemCode.DUPLICATE_KEY: (damaged("number: 1", "title: x\n  number: 1"), "title: x"),
    ProblemCode.UNKNOWN_KEY: (damaged("label: Kế", "labell: x\n              label: Kế"), "labell"),
    ProblemCode.CUT_OFF: (damaged("end: thu-1-2026\n", ""), "assignments:"),
    ProblemCode.MISSING_KEY: (damaged("              clause: mục 1\n", ""), "- id: I.1.a"),
    ProblemCode.WRONG_TYPE: (damaged("covers_to: 2027", "covers_to: năm 2027"), "covers_to"),
    ProblemCode.UNKNOWN_VALUE: (damaged("kind: document", "kind: documents"), "kind: documents"),
    ProblemCode.EMPTY_LIST: (damaged("tasks: [theo dõi]", "tasks: []"), "tasks"),
    ProblemCode.BAD_DATE: (damaged("issued_on: 01/02", "issued_on: 30/02"), "issued_on"),
    ProblemCode.BAD_DUE: (damaged("due: before 14/06", "due: trước 14/06"), "due: trước"),
    ProblemCode.BAD_ID: (damaged("- id: I.1.c", "- id: Mục I 1 c"), "Mục I 1 c"),
    ProblemCode.OUT_OF_RANGE: (damaged("covers_to: 2027", "covers_to: 20277"), "covers_to"),
    ProblemCode.SPAN_REVERSED: (damaged("covers_to: 2027", "covers_to: 2025"), "covers_to"),
    ProblemCode.DUPLICATE_ID: (damaged("- id: I.1.c", "- id:  I.1.b"), "- id:  I.1.b"),
    ProblemCode.UNKNOWN_REF: (damaged("refs: [I.1]", "refs: [I.9]"), "refs"),
    ProblemCode.REF_CYCLE: (damaged("refs: [I.1]", "refs: [I.2]"), "refs"),
    ProblemCode.REF_NOT_BRANCH: (
        damaged(
            "rule: document_in_first_quarter", "rule: {name: document_if_listed, refs: [I.1.c]}"
        ).replace("[signed_in_december, date_withheld]", "[plan_off_the_list]"),
        "document_if_listed",
    ),
    ProblemCode.REF_NOT_ASKED: (
        damaged("{name: all_met, refs: [I.1]}", "{name: same_as, refs: [I.2]}"),
        "same_as",
    ),
    ProblemCode.REF_STANDS_LATER: (_SECOND_ITEM_FIRST, "refs: [I.1]"),
    ProblemCode.REF_OF_OTHER_UNITS: (
        SOUND.replace(_SECOND_ITEM, _SECOND_PART + _SECOND_ITEM),
        "refs: [I.1]",
    ),
    ProblemCode.SHARE_IN_A_COMMUNE: (
        damaged("{name: all_met, refs: [I.1]}", "{name: share_of_communes, percent: 9, refs: [I]}"),
        "share_of_communes",
    ),
    ProblemCode.RULE_NEEDS: (damaged("{name: all_met, refs: [I.1]}", "all_met"), "rule: all_met"),
    ProblemCode.RULE_TAKES_NO: (
        damaged("{name: reduced, casualties", "{name: reduced, percent: 5, casualties"),
        "percent",
    ),
    ProblemCode.ASKED_AS_NOT_FOR_KIND: (damaged("kind: document", "kind: count_min"), "asked_as"),
    ProblemCode.RULE_NOT_FOR_ASKED_AS: (
        damaged("rule: document_in_first_quarter", "rule: title_held").replace(
            "asked_as: document", "asked_as: yes_no"
        ),
        "rule: title_held",
    ),
    ProblemCode.UNDECIDED_NOT_FOR_RULE: (
        damaged("[signed_in_december,", "[equal_non_zero,"),
        "[equal_non_zero",
    ),
    ProblemCode.UNDECIDED_NOT_NAMED: (
        damaged("[signed_in_december, date_withheld]", "[signed_in_december]"),
        "[signed_in_december]",
    ),
    ProblemCode.FORCE_MAJEURE_UNDECIDED: (
        damaged("casualties_rose, force_majeure]", "casualties_rose]"),
        "force_majeure: true",
    ),
    ProblemCode.WRONG_NUMBER_OF_CHOICES: (damaged(", Chưa có]", "]"), "choices"),
    ProblemCode.SAME_CHOICE_TWICE: (damaged("[Có, Không]", "[Có, Có]"), "[Có, Có]"),
    ProblemCode.NO_CLASSIFIED_CHOICE: (
        damaged("Có, văn bản mật: không ghi số", "Có, không ghi số"),
        "choices",
    ),
    ProblemCode.RED_NOT_TWO_CHOICES: (damaged("[Có, Không]", "[Có, Không, Không rõ]"), "[Có, K"),
    ProblemCode.RED_ASKED_OPENLY: (damaged(_BRANCH_ROW, _LIST_ROW), "asked_as: list"),
    ProblemCode.AMBER_ASKED_OPENLY: (damaged(_AMBER_ROW, _LIST_ROW), "asked_as: list"),
    ProblemCode.EVIDENCE_TOO_OPEN: (
        damaged("evidence: Hồ sơ giấy", "evidence: Ảnh chụp hồ sơ"),
        "Ảnh chụp",
    ),
    ProblemCode.QUESTION_TOO_LONG: (
        damaged("Xã đã có kế hoạch chưa?", "Xã đã có kế hoạch" + " rất" * 40 + " chưa?"),
        "rất rất",
    ),
    ProblemCode.QUESTION_NOT_ONE_SENTENCE: (
        damaged("Xã đã có kế hoạch chưa?", "Xã cần kế hoạch. Đã có chưa?"),
        "Xã cần",
    ),
    ProblemCode.QUESTION_NOT_WANTED: (
        damaged("label: Đạt mục 1", "question: Đạt chưa?\n              label: Đạt mục 1"),
        "question: Đạt chưa?",
    ),
    ProblemCode.LABEL_TOO_LONG: (damaged("label: Giảm", "label: Giảm" + " dần" * 20), "dần dần"),
    ProblemCode.ONCE_NEEDS_YEAR: (damaged("recurrence: yearly", "recurrence: once"), "due:"),
    ProblemCode.YEARLY_TAKES_NO_YEAR: (damaged("before 14/06", "before 14/06/2026"), "due:"),
    ProblemCode.RECURRENCE_NEEDS_DATE: (
        damaged("before 14/06", "undated").replace("recurrence: yearly", "recurrence: plan_yearly"),
        "due:",
    ),
}
"""CANNOT_READ alone is missing: it concerns files, not texts."""
