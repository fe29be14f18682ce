"""Going on confirms: what is pending, saved or deleted, and what happens if another
person answers.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.messages import Said
from handlers.assessment.pending import KEPT_FOR
from handlers.ground.menus import MenuKind
from storage import Store
from tests.domain.tra_vinh import chose
from tests.handlers.subjects.checklist.page.mylongbac import (
    FIRST,
    I1,
    I2,
    SECOND,
    saved,
    start,
)
from tests.handlers.talking import Talk


def test_nothing_is_saved_before_the_person_goes_on(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", FIRST)
    assert "Đã hiểu: 1 có · 2 có · 3 không có · 4: 12-NQ/ĐU 15/01/2024 · 5 mật\n" in shown
    assert "Nội dung I.2" in shown
    assert saved(talk) == {}
    shown = talk.says("can-bo", SECOND)
    assert saved(talk).keys() == I1
    assert "⚖️ I.1.b" in shown, "a secret plan has no date, and it is said at once"
    assert "✅ I.1.a" not in shown


def test_a_word_confirms_without_going_on(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    assert "Nội dung I.2" in talk.says("can-bo", "đúng")
    assert saved(talk).keys() == I1


@pytest.mark.parametrize("word", ["dừng", "để sau", "kết quả", "menu", "hạn", "giải thích 2", "?"])
def test_another_word_confirms_nothing(talk: Talk, word: str) -> None:
    start(talk)
    talk.says("can-bo", FIRST, word)
    assert saved(talk) == {}
    assert "Đã hiểu: 1 có" in talk.says("can-bo", "làm tiếp")


def test_what_was_not_read_confirms_nothing(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST, "abc xyz")
    talk.says("can-bo", "1 xyz")
    assert saved(talk) == {}


def test_a_correction_changes_what_was_read_back(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    shown = talk.says("can-bo", "sửa 2 chưa")
    assert "2 chưa" in shown
    assert "Nội dung I.2" in shown
    talk.says("can-bo", SECOND)
    assert saved(talk)["I.1.d"] == chose(1)


def test_a_number_alone_asks_that_question_alone(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    alone = talk.reply("can-bo", Said(text="sửa 1"))
    assert alone.menu is not None
    assert alone.menu.startswith("q:")
    assert "I.1.c" in alone.text
    talk.says("can-bo", "2")
    assert saved(talk).keys() == I1
    assert saved(talk)["I.1.c"] == chose(1)


def test_what_was_confirmed_is_corrected_by_its_code(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST, SECOND)
    shown = talk.says("can-bo", "sửa I.1.c")
    assert "Trả lời lại câu I.1.c" in shown
    talk.says("can-bo", "2")
    assert saved(talk)["I.1.c"] == chose(1)
    assert saved(talk).keys() == I1 | I2, "answering on confirmed the other item"


def test_what_contradicts_itself_is_asked_alone(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", "1 có 2 có 1 chưa 3 không")
    assert "Câu 1: Tin có hai ý trái nhau" in shown
    assert "I.1.c" in shown
    talk.says("can-bo", "1")
    assert saved(talk).keys() == {"I.1.c", "I.1.d", "I.1.e"}


@pytest.mark.parametrize(
    ("line", "why"),
    [("3 15/12", "Câu 3: Tin có hai ý trái nhau"), ("3 80%", "Câu 3: Câu này cần các con số")],
)
def test_figures_that_cannot_be_are_asked_alone(talk: Talk, line: str, why: str) -> None:
    start(talk)
    talk.says("can-bo", FIRST, SECOND)
    shown = talk.says("can-bo", f"1 đạt 2 không {line}")
    assert why in shown
    assert "Tổng số vụ mâu thuẫn" in shown
    talk.says("can-bo", "15", "12")
    assert {"I.3.a", "I.3.b", "I.3.c"} <= saved(talk).keys()


def test_what_was_left_out_is_asked_again_with_its_numbers(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", "tất cả có")
    assert "3. Trong năm" in shown
    assert "4. Nghị quyết" in shown
    assert "\n1. " not in shown
    assert "Nội dung I.2" in talk.says("can-bo", "3 không 4 mật 5 chưa có")


def test_what_a_reply_still_needs_is_asked_on_one_page(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", "1 có 2 có 3 có 4 có 5 chưa có")
    assert "3. " in shown
    assert "(có): bao nhiêu?" in shown
    assert "(có): số và ngày văn bản?" in shown
    assert "Nội dung I.2" in talk.says("can-bo", "3 2 4 12-NQ/ĐU 15/01/2024")


READ_BACK = "1 có · 2 có · 3 không có · 4: 12-NQ/ĐU 15/01/2024 · 5 mật\n"


def test_answers_not_confirmed_for_a_day_are_read_back_again_and_it_is_said(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    talk.later(hours=24, seconds=1)
    shown = talk.says("can-bo", "làm tiếp")
    assert "trong 24 giờ nên chưa ghi câu nào" in shown
    assert f"Đã hiểu: {READ_BACK}" in shown
    assert "trong 24 giờ" not in talk.says("can-bo", "làm tiếp"), "said once"
    assert saved(talk) == {}
    talk.says("can-bo", "đúng")
    assert saved(talk).keys() == I1


@pytest.mark.parametrize(
    "word", ["hạn", "kết quả", "menu", "xin chào", "trợ giúp", "để sau", "abc"]
)
def test_what_lapsed_is_said_with_any_reply(word: str, talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    talk.later(hours=25)
    shown = talk.says("can-bo", word)
    assert "trong 24 giờ nên chưa ghi câu nào" in shown
    assert "I.1.c có · I.1.d có · I.1.e không có · I.1.a: 12-NQ/ĐU 15/01/2024 · I.1.b mật" in shown
    assert "trong 24 giờ" not in talk.says("can-bo", word), "said once"
    assert saved(talk) == {}
    assert READ_BACK in talk.says("can-bo", "làm tiếp")


@pytest.mark.parametrize("word", ["đúng", SECOND])
def test_what_lapsed_is_confirmed_only_after_it_was_shown_again(word: str, talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    talk.later(hours=25)
    talk.says("can-bo", word)
    assert saved(talk) == {}
    talk.says("can-bo", "đúng")
    assert saved(talk).keys() >= I1


def test_nobody_else_hears_what_lapsed(talk: Talk) -> None:
    talk.let_in("chi-huy")
    talk.let_in("giam-sat")
    start(talk)
    talk.says("can-bo", FIRST)
    talk.later(hours=25)
    for who in ("chi-huy", "giam-sat", "nguoi-la"):
        assert "24 giờ" not in talk.says(who, "xin chào")
    assert "24 giờ" in talk.says("can-bo", "xin chào")


def test_a_line_for_the_next_item_is_taken_though_the_one_before_expired(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    talk.later(hours=25)
    shown = talk.says("can-bo", SECOND)
    assert "trong 24 giờ" in shown
    assert "Đã hiểu: I.1.c có" in shown
    assert " · 1 có, lưu hồ sơ giấy" in shown
    assert saved(talk) == {}


def test_within_the_day_they_wait(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    talk.now += KEPT_FOR - timedelta(minutes=1)
    talk.says("can-bo", SECOND)
    assert saved(talk).keys() == I1


def test_a_restart_between_any_two_messages_changes_nothing(demo_file: Path, talk: Talk) -> None:
    start(talk)
    for line in (FIRST, SECOND, "1 đạt 2 không 3 0"):
        with Store(str(demo_file)) as store:
            again = Talk(store=store, library=talk.library, now=talk.now)
            again._ids = talk._ids
            again.says("can-bo", line)
    assert saved(talk).keys() == I1 | I2


def test_what_was_read_back_in_a_lost_message_is_shown_before_it_can_be_confirmed(
    talk: Talk,
) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    with talk.store.begin() as tx:
        address = tx.addresses.lock("zalo", "", "can-bo")
        assert address is not None
        tx.addresses.set_menu(address.id, MenuKind.LOST)
    assert "Đã hiểu: 1 có" in talk.says("can-bo", SECOND)
    assert saved(talk) == {}


HALF = "1 có 2 có 3 có 4 có 5 có"
"""A text that leaves one figure and two documents to be given."""


def test_a_yes_that_lacks_its_figure_is_taken_back(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", HALF, "3 không 4: 12-NQ/ĐU 15/01/2024 5 mật")
    assert "Đã hiểu: 3 không có · 4: 12-NQ/ĐU 15/01/2024 · 5 mật\n" in shown
    assert "không được lưu" not in shown
    assert "Nội dung I.2" in shown


@pytest.mark.parametrize("fixed", ["sửa 3 không", "sửa I.1.e không", "3: 0"])
def test_a_yes_that_lacks_its_figure_is_corrected(fixed: str, talk: Talk) -> None:
    start(talk)
    assert "3 không có" in talk.says("can-bo", "3 có", fixed)
    talk.says("can-bo", "đúng")
    assert saved(talk) == {"I.1.e": chose(0)}


def test_a_question_of_another_item_stands_under_codes_not_numbers(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    shown = talk.says("can-bo", "1 có 2 có 3 có", "sửa I.1.d")
    assert "Đã hiểu, chờ xác nhận: I.2.a có, lưu hồ sơ giấy · I.2.b có · I.2.f có\n" in shown
    assert "I.2.b chưa" in talk.says("can-bo", "sửa I.2.b chưa")


@pytest.mark.parametrize("word", ["mật", "Mật.", "MẬT"])
def test_the_word_that_the_page_asks_for_is_no_offence_without_its_number(
    word: str, talk: Talk
) -> None:
    start(talk)
    shown = talk.says("can-bo", word)
    assert "số câu rồi câu trả lời" in shown
    assert "thu hồi" not in shown
    assert "thu hồi" in talk.says("can-bo", "văn bản mật về tuần tra")


def test_what_lacks_its_figure_is_not_named_by_its_opposite(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", "3 có")
    assert "3. Trong năm, xã có cán bộ, đảng viên nào sai phạm" in shown
    assert "Không có cán bộ" not in shown
