"""All mistakes in the workbook of people are listed at once, each with its place."""

from datetime import date

import pytest

from domain.channels import STRICT
from domain.units import Structure
from handlers.documents import limits
from handlers.documents.people_in import PeopleTaken
from handlers.documents.problems import Refused
from tests.handlers.documents.books import (
    GOOD_ROW,
    PEOPLE_HEAD,
    TRA_VINH,
    Value,
    book_of,
    mistakes,
    opened,
    people_book,
    read,
    saved,
    units_of,
)

ROLE_NAMES = (
    "cán bộ nhập liệu, chỉ huy đơn vị, cán bộ thẩm định, cán bộ theo dõi, quản trị, "
    "hội đồng thẩm định"
)


def _taken(data: bytes) -> PeopleTaken:
    sheet = read(data)
    assert isinstance(sheet, PeopleTaken), mistakes(sheet)
    return sheet


@pytest.mark.parametrize(
    ("row", "sentences"),
    [
        (
            ("xã Hùng Chan h", "A", None, "quản trị", None),
            [
                "cột A: Không có đơn vị “xã Hùng Chan h” trong danh sách. Có phải “xã Hùng Chân” "
                "không?"
            ],
        ),
        (
            ("Không đâu cả đâu", "A", None, "quản trị", None),
            ["cột A: Không có đơn vị “Không đâu cả đâu” trong danh sách."],
        ),
        (
            (None, "A", None, "quản trị", None),
            ["cột A: Chưa ghi “Đơn vị (tên hoặc mã)”."],
        ),
        (
            ("xã Hùng Chân", None, "a", "quản trị", None),
            ["cột B: Chưa ghi “Họ tên hoặc chức danh”."],
        ),
        (
            ("xã Hùng Chân", "A", None, None, None),
            ["cột D: Chưa ghi “Vai trò”."],
        ),
        (
            ("xã Hùng Chân", "A", None, "đội trưởng", None),
            [f"cột D: Không có vai trò “đội trưởng”. Các vai trò: {ROLE_NAMES}."],
        ),
        (
            ("xã Hùng Chân", "A", None, "quản trị", "Viber"),
            [f"cột E: Không có kênh “Viber”. Ghi {', '.join(STRICT)} hoặc để trống."],
        ),
        (
            ("xã Hùng Chân", "B" * 81, None, "quản trị", None),
            ["cột B: Dài quá 80 ký tự."],
        ),
        (
            ("xã Hùng Chân", "B" * 40_000, None, "quản trị", None),
            ["cột B: Dài quá 80 ký tự."],
        ),
        (
            ("xã Hùng Chân", "A", "x" * 41, "quản trị", None),
            ["cột C: Dài quá 40 ký tự."],
        ),
        (
            ("xã Hùng Chân", "A 0912 345 678", None, "quản trị", None),
            [
                "cột B: Ô có số điện thoại, số căn cước hoặc dãy số dài như vậy. Hệ thống không "
                "nhận dữ liệu này; đồng chí xóa đi."
            ],
        ),
        (
            ("xã Hùng Chân", 912345678, None, "quản trị", None),
            [
                "cột B: Ô có số điện thoại, số căn cước hoặc dãy số dài như vậy. Hệ thống không "
                "nhận dữ liệu này; đồng chí xóa đi."
            ],
        ),
        (
            ("xã Hùng Chân", "A", "040099012345", "quản trị", None),
            [
                "cột C: Ô có số điện thoại, số căn cước hoặc dãy số dài như vậy. Hệ thống không "
                "nhận dữ liệu này; đồng chí xóa đi."
            ],
        ),
        (
            ("xã Hùng Chân", "Theo kế hoạch tuyệt mật", None, "quản trị", None),
            [
                "cột B: Ô có dấu hiệu của văn bản mật. Không được đưa vào đây; đồng chí xóa đi và "
                "báo cáo chỉ huy."
            ],
        ),
        (
            ("xã Hùng Chân", '=HYPERLINK("http://x.example")', None, "quản trị", None),
            [
                "cột B: Ô này là công thức. Đồng chí thay bằng giá trị (Sao chép, rồi “Dán giá "
                "trị”)."
            ],
        ),
        (
            ("xã Hùng Chân", "+84 cmd", None, "quản trị", None),
            [
                "cột B: Không được bắt đầu bằng = + - @ (bảng tính hiểu là công thức). Ô không có "
                "gì thì để trống."
            ],
        ),
        (
            ("xã Hùng Chân", date(2026, 1, 2), None, "quản trị", None),
            [
                "cột B: Ô này là ngày tháng, không phải chữ. Đồng chí định dạng ô là Văn bản rồi "
                "ghi lại."
            ],
        ),
        (
            ("xã Hùng Chân", True, None, "quản trị", None),
            ["cột B: Ô này là giá trị TRUE/FALSE. Đồng chí ghi lại bằng chữ."],
        ),
        (
            ("#N/A", "A", None, "quản trị", None),
            ["cột A: Ô này là giá trị lỗi hoặc số không dùng được. Đồng chí ghi lại."],
        ),
        (
            ("xã Hùng Chân", 1234, None, "quản trị", None),
            ["cột B: Phải có chữ, không chỉ có số."],
        ),
        (
            ("xã Hùng Chân", "A", 12, "quản trị", None),
            ["cột C: Phải có chữ, không chỉ có số."],
        ),
        (
            ("xã Hùng Chân", "An\u202egnourT", None, "quản trị", None),
            ["cột B: Ô có ký tự ẩn, thường do chép từ nơi khác. Đồng chí gõ lại."],
        ),
    ],
)
def test_each_mistake_is_said_with_its_place(row: tuple[Value, ...], sentences: list[str]) -> None:
    good = ("xã Tri Lễ", "Người đúng", None, "chỉ huy đơn vị", None)
    sheet = read(people_book(good, row))
    assert mistakes(sheet) == [f"Người dùng, dòng 3, {sentence}" for sentence in sentences]


