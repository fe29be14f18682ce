"""Lists to download: counts that can be checked, and texts that never become formulas."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest

from domain.people import Role
from handlers.documents.people_in import read_people
from handlers.documents.problems import Refused, RowProblem
from handlers.documents.reports import JoinRow, JoinState, joined_report, problems_report
from handlers.documents.workbook import Workbook
from tests.handlers.documents.books import VI, nghe_an, opened, people_book

NOW = datetime(2027, 1, 4, 1, 30, tzinfo=UTC)


def _row(state: JoinState, unit: str = "xã Hùng Chân", name: str = "Trưởng Công an") -> JoinRow:
    joined = NOW if state is JoinState.JOINED else None
    return JoinRow(
        unit=unit, name=name, handle="chi-huy", role=Role.HEAD, state=state, joined_at=joined
    )


def test_everybody_is_listed_with_his_state_and_days_as_in_viet_nam() -> None:
    late = JoinRow(
        unit="xã Tri Lễ",
        name="B",
        handle="b",
        role=Role.OFFICER,
        state=JoinState.EXPIRED,
        code_expires_at=datetime(2027, 1, 3, 20, tzinfo=UTC),
    )
    sheet = opened(joined_report([_row(JoinState.JOINED), late], "tỉnh Nghệ An", NOW, VI))[
        "Danh sách"
    ]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        [
            "Tên đơn vị",
            "Họ tên hoặc chức danh",
            "Tên ngắn",
            "Vai trò",
            "Tình trạng",
            "Ngày vào",
            "Mã hết hạn",
        ],
        [
            "xã Hùng Chân",
            "Trưởng Công an",
            "chi-huy",
            "chỉ huy đơn vị",
            "đã vào",
            "04/01/2027",
            None,
        ],
        ["xã Tri Lễ", "B", "b", "cán bộ nhập liệu", "chưa vào, mã hết hạn", None, "04/01/2027"],
    ]
    assert sheet.auto_filter.ref == "A1:G3"


def test_the_summary_counts_the_whole_and_puts_first_who_has_most_to_do() -> None:
    rows = [
        _row(JoinState.JOINED, "xã A"),
        _row(JoinState.JOINED, "xã B"),
        _row(JoinState.INVITED, "xã B"),
        _row(JoinState.NOT_INVITED, "xã C"),
        _row(JoinState.LOCKED, "xã C"),
    ]
    sheet = opened(joined_report(rows, "tỉnh Nghệ An", NOW, VI))["Tổng hợp"]
    assert [[cell.value for cell in row[:4]] for row in sheet.iter_rows(min_row=2)] == [
        ["Tất cả", 2, 3, 5],
        ["xã C", 0, 2, 2],
        ["xã B", 1, 1, 2],
        ["xã A", 1, 0, 1],
    ]
    assert sheet["E1"].value == "Tình hình vào hệ thống, tỉnh Nghệ An, lúc 08:30, 04/01/2027"


def test_nobody_yet_is_a_report_too() -> None:
    sheet = opened(joined_report([], "tỉnh Nghệ An", NOW, VI))["Tổng hợp"]
    assert [cell.value for cell in sheet[2]][:4] == ["Tất cả", 0, 0, 0]


@pytest.mark.parametrize("begin", ["=", "+", "-", "@", "\t=", "\r="])
def test_no_text_becomes_a_formula(begin: str) -> None:
    text = f"{begin}cmd|' /C calc'!A0"
    data = joined_report([_row(JoinState.JOINED, text, text)], text, NOW, VI)
    with ZipFile(BytesIO(data)) as archive:
        for part in archive.namelist():
            if "worksheets/" in part:
                assert b"<f>" not in archive.read(part)
    cell = opened(data)["Danh sách"]["B2"]
    assert cell.data_type == "s"
    assert cell.quotePrefix  # Excel keeps it a text when a person edits the cell
    assert cell.number_format == "@"


def test_letters_that_no_sheet_can_hold_are_left_out() -> None:
    row = _row(JoinState.JOINED, name="A\x00\x0b\ud800B\uffff")
    assert opened(joined_report([row], "x", NOW, VI))["Danh sách"]["B2"].value == "AB"


def test_every_mistake_of_a_workbook_is_listed() -> None:
    refused = read_people(people_book(("xã Không Có", "A", None, "x", None)), nghe_an(), VI)
    assert isinstance(refused, Refused)
    sheet = opened(problems_report(refused, VI))["Cần sửa"]
    assert [[cell.value for cell in row[:3]] for row in sheet.iter_rows()] == [
        ["Trang", "Dòng", "Cột"],
        ["Người dùng", 2, "A"],
        ["Người dùng", 2, "D"],
    ]
    assert sheet["D2"].value == "Không có đơn vị “xã Không Có” trong danh sách."


def test_a_mistake_of_the_whole_file_has_no_place() -> None:
    problem = RowProblem(sheet="", row=0, column="", text="=Tệp trống")
    data = problems_report(Refused(problems=(problem,)), VI)
    sheet = opened(data)["Cần sửa"]
    assert [cell.value for cell in sheet[2]] == [None, None, None, "=Tệp trống"]


def test_our_own_reader_reads_our_reports() -> None:
    book = Workbook(joined_report([_row(JoinState.JOINED)], "x", NOW, VI))
    assert book.names == ("Danh sách", "Tổng hợp")
    assert book.sheet("Danh sách").rows[2][1].text == "xã Hùng Chân"
