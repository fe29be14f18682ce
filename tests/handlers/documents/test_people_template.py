"""The workbook to download: its content, and that typed texts stay as typed."""

from io import BytesIO
from zipfile import ZipFile

from domain.channels import STRICT
from domain.units import Structure, Unit, UnitId, UnitKind
from handlers.documents.people_out import DEPARTMENT_ROWS, people_template
from tests.handlers.documents.books import NGHE_AN, VI, mistakes, nghe_an, opened, read


def _department() -> Unit:
    return Unit(
        id=UnitId(Structure.Y2026, "40-01"),
        kind=UnitKind.DEPARTMENT,
        name="Sở Nội vụ",
        parent=NGHE_AN,
        province=NGHE_AN,
    )


def test_it_has_a_sheet_to_fill_in_one_of_units_and_one_of_instructions() -> None:
    book = opened(people_template(nghe_an(), VI))
    assert book.sheetnames == ["Người dùng", "Đơn vị", "Hướng dẫn"]
    assert [cell.value for cell in book["Người dùng"][1]] == [
        "Đơn vị (tên hoặc mã)",
        "Họ tên hoặc chức danh",
        "Tên ngắn (không bắt buộc)",
        "Vai trò",
        "Kênh (không bắt buộc)",
    ]
    assert book["Người dùng"]["A2"].value == "Ví dụ: phường Thành Vinh"
    assert book["Người dùng"].freeze_panes == "A2"
    assert book["Hướng dẫn"]["A1"].value == "Danh sách người dùng, tỉnh Nghệ An"


def test_it_lists_every_unit_with_its_code_as_text() -> None:
    sheet = opened(people_template((*nghe_an(), _department()), VI))["Đơn vị"]
    rows = [[cell.value for cell in row[:3]] for row in sheet.iter_rows(min_row=2, max_row=133)]
    assert rows[0] == ["tỉnh Nghệ An", "40", "tỉnh"]
    assert rows[1] == ["Sở Nội vụ", "40-01", "sở, ban, ngành"]
    assert rows[2] == ["phường Thành Vinh", "16681", "phường"]
    assert len({row[0] for row in rows}) == 132
    assert sheet.max_row == 133 + DEPARTMENT_ROWS


def test_what_is_typed_stays_text() -> None:
    book = opened(people_template(nghe_an(), VI))
    for title, letters in (("Người dùng", "ABCDE"), ("Đơn vị", "ABC")):
        for letter in letters:
            assert book[title].column_dimensions[letter].number_format == "@"


def test_units_roles_and_channels_are_chosen_from_lists() -> None:
    sheet = opened(people_template(nghe_an(), VI))["Người dùng"]
    lists = {str(rule.sqref): rule for rule in sheet.data_validations.dataValidation}
    assert lists["A2:A12002"].formula1 == f"'Đơn vị'!$A$2:$A${1 + 131 + DEPARTMENT_ROWS}"
    assert not lists["A2:A12002"].showErrorMessage  # a code may be typed as well
    assert lists["D2:D12002"].formula1 == (
        '"cán bộ nhập liệu,chỉ huy đơn vị,cán bộ thẩm định,cán bộ theo dõi,quản trị,'
        'hội đồng thẩm định"'
    )
    assert lists["D2:D12002"].showErrorMessage
    assert lists["E2:E12002"].formula1 == f'"{",".join(STRICT)}"'
    # A spreadsheet does not open a file with a longer list.
    assert all(len(rule.formula1) <= 257 for rule in lists.values())


def test_sent_back_empty_it_says_that_nothing_is_filled_in() -> None:
    assert mistakes(read(people_template(nghe_an(), VI))) == [
        "Người dùng, dòng 1: Chưa có dòng nào được điền (dòng “Ví dụ” không tính)."
    ]


def test_it_says_nothing_of_who_made_it() -> None:
    with ZipFile(BytesIO(people_template(nghe_an(), VI))) as archive:
        assert b"openpyxl" not in archive.read("docProps/core.xml")
