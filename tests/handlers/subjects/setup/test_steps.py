"""The other steps: province, documents, channels, hours, checklists, rulings."""

from datetime import time, timedelta

import pytest

from domain.assessments import AssessmentState
from domain.criteria import Sensitivity, Undecided
from domain.messages import Lane, Said
from domain.units import Structure, UnitId, UnitKind
from domain.verdicts import Verdict
from handlers.ground.settings import ceiling_of, documents_of, hours_of
from tests.handlers.subjects.setup.conftest import ADMINISTRATOR
from tests.handlers.talking import Talk

ME = ADMINISTRATOR
NGHE_AN = UnitId(Structure.Y2026, "40")
TRA_VINH = UnitId(Structure.Y2021, "84")


def test_steps_are_numbered_with_their_state(nghe_an: Talk) -> None:
    reply = nghe_an.reply(ME, Said(text="cài đặt"))
    labels = [one.label for one in reply.choices if one.key.isdecimal()]
    assert labels == [
        "✓ Tỉnh và cơ cấu đơn vị – xong",
        "✓ Văn bản – xong",
        "○ Kế hoạch năm – chưa",
        "○ Quy ước của tỉnh (không bắt buộc) – chưa",
        "○ Kênh và mức – chưa",
        "○ Giờ nhắc, giờ yên lặng – chưa",
        "○ Người dùng – chưa",
        "○ Mở bộ tiêu chí – chưa",
        "○ Số liệu năm trước (không bắt buộc) – chưa",
    ]


def test_departments_get_codes_of_ours_and_are_added_once(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "1", "1", "Sở Nội vụ; Sở Tư pháp", "đồng ý")
    said = nghe_an.says(ME, "1", "sở nội vụ\n- Sở Y tế")
    assert "Sẽ thêm 01 đơn vị" in said
    nghe_an.says(ME, "đồng ý")
    assert "đã có trong danh sách" in nghe_an.says(ME, "1", "Sở Y tế")
    with nghe_an.store.read() as tx:
        added = tx.units.of_province(Structure.Y2026, "40", (UnitKind.DEPARTMENT,))
    assert [(one.code, one.name) for one in added] == [
        ("40-01", "Sở Nội vụ"),
        ("40-02", "Sở Tư pháp"),
        ("40-03", "Sở Y tế"),
    ]


def test_an_unused_province_is_changed_by_the_word_a_used_one_is_not(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "1", "2")
    assert "không có tỉnh nào tên như vậy" in nghe_an.says(ME, "Trà Vinh 2026")
    said = nghe_an.says(ME, "tra vinh 2021")
    assert "106 đơn vị cấp xã" in said
    said = nghe_an.says(ME, "đồng ý")
    assert "Tỉnh Trà Vinh, cơ cấu đơn vị đến 31/12/2024" in said
    with nghe_an.store.read() as tx:
        person = tx.people.by_handle(ME)
        assert person is not None
        assert [post.unit for post in person.posts] == [TRA_VINH]
    nghe_an.says(ME, "thêm người: Lê Văn Nam; cán bộ xã Mỹ Long Bắc", "đồng ý")
    assert "không đổi ở đây được" in nghe_an.says(ME, "cài đặt", "1", "2")


def test_own_documents_are_chosen_by_a_digit_others_by_the_word(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "2", "1")
    with nghe_an.store.read() as tx:
        assert documents_of(tx, NGHE_AN) == ()
    said = nghe_an.says(ME, "3")
    assert "văn bản của tỉnh khác" in said
    with nghe_an.store.read() as tx:
        assert documents_of(tx, NGHE_AN) == ()
    nghe_an.says(ME, "đồng ý", "1")
    with nghe_an.store.read() as tx:
        assert documents_of(tx, NGHE_AN) == ("tra-vinh-1672-2022", "nghe-an-104-2024")


# Channels


