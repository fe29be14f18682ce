"""Going to another question and back, one question at a time."""

import pytest

from domain.answers import FieldName
from domain.messages import Said
from tests.domain.tra_vinh import chose
from tests.handlers.subjects.checklist.page.mylongbac import saved
from tests.handlers.talking import Talk


@pytest.fixture
def web(talk: Talk) -> Talk:
    """The officer on the web."""
    talk.let_in("can-bo", channel="web")
    talk.let_in("chi-huy", channel="web")
    return talk


def _said(talk: Talk, *texts: str, who: str = "can-bo") -> str:
    return talk.says(who, *texts, channel="web")


BEGUN = "Câu I.5.f đồng chí đã trả lời dở: năm 2023: 10, năm 2024: 8, chết năm 2023: 2."


def test_figures_begun_come_back(web: Talk) -> None:
    _said(web, "sửa I.5.f", "10", "8", "2")
    shown = _said(web, "sửa I.5.g", "sửa I.5.f")
    assert BEGUN in shown
    assert "Số người chết trong các vụ đó năm 2024?" in shown
    _said(web, "1", "5", "4")
    answer = saved(web)["I.5.f"]
    assert answer.whole(FieldName.DEATHS_LAST_YEAR) == 2
    assert answer.whole(FieldName.LAST_YEAR) == 10


def test_figures_begun_survive_another_answer_a_skip_and_the_menu(web: Talk) -> None:
    _said(web, "sửa I.5.f", "10", "8", "2")
    assert BEGUN in _said(web, "sửa I.5.g", "3", "2")
    assert "I.5.f" not in _said(web, "bỏ qua").split("Câu ")[-1]
    assert BEGUN in _said(web, "menu", "sửa I.5.f")


def test_nobody_else_sees_what_was_begun(web: Talk) -> None:
    _said(web, "sửa I.5.f", "10", "8", "2", "sửa I.5.g")
    shown = _said(web, "sửa I.5.f", who="chi-huy")
    assert "trả lời dở" not in shown
    assert "Số vụ tai nạn giao thông năm 2023?" in shown


def test_naming_the_open_question_begins_it_again(web: Talk) -> None:
    shown = _said(web, "sửa I.5.f", "10", "8", "sửa I.5.f")
    assert "Số vụ tai nạn giao thông năm 2023?" in shown


def test_a_step_back_after_an_answer_leads_to_that_answer(web: Talk) -> None:
    shown = _said(web, "sửa I.3.a", "0", "quay lại")
    assert "Trả lời lại câu I.3.a." in shown


def test_a_step_back_after_going_leads_to_where_he_was(web: Talk) -> None:
    _said(web, "làm tiếp", "3", "sửa I.3.a", "sửa I.4.a")
    assert "· I.3.a" in _said(web, "quay lại")
    assert "· I.1.b" in _said(web, "quay lại")
    assert "Trả lời lại câu I.1.a." in _said(web, "quay lại")
    assert saved(web) == {"I.1.a": chose(2)}


def test_what_was_kept_is_as_it_was(web: Talk) -> None:
    _said(web, "sửa I.3.a", "0")
    _said(web, "sửa I.3.a", "5", "giữ nguyên")
    shown = _said(web, "sửa I.3.a")
    assert "trả lời dở" not in shown
    assert saved(web)["I.3.a"].whole(FieldName.TOTAL) == 0


@pytest.mark.parametrize("asked", ["còn thiếu gì", "thiếu gì"])
def test_what_is_open_is_listed_by_item(asked: str, web: Talk) -> None:
    _said(web, "sửa I.1.a", "3")
    shown = _said(web, asked)
    assert "Còn 50 câu chưa trả lời, theo từng nội dung:" in shown
    assert "\nI.1: I.1.b, I.1.c, I.1.d, I.1.e\n" in shown
    assert "\nI.8: I.8.a, I.8.b, I.8.c, I.8.d, I.8.e, I.8.f\n" in shown


def test_others_do_not_see_what_is_open(web: Talk) -> None:
    _said(web, "sửa I.1.a", "3")
    for who in ("giam-sat", "can-bo-na"):
        web.let_in(who, channel="web")
        assert "I.1.b" not in _said(web, "xã Mỹ Long Bắc còn thiếu gì", who=who)
    assert "I.1.b" not in _said(web, "xã Mỹ Long Bắc còn thiếu gì", who="nguoi-la")


@pytest.mark.parametrize(
    ("language", "draft"),
    [("tiếng việt", "Câu trả lời là bản nháp đến khi chỉ huy xác nhận."), ("english", "draft")],
)
def test_the_first_screen_says_that_answers_are_a_draft(
    language: str, draft: str, web: Talk
) -> None:
    _said(web, language)
    assert draft in web.reply("can-bo", Said(text="làm tiếp"), channel="web").text
