"""What the tests of waiting lines do to the page and ask of it."""

from collections.abc import Callable

from domain.criteria import Sensitivity
from handlers.ground.wanted import By, Wanted
from tests.channels.web import scripted
from tests.channels.web.chromium import Chromium
from tests.channels.web.serving import WebChat

FIRST, SECOND, THIRD, FOURTH = (f"< {one.text}" for one in scripted.QUESTIONS)
GREEN, AMBER = (
    Wanted(name="câu I.5.b", by=By.FIGURE, hint="Số vụ", sensitivity=one)
    for one in (Sensitivity.GREEN, Sensitivity.AMBER)
)
AGAIN = "window.dispatchEvent(new Event('online'))"
IN_THE_DEVICE = "return JSON.stringify({...localStorage})"
IN_THE_TAB = "return JSON.stringify({...sessionStorage})"


def waits(window: Chromium, count: int) -> None:
    """Wait until so many lines wait."""
    window.until(lambda: len(window.all(".waiting")) == count)


def cut(window: Chromium) -> None:
    """Take the network away."""
    window.network(on=False)
    window.until(lambda: window.connection() == "offline")


def at_a_figure(
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


def close_and_come_back(window: Chromium, origin: str) -> None:
    """Close the tab and open the page in a new one."""
    old = window.driver.current_window_handle
    window.driver.switch_to.new_window("tab")
    new = window.driver.current_window_handle
    window.driver.switch_to.window(old)
    window.driver.close()
    window.driver.switch_to.window(new)
    window.open(origin)
    window.until(lambda: window.connection() == "online")


def warns(window: Chromium) -> bool:
    """Whether the page asks the browser to warn."""
    return bool(
        window.run(
            "const event = new Event('beforeunload', {cancelable: true});"
            " window.dispatchEvent(event); return event.defaultPrevented;"
        )
    )


def digits(window: Chromium) -> list[str]:
    """The words of the tests that the browser keeps."""
    kept = window.run(IN_THE_DEVICE) + window.run(IN_THE_TAB)
    return [one for one in ("1234567", "7654321") if one in kept]


def lock(chat: WebChat) -> None:
    """As after a lost phone."""
    with chat.store.begin() as tx:
        tx.web.end_all(chat.officer.id)
    chat.turns.busy = False
