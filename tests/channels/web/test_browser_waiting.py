"""Lines that wait for the network, in a real browser: shown, sent once, in order, and forgotten
in time.
"""

import json
import os
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from domain.criteria import Sensitivity
from handlers.ground.wanted import By, Wanted
from tests.channels.web import scripted
from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.serving import WebChat

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

RUNS = 500 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 20
FIRST, SECOND, THIRD, FOURTH = (f"< {one.text}" for one in scripted.QUESTIONS)
GREEN, AMBER = (
    Wanted(name="câu I.5.b", by=By.FIGURE, hint="Số vụ", sensitivity=one)
    for one in (Sensitivity.GREEN, Sensitivity.AMBER)
)
MOST = 30
"""MOST_WAITING of queue.js."""

LOSE_RECEIPTS = """
if (!window.realFetch) {
  window.realFetch = window.fetch;
  window.fetch = async (path, ...rest) => {
    const answer = await window.realFetch(path, ...rest);
    if (path === '/api/messages' && window.losing) throw new TypeError('lost');
    return answer;
  };
}
window.losing = arguments[0];
"""
AGAIN = "window.dispatchEvent(new Event('online'))"
IN_THE_DEVICE = "return JSON.stringify({...localStorage})"
IN_THE_TAB = "return JSON.stringify({...sessionStorage})"


def _waits(window: Chromium, count: int) -> None:
    window.until(lambda: len(window.all(".waiting")) == count)


def _cut(window: Chromium) -> None:
    window.network(on=False)
    window.until(lambda: window.connection() == "offline")


@pytest.mark.fuzz
def test_lines_arrive_once_and_in_order_whatever_is_cut(
    window: Chromium, live: tuple[WebChat, str]
) -> None:
    chat, _ = live
    said: list[str] = []
    for seed in range(RUNS):
        chance = random.Random(seed)
        for step in range(chance.randint(3, 7)):
            _something_happens(window, chat, chance)
            said.append(f"dòng {seed}.{step}")
            window.say(said[-1])
        chat.turns.busy = False
        window.network(on=True)
        window.run(LOSE_RECEIPTS, False)
        window.until(lambda: window.run(f"{AGAIN}; return true") and not window.all(".waiting"))
        assert chat.turns.said == said, f"seed {seed}"


def _something_happens(window: Chromium, chat: WebChat, chance: random.Random) -> None:
    match chance.choice(("cut", "back", "busy", "receipts", "reload", "nothing")):
        case "cut":
            window.network(on=False)
        case "back":
            window.network(on=True)
            chat.turns.busy = False
        case "busy":
            chat.turns.busy = True
        case "receipts":
            window.run(LOSE_RECEIPTS, chance.choice((True, False)))
        case "reload":
            window.network(on=True)
            window.driver.refresh()
            window.until(lambda: window.run("return document.body.dataset.view") == "chat")
        case _:
            window.run(AGAIN)


def test_every_line_that_waits_is_on_the_page_with_a_sign(
    window: Chromium, live: tuple[WebChat, str]
) -> None:
    chat, _ = live
    window.say("làm tiếp")
    window.until_text(FIRST)
    _cut(window)
    for text in ("một", "hai", "ba"):
        window.say(text)
    _waits(window, 3)
    assert window.texts()[-3:] == ["> một", "> hai", "> ba"]
    assert all("Chờ mạng" in one.text for one in window.all(".waiting"))
    window.network(on=True)
    _waits(window, 0)
    assert chat.turns.said == ["làm tiếp", "một", "hai", "ba"]


def test_equal_lines_are_shown_each(window: Chromium) -> None:
    window.say("làm tiếp")
    window.until_text(FIRST)
    _cut(window)
    for _ in range(2):
        window.say("12")
    _waits(window, 2)
    assert window.texts()[-2:] == ["> 12", "> 12"]


def test_the_limit_of_the_queue_is_said_and_the_text_stays(
    window: Chromium, live: tuple[WebChat, str]
) -> None:
    chat, _ = live
    chat.turns.busy = True
    for number in range(MOST):
        window.say(f"dòng {number}")
    window.say("quá giới hạn")
    assert window.the("composer-count").text.startswith(f"Đã có {MOST} tin chờ mạng.")
    assert window.the("text").get_attribute("value") == "quá giới hạn"
    _waits(window, MOST)


def _own(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium], wanted: Wanted, *, own: bool
) -> Chromium:
    """A browser at the question of a figure."""
    chat, origin = live
    chat.admission.typed["q:I.5.b"] = wanted
    window = open_chromium()
    window.sign_in(chat.link(origin, chat.officer), own=own)
    window.say("làm tiếp")
    window.choose("Chưa có")
    window.until_text(SECOND)
    return window


def _close_and_come_back(window: Chromium, origin: str) -> None:
    old = window.driver.current_window_handle
    window.driver.switch_to.new_window("tab")
    new = window.driver.current_window_handle
    window.driver.switch_to.window(old)
    window.driver.close()
    window.driver.switch_to.window(new)
    window.open(origin)
    window.until(lambda: window.connection() == "online")


