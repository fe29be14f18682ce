"""The page in a real browser, used like a person uses it."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from selenium.webdriver.common.keys import Keys

from bot.channels.web import join_link
from domain.cards import saying
from domain.messages import Outgoing
from tests.channels.web import scripted
from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.serving import WebChat

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

FIRST, SECOND, THIRD, FOURTH = (f"< {one.text}" for one in scripted.QUESTIONS)


def test_a_checklist_is_filled_in_by_clicking_and_typing(window: Chromium) -> None:
    window.say("làm tiếp")
    window.choose("Chưa có")
    window.until_text(SECOND)
    window.say("12")
    window.choose("Không có")
    window.until_text(FOURTH)
    assert window.the("progress-text").text == "3/4 câu"
    window.choose("Có")
    window.until_text(f"< {scripted.DONE.text}")
    assert window.texts() == [
        "> làm tiếp", FIRST, "> Chưa có", SECOND, "> 12", THIRD, "> Không có", FOURTH, "> Có",
        f"< {scripted.DONE.text}",
    ]  # fmt: skip
    assert window.the("progress-text").text == "4/4 câu"
    assert window.problems() == []


def test_an_old_button_looks_spent_and_is_answered_politely(window: Chromium) -> None:
    window.say("làm tiếp")
    window.choose("Chưa có")
    window.until_text(SECOND)
    chosen = window.all(".spent .choice.chosen")
    assert [one.text for one in chosen] == ["Chưa có"]
    window.until(lambda: not window.all(".choice[aria-disabled]"))
    window.all(".spent .choice")[0].click()
    window.until(lambda: f"< {scripted.STALE}" in window.texts())
    window.until_text(SECOND)


def test_a_link_is_used_by_a_press_and_leaves_the_address(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    link = chat.link(origin, chat.officer)
    first, second = open_chromium(), open_chromium()
    first.open(link)
    first.until(lambda: first.the("door-submit").is_displayed())
    assert first.driver.current_url == f"{origin}/"
    second.sign_in(link)
    first.press("door-submit")
    first.until(lambda: "không dùng được" in first.the("door-error").text)


def test_a_code_is_typed_at_the_door(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    opened = open_chromium()
    opened.open(origin)
    opened.until(lambda: opened.the("door-code").is_displayed())
    opened.the("door-code").send_keys(chat.code(chat.officer).lower(), Keys.ENTER)
    opened.until(lambda: opened.the("heading").text == "Xã Mỹ Long Bắc")
    assert opened.the("role").text == "Cán bộ nhập liệu"


def test_an_invitation_is_taken_by_whose_duty_it_is(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    with chat.store.begin() as tx:
        tx.invitations.invite(
            chat.officer.id,
            chat.officer.posts[0],
            tx.invitations.hash("MMMMM-NNNNN"),
            chat.clock.now() + timedelta(hours=1),
        )
    opened = open_chromium()
    opened.open(join_link(origin, "MMMMM-NNNNN"))
    opened.press("door-submit")
    opened.until(lambda: "Mỹ Long Bắc" in opened.the("door-hint").text)
    opened.press("door-submit")
    opened.until(lambda: opened.the("heading").text == "Xã Mỹ Long Bắc")


def test_the_whole_chat_works_without_a_mouse(window: Chromium) -> None:
    assert window.focused().get_attribute("id") == "text"
    window.keys("làm tiếp", Keys.ENTER)
    window.until_text(FIRST)
    window.keys(Keys.ARROW_UP)
    assert window.focused().text.endswith("Có (ghi số, ngày)")
    window.keys("3")
    assert window.focused().text.endswith("Chưa có")
    window.keys(Keys.ARROW_DOWN)
    assert window.focused().text.endswith("Có (ghi số, ngày)")
    window.keys(Keys.END, Keys.ENTER)
    window.until_text(SECOND)
    window.until(lambda: window.focused().text == "Bỏ qua")
    window.tab()
    assert window.focused().get_attribute("id") == "text"
    window.keys("1", Keys.SHIFT, Keys.ENTER)
    window.keys(Keys.NULL, "2")
    assert window.the("text").get_attribute("value") == "1\n2"


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(window: Chromium) -> None:
    window.size(360, 740, phone=True)
    window.until(lambda: window.the("menu").is_displayed())
    window.the("menu").send_keys(Keys.ENTER)
    window.until(lambda: window.focused().get_attribute("id") == "side-close")
    assert window.the("menu").get_attribute("aria-expanded") == "true"
    window.keys(Keys.ESCAPE)
    assert window.focused().get_attribute("id") == "menu"
    window.press("menu")
    window.until(lambda: window.all("#commands button")[0].is_displayed())
    window.all("#commands button")[0].click()
    window.until_text(FIRST)


def test_enter_inside_an_input_method_sends_nothing(window: Chromium) -> None:
    window.run(
        "const field = document.getElementById('text'); field.value = 'tiê';"
        "field.dispatchEvent(new KeyboardEvent('keydown',"
        " {key: 'Enter', isComposing: true, bubbles: true, cancelable: true}));"
    )
    assert window.the("text").get_attribute("value") == "tiê"
    assert window.texts() == []


def test_a_message_that_is_too_long_cannot_be_sent(window: Chromium) -> None:
    window.run(
        "const field = document.getElementById('text'); field.value = 'ế'.repeat(4001);"
        "field.dispatchEvent(new Event('input'));"
    )
    assert not window.the("send").is_enabled()
    assert window.the("composer-count").text == "Thừa 1 ký tự"


def test_pictures_and_files_stand_in_their_place(window: Chromium) -> None:
    window.say("ảnh")
    window.until(lambda: bool(window.all(".picture img")))
    window.until(
        lambda: window.run("return document.querySelector('.picture img').naturalWidth") == 1
    )
    assert window.all(".picture img")[0].get_attribute("alt") == "Đạt 20/24 nội dung"
    window.say("tệp")
    window.until(lambda: bool(window.all("a.file")))
    assert window.all("a.file")[0].get_attribute("download") == "Phiếu tự đánh giá 2026.docx"


def test_marks_are_drawn_and_the_letters_stay(window: Chromium, live: tuple[WebChat, str]) -> None:
    chat, _ = live
    text = (
        "✅ I.1.a: Đạt.\n⚖️ I.3.a: Cần cấp thẩm định quyết định.\n\nCâu 3/51 · I.1.c\nXã <b>đã</b>?"
    )
    chat.notify(Outgoing(cards=saying(text)))
    window.until_text("< ✅")
    assert window.texts() == [f"< {text}"]
    assert len(window.all(".text .mark svg")) == 2
    assert [one.text for one in window.all(".text .place")] == ["Câu 3/51 · I.1.c"]


def test_the_past_is_fetched_as_one_reads_back(window: Chromium, live: tuple[WebChat, str]) -> None:
    chat, _ = live
    for number in range(120):
        chat.notify(Outgoing(cards=saying(f"tin {number}")))
    window.driver.refresh()
    window.until_text("< tin 119")
    assert len(window.texts()) == 50
    for _ in range(2):
        have = len(window.texts())
        window.run("document.getElementById('scroll').scrollTop = 0")
        window.until(lambda have=have: len(window.texts()) > have)  # type: ignore[misc]
    assert window.texts() == [f"< tin {number}" for number in range(120)]


def test_the_page_can_be_installed(window: Chromium) -> None:
    assert window.tell("Page.getAppManifest")["errors"] == []
    found = window.tell("Page.getInstallabilityErrors")["installabilityErrors"]
    # A headless window is private, and browsers do not offer an installation there.
    assert [one["errorId"] for one in found if one["errorId"] != "in-incognito"] == []


def test_nothing_is_loaded_from_anywhere_else(window: Chromium, live: tuple[WebChat, str]) -> None:
    _, origin = live
    names = window.run("return performance.getEntriesByType('resource').map((one) => one.name)")
    assert names
    assert [name for name in names if not name.startswith(f"{origin}/")] == []
