"""Which units a message names: exactly these, all that fit, or none."""

import unicodedata

import pytest

from domain.units import Level, Structure, UnitId, UnitKind
from handlers.understanding.unit_index import unit_index
from handlers.understanding.units import MOST_LETTERS, find_in, find_units
from packs.units import NoSuchUnit, UnitBook, load_units

TUYEN_QUANG, YEN_BAI, THANH_HOA, NGHE_AN, TRA_VINH = "08", "15", "38", "40", "84"
LAO_CAI_TODAY, VINH_LONG_TODAY = "15", "86"


@pytest.fixture(scope="module")
def books() -> dict[Structure, UnitBook]:
    return {structure: load_units(structure) for structure in Structure}


def _named(
    books: dict[Structure, UnitBook], structure: Structure, province: str, text: str
) -> set[str]:
    """ "Mỹ Long Bắc", or "district Cầu Ngang": what the message names."""
    found = find_units(text, books[structure], province)
    assert found.exact
    return {
        unit.name if unit.level is Level.COMMUNE else f"{unit.kind.value} {unit.name}"
        for unit in found.units
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # with and without marks, capitals, tone placement, i and y
        ("tình hình xã Mỹ Long Bắc", {"Mỹ Long Bắc"}),
        ("tinh hinh xa my long bac", {"Mỹ Long Bắc"}),
        ("TÌNH HÌNH XÃ MỸ LONG BẮC", {"Mỹ Long Bắc"}),
        ("xa Mĩ Long Bắc", {"Mỹ Long Bắc"}),
        ("xã Kim Hoà còn thiếu gì", {"Kim Hòa"}),
        ("số liệu Mỹ Long Nam quý 2/2024", {"Mỹ Long Nam"}),
        ("so lieu xa my long nam 2023", {"Mỹ Long"}),
        ("diem 19.2 cua xa Ham Giang", {"Hàm Giang"}),
        # abbreviations
        ("x.Mỹ Long Bắc", {"Mỹ Long Bắc"}),
        ("X MY LONG BAC H CAU NGANG", {"Mỹ Long Bắc"}),
        ("tt my long", {"Mỹ Long"}),
        ("P4 TP Trà Vinh", {"4"}),
        ("p. 1 tx. duyen hai", {"1"}),
        ("xamy long bac", {"Mỹ Long Bắc"}),
        ("mylongbac co gi moi khong", {"Mỹ Long Bắc"}),
        # the longest name wins, and a typing mistake does not give the shorter one
        ("Mỹ Long", {"Mỹ Long"}),
        ("my long baac", set()),
        # district before, after, bare, contradicting
        ("xã Mỹ Long Bắc, huyện Cầu Ngang, tỉnh Trà Vinh", {"Mỹ Long Bắc"}),
        ("huyện Cầu Ngang: xã Mỹ Long Bắc", {"Mỹ Long Bắc"}),
        ("hiep my dong - cau ngang", {"Hiệp Mỹ Đông"}),
        ("xã Mỹ Long Bắc huyện Càng Long", set()),
        # several fit
        ("phường 1", {"1"}),
        ("Duyên Hải", {"rural_district Duyên Hải", "town Duyên Hải"}),
        ("Tiểu Cần", {"Tiểu Cần", "rural_district Tiểu Cần"}),
        # the type word decides
        ("thị xã Duyên Hải", {"town Duyên Hải"}),
        ("h. duyen hai", {"rural_district Duyên Hải"}),
        ("thành phố Trà Vinh", {"provincial_city Trà Vinh"}),
        ("các xã huyện Cầu Ngang", {"rural_district Cầu Ngang"}),
        ("thị trấn Song Lộc", {"Song Lộc"}),  # it is a xã, and there is no other
        # several named
        ("so sánh xã Mỹ Long Bắc với Mỹ Long Nam", {"Mỹ Long Bắc", "Mỹ Long Nam"}),
        ("xa my long bac va xa kim hoa noi nao cao hon", {"Mỹ Long Bắc", "Kim Hòa"}),
        # none
        ("xã nào chưa nộp", set()),
        ("tỉnh mình xếp thứ mấy", set()),
        ("bao cao an ninh trat tu thang 6", set()),
        ("đã nộp N3", set()),
        ("tình hình Trà Vinh", set()),
        ("xã Khúc Phong", set()),
        ("x. nhuan thach diep", set()),
        ("xa4 hoi chua7", set()),
        ("", set()),
    ],
)
def test_tra_vinh_in_2021(books: dict[Structure, UnitBook], text: str, expected: set[str]) -> None:
    assert _named(books, Structure.Y2021, TRA_VINH, text) == expected


