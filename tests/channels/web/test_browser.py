"""The page in a real browser, as its users use it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from selenium.webdriver.common.keys import Keys

from bot.channels.web import WebSettings, join_link
from bot.clock import SystemClock
from domain.messages import Outgoing
from storage import Store
from tests.channels.web import scripted
from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.serving import WebChat, served, web_chat

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


def test_what_is_typed_without_a_network_is_sent_once_when_it_is_back(
    window: Chromium, live: tuple[WebChat, str]
) -> None:
    chat, _ = live
    window.say("làm tiếp")
    window.until_text(FIRST)
    window.network(on=False)
    window.until(lambda: window.connection() == "offline")
    window.choose("Chưa có")
    window.until(lambda: "Chờ mạng" in window.all(".mine")[-1].text)
    chat.notify(Outgoing(text="đến hạn"))
    window.network(on=True)
    window.until_text(SECOND)
    assert window.texts() == [
        "> làm tiếp", FIRST, "< đến hạn", "> Chưa có", SECOND,
    ]  # fmt: skip
    assert chat.turns.taken == 2


def test_an_answer_whose_receipt_is_lost_is_not_given_twice(
    window: Chromium, live: tuple[WebChat, str]
) -> None:
    chat, _ = live
    window.run(
        "const real = window.fetch; let lost = false;"
        "window.fetch = async (path, ...rest) => {"
        "  const answer = await real(path, ...rest);"
        "  if (path === '/api/messages' && !lost) { lost = true; throw new TypeError('lost'); }"
        "  return answer; };"
    )
    window.say("làm tiếp")
    window.until_text(FIRST)
    window.until(lambda: window.run("return JSON.parse(sessionStorage['antt.queue']).items") == [])
    assert window.texts() == ["> làm tiếp", FIRST]
    assert chat.turns.taken == 1


def test_what_waits_outlives_a_reload_but_not_a_sign_out(
    window: Chromium, live: tuple[WebChat, str]
) -> None:
    chat, _ = live
    chat.turns.busy = True
    window.say("làm tiếp")
    window.until(lambda: "Chờ mạng" in window.all(".mine")[-1].text)
    window.driver.refresh()
    window.until(lambda: window.texts() == ["> làm tiếp"])
    chat.turns.busy = False
    window.until_text(FIRST)
    chat.turns.busy = True
    window.say("bí mật riêng")
    window.until(lambda: "Chờ mạng" in window.all(".mine")[-1].text)
    window.press("sign-out")
    window.until(lambda: window.the("door-code").is_displayed())
    assert window.run("return sessionStorage.length") == 0
    assert "bí mật" not in window.run("return JSON.stringify({...localStorage})")


def test_two_devices_show_the_same(
    window: Chromium, live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    phone = open_chromium()
    phone.size(360, 740, phone=True)
    phone.sign_in(chat.link(origin, chat.officer))
    window.say("làm tiếp")
    phone.choose("Chưa có")
    for each in (window, phone):
        each.until_text(SECOND)
    assert window.texts() == phone.texts()
    assert [one.text for one in window.all(".spent .chosen")] == ["Chưa có"]


def test_unread_notices_are_counted_until_they_are_seen_anywhere(
    window: Chromium, live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    for number in range(30):
        chat.notify(Outgoing(text=f"dòng {number}"))
    window.until(lambda: len(window.texts()) == 30)
    window.until(lambda: window.run("return document.title").startswith("("))
    window.run("document.getElementById('scroll').scrollTop = 0")
    chat.notify(scripted.NOTICE)
    window.until(lambda: len(window.texts()) == 31)
    unread = int(window.the("badge").text)
    assert unread >= 1
    assert window.run("return document.title") == f"({unread}) Trợ lý An ninh, trật tự"
    phone = open_chromium()
    phone.sign_in(chat.link(origin, chat.officer))

    def read_on() -> bool:
        phone.the("bell").click()  # brings the first unread one into view
        return not phone.the("badge").is_displayed()

    phone.until(read_on)
    window.until(lambda: not window.the("badge").is_displayed())
    assert window.run("return document.title") == "Trợ lý An ninh, trật tự"


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


def test_a_refused_message_says_so_and_can_be_dropped(window: Chromium) -> None:
    window.run(
        "const real = window.fetch; window.fetch = (path, ...rest) => path === '/api/messages'"
        ' ? Promise.resolve(new Response(\'{"sentence": "Không nhận."}\', {status: 413}))'
        " : real(path, ...rest);"
    )
    window.say("làm tiếp")
    window.until(lambda: bool(window.all(".failed")))
    assert "Không nhận." in window.all(".trouble")[0].text
    window.all(".trouble button")[1].click()
    window.until(lambda: window.texts() == [])


def test_another_device_is_added_and_ended(
    window: Chromium, open_chromium: Callable[[], Chromium]
) -> None:
    window.press("open-link")
    window.until(lambda: bool(window.all("#qr svg")))
    link = str(window.the("link-copy").get_attribute("data-link"))
    phone = open_chromium()
    phone.sign_in(link)
    window.all("#link [data-close]")[0].click()
    assert window.the("link-code").get_attribute("textContent") == ""
    window.press("open-devices")
    window.until(lambda: len(window.all(".device")) == 2)
    window.all(".device button")[0].click()
    phone.until(lambda: "đã kết thúc" in phone.the("door-error").text)
    assert phone.texts() == [] or not phone.the("shell").is_displayed()


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
    chat.notify(Outgoing(text=text))
    window.until_text("< ✅")
    assert window.texts() == [f"< {text}"]
    assert len(window.all(".text .mark svg")) == 2
    assert [one.text for one in window.all(".text .place")] == ["Câu 3/51 · I.1.c"]


def test_the_past_is_fetched_as_one_reads_back(window: Chromium, live: tuple[WebChat, str]) -> None:
    chat, _ = live
    for number in range(120):
        chat.notify(Outgoing(text=f"tin {number}"))
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
    # A headless window is a private one, which is never offered an installation.
    assert [one["errorId"] for one in found if one["errorId"] != "in-incognito"] == []


def test_nothing_is_loaded_from_anywhere_else(window: Chromium, live: tuple[WebChat, str]) -> None:
    _, origin = live
    names = window.run("return performance.getEntriesByType('resource').map((one) => one.name)")
    assert names
    assert [name for name in names if not name.startswith(f"{origin}/")] == []


def test_a_restart_of_the_server_under_an_open_page_loses_nothing(
    store: Store, open_chromium: Callable[[], Chromium]
) -> None:
    window = open_chromium()
    clock = SystemClock()
    with web_chat(store, clock, WebSettings(port=0)) as before, served(before) as origin:
        window.sign_in(before.link(origin, before.officer))
        window.say("làm tiếp")
        window.until_text(FIRST)
        assert before.server is not None
        port = before.server.address[1]
    window.until(lambda: window.connection() == "offline")
    window.choose("Chưa có")
    with web_chat(store, clock, WebSettings(port=port)) as after, served(after):
        window.until_text(SECOND)
        assert window.texts() == ["> làm tiếp", FIRST, "> Chưa có", SECOND]


def test_a_server_that_is_killed_under_an_open_page_loses_nothing(
    store: Store, open_chromium: Callable[[], Chromium]
) -> None:
    window = open_chromium()
    with running_program(store, 0) as (origin, process):
        with web_chat(store, SystemClock(), WebSettings(port=0)) as here:
            window.sign_in(here.link(origin, here.officer))
        window.say("làm tiếp")
        window.until_text(FIRST)
        process.kill()
        process.wait()
    window.choose("Chưa có")
    window.until(lambda: window.connection() == "offline")
    with running_program(store, int(origin.rpartition(":")[2])):
        window.until_text(SECOND)
        assert window.texts() == ["> làm tiếp", FIRST, "> Chưa có", SECOND]


@contextmanager
def running_program(store: Store, port: int) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The web chat as a process of its own, on this database."""
    command = [sys.executable, "-m", "tests.channels.web.serving", store.place, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()
