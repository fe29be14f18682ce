"""Units are (structure, code); figures may be added only over units that were merged whole."""

from datetime import date

import pytest

from domain.units import (
    Level,
    Origins,
    Structure,
    Succession,
    Unit,
    UnitId,
    UnitIdError,
    UnitKind,
    level_of,
    origins_of,
    structure_on,
    went_over_whole,
)

MY_LONG = UnitId(Structure.Y2026, "29419")


def test_unit_id_is_written_structure_colon_code_and_reads_back() -> None:
    assert str(UnitId(Structure.Y2026, "01066")) == "2026:01066"
    assert UnitId.parse("2026:01066") == UnitId(Structure.Y2026, "01066")


@pytest.mark.parametrize("text", ["", "17543", "2026", "2026:", ":17543", "1999:17543", "2026: 1"])
def test_a_text_that_names_no_unit_is_refused_with_the_ways_to_write_one(text: str) -> None:
    with pytest.raises(UnitIdError, match="STRUCTURE one of 2021, 2025, 2026"):
        UnitId.parse(text)


def test_the_same_code_in_two_structures_is_two_units() -> None:
    yen_bai, lao_cai = UnitId(Structure.Y2021, "15"), UnitId(Structure.Y2026, "15")
    assert yen_bai != lao_cai
    assert sorted([lao_cai, yen_bai]) == [yen_bai, lao_cai]
    assert len({yen_bai, lao_cai, UnitId(Structure.Y2021, "15")}) == 2


@pytest.mark.parametrize(
    ("day", "structure"),
    [
        (date(2024, 12, 31), Structure.Y2021),
        (date(2025, 1, 1), Structure.Y2025),
        (date(2025, 6, 30), Structure.Y2025),
        (date(2025, 7, 1), Structure.Y2026),
    ],
)
def test_structure_changes_on_new_year_and_on_1_july_2025(day: date, structure: Structure) -> None:
    assert structure_on(day) is structure


def test_every_kind_stands_at_a_level() -> None:
    by_level = {level: {k for k in UnitKind if level_of(k) is level} for level in Level}
    assert by_level[Level.PROVINCE] == {UnitKind.PROVINCE, UnitKind.CITY}
    assert by_level[Level.COMMUNE] == {
        UnitKind.COMMUNE,
        UnitKind.WARD,
        UnitKind.TOWNSHIP,
        UnitKind.SPECIAL_ZONE,
    }
    assert by_level[Level.DEPARTMENT] == {UnitKind.DEPARTMENT}
    assert len(by_level[Level.DISTRICT]) == 4


def test_a_unit_tells_its_code_structure_and_level() -> None:
    unit = Unit(id=MY_LONG, kind=UnitKind.COMMUNE, name="Mỹ Long", parent="86", province="86")
    assert (unit.code, unit.structure, unit.level) == ("29419", Structure.Y2026, Level.COMMUNE)


def _step(old: str, new: UnitId, *, whole: bool) -> Succession:
    before = Structure.Y2025 if new.structure is Structure.Y2026 else Structure.Y2021
    return Succession(old=UnitId(before, old), new=new, whole=whole)


def test_figures_add_up_only_when_every_predecessor_went_over_whole() -> None:
    whole = _step("29422", MY_LONG, whole=True)
    divided = _step("29425", MY_LONG, whole=False)
    assert went_over_whole((whole,))
    assert not went_over_whole((whole, divided))
    assert not went_over_whole(())


def test_origins_of_a_unit_in_its_own_structure_are_itself() -> None:
    assert origins_of(MY_LONG, Structure.Y2026, {}) == Origins(units=(MY_LONG,), whole=True)


def test_origins_follow_both_changes_of_structure() -> None:
    middle = UnitId(Structure.Y2025, "29422")
    into = {
        MY_LONG: (_step("29422", MY_LONG, whole=True),),
        middle: (_step("29425", middle, whole=True), _step("29422", middle, whole=True)),
    }
    codes = ("29422", "29425")
    expected = tuple(UnitId(Structure.Y2021, code) for code in codes)
    assert origins_of(MY_LONG, Structure.Y2021, into) == Origins(units=expected, whole=True)


def test_origins_are_not_whole_when_a_unit_was_divided_at_either_change() -> None:
    middle = UnitId(Structure.Y2025, "29422")
    first = {middle: (_step("29422", middle, whole=False),)}
    second = {MY_LONG: (_step("29422", MY_LONG, whole=True),)}
    assert not origins_of(MY_LONG, Structure.Y2021, first | second).whole
    assert origins_of(MY_LONG, Structure.Y2025, first | second).whole


def test_one_divided_unit_among_whole_ones_makes_the_origins_not_whole() -> None:
    whole, divided = UnitId(Structure.Y2025, "29422"), UnitId(Structure.Y2025, "29425")
    second: dict[UnitId, tuple[Succession, ...]] = {
        MY_LONG: (_step("29422", MY_LONG, whole=True), _step("29425", MY_LONG, whole=True)),
    }
    first: dict[UnitId, tuple[Succession, ...]] = {
        whole: (_step("29422", whole, whole=True),),
        divided: (_step("29425", divided, whole=False),),
    }
    assert not origins_of(MY_LONG, Structure.Y2021, first | second).whole
    assert origins_of(MY_LONG, Structure.Y2025, first | second).whole


def test_origins_are_not_whole_when_only_the_later_change_divided_a_unit() -> None:
    middle = UnitId(Structure.Y2025, "29422")
    first = {middle: (_step("29422", middle, whole=True),)}
    second = {MY_LONG: (_step("29422", MY_LONG, whole=False),)}
    assert not origins_of(MY_LONG, Structure.Y2021, first | second).whole
    assert not origins_of(MY_LONG, Structure.Y2025, first | second).whole


def test_origins_of_a_unit_without_known_predecessors_are_unknown() -> None:
    assert origins_of(MY_LONG, Structure.Y2025, {}) == Origins(units=(), whole=False)


def test_a_later_structure_is_no_origin() -> None:
    old = UnitId(Structure.Y2021, "29422")
    assert origins_of(old, Structure.Y2026, {}) == Origins(units=(), whole=False)