@pytest.mark.parametrize(
    ("structure", "province", "text", "expected"),
    [
        # told apart by marks only: asked without marks, known with them
        (Structure.Y2021, THANH_HOA, "xa hoang phu", {"Hoằng Phú", "Hoằng Phụ"}),
        (Structure.Y2021, THANH_HOA, "xã Hoằng Phụ", {"Hoằng Phụ"}),
        (Structure.Y2021, NGHE_AN, "gửi tôi xã Nạm Cắn", {"Nậm Cắn"}),
        (Structure.Y2021, NGHE_AN, "gửi tôi xã Nậm Can", {"Nậm Cắn", "Nậm Càn"}),
        (Structure.Y2021, NGHE_AN, "tong hop nghi van", {"Nghi Văn", "Nghi Vạn"}),
        # ordinary words that hide a name
        (Structure.Y2021, YEN_BAI, "tong hop Minh Xuan, huyen Luc Yen", {"Minh Xuân"}),
        (Structure.Y2021, YEN_BAI, "NT Trần Phú", {"Nông trường Trần Phú"}),
        (Structure.Y2021, NGHE_AN, "ke hoach xa hoi hoa", set()),
        # half marks
        (Structure.Y2021, TUYEN_QUANG, "gửi toi Bach Xa di", {"Bạch Xa"}),
        # a former district still shows which commune is meant
        (Structure.Y2025, NGHE_AN, "phường Nghi Hương thị xã Cửa Lò", {"Nghi Hương"}),
        (Structure.Y2026, VINH_LONG_TODAY, "xã Mỹ Long Nam huyện Cầu Ngang", {"Mỹ Long"}),
        (Structure.Y2026, VINH_LONG_TODAY, "huyện Cầu Ngang", set()),
        # old names; today's name first; today's province next to a ward of its name
        (Structure.Y2026, VINH_LONG_TODAY, "x. My Long Bac", {"Mỹ Long"}),
        (Structure.Y2026, VINH_LONG_TODAY, "xã Mỹ Long Trà Vinh", {"Mỹ Long"}),
        (Structure.Y2026, LAO_CAI_TODAY, "xã nghĩa lộ", {"Nghĩa Lộ"}),
        (Structure.Y2026, LAO_CAI_TODAY, "xa ban ho, lao cai", {"Bản Hồ"}),
        (Structure.Y2026, LAO_CAI_TODAY, "xã Tân Thịnh", {"Văn Phú", "Chấn Thịnh"}),
        (Structure.Y2026, NGHE_AN, "xa yen hoa", {"Yên Hòa"}),
        # names of other forms
        (Structure.Y2026, "66", "xa ea h leo", {"Ea H'Leo"}),
        (Structure.Y2026, "01", "phường Văn Miếu - Quốc Tử Giám", {"Văn Miếu - Quốc Tử Giám"}),
        (Structure.Y2026, "79", "dac khu con dao", {"Côn Đảo"}),
        (Structure.Y2026, "01", "Láng", {"Láng"}),
        (Structure.Y2026, "01", "láng máng nhớ", set()),
        (Structure.Y2021, "79", "P.1 Q.3", {"1"}),
    ],
)
def test_other_provinces_and_structures(
    books: dict[Structure, UnitBook],
    structure: Structure,
    province: str,
    text: str,
    expected: set[str],
) -> None:
    assert _named(books, structure, province, text) == expected


def test_two_wards_of_one_number_are_one_question(books: dict[Structure, UnitBook]) -> None:
    found = find_units("so voi nam ngoai p 1 ra sao", books[Structure.Y2021], TRA_VINH)
    assert [unit.code for unit in found.units] == ["29239", "29512"]
    assert found.ambiguous
    assert len(found.mentions) == 1


