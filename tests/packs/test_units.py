"""The units: the counts in the law, clean names, valid references."""

import unicodedata
from collections import Counter

import pytest

from domain.units import Level, Structure, Unit, UnitId, UnitKind
from packs.unit_files import UNITS_FOLDER
from packs.units import (
    NoSuchUnit,
    Successions,
    UnitBook,
    load_successions,
    load_units,
)

MOST_BYTES = 3_000_000  # a data file must stay easy to read
THANH_HOA, NGHE_AN, TUYEN_QUANG, YEN_BAI, TRA_VINH = "38", "40", "08", "15", "84"
LAO_CAI_TODAY, VINH_LONG_TODAY = "15", "86"


@pytest.fixture(scope="module")
def books() -> dict[Structure, UnitBook]:
    return {structure: load_units(structure) for structure in Structure}


@pytest.fixture(scope="module")
def successions() -> Successions:
    return load_successions()


def _kinds(units: tuple[Unit, ...]) -> Counter[UnitKind]:
    return Counter(unit.kind for unit in units)


@pytest.mark.parametrize(
    ("structure", "provinces", "districts", "communes"),
    [
        (Structure.Y2021, 63, 705, 10_599),
        (Structure.Y2025, 63, 696, 10_035),
        (Structure.Y2026, 34, 0, 3_321),
    ],
)
def test_each_structure_has_the_units_of_its_time(
    books: dict[Structure, UnitBook],
    structure: Structure,
    provinces: int,
    districts: int,
    communes: int,
) -> None:
    levels = Counter(unit.level for unit in books[structure].units)
    assert levels[Level.PROVINCE] == provinces == len(books[structure].provinces)
    assert levels[Level.DISTRICT] == districts
    assert levels[Level.COMMUNE] == communes
    assert len(books[structure]) == provinces + districts + communes


@pytest.mark.parametrize(
    ("structure", "counts"),
    [
        (
            Structure.Y2021,
            {THANH_HOA: 559, NGHE_AN: 460, TUYEN_QUANG: 138, YEN_BAI: 173, TRA_VINH: 106},
        ),
        (
            Structure.Y2025,
            {THANH_HOA: 547, NGHE_AN: 412, TUYEN_QUANG: 137, YEN_BAI: 168, TRA_VINH: 104},
        ),
        (
            Structure.Y2026,
            {
                THANH_HOA: 166,
                NGHE_AN: 130,
                TUYEN_QUANG: 124,
                LAO_CAI_TODAY: 99,
                VINH_LONG_TODAY: 124,
            },
        ),
    ],
)
def test_each_of_our_provinces_has_its_communes(
    books: dict[Structure, UnitBook], structure: Structure, counts: dict[str, int]
) -> None:
    found = {province: len(books[structure].communes(province)) for province in counts}
    assert found == counts


def test_targets_that_bind_xa_only_find_the_xa(books: dict[Structure, UnitBook]) -> None:
    today = _kinds(books[Structure.Y2026].units)
    assert today[UnitKind.COMMUNE] == 2_621
    assert today[UnitKind.WARD] == 687
    assert today[UnitKind.SPECIAL_ZONE] == 13
    assert _kinds(books[Structure.Y2026].communes(NGHE_AN))[UnitKind.COMMUNE] == 119
    assert _kinds(books[Structure.Y2021].communes(TRA_VINH))[UnitKind.COMMUNE] == 85
    assert _kinds(books[Structure.Y2021].communes(THANH_HOA))[UnitKind.COMMUNE] == 469


def test_five_island_districts_have_no_commune_in_2025(books: dict[Structure, UnitBook]) -> None:
    book = books[Structure.Y2025]
    empty = {
        unit.name
        for unit in book.units
        if unit.level is Level.DISTRICT and not book.children(unit.code)
    }
    assert empty == {"Bạch Long Vĩ", "Cồn Cỏ", "Hoàng Sa", "Lý Sơn", "Côn Đảo"}


def test_a_kept_code_often_names_another_unit_today(books: dict[Structure, UnitBook]) -> None:
    old, new = books[Structure.Y2025], books[Structure.Y2026]
    kept = [
        (unit, before)
        for unit in new.units
        if unit.level is Level.COMMUNE and (before := old.find(unit.code)) is not None
    ]
    assert len(kept) == 3_316
    assert sum(unit.name != before.name for unit, before in kept) == 1_801
    assert books[Structure.Y2021].get(UnitId(Structure.Y2021, "15")).name == "Yên Bái"
    assert new.get(UnitId(Structure.Y2026, "15")).name == "Lào Cai"


def test_names_are_clean_and_parents_stand_one_level_above(
    books: dict[Structure, UnitBook],
) -> None:
    for book in books.values():
        for unit in book.units:
            assert unicodedata.is_normalized("NFC", unit.name)
            assert unit.name == " ".join(unit.name.split())
            assert unit.name[0].isupper() or unit.name[0].isdigit()
            assert "(" not in unit.name
            assert book.province_of(unit).level is Level.PROVINCE
            parent = book.parent_of(unit)
            if parent is None:
                assert unit.level is Level.PROVINCE
            else:
                assert (parent.level, unit.level) in {
                    (Level.PROVINCE, Level.DISTRICT),
                    (Level.PROVINCE, Level.COMMUNE),
                    (Level.DISTRICT, Level.COMMUNE),
                }


