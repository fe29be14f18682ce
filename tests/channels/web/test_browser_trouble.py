"""The page in a real browser while networks, servers and windows fail and return."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from bot.channels.web import WebSettings
from bot.clock import FixedClock
from domain.cards import saying
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
    chat.notify(Outgoing(cards=saying("đến hạn")))
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
        chat.notify(Outgoing(cards=saying(f"dòng {number}")))
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
        phone.the("bell").click()  # scrolls to the first unread message
        return not phone.the("badge").is_displayed()

    phone.until(read_on)
    window.until(lambda: not window.the("badge").is_displayed())
    assert window.run("return document.title") == "Trợ lý An ninh, trật tự"


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


def test_a_restart_of_the_server_under_an_open_page_loses_nothing(
    store: Store, clock: FixedClock, open_chromium: Callable[[], Chromium]
) -> None:
    window = open_chromium()
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
    store: Store, clock: FixedClock, open_chromium: Callable[[], Chromium]
) -> None:
    window = open_chromium()
    with running_program(store, 0) as (origin, process):
        with web_chat(store, clock, WebSettings(port=0)) as here:
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
    """The web chat as a separate process on this database."""
    command = [sys.executable, "-m", "tests.channels.web.serving", store.place, str(port)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            assert process.stdout is not None
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()
