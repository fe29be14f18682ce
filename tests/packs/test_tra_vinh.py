"""All 97 rows of Trà Vinh 1672: how each is asked and judged, and its sensitivity."""

import re
import unicodedata
from collections import Counter
from datetime import date

import pytest

from domain.criteria import AskedAs, CriteriaSet, Requirement, RuleName, Sensitivity
from domain.units import UnitKind
from packs import load_pack
from packs.row_checks import LABEL_LIMIT, QUESTION_LIMIT

_loaded = load_pack("tra-vinh-1672-2022").criteria
assert _loaded is not None
SET: CriteriaSet = _loaded
ROWS = [row for part in SET.parts for row in part.requirements()]
BY_ID = {row.id: row for row in ROWS}

LETTERS = {
    # item: the letters of its rows, from the table ("" is the item itself)
    "I.1": "abcde", "I.2": "abcdef", "I.3": "abc", "I.4": "abcd", "I.5": "abcdefgh",
    "I.6": "abcdefghiklmno", "I.7": "abcde", "I.8": "abcdef",
    "II.1": "", "II.2": "abcdef", "II.3": "abcdef", "II.4": "abc",
    "III.1": "abcdef", "III.2": "abc", "III.3": "abcdefgh", "III.4": "abcd", "III.5": "abcdef",
    "IV.1": "", "IV.2": "ab",
}  # fmt: skip

PASSED = "Đạt (không phát sinh, hoặc đã ngăn chặn kịp thời)"
RED_CHOICES = {
    "I.2.a": ("Có, lưu hồ sơ giấy", "Chưa có"),
    "I.2.c": (PASSED, "Chưa đạt"),
    "I.2.d": (PASSED, "Chưa đạt"),
    "I.2.e": (PASSED, "Chưa đạt"),
    "I.3.c": (PASSED, "Chưa đạt"),
    "I.4.c": ("Có", "Chưa"),
    "I.7.b": ("Có", "Không"),
    "I.7.e": ("Đã chuyển hóa", "Chưa"),
    "III.4.c": (PASSED, "Chưa đạt"),
    "III.5.a": ("Có, lưu hồ sơ giấy", "Chưa có"),
    "III.5.c": (PASSED, "Chưa đạt"),
    "III.5.d": (PASSED, "Chưa đạt"),
    "III.5.e": (PASSED, "Chưa đạt"),
}
AMBER = {
    "I.1.e", "I.2.b", "I.2.f", "I.3.a", "I.3.b", "I.4.a", "I.4.b", "I.4.d", "I.5.b", "I.5.c",
    "I.5.d", "I.5.e", "I.6.i", "I.6.k", "I.7.a", "I.7.c", "I.7.d", "I.8.d", "I.8.f", "II.3.a",
    "II.3.b", "II.3.c", "III.1.f", "III.3.b", "III.3.c", "III.3.d", "III.3.e", "III.4.b", "III.5.b",
    "III.5.f",
}  # fmt: skip

RULES = {
    "I.1.a I.1.b III.1.a III.1.b": "document_in_first_quarter",
    "I.5.a I.6.a II.2.a III.2.a III.3.a III.4.a IV.2.a": "document",
    "I.6.o": "title_held",
    "I.7.c": "document_if_listed I.7.b",
    "I.7.b": "branch",
    "I.7.e": "converted_if_listed I.7.b",
    "I.8.c": "rating_at_least 1",
    "I.8.e": "rating_at_least 2",
    "I.1.e I.3.b I.5.c I.5.d I.7.d I.8.d I.8.f II.3.d II.3.e II.3.f III.1.f": "none",
    "I.6.f II.4.b": "at_least 1",
    "I.3.a": "all_settled",
    "I.6.l": "mediated",
    "I.6.d II.4.a": "listed",
    "I.5.b III.3.d": "cut_by_percent 5%",
    "I.5.e I.5.g I.5.h III.3.e III.3.g III.3.h": "reduced",
    "I.5.f III.3.f": "reduced casualties",
    "II.1": "all_met I.1 I.2 I.3 I.4 I.5 I.6 I.7 I.8",
    "IV.1": "all_met III.1 III.3 III.4 III.5",
    "II.3.b": "same_as I.5.c",
    "II.3.c": "same_as I.5.d",
    "III.2.b": "share_of_communes 100% I",
    "III.2.c": "share_of_communes 10% II",
    "IV.2.b": "share_of_communes 50% II",
}

