"""The check of a damaged pack reports every error with its place, all at once."""

import time
import unicodedata
from pathlib import Path

import pytest

from packs import (
    PackError,
    ProblemCode,
    UnknownPackError,
    check_pack,
    check_pack_file,
    load_document,
    pack_ids,
    parse_pack,
)
from packs.nodes import SIZE_LIMIT
from packs.problems import MOST_PROBLEMS
from tests.packs.samples import DAMAGES, SOUND, damaged, line_of

HANG = 10
"""Processor seconds that no file of the largest size may take, even on a slow machine."""


def test_the_sample_is_sound() -> None:
    assert check_pack(SOUND, "thu.yaml") == ()


@pytest.mark.parametrize("pack_id", pack_ids())
def test_our_own_packs_are_sound(pack_id: str) -> None:
    assert check_pack_file(pack_id) == ()


@pytest.mark.parametrize("code", DAMAGES)
def test_each_damage_is_found_in_its_line(code: ProblemCode) -> None:
    text, passage = DAMAGES[code]
    found = check_pack(text, "thu.yaml")
    lines = [problem.line for problem in found if problem.code is code]
    assert lines == [line_of(text, passage)], found
    assert all(problem.file == "thu.yaml" for problem in found)


@pytest.mark.parametrize("code", DAMAGES)
def test_a_damage_brings_no_crowd_of_other_problems(code: ProblemCode) -> None:
    assert len(check_pack(DAMAGES[code][0], "thu.yaml")) <= 4


def test_every_code_has_its_damage() -> None:
    assert set(DAMAGES) == set(ProblemCode) - {ProblemCode.CANNOT_READ}


def test_all_problems_are_told_at_once_in_order_of_lines() -> None:
    text = (
        damaged("kind: document", "kind: documents")
        .replace("issued_on: 01/02", "issued_on: 30/02")
        .replace("sensitivity: amber", "sensitivity: yellow")
        .replace("refs: [I.1]", "refs: [I.7]")
        .replace("due: before 14/06", "due: before 31/06")
        .replace("              clause: mục 2\n", "")
    )
    found = check_pack(text, "thu.yaml")
    assert [problem.code for problem in found] == [
        ProblemCode.BAD_DATE,
        ProblemCode.UNKNOWN_VALUE,
        ProblemCode.MISSING_KEY,
        ProblemCode.UNKNOWN_VALUE,
        ProblemCode.UNKNOWN_REF,
        ProblemCode.BAD_DATE,
    ]
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (damaged("kind: document", "kind: docment"), "document"),
        (damaged("label: Kế", "lable: Kế"), "label"),
        (damaged("refs: [I.1]", "refs: [I-1]"), "I.1"),
        (damaged("sensitivity: green", "sensitivity: gren"), "green"),
        (damaged("sensitivity: green", "sensitivity: 5"), "green, amber, red"),
    ],
)
def test_the_word_that_was_perhaps_meant_is_named(text: str, hint: str) -> None:
    assert any(problem.details[-1] == hint for problem in check_pack(text, "x") if problem.details)


def test_a_red_requirement_takes_no_claim_and_no_open_evidence() -> None:
    text = damaged("rule: branch", "rule: branch\n              force_majeure: true")
    codes = {problem.code for problem in check_pack(text, "x")}
    assert ProblemCode.RED_ASKED_OPENLY in codes


@pytest.mark.parametrize(
    ("rule", "highest"), [("{name: rating_at_least, minimum: 1}", "0"), ("{name: yes}", None)]
)
def test_the_last_level_of_a_rating_must_be_able_to_fail(rule: str, highest: str | None) -> None:
    text = damaged(
        "kind: document\n              asked_as: document",
        "kind: rating\n              asked_as: rating",
    ).replace('["Có (ghi số, ngày)", "Có, văn bản mật: không ghi số", Chưa có]', "[Tốt, Kém]")
    text = text.replace("rule: document_in_first_quarter", f"rule: {rule}").replace(
        "[signed_in_december, date_withheld]", "[]"
    )
    found = check_pack(text, "x")
    if highest is None:
        assert [problem.code for problem in found] == [ProblemCode.RULE_NOT_FOR_ASKED_AS]
    else:
        assert [problem.details for problem in found] == [("minimum", "1", "0", highest)]
        assert check_pack(text.replace("minimum: 1", "minimum: 0"), "x") == ()


@pytest.mark.parametrize(
    ("rule", "missing"),
    [
        ("{name: cut_by_percent, percent: 5}", "zero_both_years"),
        ("reduced", "equal_non_zero, zero_both_years"),
        ("{name: reduced, casualties: true}", "casualties_rose, equal_non_zero, zero_both_years"),
    ],
)
def test_a_row_that_names_nothing_is_told_in_the_line_of_its_rule(rule: str, missing: str) -> None:
    text = damaged(
        "undecided: [zero_both_years, equal_non_zero, casualties_rose, force_majeure]\n"
        "              force_majeure: true\n",
        "note: Không còn gì để ngỏ\n",
    ).replace("{name: reduced, casualties: true}", rule)
    (problem,) = check_pack(text, "x")
    assert problem.code is ProblemCode.UNDECIDED_NOT_NAMED
    assert problem.line == line_of(text, f"rule: {rule}")
    assert problem.details[1] == missing


def test_what_weighs_no_casualties_leaves_none_open() -> None:
    (problem,) = check_pack(damaged("{name: reduced, casualties: true}", "reduced"), "x")
    assert problem.code is ProblemCode.UNDECIDED_NOT_FOR_RULE
    assert problem.details == ("casualties_rose", "reduced")


