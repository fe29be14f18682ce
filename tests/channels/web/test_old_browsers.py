"""The page works in the oldest supported browsers, and tells older ones that they are too old.

No old browser is installed: before the page loads, a new one loses the functions that came later.
The linter finds calls of newer functions, in tests/test_page_checks.py.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.channels.web import pages, words
from tests.channels.web import scripted
from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.serving import WebChat

TOO_OLD, BROKEN, FAILED = (
    words.say("vi", f"app.{name}") for name in ("too_old", "broken", "failed")
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

WITHOUT_WHAT_CAME_LATER = """
const gone = [
  [AbortSignal, 'timeout'], [AbortSignal, 'any'], [Promise, 'any'],
  [Array.prototype, 'at'], [Array.prototype, 'findLast'], [Array.prototype, 'findLastIndex'],
  [Array.prototype, 'toSorted'], [String.prototype, 'at'], [String.prototype, 'replaceAll'],
  [Element.prototype, 'replaceChildren'], [HTMLElement.prototype, 'inert'],
  [Crypto.prototype, 'randomUUID'], [HTMLDialogElement.prototype, 'showModal'],
  [HTMLDialogElement.prototype, 'show'], [HTMLDialogElement.prototype, 'close'],
  [window, 'structuredClone'], [window, 'BroadcastChannel'],
  [window, 'WeakRef'], [window, 'FinalizationRegistry'],
];
for (const [owner, name] of gone) {
  delete owner[name];
  if (name in owner) throw new Error(`still there: ${name}`);
}
const listen = EventTarget.prototype.addEventListener;
EventTarget.prototype.addEventListener = function (type, listener, options) {
  if (options && typeof options === 'object' && 'signal' in options) throw new Error('signal');
  return listen.call(this, type, listener, options);
};
const set = Element.prototype.setAttribute;
Element.prototype.setAttribute = function (name, value) {
  if (name !== 'inert') set.call(this, name, value);
};
const supports = CSS.supports.bind(CSS);
CSS.supports = (name, value) => !/dvh/.test(value) && supports(name, value);
"""
NOT_THE_FIRST_TIME = """
const real = window.fetch;
window.fetch = (path, ...rest) => {
  if (path !== '/api/words' || sessionStorage.getItem('asked')) return real(path, ...rest);
  sessionStorage.setItem('asked', 'yes');
  return Promise.resolve(new Response('{"sentence": "Hệ thống đang bận."}', {status: 503}));
};
"""
WITHOUT_WORDS = """
const real = window.fetch;
window.fetch = (path, ...rest) =>
  path === '/api/words' ? Promise.resolve(new Response('{"lang": "vi"}')) : real(path, ...rest);
"""


def splash(window: Chromium) -> str:
    """The text that replaces the chat."""
    return window.the("splash-text").text


@pytest.fixture
def phone(open_chromium: Callable[[], Chromium]) -> Chromium:
    opened = open_chromium()
    opened.size(360, 740, phone=True)
    return opened


# The oldest supported: Chrome 80, iOS 14, Firefox 90.


@pytest.fixture
def old(phone: Chromium, live: tuple[WebChat, str]) -> Chromium:
    chat, origin = live
    phone.before_pages(WITHOUT_WHAT_CAME_LATER)
    phone.sign_in(chat.link(origin, chat.officer))
    return phone


def test_a_question_is_answered(old: Chromium) -> None:
    old.say("làm tiếp")
    old.choose("Chưa có")
    old.until_text(f"< {scripted.QUESTIONS[1].text}")
    assert old.problems() == []


def test_the_composer_is_on_the_screen_without_dvh(old: Chromium) -> None:
    height = "return document.documentElement.style.getPropertyValue('--height')"
    old.until(lambda: old.run(height) == "740px")
    bottom = old.run("return document.getElementById('composer').getBoundingClientRect().bottom")
    assert bottom <= 740


def test_the_keyboard_stays_in_the_menu_and_in_a_panel(old: Chromium) -> None:
    inside = "return document.getElementById(arguments[0]).contains(document.activeElement)"
    old.press("menu")
    old.until(lambda: old.focused().get_attribute("id") == "side-close")
    old.run("document.getElementById('text').focus()")
    assert old.run(inside, "side")
    old.press("open-link")
    old.until(lambda: bool(old.all("#qr svg")))
    old.run("document.getElementById('text').focus()")
    assert old.run(inside, "link")
    old.all("#link [data-close]")[0].click()
    assert old.focused().get_attribute("id") == "menu"
    old.run("document.getElementById('text').focus()")
    assert old.focused().get_attribute("id") == "text"
    assert old.problems() == []


# Too old


@pytest.mark.parametrize(
    "missing",
    ["HTMLScriptElement.prototype.noModule", "window.ResizeObserver", "Promise.allSettled"],
)
def test_a_browser_that_lacks_something_is_told(
    phone: Chromium, live: tuple[WebChat, str], missing: str
) -> None:
    phone.before_pages(f"delete {missing};")
    phone.open(live[1])
    phone.until(lambda: splash(phone) == TOO_OLD)
    assert not phone.the("door").is_displayed()


def test_a_browser_that_cannot_read_the_modules_is_told(
    phone: Chromium, live: tuple[WebChat, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    script = pages.files()["app.js"]
    newer = script.body + b"\nnot (yet) { a language };\n"
    monkeypatch.setitem(pages.files(), "app.js", replace(script, body=newer, zipped=None))
    phone.open(live[1])
    phone.until(lambda: splash(phone) == TOO_OLD)


# Not too old, but the page does not start


def test_a_script_that_does_not_come_is_fetched_again(
    phone: Chromium, live: tuple[WebChat, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as lost:
        lost.delitem(pages.files(), "log.js")
        phone.open(live[1])
        phone.until(lambda: splash(phone) == BROKEN)
    phone.until(lambda: phone.the("door").is_displayed())


def test_a_server_that_is_busy_is_asked_again(phone: Chromium, live: tuple[WebChat, str]) -> None:
    phone.before_pages(NOT_THE_FIRST_TIME)
    phone.open(live[1])
    phone.until(lambda: splash(phone) == BROKEN)
    phone.until(lambda: phone.the("door").is_displayed())


def test_a_fault_of_the_page_is_said(phone: Chromium, live: tuple[WebChat, str]) -> None:
    phone.before_pages(WITHOUT_WORDS)
    phone.open(live[1])
    phone.until(lambda: splash(phone) == FAILED)