def test_two_names_are_two_mentions_and_no_question(books: dict[Structure, UnitBook]) -> None:
    found = find_units("xã Mỹ Long Bắc và Mỹ Long Nam", books[Structure.Y2021], TRA_VINH)
    assert [[unit.code for unit in mention] for mention in found.mentions] == [["29422"], ["29425"]]
    assert not found.ambiguous


def test_xa_and_thi_tran_of_one_name_and_district_are_told_apart(
    books: dict[Structure, UnitBook],
) -> None:
    book = books[Structure.Y2021]
    codes = {
        text: [unit.code for unit in find_units(text, book, TRA_VINH).units]
        for text in ("xã Định An", "thị trấn Định An", "Định An, Trà Cú")
    }
    assert codes == {
        "xã Định An": ["29494"],
        "thị trấn Định An": ["29462"],
        "Định An, Trà Cú": ["29462", "29494"],
    }


@pytest.mark.parametrize(
    "text",
    [
        "xã Kim Liên, huyện Nam Đàn, tỉnh Nghệ An",
        "xa kim lien nghe an",
        "phường Hàng Bạc thành phố Hà Nội",
        "tình hình Nghệ An",
    ],
)
def test_another_province_names_no_unit_but_itself(
    books: dict[Structure, UnitBook], text: str
) -> None:
    found = find_units(text, books[Structure.Y2021], TRA_VINH)
    assert found.units == ()
    assert found.elsewhere in {"40", "01"}


@pytest.mark.parametrize("text", ["xã Mỹ Long Bắc, Trà Vinh", "xã Mỹ Long Bắc tỉnh Trà Vinh"])
def test_ones_own_province_changes_nothing(books: dict[Structure, UnitBook], text: str) -> None:
    found = find_units(text, books[Structure.Y2021], TRA_VINH)
    assert [unit.code for unit in found.units] == ["29422"]
    assert found.elsewhere is None


def test_decomposed_letters_of_some_phones_read_the_same(
    books: dict[Structure, UnitBook],
) -> None:
    text = unicodedata.normalize("NFD", "xã Mỹ Long Bắc thế nào rồi")
    assert _named(books, Structure.Y2021, TRA_VINH, text) == {"Mỹ Long Bắc"}


def test_every_commune_is_found_by_type_name_and_district(
    books: dict[Structure, UnitBook],
) -> None:
    words = {
        UnitKind.COMMUNE: "xã",
        UnitKind.WARD: "phường",
        UnitKind.TOWNSHIP: "thị trấn",
        UnitKind.RURAL_DISTRICT: "huyện",
        UnitKind.TOWN: "thị xã",
        UnitKind.PROVINCIAL_CITY: "thành phố",
    }
    book = books[Structure.Y2021]
    for province in (TUYEN_QUANG, YEN_BAI, THANH_HOA, NGHE_AN, TRA_VINH):
        index = unit_index(book, province)
        for unit in book.communes(province):
            district = book.parent_of(unit)
            assert district is not None
            text = f"{words[unit.kind]} {unit.name}, {words[district.kind]} {district.name}"
            assert find_in(text, index).units == (unit,), text


def test_every_commune_of_today_is_found_by_its_bare_name(
    books: dict[Structure, UnitBook],
) -> None:
    book = books[Structure.Y2026]
    for province in (TUYEN_QUANG, LAO_CAI_TODAY, THANH_HOA, NGHE_AN, VINH_LONG_TODAY):
        index = unit_index(book, province)
        own = book.get(UnitId(Structure.Y2026, province)).name
        for unit in book.communes(province):
            if unit.name != own and " " in unit.name:
                assert find_in(f"cho hỏi {unit.name}", index).units == (unit,), unit.name


def test_a_province_of_another_structure_is_refused(books: dict[Structure, UnitBook]) -> None:
    with pytest.raises(NoSuchUnit, match="structure 2026 has no unit 84"):
        find_units("xã Mỹ Long", books[Structure.Y2026], TRA_VINH)


def test_a_pasted_report_is_read_no_further_than_its_limit(
    books: dict[Structure, UnitBook],
) -> None:
    text = "a " * (MOST_LETTERS // 2) + "xã Mỹ Long Bắc"
    assert find_units(text, books[Structure.Y2021], TRA_VINH).units == ()
    assert find_units(text[-100:], books[Structure.Y2021], TRA_VINH).units != ()