def test_what_binds_fewer_units_may_refer_to_what_binds_more() -> None:
    text, _ = DAMAGES[ProblemCode.REF_OF_OTHER_UNITS]
    wider = text.replace("unit_kinds: [commune]", "unit_kinds: [commune, rural_district]", 1)
    assert check_pack(wider, "x") == ()


@pytest.mark.parametrize("rule", ["same_as", "document_if_listed", "converted_if_listed"])
def test_an_answer_of_other_units_is_never_given(rule: str) -> None:
    text, _ = DAMAGES[ProblemCode.REF_OF_OTHER_UNITS]
    text = text.replace("{name: all_met, refs: [I.1]}", f"{{name: {rule}, refs: [I.1.b]}}")
    found = [problem for problem in check_pack(text, "x")]
    assert (ProblemCode.REF_OF_OTHER_UNITS, ("I.1.b", "rural_district")) in [
        (problem.code, problem.details) for problem in found
    ]


def test_circles_over_several_items_and_parts_are_found() -> None:
    second = SOUND[SOUND.index("        - id: I.2\n") : SOUND.index("obligations:")]
    third = second.replace("I.2", "I.3").replace("refs: [I.1]", "refs: [I.2]")
    text = SOUND.replace(second, second.replace("refs: [I.1]", "refs: [I.3]") + third)
    found = [problem for problem in check_pack(text, "x")]
    assert {(problem.code, problem.details) for problem in found} == {
        (ProblemCode.REF_CYCLE, ("I.2",)),
        (ProblemCode.REF_CYCLE, ("I.3",)),
    }
    own_part = damaged("refs: [I.1]", "refs: [I]")
    assert [problem.code for problem in check_pack(own_part, "x")] == [ProblemCode.REF_CYCLE]


@pytest.mark.parametrize(
    ("due", "recurrence", "sound"),
    [
        ("by 29/02", "yearly", False),
        ("by 29/02/2028", "plan_yearly", False),
        ("by 29/02/2028", "once", True),
        ("by 29/02/2027", "once", False),
        ("by 28/02", "yearly", True),
    ],
)
def test_what_comes_back_every_year_exists_every_year(
    due: str, recurrence: str, sound: bool
) -> None:
    text = damaged("before 14/06", due).replace("recurrence: yearly", f"recurrence: {recurrence}")
    codes = [problem.code for problem in check_pack(text, "x")]
    assert codes == ([] if sound else [ProblemCode.BAD_DATE])


def test_loading_a_damaged_pack_raises_all_its_problems() -> None:
    text, _ = DAMAGES[ProblemCode.BAD_DATE]
    with pytest.raises(PackError, match=r"thu.yaml:6: bad_date") as caught:
        parse_pack(text, "thu.yaml")
    assert caught.value.problems == check_pack(text, "thu.yaml")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xff\xfe\x00\x01\x02", ProblemCode.NOT_TEXT),
        ("Quyết định".encode("utf-16"), ProblemCode.NOT_TEXT),
        ("Quyết định".encode("cp1258", "replace"), ProblemCode.NOT_TEXT),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), ProblemCode.NOT_TEXT),
        (b"", ProblemCode.EMPTY_FILE),
        (b"x" * (SIZE_LIMIT + 1), ProblemCode.TOO_LARGE),
        (b"chi mot dong chu", ProblemCode.WRONG_TYPE),
        (b"- a\n- b\n", ProblemCode.WRONG_TYPE),
        (b"? [a, b]\n: c\n", ProblemCode.WRONG_TYPE),
    ],
)
def test_files_that_are_no_packs(tmp_path: Path, content: bytes, code: ProblemCode) -> None:
    file = tmp_path / "thu.yaml"
    file.write_bytes(content)
    assert [problem.code for problem in check_pack_file(file)] == [code]


def test_a_byte_order_mark_is_no_problem(tmp_path: Path) -> None:
    file = tmp_path / "thu.yaml"
    file.write_bytes(b"\xef\xbb\xbf" + SOUND.encode())
    assert check_pack_file(file) == ()


def test_a_missing_file_a_folder_and_an_unknown_id(tmp_path: Path) -> None:
    for path in (tmp_path / "none.yaml", tmp_path, Path("/dev/zero")):
        assert [problem.code for problem in check_pack_file(path)] == [ProblemCode.CANNOT_READ]
    with pytest.raises(PackError, match="cannot_read"):
        load_document(tmp_path / "none.yaml")
    with pytest.raises(UnknownPackError, match="no pack is called 'tra-vinh'"):
        load_document("tra-vinh")


def test_letters_typed_apart_are_the_same_letters() -> None:
    apart = parse_pack(unicodedata.normalize("NFD", SOUND), "thu.yaml")
    assert apart == parse_pack(SOUND, "thu.yaml")


@pytest.mark.parametrize(
    "text",
    [
        "a: " + "[" * 100_000,
        "{a: " * 100_000,
        "- " * 300_000,
        "a: &a [x, x]\nb: &b [*a, *a, *a, *a]\nc: [*b, *b, *b, *b]\n",
        "a: !!python/object/apply:os.system [ls]\n",
        SOUND.replace("[Có, Không]", "[" + "a, " * 200_000 + "]"),
        SOUND.replace("[signed_in_december, date_withheld]", "[" + "x, " * 200_000 + "]"),
        "".join(f"k{n}: v\n" for n in range(80_000)),
        "a: '" + "x" * 900_000,
        "? " * 300_000,
        "a: b\n" * 150_000,
    ],
    ids=lambda text: f"{text[:12]!r} x {len(text)}",
)
def test_hostile_files_are_refused_in_good_time(text: str) -> None:
    started = time.process_time()
    assert 1 <= len(check_pack(text, "x.yaml")) <= MOST_PROBLEMS
    assert time.process_time() - started < HANG