UNDECIDED = {
    "I.1.a I.1.b III.1.a III.1.b": "signed_in_december date_withheld",
    "I.3.a": "unsettled_cases",
    "I.5.b": "zero_both_years aim_or_outcome",
    "III.3.d": "zero_both_years",
    "I.5.e I.5.g I.5.h III.3.e III.3.g III.3.h": "zero_both_years equal_non_zero force_majeure",
    "I.5.f III.3.f": "zero_both_years equal_non_zero casualties_rose force_majeure",
    "I.6.l": "no_cases_to_mediate",
    "I.6.o": "title_older_than_year date_withheld",
    "I.7.c": "plan_off_the_list",
    "I.8.c": "title_older_than_year",
    "II.3.d II.3.e II.3.f": "force_majeure",
}


def _table(table: dict[str, str]) -> dict[str, str]:
    return {row: words for rows, words in table.items() for row in rows.split()}


def _rule(row: Requirement) -> str:
    rule = row.rule
    words = [rule.name.value]
    words += [str(rule.minimum)] if rule.minimum is not None else []
    words += [f"{rule.percent}%"] if rule.percent is not None else []
    return " ".join([*words, *rule.refs, *(["casualties"] if rule.casualties else [])])


def test_the_rows_are_those_of_the_document_in_its_order() -> None:
    expected = [
        f"{item}.{letter}" if letter else item
        for item, letters in LETTERS.items()
        for letter in letters or [""]
    ]
    assert [row.id for row in ROWS] == expected
    assert [item.id for part in SET.parts for item in part.items] == list(LETTERS)
    assert [len(list(part.requirements())) for part in SET.parts] == [51, 16, 27, 3]


def test_counts() -> None:
    assert len(ROWS) == 97
    assert sum(row.asked for row in ROWS) == 90
    assert [row.id for row in ROWS if not row.scored] == ["I.7.b"]
    assert Counter(row.kind.value for row in ROWS) == {
        "yes_no": 45,
        "document": 15,
        "count_zero": 14,
        "number_vs_last_year": 10,
        "percentage": 3,
        "number": 2,
        "list": 2,
        "count_min": 2,
        "rating": 2,
        "crossref": 2,
    }
    assert Counter(row.asked_as.value for row in ROWS) == {
        "yes_no": 48,
        "document": 13,
        "none_or_some": 8,
        "count": 5,
        "cases": 2,
        "year_on_year": 10,
        "rating": 2,
        "list": 2,
        "not_asked": 7,
    }


def test_parts() -> None:
    assert [(part.id, part.indicator) for part in SET.parts] == [
        ("I", "19.2"),
        ("II", "19.2"),
        ("III", "9.4"),
        ("IV", "9.1"),
    ]
    assert [part.id for part in SET.parts_for(UnitKind.COMMUNE)] == ["I", "II"]
    assert [part.id for part in SET.parts_for(UnitKind.RURAL_DISTRICT)] == ["III", "IV"]
    for kind in (UnitKind.WARD, UnitKind.TOWNSHIP, UnitKind.TOWN, UnitKind.PROVINCIAL_CITY):
        assert SET.parts_for(kind) == ()
    assert (SET.valid_from, SET.valid_to) == (date(2022, 8, 29), date(2025, 12, 31))


def test_sensitivity() -> None:
    found = {row.id: row.sensitivity for row in ROWS}
    assert {each for each, level in found.items() if level is Sensitivity.RED} == set(RED_CHOICES)
    assert {each for each, level in found.items() if level is Sensitivity.AMBER} == AMBER
    assert Counter(found.values()) == {
        Sensitivity.GREEN: 54,
        Sensitivity.AMBER: 30,
        Sensitivity.RED: 13,
    }


@pytest.mark.parametrize("row_id", RED_CHOICES)
def test_a_red_row_is_its_two_choices_and_nothing_else(row_id: str) -> None:
    row = BY_ID[row_id]
    assert row.asked_as is AskedAs.YES_NO
    assert row.choices == RED_CHOICES[row_id]
    assert not row.force_majeure
    assert not row.counted
    assert row.evidence == "Hồ sơ giấy lưu tại đơn vị"


