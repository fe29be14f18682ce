"""The workbook of people is taken over completely, or every mistake is listed with its row."""

import unicodedata

import pytest

from domain.people import Person, Post, Role
from domain.units import Structure, UnitId, UnitKind
from handlers.documents.people_in import NewPerson, PeopleTaken, as_handle, read_people
from handlers.documents.people_out import people_template
from tests.handlers.documents.books import (
    EN,
    GOOD_ROW,
    NGHE_AN,
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
