"""Two people of a unit at one question: nothing that somebody else answered is replaced
silently.
"""

from datetime import timedelta

import pytest

from domain.criteria import Sensitivity
from domain.messages import Said
from domain.people import Post, Role
from handlers.ground.settings import set_ceiling
from tests.domain.tra_vinh import chose
from tests.handlers.filling import fill
from tests.handlers.subjects.checklist.page.mylongbac import (
    FIRST,
    I1,
    MY_LONG_BAC,
    TRA_VINH,
    saved,
    start,
)
from tests.handlers.talking import Talk

HEAD = "đồng chí Chỉ huy Công an xã (dùng thử)"
RECORDED = f"I.1.c: {HEAD} đã ghi 08:00: chưa\nĐồng chí vừa trả lời: có\n"


@pytest.fixture
def pair(talk: Talk) -> Talk:
    """The officer and the head of Mỹ Long Bắc, on the web."""
    talk.let_in("can-bo", channel="web")
    talk.let_in("chi-huy", channel="web")
    return talk


def _menu(talk: Talk, who: str, text: str) -> str:
    menu = talk.reply(who, Said(text=text), channel="web").menu
    assert menu is not None
    return menu


def _head_answers(talk: Talk, row: str, *texts: str) -> None:
    talk.says("chi-huy", "hỏi từng câu", f"sửa {row}", *texts, channel="web")


def test_a_colleagues_answer_is_replaced_only_after_the_word(pair: Talk) -> None:
    _head_answers(pair, "I.1.c", "2")
    shown = pair.says("can-bo", "sửa I.1.c", "1", channel="web")
    assert RECORDED in shown
    assert saved(pair)["I.1.c"] == chose(1)
    assert "Đã thay I.1.c: có" in pair.says("can-bo", "thay", channel="web")
    assert saved(pair)["I.1.c"] == chose(0)


@pytest.mark.parametrize("word", ["giữ", "giu", "không", "thôi", "giữ nguyên", "không thay"])
def test_another_word_keeps_it(word: str, pair: Talk) -> None:
    _head_answers(pair, "I.1.c", "2")
    pair.says("can-bo", "sửa I.1.c", "1", channel="web")
    shown = pair.says("can-bo", word, channel="web")
    assert "Giữ câu đã ghi: I.1.c." in shown
    assert "Câu 1/51" in shown
    assert saved(pair)["I.1.c"] == chose(1)


@pytest.mark.parametrize("word", ["thấy", "thay?", "1", "có", "đúng", "ok", "hạn", "làm tiếp"])
def test_no_other_word_replaces(word: str, pair: Talk) -> None:
    _head_answers(pair, "I.1.c", "2")
    pair.says("can-bo", "sửa I.1.c", "1", word, channel="web")
    assert saved(pair)["I.1.c"] == chose(1)
    assert RECORDED in pair.says("can-bo", "làm tiếp", channel="web")


def test_ones_own_answer_is_corrected_without_a_question(pair: Talk) -> None:
    pair.says("can-bo", "sửa I.1.c", "2", channel="web")
    assert "✅ I.1.c" in pair.says("can-bo", "sửa I.1.c", "1", channel="web")
    assert saved(pair)["I.1.c"] == chose(0)


def test_the_same_answer_is_not_asked_about(pair: Talk) -> None:
    _head_answers(pair, "I.1.c", "2")
    shown = pair.says("can-bo", "sửa I.1.c", "2", channel="web")
    assert "đã có người ghi đúng như đồng chí trả lời" in shown
    assert "thay" not in shown
    assert _author(pair, "I.1.c") == "chi-huy"


def test_a_stale_tap_never_overwrites_however_often(pair: Talk) -> None:
    menu = _menu(pair, "can-bo", "sửa I.1.c")
    _head_answers(pair, "I.1.c", "2")
    for _ in range(3):
        assert RECORDED in pair.taps("can-bo", menu, "1", channel="web")
        assert saved(pair)["I.1.c"] == chose(1)


