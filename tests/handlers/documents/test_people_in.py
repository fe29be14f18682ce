"""The workbook of people: taken over whole, or every mistake said with its row."""

import unicodedata
from datetime import date

import pytest

from domain.people import Person, Post, Role
from domain.units import Structure, UnitId, UnitKind
from handlers.documents import limits
from handlers.documents.people_in import NewPerson, PeopleTaken, as_handle, read_people
from handlers.documents.people_out import people_template
from handlers.documents.problems import Refused
from tests.handlers.documents.books import (
    EN,
    GOOD_ROW,
    NGHE_AN,
    PEOPLE_HEAD,
    TRA_VINH,
    TUYEN_QUANG,
    VI,
    Value,
    book_of,
    mistakes,
    nghe_an,
    opened,
    people_book,
    read,
    saved,
    units_of,
)

HUNG_CHAN = UnitId(Structure.Y2026, "16801")
ROLE_NAMES = (
    "cán bộ nhập liệu, chỉ huy đơn vị, cán bộ thẩm định, cán bộ theo dõi, quản trị, "
    "hội đồng thẩm định"
)


def _taken(data: bytes) -> PeopleTaken:
    sheet = read(data)
    assert isinstance(sheet, PeopleTaken), mistakes(sheet)
    return sheet


def _one(*row: Value) -> NewPerson:
    (person,) = _taken(people_book(row)).rows
    return person


def test_a_filled_in_template_is_taken_whole() -> None:
    book = opened(people_template(nghe_an(), VI))
    people, units = book["Người dùng"], book["Đơn vị"]
    labels = [units.cell(row, 1).value for row in range(2, 133)]
    for row, label in enumerate(labels, start=3):
        for column, value in enumerate((label, "Chỉ huy", None, "chỉ huy đơn vị"), start=1):
            people.cell(row, column, value)
    units.cell(133, 1, "Sở Nội vụ")
    units.cell(134, 1, "Tỉnh đoàn")
    units.cell(134, 2, "40-TD")
    units.cell(134, 3, "Sở, ban, ngành")
    people.cell(134, 1, "Sở Nội vụ")
    people.cell(134, 2, "Chánh Văn phòng")
    people.cell(134, 4, "cán bộ theo dõi")
    taken = _taken(saved(book))
    posts = [post for person in taken.rows for post in person.posts]
    assert [post.unit for post in posts[:131]] == [unit.id for unit in nghe_an()]
    assert {post.role for post in posts[:131]} == {Role.HEAD}
    assert posts[131] == Post(role=Role.SUPERVISOR, unit=UnitId(Structure.Y2026, "40-01"))
    assert [(unit.code, unit.kind, unit.name, unit.parent) for unit in taken.departments] == [
        ("40-01", UnitKind.DEPARTMENT, "Sở Nội vụ", NGHE_AN),
        ("40-TD", UnitKind.DEPARTMENT, "Tỉnh đoàn", NGHE_AN),
    ]


def test_the_english_template_is_read_in_english() -> None:
    book = opened(people_template(nghe_an(), EN))
    role = EN.say("common.role", role=Role.HEAD)
    for column, value in enumerate(("16801", "Head", None, role), start=1):
        book["People"].cell(3, column, value)
    sheet = read_people(saved(book), nghe_an(), EN)
    assert isinstance(sheet, PeopleTaken)
    assert sheet.rows[0].posts == (Post(role=Role.HEAD, unit=HUNG_CHAN),)


def test_a_row_becomes_a_person() -> None:
    assert _one(*GOOD_ROW) == NewPerson(
        row=2,
        handle="chi-huy-1",
        name="Trưởng Công an xã",
        posts=(Post(role=Role.HEAD, unit=HUNG_CHAN),),
        channel="web",
    )


@pytest.mark.parametrize(
    "unit",
    [
        "Hùng Chân",
        "xã hùng chân",
        "XA HUNG CHAN",
        "x. Hung Chan",
        "Công an xã Hùng Chân",
        "CAX Hùng Chân",
        "UBND xã Hùng Chân",
        "Hùng\u00a0Chân ",
        unicodedata.normalize("NFD", "xã Hùng Chân"),
        "16801",
        16801,
        16801.0,
        "xã Hùng Chân (16801)",
    ],
)
def test_a_unit_is_known_however_it_is_written(unit: Value) -> None:
    assert _one(unit, *GOOD_ROW[1:]).posts[0].unit == HUNG_CHAN


