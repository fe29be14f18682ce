"""The page's layout and accessibility, in each state, size and colour scheme.

`ANTT_SCREENSHOTS=FOLDER` saves the screenshots, for people to look at.
"""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

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

PHONE, DESK = (360, 740), (1280, 800)

# Letters with marks above and below, which need the most line height.
TALL = "Ẵ Ỗ Ữ Ậ Ệ Ợ ẫ ệ ữ ặ gỹ"

OUTSIDE = """
const wide = document.documentElement.clientWidth;
return [...document.querySelectorAll('body *')].filter((one) => {
  const box = one.getBoundingClientRect();
  const shown = box.width > 0 && getComputedStyle(one).visibility !== 'hidden';
  const over = box.right > wide + 1 || box.left < -1;
  return shown && over && !one.closest('.side, svg, .unseen, .sprite');
}).map((one) => one.outerHTML.slice(0, 120));
"""
CUT = """
const lettered = '.text, .choice, h1, h2, .small, .row, button, p';
return [...document.querySelectorAll(lettered)].filter((one) => {
  if (!one.offsetParent || one.textContent.trim() === '') return false;
  const style = getComputedStyle(one);
  return parseFloat(style.lineHeight) < 1.35 * parseFloat(style.fontSize);
}).map((one) => one.outerHTML.slice(0, 120));
"""


class Album:
    """One browser whose states are checked one after the other."""

    def __init__(self, window: Chromium, name: str) -> None:
        self.window = window
        self.name = name

    def look(self, state: str) -> None:
        """Nothing overflows, no letter is cut, everything is accessible."""
        self.keep(state)
        assert self.window.run(OUTSIDE) == [], state
        assert self.window.run(CUT) == [], state
        assert self.window.barriers() == [], state

    def keep(self, state: str) -> None:
        """Save a screenshot, if a folder is set."""
        if folder := os.environ.get("ANTT_SCREENSHOTS"):
            Path(folder).mkdir(parents=True, exist_ok=True)
            (Path(folder) / f"{self.name}-{state}.png").write_bytes(self.window.screenshot())


@pytest.mark.parametrize(
    ("size", "scheme"),
    [
        # The short run has each size and each colour scheme, the long run each pair.
        pytest.param(PHONE, "light", id="phone-light"),
        pytest.param(DESK, "dark", id="desk-dark"),
        pytest.param(PHONE, "dark", id="phone-dark", marks=pytest.mark.long),
        pytest.param(DESK, "light", id="desk-light", marks=pytest.mark.long),
    ],
)
def test_every_state_can_be_seen_and_used_by_everybody(
    live: tuple[WebChat, str],
    open_chromium: Callable[[], Chromium],
    size: tuple[int, int],
    scheme: str,
) -> None:
    chat, origin = live
    window = open_chromium()
    window.size(*size, phone=size == PHONE)
    window.colours(scheme)
    album = Album(window, f"{'phone' if size == PHONE else 'desk'}-{scheme}")
    _at_the_door(album, origin, chat)
    _in_the_chat(album, chat)
    _beside_the_chat(album, phone=size == PHONE)
    assert window.problems() == []


def _at_the_door(album: Album, origin: str, chat: WebChat) -> None:
    window = album.window
    window.open(origin)
    window.until(lambda: window.the("door-code").is_displayed())
    album.look("door")
    window.the("door-code").send_keys("XXXXX-XXXXX")
    window.press("door-submit")
    window.until(lambda: window.the("door-error").text != "")
    album.look("door-refused")
    with chat.store.begin() as tx:
        code, expires = tx.invitations.hash("MMMMM-NNNNN"), chat.clock.now() + timedelta(hours=1)
        tx.invitations.invite(chat.officer.id, chat.officer.posts[0], code, expires)
    window.open(join_link(origin, "MMMMM-NNNNN"))
    window.until(lambda: window.the("door-other").is_displayed())
    album.look("join")
    window.press("door-submit")
    window.until(lambda: "Mỹ Long Bắc" in window.the("door-hint").text)
    album.look("duty")
    window.press("door-submit")
    window.until(lambda: window.connection() == "online")
    album.look("empty")


def _in_the_chat(album: Album, chat: WebChat) -> None:
    window = album.window
    window.say("làm tiếp")
    window.choose("Chưa có")
    window.until_text(f"< {scripted.QUESTIONS[1].text}")
    window.say(f"12 {TALL}")
    window.until_text(f"< {scripted.QUESTIONS[2].text}")
    album.look("question")
    window.say("tệp")
    window.until(lambda: bool(window.all("a.file")))
    chat.notify(scripted.NOTICE)
    chat.notify(Outgoing(cards=saying("x" * 300)))
    window.until(lambda: len(window.all(".notice")) == 2)
    album.look("notice")
    window.run("document.getElementById('scroll').scrollTop = 0")
    window.until(lambda: window.the("latest").is_displayed())
    album.look("reading-back")
    chat.turns.busy = True
    window.say("chờ mạng")
    window.until(lambda: bool(window.all(".waiting")))
    album.look("waiting")
    chat.turns.busy = False


def _beside_the_chat(album: Album, *, phone: bool) -> None:
    window = album.window
    for opener in ("open-link", "open-devices"):
        if phone:
            window.press("menu")
            window.until(lambda: window.the("side-close").is_displayed())
            if opener == "open-link":
                album.look("menu")
        window.press(opener)
        window.until(lambda: bool(window.all("#qr svg, .device")))
        album.look(opener)
        window.all(".panel-ground:not([hidden]) [data-close]")[0].click()


@pytest.mark.parametrize("percent", [100, 200])
def test_larger_letters_and_a_narrow_window_push_nothing_out(
    live: tuple[WebChat, str], open_chromium: Callable[[], Chromium], percent: int
) -> None:
    chat, origin = live
    window = open_chromium()
    window.size(320, 640)
    window.sign_in(chat.link(origin, chat.officer))
    window.run(f"document.documentElement.style.fontSize = '{percent}%'")
    window.say("làm tiếp")
    window.until_text(f"< {scripted.QUESTIONS[0].text}")
    chat.notify(scripted.NOTICE)
    window.until(lambda: bool(window.all(".notice")))
    Album(window, f"narrow-{percent}").keep("question")
    assert window.run(OUTSIDE) == []
    assert window.the("send").is_displayed()
