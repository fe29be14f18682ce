"""A register in conversation: first names, keep, add, edit, end, remove; shared by questions."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from domain.criteria import AskedAs
from domain.kinds.register import entries_of
from domain.messages import Said
from domain.registers import RegisterEntry
from storage import Store
from tests.every_kind import every_kind
from tests.handlers.subjects.checklist.page.mylongbac import MY_LONG_BAC, saved
from tests.handlers.subjects.checklist.test_every_kind import OFFICER, OneSet
from tests.handlers.talking import Talk

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
MADE = next(one for one in every_kind() if one.kind.asked_as is AskedAs.REGISTER)
FIRST, SECOND = (row.id for row in MADE.rows)


@pytest.fixture
def talk(demo_file: Path) -> Iterator[Talk]:
    library = OneSet()
    library.made = MADE.criteria
    with Store(str(demo_file)) as store:
        talk = Talk(store=store, library=library, now=NOW)
        talk.let_in(OFFICER, channel="web")
        yield talk


def _says(talk: Talk, *texts: str) -> str:
    return talk.says(OFFICER, *texts, channel="web")


def _register(talk: Talk) -> list[RegisterEntry]:
    with talk.store.begin() as tx:
        return list(tx.registers.of_unit(MY_LONG_BAC, MADE.rows[0].counted))


def _names(talk: Talk) -> list[str]:
    return [one.name for one in _register(talk)]


def _verdict(talk: Talk) -> str:
    with talk.store.begin() as tx:
        (assessment,) = tx.assessments.of_unit(MY_LONG_BAC, 2024)
        rows = {one.subject: one for one in tx.assessments.verdict_rows(assessment.id)}
    return str(rows["K.1"].verdict)


def test_the_first_names_are_entries_and_the_answer(talk: Talk) -> None:
    shown = _says(talk, "làm tiếp", "Camera an ninh; Tổ tự quản (từ 2021)")
    assert f"✅ {FIRST}: Đạt – có 02 đối tượng đếm (Camera an ninh; Tổ tự quản)" in shown
    assert _names(talk) == ["Camera an ninh", "Tổ tự quản"]
    assert entries_of(saved(talk)[FIRST]).items == tuple(_register(talk))


def test_the_next_question_offers_what_is_on_record(talk: Talk) -> None:
    shown = _says(talk, "làm tiếp", "Camera; Tổ tự quản (từ 2021)")
    assert "1. Camera\n2. Tổ tự quản (từ 2021)" in shown
    shown = _says(talk, "giữ")
    assert f"✅ {SECOND}: Đạt" in shown
    assert _names(talk) == ["Camera", "Tổ tự quản"], "nothing is stored twice"


def test_the_word_on_the_button_keeps(talk: Talk) -> None:
    _says(talk, "làm tiếp")
    shown = talk.reply(OFFICER, Said(text="Camera; Tổ tự quản"), channel="web")
    (keep,) = [one for one in shown.choices if one.primary]
    assert keep.label == "giữ 2 mục đã ghi"
    _says(talk, keep.key)
    assert saved(talk).keys() == {FIRST, SECOND}


def test_a_page_offers_what_is_on_record(talk: Talk) -> None:
    with talk.store.begin() as tx:
        officer = tx.people.by_handle(OFFICER)
        assert officer is not None
        entry = RegisterEntry(name="Camera")
        tx.registers.add(MY_LONG_BAC, MADE.rows[0].counted, entry, officer.id, NOW)
    talk.let_in(OFFICER, channel="zalo")
    shown = talk.says(OFFICER, "làm tiếp", channel="zalo")
    assert "1. Tên câu a (đã ghi 1 mục: gõ “giữ”, hoặc ghi thêm tên)" in shown


def test_names_are_added_to_what_is_on_record(talk: Talk) -> None:
    shown = _says(talk, "làm tiếp", "Camera", "thêm Tiếng kẻng; Tổ tự quản")
    assert "Đã thêm: Tiếng kẻng; Tổ tự quản." in shown
    assert "3. Tổ tự quản" in shown
    assert SECOND not in saved(talk), "the answer waits for “giữ”"
    _says(talk, "giữ")
    assert len(entries_of(saved(talk)[SECOND]).items) == 3


def test_a_name_on_record_is_not_added_again(talk: Talk) -> None:
    shown = _says(talk, "làm tiếp", "Camera; camera; Tiếng kẻng", "thêm CAMERA")
    assert "Đã có trong danh sách: CAMERA." in shown
    assert _names(talk) == ["Camera", "Tiếng kẻng"]
    assert "Đã thêm: Tổ tự quản." in _says(talk, "Camera; Tổ tự quản")
    assert _names(talk) == ["Camera", "Tiếng kẻng", "Tổ tự quản"]


def test_a_comma_in_doubt_stores_nothing(talk: Talk) -> None:
    shown = _says(talk, "làm tiếp", "camera, tổ tự quản")
    assert "gõ: camera; tổ tự quản\n" in shown
    assert "“camera, tổ tự quản”" in shown
    assert (_names(talk), saved(talk)) == ([], {})


def test_an_entry_is_edited_and_open_answers_follow(talk: Talk) -> None:
    shown = _says(talk, "làm tiếp", "Camera (từ 2021)", "sửa 1 Camera an ninh")
    assert "1. Camera an ninh (từ 2021)" in shown, "a new name keeps the details"
    (entry,) = entries_of(saved(talk)[FIRST]).items
    assert (entry.name, entry.since_year) == ("Camera an ninh", 2021)
    _says(talk, "sửa 1 Camera an ninh (từ 2022)")
    assert _register(talk)[0].since_year == 2022


def test_an_entry_that_ended_last_year_changes_the_verdict(talk: Talk) -> None:
    _says(talk, "làm tiếp", "Camera", "giữ")
    assert _verdict(talk) == "met"
    shown = _says(talk, f"sửa {FIRST}", "kết thúc 1 ngày 31/12/2023")
    assert "Đã ghi: Camera kết thúc ngày 31/12/2023." in shown
    assert _register(talk)[0].ended_on == date(2023, 12, 31)
    assert _verdict(talk) == "not_met"
    assert "chưa" in _says(talk, "kết quả").casefold()


def test_an_entry_that_ended_before_the_year_is_not_offered_again(talk: Talk) -> None:
    shown = _says(talk, "làm tiếp", "Camera; Tiếng kẻng", "kết thúc 1 ngày 1/5/2023")
    assert "1. Camera" not in shown
    assert "2. Tiếng kẻng" in shown
    _says(talk, "giữ")
    assert [one.name for one in entries_of(saved(talk)[SECOND]).items] == ["Tiếng kẻng"]
    _says(talk, f"sửa {SECOND}", "sửa 1 Camera (từ 2020)")
    assert _register(talk)[0].ended_on is None, "its number still corrects it"


def test_an_entry_ends_today_if_no_day_is_named(talk: Talk) -> None:
    _says(talk, "làm tiếp", "Camera", "kết thúc 1")
    assert _register(talk)[0].ended_on == date(2024, 11, 20)
    assert _verdict(talk) == "incomplete"


def test_numbers_do_not_move_when_an_entry_is_removed(talk: Talk) -> None:
    shown = _says(talk, "làm tiếp", "Camera; Tiếng kẻng; Tổ tự quản", "xóa 1")
    assert "Đã xóa: Camera." in shown
    assert "2. Tiếng kẻng\n3. Tổ tự quản" in shown
    assert "Không có mục số 1." in _says(talk, "xóa 1")
    assert _names(talk) == ["Tiếng kẻng", "Tổ tự quản"]
    assert len(entries_of(saved(talk)[FIRST]).items) == 2


@pytest.mark.parametrize("text", ["xóa 9", "sửa 9 Camera", "kết thúc 9"])
def test_an_entry_that_does_not_exist_is_not_changed(talk: Talk, text: str) -> None:
    shown = _says(talk, "làm tiếp", "Camera", text)
    assert "Không có mục số 9." in shown
    assert _names(talk) == ["Camera"]


@pytest.mark.parametrize("text", ["tình hình xã Mỹ Long Bắc", "đang xây dựng", "0912345678", "?"])
def test_what_names_no_model_is_no_entry(talk: Talk, text: str) -> None:
    _says(talk, "làm tiếp", text)
    assert (_names(talk), saved(talk)) == ([], {})


def test_nothing_yet_is_an_answer_too(talk: Talk) -> None:
    assert "Chưa đạt" in _says(talk, "làm tiếp", "chưa có")
    assert entries_of(saved(talk)[FIRST]).items == ()
