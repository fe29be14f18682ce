"""Names and codes in cells: every label identifies its unit, a bare number may not."""

import pytest

from domain.units import Structure, Unit
from handlers.documents import limits
from handlers.documents.cells import Cell, CellKind
from handlers.documents.unit_names import Named, UnitNames, label_of
from tests.handlers.documents.books import NGHE_AN, VI, nghe_an, unit_book, units_of


def _text(text: str) -> Cell:
    return Cell(CellKind.TEXT, text)


def _lost(units: tuple[Unit, ...]) -> list[str]:
    """Labels and codes that do not identify their unit."""
    names = UnitNames(units, VI)
    return [
        text
        for unit in units
        for text in (
            names.labels[unit.id],
            f"{names.labels[unit.id].upper()} ({unit.code})",
            unit.code if len(unit.code) == 5 else names.labels[unit.id],
        )
        if names.find(_text(text)).unit != unit
    ]


@pytest.mark.parametrize("province", ["01", "08", "15", "37", "38", "40", "79", "84"])
def test_the_label_of_every_unit_leads_back_to_it_where_there_are_districts(province: str) -> None:
    assert _lost(units_of(Structure.Y2021, province)) == []


def test_the_label_of_every_unit_leads_back_to_it_today() -> None:
    for province in unit_book(Structure.Y2026).provinces:
        assert _lost(units_of(Structure.Y2026, province.code)) == []


def test_a_number_is_never_silently_one_of_several_codes() -> None:
    names = UnitNames(units_of(Structure.Y2021, "01"), VI)
    # 268 is quận Hà Đông, and also what a spreadsheet makes of 00268.
    found = names.find(Cell(CellKind.NUMBER, "268"))
    assert found.unit is None
    assert found.several == ("phường Thanh Lương, quận Hai Bà Trưng (00268)", "quận Hà Đông (268)")


def test_a_number_in_full_is_its_code() -> None:
    names = UnitNames(nghe_an(), VI)
    assert names.find(Cell(CellKind.NUMBER, "16801")) == names.find(_text("16801"))
    assert names.find(Cell(CellKind.NUMBER, "99999")) == Named()
    assert names.find(Cell(CellKind.NUMBER, "1.5")) == Named()


def test_marks_that_contradict_are_no_match() -> None:
    names = UnitNames(units_of(Structure.Y2021, "38"), VI)
    assert names.find(_text("Hoằng Phụ")).unit != names.find(_text("Hoằng Phú")).unit
    assert names.find(_text("xã Hoằng Phũ")).unit is None
    assert {label.split(",")[0] for label in names.find(_text("hoang phu")).several} == {
        "xã Hoằng Phú",
        "xã Hoằng Phụ",
    }


def test_a_body_before_a_name_is_not_read_into_the_name_itself() -> None:
    units = units_of(Structure.Y2021, "01")
    names = UnitNames(units, VI)
    assert names.find(_text("Công an thành phố")).unit == units[0]
    assert names.find(_text("UBND")).unit is None
    assert names.find(_text("")).unit is None


def test_suggestions_end_before_they_cost_seconds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_SUGGESTIONS", 1)
    names = UnitNames(nghe_an(), VI)
    assert names.find(_text("xã Hùng Chan h")).nearest == "xã Hùng Chân"
    assert names.find(_text("xã Tri Lê e")).nearest == ""


def test_a_label_has_the_district_only_where_there_is_one() -> None:
    before = units_of(Structure.Y2021, NGHE_AN)
    commune = next(unit for unit in before if unit.name == "Nậm Cắn")
    assert label_of(commune, before, VI) == "xã Nậm Cắn, huyện Kỳ Sơn"
    today = next(unit for unit in nghe_an() if unit.name == "Nậm Cắn")
    assert label_of(today, nghe_an(), VI) == "xã Nậm Cắn"