def test_on_the_persons_own_device_a_green_line_outlives_the_tab(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    window = _own(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("12")
    _waits(window, 1)
    _close_and_come_back(window, origin)
    _waits(window, 1)
    assert window.texts()[-1] == "> 12"
    chat.turns.busy = False
    window.until_text(THIRD)
    assert chat.turns.said == ["làm tiếp", "12"]
    assert '"12"' not in window.run(IN_THE_DEVICE)


@pytest.mark.parametrize(
    ("wanted", "own"),
    [
        pytest.param(GREEN, False, id="shared"),
        pytest.param(AMBER, True, id="amber"),
        pytest.param(None, True, id="no-question"),
    ],
)
def test_any_other_line_stays_in_its_tab_and_closing_it_warns(
    live: tuple[WebChat, str],
    open_chromium: Callable[[], Chromium],
    wanted: Wanted | None,
    own: bool,
) -> None:
    chat, _ = live
    window = _own(live, open_chromium, wanted or GREEN, own=own)
    if wanted is None:
        chat.admission.typed.clear()
        window.driver.refresh()
        window.until(lambda: window.connection() == "online")
    assert not _warns(window)
    chat.turns.busy = True
    window.say("1234567")
    _waits(window, 1)
    assert "1234567" not in window.run(IN_THE_DEVICE)
    assert "1234567" in window.run(IN_THE_TAB)
    assert _warns(window)
    window.until(lambda: "chưa đóng trang" in window.the("waiting").text)
    chat.turns.busy = False
    window.until(lambda: window.run(f"{AGAIN}; return true") and not window.all(".waiting"))
    assert window.the("waiting").text == ""


def test_closing_does_not_warn_where_nothing_is_lost(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, _ = live
    window = _own(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("12")
    _waits(window, 1)
    assert not _warns(window)
    assert window.the("waiting").text == ""


def _warns(window: Chromium) -> bool:
    """Whether the page asks the browser to warn."""
    return bool(
        window.run(
            "const event = new Event('beforeunload', {cancelable: true});"
            " window.dispatchEvent(event); return event.defaultPrevented;"
        )
    )


def test_a_day_later_nothing_waits_on_the_device_any_more(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    window = _own(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("1234567")
    _waits(window, 1)
    kept = json.loads(window.run("return localStorage['antt.queue']"))
    assert [one["said"] for one in kept["items"]] == ["1234567"]
    kept["items"][0]["at"] = (chat.clock.now() - timedelta(hours=24, minutes=1)).isoformat()
    window.run("localStorage['antt.queue'] = arguments[0]", json.dumps(kept))
    _close_and_come_back(window, origin)
    window.until(lambda: SECOND in window.texts())
    assert window.all(".waiting") == []
    chat.turns.busy = False
    assert "1234567" not in chat.turns.said


@pytest.mark.parametrize("how", ["sign-out", "refused", "closed"])
def test_the_end_of_the_session_empties_the_browser(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium], how: str
) -> None:
    chat, origin = live
    window = _own(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("1234567")
    _waits(window, 1)
    window.the("text").send_keys("7654321")
    assert {"1234567", "7654321"} <= set(_digits(window))
    if how == "sign-out":
        window.press("sign-out")
    elif how == "closed":
        window.open("about:blank")
        _lock(chat)
        window.open(origin)
    else:
        _lock(chat)
        window.run(AGAIN)
    window.until(lambda: window.the("door-code").is_displayed())
    assert _digits(window) == []


def _digits(window: Chromium) -> list[str]:
    kept = window.run(IN_THE_DEVICE) + window.run(IN_THE_TAB)
    return [one for one in ("1234567", "7654321") if one in kept]


def _lock(chat: WebChat) -> None:
    """As after a lost phone."""
    with chat.store.begin() as tx:
        tx.web.end_all(chat.officer.id)
    chat.turns.busy = False


def test_another_person_at_the_same_device_gets_nothing_of_it(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    window = _own(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("1234567")
    _waits(window, 1)
    window.sign_in(chat.link(origin, chat.other), own=True)
    chat.turns.busy = False
    assert _digits(window) == []
    window.say("làm tiếp")
    window.until_text(FIRST)
    assert "1234567" not in chat.turns.said


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("wanted", [GREEN, AMBER])
def test_a_half_written_text_survives_a_reload_where_it_may(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium], wanted: Wanted, own: bool
) -> None:
    window = _own(live, open_chromium, wanted, own=own)
    window.the("text").send_keys("7654321")
    survives = own and wanted is GREEN
    assert ("7654321" in window.run(IN_THE_DEVICE)) == survives
    window.driver.refresh()
    window.until(lambda: window.connection() == "online")
    window.until(lambda: SECOND in window.texts())
    assert window.the("text").get_attribute("value") == ("7654321" if survives else "")
    window.the("text").send_keys(Keys.CONTROL, "a")
    window.the("text").send_keys("12")
    window.press("send")
    window.until_text(THIRD)
    assert _digits(window) == []


def test_what_is_sent_names_the_question_that_was_on_the_screen(
    window: Chromium, live: tuple[WebChat, str]
) -> None:
    chat, _ = live
    sent = _bodies(window)
    window.say("làm tiếp")
    window.until_text(FIRST)
    window.choose("Chưa có")
    window.until_text(SECOND)
    window.say("12")
    window.until_text(THIRD)
    _cut(window)
    for text in ("a", "b"):
        window.say(text)
    _waits(window, 2)
    window.network(on=True)
    _waits(window, 0)
    said = [one for one in sent() if "said" in one]
    assert [(one["said"], one["asked"], one.get("repeated", False)) for one in said] == [
        ("làm tiếp", "", False),
        ("12", "q:I.5.b", False),
        ("a", "q:I.3.b", True),
        ("b", "q:I.3.b", True),
    ]
    assert chat.turns.said == ["làm tiếp", "12", "a", "b"]


def _bodies(window: Chromium) -> Callable[[], list[dict[str, Any]]]:
    """Records what the page posts and what arrives."""
    window.run(
        "window.posted = []; const real = window.fetch;"
        "window.fetch = async (path, options) => { const answer = await real(path, options);"
        " if (path === '/api/messages') window.posted.push(JSON.parse(options.body));"
        " return answer; };"
    )
    return lambda: list(window.run("return window.posted"))
