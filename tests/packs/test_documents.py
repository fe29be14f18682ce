"""The five documents contain all that their sources order, dated or not, and nothing else."""

import time

import pytest

from domain.obligations import Due, DueKind, Obligation, Recurrence
from domain.units import UnitKind
from packs import load_pack, pack_ids

PACKS = {pack_id: load_pack(pack_id) for pack_id in pack_ids()}
NA, TH, TQ = "nghe-an-104-2024", "thanh-hoa-2022", "tuyen-quang-29-2023"
TV, YB = "tra-vinh-1672-2022", "yen-bai-272-2022"

DISTRICTS = {UnitKind.RURAL_DISTRICT, UnitKind.TOWN, UnitKind.PROVINCIAL_CITY}

DATED = {
    # id: verbatim, due, recurrence
    "O-NA-1": ("trước ngày 25/02/2024", "before 25/02/2024", "plan_yearly"),
    "O-NA-2": ("định kỳ 06 tháng (trước ngày 14/6)", "before 14/06", "half_yearly"),
    "O-NA-3": ("01 năm (trước ngày 14/12)", "before 14/12", "yearly"),
    "O-NA-4": ("trước ngày 15/02/2024", "before 15/02/2024", "once"),
    "O-NA-5": ("hoàn thành trong Quý II/2024", "by 30/06/2024", "once"),
    "O-NA-6": ("trước tháng 10/2024", "before 01/10/2024", "once"),
    "O-NA-7": ("trước tháng 10/2024", "before 01/10/2024", "once"),
    "O-NA-8": ("trong Quý I/2024", "by 31/03/2024", "once"),
    "O-NA-9": ("trước ngày 15/5/2024", "before 15/05/2024", "once"),
    "O-NA-10": ("trước ngày 15/11/2024", "before 15/11/2024", "once"),
    "O-NA-11": ("(19/8)", "on 19/08", "yearly"),
    "O-NA-12": ("(18/11)", "on 18/11", "yearly"),
    "O-NA-13": (
        "Tổ chức tổng kết 10 năm thực hiện Nghị định số 06/2014/NĐ-CP ngày 21/01/2014 … tổ chức"
        " đánh giá kết quả 14 năm thực hiện Chỉ thị 13/CT-UBND ngày 01/7/2010 … Tổ chức sơ kết,"
        " đánh giá 02 năm",
        "by 31/12/2024",
        "once",
    ),
    "O-NA-15": ("trong năm 2024", "by 31/12/2024", "once"),
    "O-NA-16": ("trong năm 2024 … đến năm 2030 … vào năm 2025", "by 31/12/2024", "once"),
    "O-TH-1": ("định kỳ hằng năm (trước ngày 15/11)", "before 15/11", "yearly"),
    "O-TQ-1": ("Định kỳ hằng năm (trước ngày 15 tháng 10)", "before 15/10", "yearly"),
    "O-YB-1": ("Từ năm 2022 đến hết năm 2025", "by 31/12/2025", "once"),
    "O-TV-1": ("Hàng năm (quý I)", "by 31/03", "yearly"),
    "O-TV-2": ("Hàng năm (quý I)", "by 31/03", "yearly"),
    "O-TV-3": ("Hàng năm", "by 31/12", "yearly"),
}

UNDATED = {
    NA: ("O-NA-14", "O-NA-17", "O-NA-18"),
    TH: ("O-TH-2", "O-TH-3", "O-TH-4", "O-TH-5", "O-TH-6", "O-TH-7", "O-TH-8"),
    TQ: ("O-TQ-2", "O-TQ-3", "O-TQ-4", "O-TQ-5"),
    YB: (),
    TV: ("O-TV-4", "O-TV-5", "O-TV-6"),
}

ON_OCCURRENCE = {"O-NA-17", "O-TH-7", "O-TV-5", "O-TV-6"}

TARGETS = {
    TH: {1, 2, 3, 4, 5, 6, 7},
    TQ: {1, 2, 3, 4, 6, 7, 8},
    YB: {1, 2, 3, 4, 6, 7},
    TV: set(range(9, 17)),
    NA: set(range(17, 33)),
}


def _obligations() -> dict[str, Obligation]:
    return {each.id: each for pack in PACKS.values() for each in pack.document.obligations}


def _written(due: Due) -> str:
    year = f"/{due.year}" if due.year else ""
    return f"{due.kind} {due.day:02}/{due.month:02}{year}"


def test_there_are_five_documents() -> None:
    assert set(PACKS) == {TH, TQ, YB, NA, TV}


@pytest.mark.parametrize(
    ("pack_id", "number", "issued_on", "province", "covers"),
    [
        (TH, None, None, "38", (2022, 2025)),
        (TQ, "29/KH-UBND", "20/02/2023", "08", (2023, 2025)),
        (YB, "272/KH-UBND", "29/12/2022", "15", (2022, 2025)),
        (NA, "104/KH-UBND", "07/02/2024", "40", (2024, 2024)),
        (TV, "1672/CAT-PV05", "29/08/2022", "84", (2021, 2025)),
    ],
)
def test_headers(
    pack_id: str,
    number: str | None,
    issued_on: str | None,
    province: str,
    covers: tuple[int, int],
) -> None:
    document = PACKS[pack_id].document
    assert document.id == pack_id
    assert document.number == number
    assert (f"{document.issued_on:%d/%m/%Y}" if document.issued_on else None) == issued_on
    assert (document.province, document.structure) == (province, "2021")
    assert (document.covers_from, document.covers_to) == covers


