"""What a browser keeps of waiting lines and half-written texts, by whose device it is."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from selenium.webdriver.common.keys import Keys

from handlers.ground.wanted import Wanted
from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.serving import WebChat
from tests.channels.web.waiting import (
    AGAIN,
    AMBER,
    FIRST,
    GREEN,
    IN_THE_DEVICE,
    IN_THE_TAB,
    SECOND,
    THIRD,
    at_a_figure,
    close_and_come_back,
    digits,
    lock,
    waits,
    warns,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]


def test_on_the_persons_own_device_a_green_line_outlives_the_tab(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    window = at_a_figure(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("12")
    waits(window, 1)
    close_and_come_back(window, origin)
    waits(window, 1)
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
    window = at_a_figure(live, open_chromium, wanted or GREEN, own=own)
    if wanted is None:
        chat.admission.typed.clear()
        window.driver.refresh()
        window.until(lambda: window.connection() == "online")
    assert not warns(window)
    chat.turns.busy = True
    window.say("1234567")
    waits(window, 1)
    assert "1234567" not in window.run(IN_THE_DEVICE)
    assert "1234567" in window.run(IN_THE_TAB)
    assert warns(window)
    window.until(lambda: "chưa đóng trang" in window.the("waiting").text)
    chat.turns.busy = False
    window.until(lambda: window.run(f"{AGAIN}; return true") and not window.all(".waiting"))
    window.until(lambda: window.the("waiting").text == "")


def test_closing_does_not_warn_where_nothing_is_lost(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, _ = live
    window = at_a_figure(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("12")
    waits(window, 1)
    assert not warns(window)
    assert window.the("waiting").text == ""


def test_a_day_later_nothing_waits_on_the_device_any_more(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    window = at_a_figure(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("1234567")
    waits(window, 1)
    kept = json.loads(window.run("return localStorage['antt.queue']"))
    assert [one["said"] for one in kept["items"]] == ["1234567"]
    kept["items"][0]["at"] = (chat.clock.now() - timedelta(hours=24, minutes=1)).isoformat()
    window.run("localStorage['antt.queue'] = arguments[0]", json.dumps(kept))
    close_and_come_back(window, origin)
    window.until(lambda: SECOND in window.texts())
    assert window.all(".waiting") == []
    chat.turns.busy = False
    assert "1234567" not in chat.turns.said


@pytest.mark.parametrize("how", ["sign-out", "refused", "closed"])
def test_the_end_of_the_session_empties_the_browser(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium], how: str
) -> None:
    chat, origin = live
    window = at_a_figure(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("1234567")
    waits(window, 1)
    window.the("text").send_keys("7654321")
    assert {"1234567", "7654321"} <= set(digits(window))
    if how == "sign-out":
        window.press("sign-out")
    elif how == "closed":
        window.open("about:blank")
        lock(chat)
        window.open(origin)
    else:
        lock(chat)
        window.run(AGAIN)
    window.until(lambda: window.the("door-code").is_displayed())
    assert digits(window) == []


def test_another_person_at_the_same_device_gets_nothing_of_it(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium]
) -> None:
    chat, origin = live
    window = at_a_figure(live, open_chromium, GREEN, own=True)
    chat.turns.busy = True
    window.say("1234567")
    waits(window, 1)
    window.sign_in(chat.link(origin, chat.other), own=True)
    chat.turns.busy = False
    assert digits(window) == []
    window.say("làm tiếp")
    window.until_text(FIRST)
    assert "1234567" not in chat.turns.said


@pytest.mark.parametrize("own", [True, False])
@pytest.mark.parametrize("wanted", [GREEN, AMBER])
def test_a_half_written_text_survives_a_reload_where_it_may(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium], wanted: Wanted, own: bool
) -> None:
    window = at_a_figure(live, open_chromium, wanted, own=own)
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
    assert digits(window) == []