def test_a_channel_asks_what_its_level_allows(tra_vinh: Talk) -> None:
    tra_vinh.says(ME, "cài đặt", "8", "1", "2024", "đồng ý")
    tra_vinh.says(ME, "thêm người: Trần Thị Hoa; cán bộ xã Mỹ Long Bắc", "đồng ý")
    tra_vinh.let_in("can-bo-my-long-bac", channel="telegram", address="tele-hoa")
    assert "Câu 8/51 · I.2.c" in tra_vinh.says("tele-hoa", "sửa I.2.c", channel="telegram")
    said = tra_vinh.says(ME, "cài đặt", "5", "3")
    assert "Luật số 117/2025/QH15" in said
    assert "rộng hơn lựa chọn chặt chẽ" not in tra_vinh.says(ME, "2")
    tra_vinh.says(ME, "đồng ý")
    with tra_vinh.store.read() as tx:
        assert ceiling_of(tx, TRA_VINH, "telegram") is Sensitivity.GREEN
        assert ceiling_of(tx, TRA_VINH, "zalo") is Sensitivity.RED
        assert ceiling_of(tx, NGHE_AN, "telegram") is Sensitivity.RED
    assert "I.2.c" not in tra_vinh.says("tele-hoa", "làm tiếp", channel="telegram")


def test_a_channel_that_is_off_says_where_to_go(tra_vinh: Talk) -> None:
    tra_vinh.says(ME, "thêm người: Trần Thị Hoa; cán bộ xã Mỹ Long Bắc", "đồng ý")
    tra_vinh.let_in("can-bo-my-long-bac", channel="telegram", address="tele-hoa")
    tra_vinh.says(ME, "cài đặt", "5", "3", "1", "đồng ý")
    said = tra_vinh.says("tele-hoa", "menu", channel="telegram")
    assert "Tỉnh không dùng kênh này" in said
    assert "không tắt từ đây được" in tra_vinh.says(ME, "cài đặt", "5", "2", "1")
    tra_vinh.let_in(ME, channel="telegram", address="tele-quan-tri")
    assert "Tỉnh không dùng" in tra_vinh.says("tele-quan-tri", "cài đặt", channel="telegram")


# Hours


def test_hours_are_kept_as_typed(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "6", "1", "8h15", "2", "21:30 đến 6 giờ")
    with nghe_an.store.read() as tx:
        hours = hours_of(tx, NGHE_AN)
    assert (hours.send_from, hours.quiet_from, hours.quiet_to) == (
        time(8, 15),
        time(21, 30),
        time(6, 0),
    )
    nghe_an.says(ME, "4")
    with nghe_an.store.read() as tx:
        assert not hours_of(tx, NGHE_AN).has_quiet
        assert hours_of(tx, TRA_VINH).send_from == time(7, 30)


@pytest.mark.parametrize("wrong", ["25:00", "sáng", "7:30 8:00", "7:75", ""])
def test_an_impossible_time_is_asked_again(nghe_an: Talk, wrong: str) -> None:
    nghe_an.says(ME, "cài đặt", "6", "1")
    said = nghe_an.says(ME, wrong or "…")
    assert "Nhắc hạn từ mấy giờ?" in said
    with nghe_an.store.read() as tx:
        assert hours_of(tx, NGHE_AN).send_from == time(7, 30)


def test_a_time_at_night_is_refused_with_its_limits(nghe_an: Talk) -> None:
    assert "từ 07:30 đến 20:00" in nghe_an.says(ME, "cài đặt", "6", "1", "4:00")
    assert "08:15" in nghe_an.says(ME, "8:15")


# Checklists


def test_a_checklist_year_is_opened_for_the_kinds_it_binds(tra_vinh: Talk) -> None:
    said = tra_vinh.says(ME, "cài đặt", "8", "1", "2027")
    assert "từ 2021 đến 2025" in said or "đến 2025" in said
    tra_vinh.says(ME, "2024")
    with tra_vinh.store.read() as tx:
        person = tx.people.by_handle(ME)
        assert person is not None
        assert tx.visible_to(person).assessments() == ()
    assert "Đã mở bộ tiêu chí năm 2024" in tra_vinh.says(ME, "đồng ý")
    with tra_vinh.store.read() as tx:
        person = tx.people.by_handle(ME)
        assert person is not None
        opened = tx.visible_to(person).assessments(year=2024)
        assert {one.state for one in opened} == {AssessmentState.OPEN}
        kinds = {unit.kind for one in opened if (unit := tx.units.get(one.unit))}
        criteria = tra_vinh.library.pack("tra-vinh-1672-2022").criteria
        assert criteria is not None
        assert kinds == {
            unit.kind
            for unit in tx.units.of_province(Structure.Y2021, "84")
            if criteria.parts_for(unit.kind)
        }


