"""Figures of earlier years: the columns asked for, and a workbook that is taken completely or not
at all.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

import pytest

from domain.criteria import Part, Requirement, RuleName, Sensitivity
from domain.units import Structure, UnitId
from handlers.documents.figures import FigureYears, Measure, figure_columns
from handlers.documents.figures_in import Figure, FiguresSheet, FiguresTaken, read_figures
from handlers.documents.figures_out import figures_template
from locales import Words
from packs.loader import load_pack
from tests.handlers.documents.books import (
    EN,
    TRA_VINH,
    VI,
    Value,
    book_of,
    mistakes,
    opened,
    parts,
    saved,
    units_of,
)

YEARS = FigureYears(last=2023, base=2019)
TODAY = date(2024, 2, 1)
DOCUMENT, DOCUMENT_DATE = (
    "Nguồn: số văn bản (không bắt buộc)",
    "Nguồn: ngày văn bản (không bắt buộc)",
)
UNIT = "Đơn vị (tên hoặc mã)"
CRIME = "Số vụ phạm tội về trật tự xã hội, năm 2023 (I.5.b)"
CRIME_2019 = "Số vụ phạm tội về trật tự xã hội, năm 2019 (I.5.b)"
TRAFFIC = "Số vụ tai nạn giao thông, năm 2023 (I.5.f)"
DEATHS = "Số người chết do tai nạn giao thông, năm 2023 (I.5.f)"
INJURED = "Số người bị thương do tai nạn giao thông, năm 2023 (I.5.f)"
MY_LONG_BAC = "xã Mỹ Long Bắc"


@cache
def part_one() -> Part:
    criteria = load_pack("tra-vinh-1672-2022").criteria
    assert criteria is not None
    return criteria.part("I")


def _requirements() -> tuple[Requirement, ...]:
    return tuple(part_one().requirements())


def _read(data: bytes) -> FiguresSheet:
    units = units_of(Structure.Y2021, TRA_VINH)
    return read_figures(data, units, _requirements(), YEARS, VI, today=TODAY)


def _book(*rows: Mapping[str, Value]) -> bytes:
    head = list(dict.fromkeys([UNIT, *(title for row in rows for title in row)]))
    lines = [[row.get(title) for title in head] for row in rows]
    return book_of({"Số liệu": (head, *lines)})


def _template() -> bytes:
    units = units_of(Structure.Y2021, TRA_VINH)
    return figures_template(units, _requirements(), YEARS, VI, kinds=part_one().unit_kinds)


def test_the_year_before_is_asked_and_the_base_only_for_the_cut_by_per_cent() -> None:
    columns = figure_columns(_requirements(), YEARS, VI)
    assert [(one.requirement.id, one.year, one.measure) for one in columns] == [
        ("I.5.b", 2023, Measure.CASES),
        ("I.5.b", 2019, Measure.CASES),
        ("I.5.e", 2023, Measure.CASES),
        ("I.5.f", 2023, Measure.CASES),
        ("I.5.f", 2023, Measure.DEATHS),
        ("I.5.f", 2023, Measure.INJURED),
        ("I.5.g", 2023, Measure.CASES),
        ("I.5.h", 2023, Measure.CASES),
    ]


def test_without_a_base_year_none_is_asked() -> None:
    columns = figure_columns(_requirements(), FigureYears(last=2025), VI)
    assert {one.year for one in columns} == {2025}
    assert len(columns) == 7


def test_nothing_red_is_ever_asked_for() -> None:
    columns = figure_columns(_requirements(), YEARS, VI)
    assert all(one.requirement.sensitivity is not Sensitivity.RED for one in columns)
    assert RuleName.CUT_BY_PERCENT in {one.requirement.rule.name for one in columns}


@pytest.mark.parametrize("words", [VI, EN])
def test_every_column_has_a_heading_of_its_own(words: Words) -> None:
    titles = [one.title for one in figure_columns(_requirements(), YEARS, words)]
    assert len(set(titles)) == len(titles) == 8


def test_the_template_lists_the_communes_it_binds_and_comes_back_whole() -> None:
    book = opened(_template())
    sheet = book["Số liệu"]
    assert sheet.max_row == 1 + 85  # the xã of Trà Vinh; Part I is not for phường or thị trấn
    assert sheet.freeze_panes == "B2"
    titles = [cell.value for cell in sheet[1]]
    assert titles[0] == UNIT
    assert titles[-2:] == [DOCUMENT, DOCUMENT_DATE]
    for row in range(2, 87):
        for column in range(2, 10):
            sheet.cell(row, column, row * 100 + column)
        sheet.cell(row, 10, "123/BC-CAX")
        sheet.cell(row, 11, date(2024, 1, 15))
    taken = _read(saved(book))
    assert isinstance(taken, FiguresTaken), mistakes(taken)
    assert len({row.unit for row in taken.rows}) == 85
    first = taken.rows[0]
    assert [one.count for one in first.figures] == list(range(202, 210))
    assert (first.document_number, first.document_date) == ("123/BC-CAX", date(2024, 1, 15))


def test_an_empty_template_has_nothing_to_take() -> None:
    assert mistakes(_read(_template())) == [
        "Số liệu: Chưa có dòng nào được điền (dòng “Ví dụ” không tính)."
    ]


def test_blank_is_no_figure_and_never_none() -> None:
    taken = _read(_book({UNIT: MY_LONG_BAC, CRIME: 0}, {UNIT: "xã Mỹ Long Nam", CRIME: None}))
    assert isinstance(taken, FiguresTaken), mistakes(taken)
    (row,) = taken.rows
    assert row.unit == UnitId(Structure.Y2021, "29422")
    assert row.figures == (Figure(requirement="I.5.b", year=2023, measure=Measure.CASES, count=0),)


@pytest.mark.parametrize(
    ("typed", "count"),
    [(12, 12), ("12", 12), ("05", 5), ("1.234", 1234), ("1 234", 1234), (99_999, 99_999)],
)
def test_a_count_is_read_as_people_write_it(typed: Value, count: int) -> None:
    taken = _read(_book({UNIT: MY_LONG_BAC, CRIME: typed}))
    assert isinstance(taken, FiguresTaken), mistakes(taken)
    assert taken.rows[0].figures[0].count == count


@pytest.mark.parametrize(
    "typed",
    [-1, 1.5, 1.234, "12 vụ", "không", "-", 100_000, "1,5", True, date(2024, 1, 2), "١٢", "#N/A"],
)
def test_anything_else_is_no_count(typed: Value) -> None:
    assert mistakes(_read(_book({UNIT: MY_LONG_BAC, CRIME: typed}))) == [
        "Số liệu, dòng 2, cột B: Phải là một số nguyên từ 0 đến 99.999; chưa có số liệu thì để "
        "trống."
    ]


def test_a_formula_is_no_count() -> None:
    (sentence,) = mistakes(_read(_book({UNIT: MY_LONG_BAC, CRIME: "=SUM(B3:B9)"})))
    assert sentence.startswith("Số liệu, dòng 2, cột B: Ô này là công thức.")


def test_a_phone_number_is_no_count_either() -> None:
    (sentence,) = mistakes(_read(_book({UNIT: MY_LONG_BAC, CRIME: 912345678})))
    assert sentence.startswith("Số liệu, dòng 2, cột B: Ô có số điện thoại")


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            {UNIT: MY_LONG_BAC, DEATHS: 1},
            f"cột B: Có số người chết hoặc bị thương mà chưa ghi “{TRAFFIC}”.",
        ),
        (
            {UNIT: MY_LONG_BAC, TRAFFIC: 0, INJURED: 2},
            "cột C: Không có vụ nào thì số người chết, bị thương phải là 0 hoặc để trống.",
        ),
        (
            {UNIT: MY_LONG_BAC, CRIME: 1, DOCUMENT: "vụ án ông A"},
            "cột C: Chỉ ghi số, ký hiệu văn bản, ví dụ 123/BC-CAX; không ghi nội dung.",
        ),
        (
            {UNIT: MY_LONG_BAC, CRIME: 1, DOCUMENT: "123/BC-CAX vụ án ông A"},
            "cột C: Chỉ ghi số, ký hiệu văn bản, ví dụ 123/BC-CAX; không ghi nội dung.",
        ),
        (
            {UNIT: MY_LONG_BAC, CRIME: 1, DOCUMENT_DATE: "32/01/2024"},
            "cột C: Ghi ngày của văn bản, ví dụ 15/01/2026, từ 01/01/2000 đến 01/02/2024.",
        ),
        (
            {UNIT: MY_LONG_BAC, CRIME: 1, DOCUMENT_DATE: date(2024, 2, 2)},
            "cột C: Ghi ngày của văn bản, ví dụ 15/01/2026, từ 01/01/2000 đến 01/02/2024.",
        ),
        (
            {UNIT: MY_LONG_BAC, CRIME: None, DOCUMENT: "123/BC-CAX"},
            "Dòng này có nguồn mà chưa có số liệu nào.",
        ),
        (
            {UNIT: None, CRIME: 1},
            "cột A: Chưa ghi “Đơn vị (tên hoặc mã)”.",
        ),
        (
            {UNIT: "xã Nào Đó", CRIME: 1},
            "cột A: Không có đơn vị “xã Nào Đó” trong danh sách.",
        ),
    ],
)
def test_each_mistake_is_said_with_its_place(row: dict[str, Value], sentence: str) -> None:
    place = "Số liệu, dòng 2" + (", " if sentence.startswith("cột") else ": ")
    assert mistakes(_read(_book(row))) == [place + sentence]


@pytest.mark.parametrize("day", ["15/01/2024", "ngày 15 tháng 01 năm 2024", date(2024, 1, 15)])
def test_the_day_of_the_source_is_read_as_people_write_it(day: Value) -> None:
    row: dict[str, Value] = {
        UNIT: MY_LONG_BAC,
        CRIME: 1,
        DOCUMENT: "Số: 12/BC-CAX",
        DOCUMENT_DATE: day,
    }
    taken = _read(_book(row))
    assert isinstance(taken, FiguresTaken), mistakes(taken)
    assert taken.rows[0].document_number == "12/BC-CAX"
    assert taken.rows[0].document_date == date(2024, 1, 15)


def test_a_unit_may_stand_only_once() -> None:
    rows: list[dict[str, Value]] = [{UNIT: MY_LONG_BAC, CRIME: 1}, {UNIT: "29422", CRIME: 2}]
    assert mistakes(_read(_book(*rows))) == ["Số liệu, dòng 3, cột A: Đơn vị này đã có ở dòng 2."]


def test_a_column_that_we_do_not_know_is_not_dropped_in_silence() -> None:
    assert mistakes(_read(_book({UNIT: MY_LONG_BAC, CRIME: 1, "Số vụ cướp": 2}))) == [
        "Số liệu, dòng 1, cột C: Không có số liệu nào tên “Số vụ cướp”. Đồng chí giữ nguyên tên "
        "cột của tệp mẫu, hoặc xóa cột này."
    ]


def test_headings_of_two_years_are_told_apart_without_marks() -> None:
    rows: dict[str, Value] = {UNIT: MY_LONG_BAC, CRIME_2019.upper(): 9, "so vu chay, nam 2023": 4}
    taken = _read(_book(rows))
    assert isinstance(taken, FiguresTaken), mistakes(taken)
    assert [(one.requirement, one.year, one.count) for one in taken.rows[0].figures] == [
        ("I.5.b", 2019, 9),
        ("I.5.g", 2023, 4),
    ]


def test_another_workbook_is_not_taken_for_it() -> None:
    (sentence,) = mistakes(_read(parts()))
    assert sentence.startswith("Không thấy trang “Số liệu”. Tệp có các trang: “Người dùng”.")
    assert mistakes(_read(b"no workbook")) == [VI.say("workbook_mistakes.defect_text_file")]