@pytest.mark.parametrize("obligation_id", DATED)
def test_dated_duties(obligation_id: str) -> None:
    verbatim, due, recurrence = DATED[obligation_id]
    obligation = _obligations()[obligation_id]
    assert obligation.verbatim == verbatim
    assert _written(obligation.due) == due
    assert obligation.recurrence == recurrence


def test_no_duty_is_dropped_and_none_is_added() -> None:
    undated = {each for ids in UNDATED.values() for each in ids}
    assert set(_obligations()) == set(DATED) | undated
    for pack_id, ids in UNDATED.items():
        found = [each.id for each in PACKS[pack_id].document.obligations if not each.due.dated]
        assert tuple(found) == ids


def test_duties_without_a_date_say_so() -> None:
    for obligation in _obligations().values():
        if obligation.due.dated:
            continue
        expected = DueKind.ON_OCCURRENCE if obligation.id in ON_OCCURRENCE else DueKind.UNDATED
        assert obligation.due == Due(kind=expected), obligation.id


def test_what_is_inferred_or_open_is_marked() -> None:
    found = _obligations()
    inferred = ("O-NA-1", "O-NA-6", "O-NA-13", "O-NA-16", "O-TV-1", "O-TV-3", "O-YB-1")
    assert all(found[each].needs_review for each in inferred)
    assert not found["O-NA-2"].needs_review


@pytest.mark.parametrize(
    ("obligation_id", "kinds"),
    [
        ("O-NA-1", DISTRICTS | {UnitKind.DEPARTMENT}),
        ("O-NA-3", DISTRICTS | {UnitKind.DEPARTMENT}),
        ("O-NA-4", DISTRICTS),
        ("O-NA-5", set()),
        ("O-TH-1", DISTRICTS),
        ("O-TQ-1", {UnitKind.DEPARTMENT, UnitKind.RURAL_DISTRICT, UnitKind.PROVINCIAL_CITY}),
        ("O-TV-1", {UnitKind.COMMUNE}),
        ("O-TV-2", {UnitKind.RURAL_DISTRICT}),
        ("O-TV-3", {UnitKind.COMMUNE, UnitKind.TOWNSHIP}),
    ],
)
def test_whom_a_duty_binds(obligation_id: str, kinds: set[UnitKind]) -> None:
    assert _obligations()[obligation_id].unit_kinds == kinds


def test_yearly_plans_repeat_by_custom_only() -> None:
    plans = [
        each.id for each in _obligations().values() if each.recurrence is Recurrence.PLAN_YEARLY
    ]
    assert plans == ["O-NA-1"]


@pytest.mark.parametrize("pack_id", TARGETS)
def test_targets(pack_id: str) -> None:
    found = PACKS[pack_id].document.targets
    assert [each.id for each in found] == [f"T{number}" for number in sorted(TARGETS[pack_id])]
    assert all(each.value and each.scope and each.period and each.clause for each in found)


@pytest.mark.parametrize(
    ("pack_id", "target", "value", "denominator"),
    [
        (TH, "T3", "99%", "số xã"),
        (TQ, "T3", "trên 99%", "số xã"),
        (TH, "T5", "20%", "số xã"),
        (YB, "T6", "ít nhất 60%", "số đơn vị cấp huyện"),
        (TV, "T11", "ít nhất 10%", "tổng số xã trên địa bàn huyện"),
        (NA, "T23", "ít nhất 15%", "số đơn vị cấp xã của huyện, thành phố, thị xã"),
    ],
)
def test_target_values(pack_id: str, target: str, value: str, denominator: str) -> None:
    found = {each.id: each for each in PACKS[pack_id].document.targets}[target]
    assert (found.value, found.denominator) == (value, denominator)


def test_indicator_19_2_counts_communes_only() -> None:
    for pack_id, ids in ((TH, "T3 T4 T5"), (TQ, "T3 T4"), (YB, "T3 T4"), (TV, "T10 T11 T12")):
        targets = {each.id: each for each in PACKS[pack_id].document.targets}
        for target in ids.split():
            assert targets[target].unit_kinds == {UnitKind.COMMUNE}


def test_who_is_given_work() -> None:
    lines = {pack_id: len(pack.document.assignments) for pack_id, pack in PACKS.items()}
    assert lines == {TH: 12, TQ: 9, YB: 0, TV: 5, NA: 25}
    first, *_, last = PACKS[TH].document.assignments
    assert (first.who, len(first.tasks)) == ("Công an tỉnh", 6)
    assert (last.who, len(last.tasks)) == ("Ủy ban nhân dân huyện, thị xã, thành phố", 4)


def test_only_yen_bai_breaks_off_and_says_where() -> None:
    assert {key for key, pack in PACKS.items() if pack.document.broken_off} == {YB}
    assert "IV.3.a" in PACKS[YB].document.broken_off


def test_only_tra_vinh_has_a_checklist() -> None:
    assert {key for key, pack in PACKS.items() if pack.criteria} == {TV}


def test_the_largest_pack_loads_quickly() -> None:
    # 40 ms here; the limit leaves room for a slow machine and still catches a slow loader.
    best = min(_seconds() for _ in range(5))
    assert best < 0.15


def _seconds() -> float:
    started = time.process_time()  # processor time, independent of other workers
    load_pack(TV)
    return time.process_time() - started
