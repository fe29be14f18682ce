"""A year's plan binds the units that the administrator chose, and only after the typed word."""

from datetime import UTC, datetime

from domain.deadlines import OccurrenceState
from domain.units import Structure, UnitId, UnitKind
from storage import Tx
from tests.handlers.subjects.setup.conftest import ADMINISTRATOR
from tests.handlers.talking import Talk

ME = ADMINISTRATOR
PROVINCE = UnitId(Structure.Y2026, "40")
DOCUMENT = "nghe-an-104-2024"
LEAVE_ALL = ("2", "2", "2", "1", "2")
"""Choices that leave out all duties of 2027: only the fourth has no suggestion."""


def _bound(tx: Tx, obligation: str) -> set[UnitKind]:
    plan = tx.plans.plan(PROVINCE, DOCUMENT, 2027)
    if plan is None:
        return set()
    kinds = set()
    for unit in tx.units.of_province(Structure.Y2026, "40"):
        for one in tx.plans.of_year(unit.id, 2027):
            if one.obligation_id == obligation:
                kinds.add(unit.kind)
    return kinds


def _begin(talk: Talk) -> str:
    return talk.says(ME, "cài đặt", "3", "1", "2027")


def test_what_is_left_out_stays_projected_and_what_is_taken_binds(nghe_an: Talk) -> None:
    _begin(nghe_an)
    nghe_an.says(ME, "xã", "2", "phường, đặc khu", "1", "2")
    with nghe_an.store.read() as tx:
        assert tx.plans.of_province(PROVINCE) == (), "nothing is confirmed silently"
    assert "02 nhiệm vụ" in nghe_an.says(ME, "đồng ý")
    with nghe_an.store.read() as tx:
        assert _bound(tx, "O-NA-1") == {UnitKind.COMMUNE}
        assert _bound(tx, "O-NA-11") == {UnitKind.WARD}
        assert _bound(tx, "O-NA-2") == set()
        plan = tx.plans.plan(PROVINCE, DOCUMENT, 2027)
        assert plan is not None
        first = tx.plans.duties(plan.id)[0]
        assert (first.obligation_id, first.units) == ("O-NA-1", 119)
        assert "UBND các huyện, thành, thị" in first.trace
        assert "119 xã" in first.trace
        assert "không còn cấp huyện" in first.trace
        assert "Xác nhận: quan-tri" in first.trace


def test_a_plan_of_nothing_cannot_be_confirmed(nghe_an: Talk) -> None:
    _begin(nghe_an)
    said = nghe_an.says(ME, *LEAVE_ALL)
    assert "không có gì để xác nhận" in said
    assert "không có gì để xác nhận" in nghe_an.says(ME, "đồng ý")
    with nghe_an.store.read() as tx:
        assert tx.plans.of_province(PROVINCE) == ()


def test_limits_that_passed_are_recorded_and_remind_nobody(nghe_an: Talk) -> None:
    nghe_an.now = datetime(2027, 3, 1, 1, 0, tzinfo=UTC)
    said = _begin(nghe_an)
    assert "Hạn này đã qua" in said
    nghe_an.says(ME, "xã", "xã", "2", "1", "2", "đồng ý")
    with nghe_an.store.begin() as tx:
        assert _bound(tx, "O-NA-1") == {UnitKind.COMMUNE}
        assert tx.plans.occurrences_due(nghe_an.now, 500) == ()
        later = datetime(2027, 4, 29, tzinfo=UTC)
        due = tx.plans.occurrences_due(later, 500)
        assert {one.obligation_id for one in due} == {"O-NA-2"}
        assert len(due) == 119


def test_a_plan_is_changed_and_a_duty_taken_back(nghe_an: Talk) -> None:
    _begin(nghe_an)
    nghe_an.says(ME, "xã", "xã", "2", "1", "2", "đồng ý")
    said = _begin(nghe_an)
    assert "Đang xác nhận cho 119 đơn vị" in said
    # Withdraw the first, keep the second, add the last.
    nghe_an.says(ME, "3", "1", "2", "1", "cấp xã")
    nghe_an.says(ME, "đồng ý")
    with nghe_an.store.read() as tx:
        assert _bound(tx, "O-NA-1") == set()
        assert _bound(tx, "O-NA-2") == {UnitKind.COMMUNE}
        assert _bound(tx, "O-NA-3") == {UnitKind.COMMUNE, UnitKind.WARD}
        commune = next(
            unit
            for unit in tx.units.of_province(Structure.Y2026, "40")
            if unit.kind is UnitKind.COMMUNE
        )
        states = {one.state for one in tx.plans.of_year(commune.id, 2027)}
        assert states == {OccurrenceState.OPEN}


def test_kinds_are_read_as_people_write_them(nghe_an: Talk) -> None:
    _begin(nghe_an)
    assert "chưa hiểu" in nghe_an.says(ME, "xã và tàu thủy")
    assert "không có đơn vị loại này" in nghe_an.says(ME, "sở, ban, ngành")
    assert "không có đơn vị loại này" in nghe_an.says(ME, "huyện")
    said = nghe_an.says(ME, "UBND các xã và phường")
    assert "Nhiệm vụ 2/" in said
    nghe_an.says(ME, "tỉnh", "2", "1", "2")
    said = nghe_an.says(ME, "cài đặt", "3")
    assert "O-NA-2. Báo cáo kết quả thực hiện 06 tháng: hạn 13/06/2027 – 01 tỉnh" in said


def test_a_year_without_a_dated_duty_gets_a_sentence(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "2", "2", "đồng ý")
    nghe_an.says(ME, "cài đặt", "3", "1", "hai nghìn")
    assert "chưa hiểu" in nghe_an.says(ME, "năm sau")
    assert "Nhiệm vụ 1/" in nghe_an.says(ME, "năm 2028")


def test_reminders_begin_for_whom_the_plan_binds(nghe_an: Talk) -> None:
    nghe_an.says(ME, "thêm người: Trần Thị Hoa; cán bộ xã Kim Liên", "đồng ý")
    nghe_an.let_in("can-bo-kim-lien")
    assert "không có việc" in nghe_an.says("can-bo-kim-lien", "hạn")
    _begin(nghe_an)
    nghe_an.says(ME, "xã", "2", "2", "1", "2", "đồng ý")
    assert "Xây dựng kế hoạch" in nghe_an.says("can-bo-kim-lien", "hạn")
