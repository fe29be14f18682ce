"""Going on confirms: what waits, what is saved, what is forgotten, and who else answers."""

from datetime import timedelta
from pathlib import Path

import pytest

from domain.answers import Answer
from domain.criteria import Sensitivity
from domain.messages import Lane, Said
from domain.units import Structure, UnitId
from handlers.settings import set_ceiling
from handlers.several.pending import KEPT_FOR
from storage import Store
from tests.domain.tra_vinh import chose
from tests.handlers.talking import Talk

MY_LONG_BAC = UnitId(Structure.Y2021, "29422")
TRA_VINH = UnitId(Structure.Y2021, "84")
FIRST = "1 có 2 có 3 không 4 12-NQ/ĐU 15/01/2024 5 mật"
SECOND = "1 có 2 có 3 có 4 đạt 5 đạt 6 đạt"
I1 = {"I.1.a", "I.1.b", "I.1.c", "I.1.d", "I.1.e"}
I2 = {f"I.2.{letter}" for letter in "abcdef"}


def saved(talk: Talk, handle: str = "can-bo") -> dict[str, Answer]:
    with talk.store.begin() as tx:
        person = tx.people.by_handle(handle)
        assert person is not None
        loaded = tx.assessments.load(MY_LONG_BAC, person.id)
        assert loaded is not None
        return dict(loaded.answers)


def start(talk: Talk) -> None:
    assert "Nội dung I.1" in talk.says("can-bo", "làm tiếp")


