"""Lines that wait for the network, in a real browser: shown, sent once, in order, and forgotten
in time.
"""

import os
import random
from collections.abc import Callable
from typing import Any

import pytest

from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.serving import WebChat
from tests.channels.web.waiting import (
    AGAIN,
    FIRST,
    SECOND,
    THIRD,
    cut,
    waits,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

RUNS = 500 if os.environ.get("HYPOTHESIS_PROFILE") == "fuzz" else 20
MOST = 30
"""MOST_WAITING of queue.js."""

HAS_HISTORY = "return document.getElementById('log').getAttribute('aria-busy')"
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
            # Without its history the page would load once more by itself.
            window.until(lambda: window.run(HAS_HISTORY) == "false")
        case _:
            window.run(AGAIN)


def test_every_line_that_waits_is_on_the_page_with_a_sign(
    window: Chromium, live: tuple[WebChat, str]
) -> None:
    chat, _ = live
    window.say("làm tiếp")
    window.until_text(FIRST)
    cut(window)
    for text in ("một", "hai", "ba"):
        window.say(text)
    waits(window, 3)
    assert window.texts()[-3:] == ["> một", "> hai", "> ba"]
    assert all("Chờ mạng" in one.text for one in window.all(".waiting"))
    window.network(on=True)
    waits(window, 0)
    assert chat.turns.said == ["làm tiếp", "một", "hai", "ba"]


def test_equal_lines_are_shown_each(window: Chromium) -> None:
    window.say("làm tiếp")
    window.until_text(FIRST)
    cut(window)
    for _ in range(2):
        window.say("12")
    waits(window, 2)
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
    waits(window, MOST)


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
    cut(window)
    for text in ("a", "b"):
        window.say(text)
    waits(window, 2)
    window.network(on=True)
    waits(window, 0)
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
