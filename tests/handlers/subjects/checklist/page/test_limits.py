"""Other people, other channels, and what may not be said or shown at a page."""

import pytest

from domain.answers import FieldName
from domain.criteria import Sensitivity
from domain.messages import Lane, Said
from handlers.ground.settings import set_ceiling
from tests.domain.tra_vinh import chose
from tests.handlers.subjects.checklist.page.mylongbac import (
    FIRST,
    I1,
    I2,
    SECOND,
    TRA_VINH,
    saved,
    start,
)
from tests.handlers.talking import Talk

# Another person, and another channel


def test_what_a_colleague_answered_meanwhile_stays(talk: Talk) -> None:
    talk.let_in("chi-huy")
    start(talk)
    talk.says("can-bo", FIRST)
    talk.says("chi-huy", "hỏi từng câu", "sửa I.1.c", "2")
    shown = talk.says("can-bo", SECOND)
    assert "I.1.c: đồng chí Chỉ huy Công an xã (dùng thử) đã ghi 08:00: chưa" in shown
    assert saved(talk)["I.1.c"] == chose(1)
    assert saved(talk).keys() == I1


def test_a_page_that_a_colleague_changed_saves_nothing(talk: Talk) -> None:
    talk.let_in("chi-huy")
    start(talk)
    talk.says("chi-huy", "hỏi từng câu", "sửa I.1.c", "2")
    shown = talk.says("can-bo", FIRST)
    assert "Chưa thay gì" in shown
    assert saved(talk)["I.1.c"] == chose(1)
    assert saved(talk).keys() == {"I.1.c"}


def test_each_of_two_people_confirms_his_own(talk: Talk) -> None:
    talk.let_in("chi-huy")
    start(talk)
    talk.says("chi-huy", "làm tiếp")
    talk.says("can-bo", FIRST)
    talk.says("chi-huy", "1 chưa 2 chưa 3 không 4 mật 5 mật")
    talk.says("can-bo", "đúng")
    shown = talk.says("chi-huy", "đúng")
    assert "đồng chí Cán bộ Công an xã (dùng thử) đã ghi 08:00: có" in shown
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
    assert "văn bản đóng dấu mật" in shown
    assert "12-NQ" not in shown.partition("Nội dung")[0]
    talk.says("can-bo", "đúng")
    assert saved(talk) == {}


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
    shown = talk.says("can-bo", "1 có 2 có 3 có 2")
    assert "Đã hiểu: 1 có · 2 có · 3 có\n" in shown
    talk.says("can-bo", "đúng")
    assert saved(talk)["I.1.e"].get(FieldName.COUNT) is None


def test_other_questions_leave_the_page_open(talk: Talk) -> None:
    start(talk)
    shown = talk.says("can-bo", "hạn")
    assert "Nội dung I.1 vẫn đang chờ" in shown
    assert "Đã hiểu: 1 có" in talk.says("can-bo", "1 có 2 có")


def _goes_on_below(talk: Talk, ceiling: Sensitivity) -> None:
    with talk.store.begin() as tx:
        set_ceiling(tx, TRA_VINH, "zalo", ceiling)


def test_a_correction_does_not_show_what_is_above_the_ceiling(talk: Talk) -> None:
    start(talk)
    talk.says("can-bo", FIRST, "1 có 2 có 3 có 4 đạt 5 chưa 6 đạt", "đúng")
    _goes_on_below(talk, Sensitivity.GREEN)
    shown = talk.says("can-bo", "sửa I.2.d")
    assert "Trả lời trên trang web của đơn vị: I.2.d." in shown
    assert "chưa đạt" not in shown.casefold()


@pytest.mark.parametrize("word", ["làm tiếp", "hỏi từng câu", "sửa I.2.d", "sửa 5 đạt", "quay lại"])
def test_what_waits_above_the_ceiling_waits_for_another_channel(talk: Talk, word: str) -> None:
    start(talk)
    talk.says("can-bo", FIRST, "1 có 2 có 3 có 4 đạt 5 chưa 6 đạt")
    _goes_on_below(talk, Sensitivity.GREEN)
    shown = talk.says("can-bo", word)
    assert "I.2.d chưa" not in shown
    assert "5 chưa" not in shown
    talk.says("can-bo", "làm tiếp", "đúng")
    assert not saved(talk).keys() & I2, "nobody confirms what he does not see"
    _goes_on_below(talk, Sensitivity.RED)
    assert "I.2.d chưa đạt" in talk.says("can-bo", "sửa I.1.c")