def test_a_tap_on_the_question_shown_again_does_not_overwrite(pair: Talk) -> None:
    menu = _menu(pair, "can-bo", "sửa I.1.c")
    _head_answers(pair, "I.1.c", "2")
    pair.taps("can-bo", menu, "1", channel="web")
    again = _menu(pair, "can-bo", "sửa I.1.c")
    assert RECORDED in pair.taps("can-bo", again, "1", channel="web")
    assert saved(pair)["I.1.c"] == chose(1)


def test_a_word_typed_at_a_question_answered_meanwhile_is_asked_about(pair: Talk) -> None:
    pair.says("can-bo", "sửa I.1.c", channel="web")
    _head_answers(pair, "I.1.c", "2")
    assert RECORDED in pair.says("can-bo", "có", channel="web")


def test_a_part_of_an_answer_to_such_a_question_is_not_taken(pair: Talk) -> None:
    pair.says("can-bo", "sửa I.1.a", "1", channel="web")
    _head_answers(pair, "I.1.a", "3")
    shown = pair.says("can-bo", "12-NQ/ĐU", channel="web")
    assert f"I.1.a: {HEAD} đã ghi 08:00: chưa có" in shown
    assert "không được ghi" in shown
    assert saved(pair)["I.1.a"] == chose(2)


def test_a_second_change_is_shown_before_it_is_replaced(pair: Talk) -> None:
    _head_answers(pair, "I.1.a", "3")
    pair.says("can-bo", "sửa I.1.a", "2", channel="web")
    _head_answers(pair, "I.1.a", "1", "12-NQ/ĐU 15/01/2024")
    shown = pair.says("can-bo", "thay", channel="web")
    assert "đã ghi 08:00: 12-NQ/ĐU 15/01/2024" in shown
    assert saved(pair)["I.1.a"].has_evidence
    pair.says("can-bo", "thay", channel="web")
    assert saved(pair)["I.1.a"] == chose(1)


def test_an_older_answer_names_its_day(pair: Talk) -> None:
    _head_answers(pair, "I.1.c", "2")
    pair.later(days=1)
    shown = pair.says("can-bo", "sửa I.1.c", "1", channel="web")
    assert f"I.1.c: {HEAD} đã ghi lúc 08:00, 20/11/2024: chưa" in shown


def test_outside_the_unit_the_duty_is_named_and_no_name(pair: Talk) -> None:
    _head_answers(pair, "I.1.c", "2")
    with pair.store.begin() as tx:
        head = tx.people.by_handle("chi-huy")
        assert head is not None
        tx.people.add_post(head.id, Post(role=Role.SUPERVISOR, unit=TRA_VINH))
        tx.people.remove_post(head.id, Post(role=Role.HEAD, unit=MY_LONG_BAC))
    shown = pair.says("can-bo", "sửa I.1.c", "1", channel="web")
    assert "I.1.c: cán bộ theo dõi đã ghi 08:00: chưa" in shown
    assert "Chỉ huy Công an xã" not in shown


def test_an_answer_read_back_does_not_replace_a_colleagues(talk: Talk) -> None:
    talk.let_in("chi-huy", channel="web")
    start(talk)
    talk.says("can-bo", FIRST)
    _head_answers(talk, "I.1.c", "2")
    shown = talk.says("can-bo", "đúng")
    assert RECORDED in shown
    assert saved(talk).keys() == I1
    assert saved(talk)["I.1.c"] == chose(1)
    talk.says("can-bo", "thay")
    assert saved(talk)["I.1.c"] == chose(0)


def test_a_line_for_a_page_that_a_colleague_changed_is_asked_about(talk: Talk) -> None:
    talk.let_in("chi-huy", channel="web")
    start(talk)
    _head_answers(talk, "I.1.c", "2")
    assert RECORDED in talk.says("can-bo", FIRST)
    assert saved(talk).keys() == {"I.1.c"}
    shown = talk.says("can-bo", "giữ")
    assert "Đã hiểu: 2 có · 3 không có · 4: 12-NQ/ĐU 15/01/2024 · 5 mật\n" in shown
    talk.says("can-bo", "đúng")
    assert saved(talk).keys() == I1
    assert saved(talk)["I.1.c"] == chose(1)