def test_nothing_is_saved_before_the_person_goes_on(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", FIRST)
    assert "Đã hiểu: 1 có · 2 có · 3 không có · 4: 12-NQ/ĐU 15/01/2024 · 5 mật." in shown
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
    assert "Câu 1 có hai câu trả lời khác nhau" in shown
    assert "I.1.c" in shown
    talk.says("can-bo", "1")
    assert saved(talk).keys() == {"I.1.c", "I.1.d", "I.1.e"}


@pytest.mark.parametrize(
    ("line", "why"),
    [("3 15/12", "Câu 3: Con số phải từ 0 đến 12"), ("3 15", "chưa đọc được câu 3")],
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


def test_unconfirmed_answers_are_forgotten_after_a_day_and_it_is_said(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    talk.later(hours=24, seconds=1)
    shown = talk.says("can-bo", "làm tiếp")
    assert "trong 24 giờ" in shown
    assert "Nội dung I.1" in shown
    assert "trong 24 giờ" not in talk.says("can-bo", "làm tiếp"), "said once"
    assert saved(talk) == {}


def test_a_line_for_the_next_item_is_taken_though_the_one_before_expired(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    talk.later(hours=25)
    shown = talk.says("can-bo", SECOND)
    assert "trong 24 giờ" in shown
    assert "Đã hiểu: 1 có, lưu hồ sơ giấy" in shown
    assert "Nội dung I.1" in shown
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


# Somebody else, and another channel


def test_what_a_colleague_answered_meanwhile_stays(talk: Talk) -> None:
    talk.let_in("chi-huy")
    start(talk)
    talk.says("can-bo", FIRST)
    talk.says("chi-huy", "hỏi từng câu", "sửa I.1.c", "2")
    shown = talk.says("can-bo", SECOND)
    assert "I.1.c vừa được trả lời ở nơi khác" in shown
    assert saved(talk)["I.1.c"] == chose(1)
    assert saved(talk).keys() == I1


def test_a_page_that_a_colleague_changed_takes_nothing(talk: Talk) -> None:
    talk.let_in("chi-huy")
    start(talk)
    talk.says("chi-huy", "hỏi từng câu", "sửa I.1.c", "2")
    shown = talk.says("can-bo", FIRST)
    assert "tin cũ" in shown
    assert "\n1. " not in shown
    assert "\n2. " in shown
    assert saved(talk).keys() == {"I.1.c"}


def test_each_of_two_people_confirms_his_own(talk: Talk) -> None:
    talk.let_in("chi-huy")
    start(talk)
    talk.says("chi-huy", "làm tiếp")
    talk.says("can-bo", FIRST)
    talk.says("chi-huy", "1 chưa 2 chưa 3 không 4 mật 5 mật")
    talk.says("can-bo", "đúng")
    shown = talk.says("chi-huy", "đúng")
    assert "vừa được trả lời ở nơi khác" in shown
    assert saved(talk)["I.1.c"] == chose(0)


def test_the_conversation_goes_on_where_questions_come_one_by_one(talk: Talk) -> None:
    talk.let_in("can-bo", channel="web")
    start(talk)
    talk.says("can-bo", FIRST)
    shown = talk.says("can-bo", "làm tiếp", channel="web")
    assert "chờ xác nhận: I.1.c có" in shown
    assert "Câu 6/51 · I.2.a" in shown
    talk.says("can-bo", "1", channel="web")
    assert saved(talk).keys() == I1 | {"I.2.a"}


def test_the_choice_of_a_way_is_kept_for_the_channel(talk: Talk) -> None:
    talk.let_in("can-bo", channel="web")
    assert "Câu 1/51" in talk.says("can-bo", "hỏi từng câu")
    assert "Câu 1/51" in talk.says("can-bo", "làm tiếp")
    assert "Nội dung I.1" in talk.says("can-bo", "hỏi cả mục", channel="web")
    assert "Câu 1/51" in talk.says("can-bo", "làm tiếp")
    assert "Nội dung I.1" in talk.says("can-bo", "làm tiếp", channel="web")


# Buttons, words and what may not be said


def test_a_button_answers_only_while_its_page_is_open(talk: Talk) -> None:
    page = talk.reply("can-bo", Said(text="làm tiếp"))
    assert page.menu is not None
    assert "tất cả có" in [one.key for one in page.choices]
    assert "Đã hiểu: 1 có · 2 có" in talk.taps("can-bo", page.menu, "tất cả có")
    assert "tin cũ" in talk.taps("can-bo", page.menu, "tất cả có")
    assert saved(talk) == {}


def test_back_drops_what_waits_and_shows_its_page(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST)
    shown = talk.says("can-bo", "quay lại")
    assert "chưa ghi câu nào" in shown
    assert "Nội dung I.1" in shown
    talk.says("can-bo", FIRST, SECOND)
    assert saved(talk).keys() == I1


def test_a_page_and_a_question_of_it_are_put_off(talk: Talk) -> None:
    start(talk)
    assert "Nội dung I.2" in talk.says("can-bo", "bỏ qua")
    shown = talk.says("can-bo", "1 bỏ qua 2 có 3 có 4 đạt 5 đạt 6 đạt")
    assert "Để lại sau: I.2.a." in shown
    assert "Nội dung I.3" in shown


@pytest.mark.parametrize(
    "line",
    [
        "1 có 2 gọi số 0912 345 678",
        "1 có 2 công văn mật số 15/CV",
        "4 12-NQ/ĐU ông An 084200012345",
    ],
)
def test_a_line_with_what_may_not_be_kept_is_refused_whole(talk: Talk, line: str) -> None:
    start(talk)
    talk.says("can-bo", line)
    talk.says("can-bo", "đúng")
    assert saved(talk) == {}
    with talk.store.begin() as tx:
        kept = [one.outgoing.text for one in tx.outbox.listing(limit=100) if one.lane is Lane.REPLY]
    assert not any("084200012345" in text or "15/CV" in text for text in kept)


def test_of_a_secret_document_nothing_is_kept(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", "4 12-NQ/ĐU tuyệt mật 1 có")
    assert "hệ thống không ghi số, ngày" in shown
    assert "12-NQ" not in shown.partition("Nội dung")[0]
    talk.says("can-bo", "đúng")
    assert saved(talk)["I.1.a"] == chose(1)


@pytest.mark.parametrize("ceiling", [Sensitivity.AMBER, Sensitivity.GREEN])
def test_above_the_ceiling_only_numbers_are_listed(talk: Talk, ceiling: Sensitivity) -> None:
    with talk.store.begin() as tx:
        set_ceiling(tx, TRA_VINH, "zalo", ceiling)
    shown = talk.says("can-bo", "làm tiếp")
    assert ("kỷ luật" in shown) is (ceiling is Sensitivity.AMBER)
    talk.says("can-bo", "bỏ qua")
    shown = talk.says("can-bo", "làm tiếp")
    if ceiling is Sensitivity.AMBER:
        assert "Trả lời trên trang web của đơn vị: I.2.a, I.2.c, I.2.d, I.2.e." in shown
        assert "chống Đảng" not in shown
    else:
        assert "Nội dung I.5" in shown, "items 2 to 4 have nothing green"


def test_an_amber_figure_is_not_taken_below_its_ceiling(talk: Talk) -> None:
    with talk.store.begin() as tx:
        set_ceiling(tx, TRA_VINH, "zalo", Sensitivity.AMBER)
    start(talk)
    assert "chưa đọc được câu 3" in talk.says("can-bo", "1 có 2 có 3 có 2")


def test_other_questions_leave_the_page_open(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", "hạn")
    assert "Nội dung I.1 vẫn đang chờ" in shown
    assert "Đã hiểu: 1 có" in talk.says("can-bo", "1 có 2 có")