def test_choices_of_the_rest() -> None:
    expected = {
        AskedAs.YES_NO: ("Có", "Chưa"),
        AskedAs.NONE_OR_SOME: ("Không có", "Có"),
        AskedAs.DOCUMENT: ("Có (ghi số, ngày)", "Có, văn bản mật: không ghi số", "Chưa có"),
    }
    special = {
        "I.4.a": ("Có rà soát đủ các nhóm", "Chưa"),
        "I.8.c": ("Đơn vị quyết thắng", "Đơn vị tiên tiến", "Chưa đạt danh hiệu"),
        "I.8.e": (
            "Hoàn thành xuất sắc nhiệm vụ",
            "Hoàn thành tốt nhiệm vụ",
            "Hoàn thành nhiệm vụ",
            "Không hoàn thành nhiệm vụ",
        ),
    } | RED_CHOICES
    for row in ROWS:
        assert row.choices == special.get(row.id, expected.get(row.asked_as, ())), row.id


NOT_USED = {RuleName.PERCENT_AT_LEAST, RuleName.PERCENT_BELOW}
"""Rules that this document does not need; they are tested with their kind."""


def test_rules() -> None:
    expected = dict.fromkeys(BY_ID, "yes") | _table(RULES)
    assert {row.id: _rule(row) for row in ROWS} == expected
    assert {row.rule.name for row in ROWS} == set(RuleName) - NOT_USED


def test_what_the_law_leaves_open() -> None:
    expected = dict.fromkeys(BY_ID, "") | _table(UNDECIDED)
    assert {row.id: " ".join(row.undecided) for row in ROWS} == expected
    assert {row.id for row in ROWS if row.force_majeure} == {
        each for each, words in _table(UNDECIDED).items() if "force_majeure" in words
    }


def test_questions_are_one_short_sentence_each() -> None:
    for row in ROWS:
        if not row.asked:
            assert row.question == "", row.id
            continue
        assert row.question.endswith("?"), row.id
        assert len(row.question) <= QUESTION_LIMIT, row.id


def test_every_row_has_its_words() -> None:
    for row in ROWS:
        assert row.clause.startswith("mục "), row.id
        assert row.clause.endswith(f"Phần {row.id.split('.')[0]}"), row.id
        assert row.verbatim, row.id
        assert row.evidence, row.id
        assert row.recurrence, row.id
        assert 0 < len(row.label) <= LABEL_LIMIT, row.id
        assert 1 <= len(re.findall(r"[.!?](?:\s|$)", row.help)) <= 3, row.id


def test_labels_tell_the_rows_of_a_part_apart() -> None:
    for part in SET.parts:
        labels = [row.label for row in part.requirements()]
        assert len(labels) == len(set(labels))


def test_our_own_words_keep_the_spelling() -> None:
    """ "hằng năm" and "Ủy ban" in our words; "Hàng năm" and spelling errors only in quotations."""
    for row in ROWS:
        ours = " ".join((row.label, row.question, row.help, row.evidence, row.counted))
        assert ours == unicodedata.normalize("NFC", ours)
        for wrong in (
            "hàng năm",
            "Hàng năm",
            "Uỷ ban",
            "ANTTQ",
            "kiểm chế",
            "Cùng cố",
            "an ninh trật tự",
        ):
            assert wrong not in ours, (row.id, wrong)


@pytest.mark.parametrize(
    ("row_id", "words"),
    [
        ("I.1.c", "bảo vệ ANTTQ trên địa bàn"),
        ("I.5.e", "được kiểm chế, giảm so với năm trước"),
        ("I.6.d", "Cùng cố và nâng chất"),
        ("I.5.b", "ít nhất 05% so với năm trước"),
    ],
)
def test_slips_of_the_document_stay_in_its_quotation(row_id: str, words: str) -> None:
    assert words in BY_ID[row_id].verbatim


@pytest.mark.parametrize("row_id", ["I.5.c", "I.5.d"])
def test_when_a_crime_counts_is_said_to_be_open(row_id: str) -> None:
    assert "khởi tố" in BY_ID[row_id].help
    assert "bản án" in BY_ID[row_id].help


def test_what_is_counted_is_named_wherever_a_figure_is_asked() -> None:
    with_figure = (AskedAs.NONE_OR_SOME, AskedAs.COUNT, AskedAs.CASES, AskedAs.YEAR_ON_YEAR)
    for row in ROWS:
        if row.asked_as in with_figure:
            assert row.counted, row.id
            assert not row.counted.startswith("số "), row.id