def test_what_waits_for_the_decision_lapses_and_is_brought_back(pair: Talk) -> None:
    _head_answers(pair, "I.1.c", "2")
    pair.says("can-bo", "sửa I.1.c", "1", channel="web")
    pair.now += timedelta(hours=25)
    shown = pair.says("can-bo", "thay", channel="web")
    assert "24 giờ" in shown
    assert "đã ghi lúc 08:00, 20/11/2024: chưa" in shown
    assert saved(pair)["I.1.c"] == chose(1)
    pair.says("can-bo", "thay", channel="web")
    assert saved(pair)["I.1.c"] == chose(0)


def test_where_a_figure_may_not_be_shown_it_is_not(pair: Talk) -> None:
    pair.says("chi-huy", "hỏi từng câu", "sửa I.1.e", "2", "7", channel="web")
    pair.let_in("can-bo", channel="zalo")
    with pair.store.begin() as tx:
        set_ceiling(tx, TRA_VINH, "zalo", Sensitivity.AMBER)
    pair.says("can-bo", "hỏi từng câu", channel="zalo")
    shown = pair.says("can-bo", "sửa I.1.e", "1", channel="zalo")
    assert "I.1.e: " in shown
    assert "thay" in shown
    assert "7" not in shown.split("I.1.e: ")[1]
    assert "đã ghi 08:00: có\n" in shown


@pytest.mark.parametrize("who", ["nguoi-la", "giam-sat", "can-bo-na"])
def test_nobody_else_sees_or_decides(who: str, pair: Talk) -> None:
    _head_answers(pair, "I.1.c", "2")
    pair.says("can-bo", "sửa I.1.c", "1", channel="web")
    menu = _menu(pair, "can-bo", "làm tiếp")
    if who != "nguoi-la":
        pair.let_in(who, channel="web")
    for shown in (
        pair.says(who, "thay", channel="web"),
        pair.taps(who, menu, "thay", channel="web"),
    ):
        assert "Chỉ huy Công an xã" not in shown
        assert "I.1.c" not in shown
    assert saved(pair)["I.1.c"] == chose(1)


def test_in_english(pair: Talk) -> None:
    _head_answers(pair, "I.1.c", "2")
    pair.says("can-bo", "english", "fix I.1.c", channel="web")
    shown = pair.says("can-bo", "1", channel="web")
    assert "I.1.c: recorded by Chỉ huy Công an xã (dùng thử) at 08:00: chưa" in shown
    assert saved(pair)["I.1.c"] == chose(1)
    assert "stays" in pair.says("can-bo", "keep", channel="web")


def _author(talk: Talk, row: str) -> str:
    with talk.store.begin() as tx:
        person = tx.people.by_handle("can-bo")
        assert person is not None
        loaded = tx.assessments.load(MY_LONG_BAC, person.id)
        assert loaded is not None
        author = tx.people.get(loaded.recorded[row].person_id)
        assert author is not None
        return author.handle


def test_nothing_is_handed_in_while_a_decision_waits(pair: Talk) -> None:
    fill(pair)
    _head_answers(pair, "I.1.c", "2")
    assert "còn chờ đồng chí quyết định" in pair.says("chi-huy", "nộp", channel="web")
    pair.says("chi-huy", "thay", channel="web")
    pair.says("can-bo", "sửa I.1.c", "1", channel="web")
    assert "còn chờ đồng chí quyết định" in pair.says("can-bo", "nộp", channel="web")
    assert "nộp" not in _actions(pair, "kết quả")
    pair.says("can-bo", "giữ", channel="web")
    assert "quyết định: thay hay giữ" not in pair.says("can-bo", "nộp", channel="web")


def _actions(talk: Talk, text: str) -> list[str]:
    return [one.key for one in talk.reply("can-bo", Said(text=text), channel="web").choices]