def test_every_mistake_is_said_at_once() -> None:
    rows = [("xã Không Có", None, "09", "x", "y")] * 3
    found = mistakes(read(people_book(*rows)))
    assert [line.partition(":")[0] for line in found] == [
        f"Người dùng, dòng {row}, cột {column}" for row in (2, 3, 4) for column in "ABCDE"
    ]


def test_a_phone_number_in_a_column_of_the_persons_own_is_refused_and_not_repeated() -> None:
    data = people_book((*GOOD_ROW, "0912.345.678"), head=(*PEOPLE_HEAD, "Điện thoại"))
    (sentence,) = mistakes(read(data))
    assert sentence.startswith("Người dùng, dòng 2, cột F: Ô có số điện thoại")
    assert "345" not in sentence


def test_a_harmless_column_of_the_persons_own_is_let_pass() -> None:
    data = people_book((*GOOD_ROW, "ghi chú", "=A1"), head=(*PEOPLE_HEAD, "Ghi chú", "Tính"))
    assert len(_taken(data).rows) == 1


def test_two_rows_that_say_the_same_are_a_mistake() -> None:
    assert mistakes(read(people_book(GOOD_ROW, GOOD_ROW))) == [
        "Người dùng, dòng 3: Trùng với dòng 2: cùng người, cùng đơn vị, cùng vai trò. Nếu là hai "
        "người trùng tên, đồng chí ghi tên ngắn khác nhau."
    ]


@pytest.mark.parametrize(
    ("first", "second", "good"),
    [("a", "b", True), ("a", "a", False), ("a", None, False), (None, "b", False)],
)
def test_namesakes_at_one_post_need_their_short_names(
    first: str | None, second: str | None, good: bool
) -> None:
    rows = [("xã Hùng Chân", "Lê Văn A", handle, "quản trị", None) for handle in (first, second)]
    assert isinstance(read(people_book(*rows)), PeopleTaken) is good


def test_one_short_name_for_two_people_is_a_mistake() -> None:
    other = ("xã Tri Lễ", "Người khác", "Chi huy 1", "chỉ huy đơn vị", None)
    assert mistakes(read(people_book(GOOD_ROW, other))) == [
        "Người dùng, dòng 3, cột C: Tên ngắn này đã dùng cho người khác ở dòng 2."
    ]


def test_a_name_of_several_units_lists_them() -> None:
    units = units_of(Structure.Y2021, TRA_VINH)
    data = people_book(("Định An", *GOOD_ROW[1:]), ("Phường 1", *GOOD_ROW[1:]))
    assert mistakes(read(data, units)) == [
        "Người dùng, dòng 2, cột A: “Định An” có thể là: thị trấn Định An, huyện Trà Cú (29462); "
        "xã Định An, huyện Trà Cú (29494). Đồng chí ghi mã hoặc tên đầy đủ.",
        "Người dùng, dòng 3, cột A: “Phường 1” có thể là: phường 1, thành phố Trà Vinh (29239); "
        "phường 1, thị xã Duyên Hải (29512). Đồng chí ghi mã hoặc tên đầy đủ.",
    ]


