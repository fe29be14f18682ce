"""The sheet of units: departments may be added, the official list cannot be changed."""

import pytest

from tests.handlers.documents.books import (
    GOOD_ROW,
    PEOPLE_HEAD,
    Value,
    book_of,
    mistakes,
    read,
)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        (
            ("xã Không Có", None, "xã"),
            "dòng 2, cột A: “xã Không Có” không có trong danh mục đơn vị hành chính. Trang này chỉ "
            "thêm được sở, ban, ngành.",
        ),
        (
            ("Phường Mới", None, None),
            "dòng 2, cột A: “Phường Mới” không có trong danh mục đơn vị hành chính. Trang này chỉ "
            "thêm được sở, ban, ngành.",
        ),
        (
            ("xã Hùng Chân", "16756", "xã"),
            "dòng 2, cột B: Mã của xã Hùng Chân là 16801; không sửa mã trong danh mục.",
        ),
        (
            ("Sở Nội vụ", "12345", None),
            "dòng 2, cột B: Mã của sở, ban, ngành gồm chữ không dấu, số và gạch nối, tối đa 12 ký "
            "tự, không chỉ có số, ví dụ 40-01; để trống cũng được.",
        ),
        (
            ("Sở " + "x" * 120, None, None),
            "dòng 2, cột A: Dài quá 120 ký tự.",
        ),
        (
            ("=A1", None, None),
            "dòng 2, cột A: Ô này là công thức. Đồng chí thay bằng giá trị (Sao chép, rồi “Dán giá "
            "trị”).",
        ),
    ],
)
def test_each_mistake_with_a_department_is_said(row: tuple[Value, ...], sentence: str) -> None:
    units = (("Tên đơn vị", "Mã", "Loại"), row)
    data = book_of({"Người dùng": (PEOPLE_HEAD, GOOD_ROW), "Đơn vị": units})
    assert mistakes(read(data)) == [f"Đơn vị, {sentence}"]


def test_departments_may_not_share_a_name_or_a_code() -> None:
    units = (
        ("Tên đơn vị", "Mã", "Loại"),
        ("Sở Nội vụ", "40-01", None),
        ("so noi vu", None, None),
        ("Sở Y tế", "40-01", None),
    )
    data = book_of({"Người dùng": (PEOPLE_HEAD, GOOD_ROW), "Đơn vị": units})
    assert mistakes(read(data)) == [
        "Đơn vị, dòng 3, cột A: Đơn vị này đã có ở dòng 2.",
        "Đơn vị, dòng 4, cột B: Mã này đã dùng cho đơn vị khác. Có thể ghi 40-02 hoặc để trống.",
    ]
