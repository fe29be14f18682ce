"""The word that confirms as a button: it is highlighted, and no digit or older button decides."""

from domain.messages import Outgoing, Said
from tests.handlers.subjects.setup.conftest import ADMINISTRATOR
from tests.handlers.talking import Talk

ME = ADMINISTRATOR
AGREE = "ĐỒNG Ý"
OTHER = "web"


def primary(shown: Outgoing) -> list[str]:
    return [one.key for one in shown.choices if one.primary]


def test_the_word_is_the_one_button_that_stands_out(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "1", "1")
    shown = nghe_an.reply(ME, Said(text="Sở Nội vụ"))
    assert primary(shown) == [AGREE]
    assert not any(one.key.isdecimal() for one in shown.choices)
    assert "Đã thêm 01" in nghe_an.taps(ME, shown.menu or "", AGREE)


def test_a_digit_confirms_nothing(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "1", "1", "Sở Nội vụ")
    assert "Đúng như vậy thì gõ ĐỒNG Ý" in nghe_an.says(ME, "1")


def test_an_older_button_confirms_nothing_of_a_later_screen(nghe_an: Talk) -> None:
    nghe_an.says(ME, "cài đặt", "1", "1")
    before = nghe_an.reply(ME, Said(text="Sở Nội vụ"))
    nghe_an.says(ME, "hủy", "1", "1")
    now = nghe_an.reply(ME, Said(text="Sở Y tế"))
    assert before.menu != now.menu
    said = nghe_an.taps(ME, before.menu or "", AGREE)
    assert "tin cũ nên không còn tác dụng" in said
    assert "Sở Y tế" in said
    assert "Đã thêm 01" in nghe_an.taps(ME, now.menu or "", AGREE)


def test_what_changed_on_another_phone_is_shown_before_it_is_confirmed(nghe_an: Talk) -> None:
    nghe_an.let_in(ME, channel=OTHER)
    nghe_an.says(ME, "cài đặt", "1", "1")
    seen = nghe_an.reply(ME, Said(text="Sở Nội vụ"))
    nghe_an.says(ME, "cài đặt", "1", channel=OTHER)
    nghe_an.says(ME, "hủy", "1", "1", "Sở Y tế", channel=OTHER)
    said = nghe_an.taps(ME, seen.menu or "", AGREE)
    assert "Nội dung đã thay đổi sau khi đồng chí xem" in said
    assert "Sở Y tế" in said
    assert "Đã thêm 01" in nghe_an.says(ME, AGREE)