@pytest.mark.parametrize(
    "unit",
    ["xã Định An", "Xã Định An, huyện Trà Cú", "xa dinh an - tra cu", "TT Định An", "29494"],
)
def test_the_kind_or_the_district_tells_two_units_apart(unit: str) -> None:
    sheet = read(people_book((unit, *GOOD_ROW[1:])), units_of(Structure.Y2021, TRA_VINH))
    assert isinstance(sheet, PeopleTaken), mistakes(sheet)
    code = "29462" if unit.startswith("TT") else "29494"
    assert sheet.rows[0].posts[0].unit.code == code


def test_a_former_name_says_where_the_unit_is_today() -> None:
    units = units_of(Structure.Y2026, "86")
    (sentence,) = mistakes(read(people_book(("xã Mỹ Long Bắc", *GOOD_ROW[1:])), units))
    assert sentence.endswith(
        "“xã Mỹ Long Bắc” là tên cũ, nay thuộc xã Mỹ Long. Đồng chí ghi tên hiện nay."
    )


def test_merged_cells_are_a_mistake_but_not_above_the_header() -> None:
    book = opened(book_of({"Người dùng": (("Danh sách",), PEOPLE_HEAD, GOOD_ROW)}))
    book["Người dùng"].merge_cells("A1:E1")
    assert isinstance(read(saved(book)), PeopleTaken)
    book["Người dùng"].merge_cells("B3:B4")
    assert mistakes(read(saved(book))) == [
        "Người dùng, dòng 3: Các ô B3:B4 bị gộp. Đồng chí bỏ gộp và ghi vào từng ô."
    ]


def test_another_sheet_is_not_taken_for_it() -> None:
    data = book_of({"Sheet1": (PEOPLE_HEAD, GOOD_ROW), "Khác": ()})
    assert mistakes(read(data)) == [
        "Không thấy trang “Người dùng”. Tệp có các trang: “Sheet1”, “Khác”. Đồng chí dùng tệp "
        "mẫu hoặc đặt lại tên trang."
    ]


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        (
            (),
            "Người dùng: Không thấy dòng tên cột. Cần có các cột “Đơn vị (tên hoặc mã)”, “Họ tên "
            "hoặc chức danh”, “Vai trò” như trong tệp mẫu.",
        ),
        (
            (PEOPLE_HEAD,),
            "Người dùng, dòng 1: Chưa có dòng nào được điền (dòng “Ví dụ” không tính).",
        ),
        (
            (PEOPLE_HEAD, ("Ví dụ: xã A", "Nguyễn Văn A", None, "quản trị", None)),
            "Người dùng, dòng 1: Chưa có dòng nào được điền (dòng “Ví dụ” không tính).",
        ),
        (
            (PEOPLE_HEAD[:3], GOOD_ROW[:3]),
            "Người dùng, dòng 1: Thiếu cột “Vai trò”.",
        ),
        (
            ((*PEOPLE_HEAD, "VAI TRO"), GOOD_ROW),
            "Người dùng, dòng 1, cột F: Cột “Vai trò” có hai lần; chỉ giữ một.",
        ),
    ],
)
def test_a_sheet_that_is_no_list_says_so(
    rows: tuple[tuple[Value, ...], ...], sentence: str
) -> None:
    assert mistakes(read(book_of({"Người dùng": rows}))) == [sentence]


def test_too_many_rows_are_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 2)
    rows = [("xã Hùng Chân", f"Người {letter}", None, "quản trị", None) for letter in "abc"]
    assert isinstance(read(people_book(*rows[:2])), PeopleTaken)
    assert mistakes(read(people_book(*rows))) == [
        "Người dùng, dòng 4: Quá 02 dòng. Đồng chí chia thành nhiều tệp."
    ]


def test_mistakes_without_end_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_PROBLEMS", 4)
    sheet = read(people_book(*[("xã Không Có", None, "09", "x", "y")] * 9))
    assert isinstance(sheet, Refused)
    assert len(sheet.problems) == 5
    assert "04 chỗ sai đầu tiên" in sheet.problems[-1].text