def test_old_spellings_and_numbers_are_standardised(books: dict[Structure, UnitBook]) -> None:
    book = books[Structure.Y2021]
    names = {unit.name for unit in book.units}
    assert {"Yên Hòa", "Nông trường Trần Phú", "Đại Áng", "Hải Châu I", "4"} <= names
    assert not names & {"Yên Hoà", "NT Trần Phú", "Đại áng", "Hải Châu  I", "04"}


def test_the_book_finds_units_by_code_id_and_place(books: dict[Structure, UnitBook]) -> None:
    book = books[Structure.Y2021]
    unit = book.get(UnitId(Structure.Y2021, "29422"))
    assert (unit.name, unit.kind, unit.parent, unit.province) == (
        "Mỹ Long Bắc",
        UnitKind.COMMUNE,
        "848",
        TRA_VINH,
    )
    assert unit in book.children("848")
    assert unit in book.communes(TRA_VINH)
    assert book.find("848") in book.districts(TRA_VINH)
    assert len(book.districts(TRA_VINH)) == 9
    assert unit.id in book
    assert book.communes("00") == ()


def test_an_id_of_another_structure_is_no_unit_of_the_book(
    books: dict[Structure, UnitBook],
) -> None:
    stranger = UnitId(Structure.Y2026, "29422")
    assert stranger not in books[Structure.Y2021]
    with pytest.raises(NoSuchUnit, match="structure 2026 has no unit 29422"):
        books[Structure.Y2021].get(stranger)


def test_merged_communes_live_on_as_aliases(books: dict[Structure, UnitBook]) -> None:
    book = books[Structure.Y2026]
    my_long = book.get(UnitId(Structure.Y2026, "29419"))
    assert my_long.name == "Mỹ Long"
    assert my_long.aliases == ("Mỹ Long Bắc", "Mỹ Long Nam")
    township = next(f for f in book.formers("29419") if f.name == "Mỹ Long")
    assert (township.kind, township.district, township.whole) == (
        UnitKind.TOWNSHIP,
        "Cầu Ngang",
        True,
    )
    assert book.get(UnitId(Structure.Y2026, VINH_LONG_TODAY)).aliases == ("Bến Tre", "Trà Vinh")


def test_a_name_that_was_gone_before_2025_is_still_known_today(
    books: dict[Structure, UnitBook],
) -> None:
    older = {
        former.name
        for unit in books[Structure.Y2026].communes(NGHE_AN)
        for former in books[Structure.Y2026].formers(unit.code)
        if former.id.structure is Structure.Y2021
    }
    today = {unit.name for unit in books[Structure.Y2025].communes(NGHE_AN)}
    assert "Nghi Hoa" in older - today


def test_every_commune_of_2025_has_a_successor_and_471_were_divided(
    books: dict[Structure, UnitBook], successions: Successions
) -> None:
    divided = 0
    for unit in books[Structure.Y2025].units:
        steps = successions.successors(unit.id)
        if unit.level is not Level.COMMUNE:
            continue
        assert steps, unit
        assert all(step.new in books[Structure.Y2026] for step in steps)
        assert all(step.whole for step in steps) == (len(steps) == 1), unit
        divided += len(steps) > 1
    assert divided == 471


def test_every_unit_of_today_has_predecessors(
    books: dict[Structure, UnitBook], successions: Successions
) -> None:
    for unit in books[Structure.Y2026].units:
        steps = successions.predecessors(unit.id)
        assert steps, unit
        assert all(step.old in books[Structure.Y2025] for step in steps)


def test_what_the_sources_do_not_say_about_2025_is_left_open(
    books: dict[Structure, UnitBook], successions: Successions
) -> None:
    old = books[Structure.Y2021]
    lost = [
        unit.name
        for unit in old.units
        if unit.level is not Level.DISTRICT and not successions.successors(unit.id)
    ]
    assert lost == ["Phú An Hòa"]
    new = books[Structure.Y2025]
    of_nothing = [
        unit.name
        for unit in new.units
        if unit.level is not Level.DISTRICT and not successions.predecessors(unit.id)
    ]
    assert of_nothing == ["Mộc Lỵ", "Bình Minh", "Cờ Đỏ"]
    for unit in new.units:
        for step in successions.predecessors(unit.id):
            assert step.old in old
            assert step.whole == (step.old.code == step.new.code)


def test_last_year_of_a_merged_commune_is_the_sum_of_three(successions: Successions) -> None:
    origins = successions.origins(UnitId(Structure.Y2026, "29419"), Structure.Y2021)
    assert [unit.code for unit in origins.units] == ["29419", "29422", "29425"]
    assert origins.whole


def test_island_districts_went_over_into_special_zones(successions: Successions) -> None:
    (step,) = successions.successors(UnitId(Structure.Y2025, "755"))
    assert step.new == UnitId(Structure.Y2026, "26732")
    assert step.whole


def test_the_files_are_small_text_sorted_by_level_and_code() -> None:
    paths = sorted(UNITS_FOLDER.glob("*.csv"))
    assert [path.stem for path in paths] == ["2021", "2025", "2026"]
    assert sum(path.stat().st_size for path in paths) < MOST_BYTES
    for path in paths:
        codes = [line.split(",")[0] for line in path.read_text("utf-8").splitlines()[2:]]
        assert codes == sorted(codes, key=lambda code: (len(code), code))