def test_a_set_that_binds_no_unit_of_the_province_opens_nothing(nghe_an: Talk) -> None:
    assert "không có bộ tiêu chí" in nghe_an.says(ME, "cài đặt", "8")


# Rulings


def _zero_both_years(talk: Talk) -> None:
    talk.says(ME, "cài đặt", "8", "1", "2024", "đồng ý")
    talk.says(ME, "thêm người: Trần Thị Hoa; cán bộ xã Mỹ Long Bắc", "đồng ý")
    talk.let_in("can-bo-my-long-bac")
    talk.says("can-bo-my-long-bac", "sửa I.5.b", "0", "0")


def _row(talk: Talk, subject: str = "I.5") -> tuple[int, int, tuple[int, ...]]:
    with talk.store.read() as tx:
        person = tx.people.by_handle(ME)
        assert person is not None
        rows = [one for one in tx.visible_to(person).findings() if one.subject == subject]
        (row,) = [one for one in rows if one.met or one.needs_review] or rows[:1]
        return row.met, row.needs_review, row.rulings


def test_a_ruling_and_its_withdrawal_move_the_rows_that_roll_ups_count(tra_vinh: Talk) -> None:
    _zero_both_years(tra_vinh)
    assert _row(tra_vinh) == (0, 1, ())
    tra_vinh.says(ME, "cài đặt", "4", "1", "1", "1", "215/CAT-PV05", "01/10/2024", "1", "1")
    assert _row(tra_vinh) == (0, 1, ()), "nothing before the word"
    tra_vinh.says(ME, "đồng ý")
    with tra_vinh.store.read() as tx:
        (ruling,) = tx.rulings.in_force(TRA_VINH, "tra-vinh-1672-2022")
        assert (ruling.undecided, ruling.verdict, ruling.valid_to) == (
            Undecided.ZERO_BOTH_YEARS,
            Verdict.MET,
            None,
        )
    assert _row(tra_vinh) == (1, 0, (ruling.id,))
    assert "Đã rút quy ước" in tra_vinh.says(ME, f"rút Q{ruling.id}")
    assert _row(tra_vinh) == (0, 1, ())


def test_a_ruling_of_later_years_decides_nothing_before(tra_vinh: Talk) -> None:
    _zero_both_years(tra_vinh)
    tra_vinh.says(
        ME, "cài đặt", "4", "1", "1", "1", "1/QĐ", "01/10/2024", "01/01/2025", "1", "đồng ý"
    )
    assert _row(tra_vinh) == (0, 1, ())


def test_a_notice_waits_for_the_end_of_the_quiet_hours(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "6", "2", "21:00 - 6:00")
    said = nghe_an.says(ME, "thêm người: Trần Thị Hoa; cán bộ xã Kim Liên", "đồng ý")
    code = next(word for word in said.split() if len(word) == 11 and word[5] == "-")
    # 22:30 in Viet Nam.
    nghe_an.now = nghe_an.now.replace(hour=15, minute=30)
    nghe_an.silent = True
    nghe_an.says("phone", code, "đúng")
    assert len(nghe_an.notices(ME)) == 1
    with nghe_an.store.begin() as tx:
        waiting = [one.lane for one in tx.outbox.claim(nghe_an.now, 50)]
        assert Lane.REPLY in waiting, "who asks at night is answered at night"
    with nghe_an.store.begin() as tx:
        morning = nghe_an.now + timedelta(hours=7, minutes=30)
        address = tx.addresses.lock("zalo", "", ME)
        assert address is not None
        before = morning - timedelta(seconds=1)
        assert all(one.lane is Lane.REPLY for one in tx.outbox.take_for(address.id, before))
        late = morning + timedelta(minutes=5)
        assert any(one.lane is Lane.NOTICE for one in tx.outbox.take_for(address.id, late))


def test_a_notice_goes_where_the_province_lets_it(nghe_an: Talk) -> None:
    nghe_an.let_in(ME, channel="telegram", address="tele")
    nghe_an.says(ME, "cài đặt", "5", "3", "1", "đồng ý")
    said = nghe_an.says(ME, "thêm người: Trần Thị Hoa; cán bộ xã Kim Liên", "đồng ý")
    code = next(word for word in said.split() if len(word) == 11 and word[5] == "-")
    nghe_an.says("phone", code, "đúng")
    assert nghe_an.notices("tele", channel="telegram") == []
    assert len(nghe_an.notices(ME)) == 1