@pytest.mark.parametrize("code", ["00691", 691, "691"])
def test_a_code_may_have_lost_its_zeros(code: Value) -> None:
    units = units_of(Structure.Y2026, TUYEN_QUANG)
    sheet = read(people_book((code, *GOOD_ROW[1:])), units)
    assert isinstance(sheet, PeopleTaken), mistakes(sheet)
    assert sheet.rows[0].posts[0].unit == UnitId(Structure.Y2026, "00691")


def test_headings_may_be_written_in_another_way() -> None:
    head = ("VAI TRO", "don vi", "Họ  tên hoặc chức danh ", "ten ngan")
    data = book_of(
        {
            "nguoi dung": (
                ("Danh sách của tỉnh",),
                (),
                head,
                ("chi huy don vi", "xã Hùng Chân", "Trưởng CAX", None),
            )
        }
    )
    (person,) = _taken(data).rows
    assert (person.name, person.handle, person.row) == ("Trưởng CAX", "chi-huy-hung-chan", 4)


def test_a_short_name_is_made_for_who_has_none() -> None:
    data = people_book(
        ("xã Hùng Chân", "Trần Văn B", None, "cán bộ nhập liệu", None),
        ("xã Hùng Chân", "Lê Thị C", None, "cán bộ nhập liệu", None),
        ("xã Tri Lễ", "Lê Thị C", "can-bo-hung-chan-2", "cán bộ nhập liệu", None),
    )
    handles = [person.handle for person in _taken(data).rows]
    assert handles == ["can-bo-hung-chan", "can-bo-hung-chan-3", "can-bo-hung-chan-2"]


def test_one_person_may_hold_several_posts() -> None:
    data = people_book(
        ("xã Hùng Chân", "Trần Văn B", "b", "chỉ huy đơn vị", None),
        ("xã Tri Lễ", "trần văn b", "B", "cán bộ nhập liệu", "Zalo"),
    )
    (person,) = _taken(data).rows
    assert [post.role for post in person.posts] == [Role.HEAD, Role.OFFICER]
    assert (person.handle, person.channel, person.row) == ("b", "zalo", 2)


def test_a_corrected_file_may_be_sent_again() -> None:
    there = Person(
        id=1,
        handle="chi-huy-1",
        name="Trưởng Công an xã",
        locale="vi",
        posts=(Post(role=Role.HEAD, unit=HUNG_CHAN),),
    )
    more = ("xã Tri Lễ", "Trưởng Công an xã", "chi-huy-1", "chỉ huy đơn vị", None)
    data = people_book(GOOD_ROW, more)
    sheet = read_people(data, nghe_an(), VI, people=[there])
    assert isinstance(sheet, PeopleTaken)
    assert sheet.already == 1
    assert [(one.handle, one.known, len(one.posts)) for one in sheet.rows] == [
        ("chi-huy-1", True, 1)
    ]


def test_somebody_elses_short_name_is_refused() -> None:
    there = Person(id=1, handle="chi-huy-1", name="Người khác", locale="vi", posts=())
    sheet = read_people(people_book(GOOD_ROW), nghe_an(), VI, people=[there])
    assert mistakes(sheet) == [
        "Người dùng, dòng 2, cột C: Tên ngắn “chi-huy-1” đã là của một người khác trong hệ thống."
    ]


def test_a_made_short_name_avoids_those_that_are_there() -> None:
    there = Person(id=1, handle="chi-huy-hung-chan", name="Người khác", locale="vi", posts=())
    row = ("xã Hùng Chân", "Trưởng Công an xã", None, "chỉ huy đơn vị", None)
    sheet = read_people(people_book(row), nghe_an(), VI, people=[there])
    assert isinstance(sheet, PeopleTaken)
    assert sheet.rows[0].handle == "chi-huy-hung-chan-2"


def test_short_names_are_what_commands_take() -> None:
    assert as_handle("  Cán bộ, Mỹ Long – Bắc ") == "can-bo-my-long-bac"


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
            ["cột E: Không có kênh “Viber”. Ghi web, zalo, telegram hoặc để trống."],
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
