"""The page at the questions of the checklist, in a real browser before the whole assistant: what
it asks to type, what it takes, and what is kept of it.
"""

import os
import sqlite3
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from storage import Store
from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.housed import OpenHouse, open_house

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
PHONE, DESK = (360, 740), (1280, 800)
WORD = "Vxqzwy"
"""Part of a name that occurs nowhere else."""
SECRET = f"đang theo dõi ông {WORD} ở ấp Nhứt"
SIGNED_IN = "return document.body.dataset.view"


@pytest.fixture
def house(demo_file: Path) -> Iterator[OpenHouse]:
    with Store(str(demo_file)) as store, open_house(store, at=NOW, handle="can-bo") as opened:
        yield opened


@pytest.fixture
def page(house: OpenHouse, open_chromium: Callable[[], Chromium]) -> Chromium:
    """The officer's own phone, signed in."""
    window = open_chromium()
    window.size(*PHONE, phone=True)
    window.sign_in(house.link, own=True)
    return window


def _asks(window: Chromium, question: str) -> None:
    """Open a question; on a closed composer by a request, as the page's own buttons do."""
    if window.the("text").is_displayed():
        window.say(f"sửa {question}")
    else:
        assert _posts(window, f"sửa {question}") == 202
    window.until(lambda: f"· {question}" in window.texts()[-1])


def _posts(window: Chromium, said: str, **more: object) -> int:
    """Send a text past the page's own checks; returns the status."""
    return _sends(window, said=said, **more)


def _sends(window: Chromium, **content: object) -> int:
    body = {"id": str(uuid.uuid4()), "at": NOW.isoformat(), **content}
    status: int = window.driver.execute_async_script(
        "const done = arguments[1]; fetch('/api/messages', {method: 'POST',"
        " headers: {'Content-Type': 'application/json'}, body: JSON.stringify(arguments[0])})"
        ".then((answer) => done(answer.status));",
        body,
    )
    return status


def _field(window: Chromium) -> dict[str, Any]:
    found: dict[str, Any] = window.run(
        "const field = document.getElementById('text');"
        "return {mode: field.inputMode, hint: field.placeholder, enter: field.enterKeyHint};"
    )
    return found


def _menu(window: Chromium) -> str:
    """The menu that the page would send with a line."""
    window.run(
        "window.seen = null; const real = window.realFetch || window.fetch;"
        "window.realFetch = real; window.fetch = (path, options) => {"
        " if (path === '/api/messages') window.seen = JSON.parse(options.body).asked;"
        " return real(path, options); };"
    )
    window.say("trợ giúp")
    window.until(lambda: window.run("return window.seen") is not None)
    return str(window.run("return window.seen"))


# What is wanted.


@pytest.mark.parametrize(
    ("question", "mode", "enter", "vietnamese", "english"),
    [
        ("I.3.a", "numeric", "send", "Số vụ", "How many: "),
        ("I.6.f", "numeric", "send", "Số ", "How many: "),
        ("I.5.f", "text", "send", "Năm 2023: số vụ", "2023: how many ("),
        ("I.6.d", "text", "enter", "Tên từng mô hình", "Names: mô hình"),
        ("I.6.b", "text", "send", "Bấm nút, hoặc gõ số của nút", "Press a button, or"),
    ],
)
def test_the_field_asks_for_what_the_question_wants(
    page: Chromium, question: str, mode: str, enter: str, vietnamese: str, english: str
) -> None:
    page.say("làm tiếp")
    page.until(lambda: "I.1.a" in page.texts()[-1])
    for language, hint in (("", vietnamese), ("english", english)):
        if language:
            page.say(language)
            page.until(lambda: page.run("return document.documentElement.lang") == "en")
            page.until(lambda: page.connection() == "online")
        _asks(page, question)
        page.until(lambda hint=hint: _field(page)["hint"].startswith(hint))  # type: ignore[misc]
        assert (_field(page)["mode"], _field(page)["enter"]) == (mode, enter)


def test_each_step_of_a_document_says_what_it_wants(page: Chromium) -> None:
    page.say("làm tiếp")
    page.until(lambda: bool(page.all(".choice")))
    page.all(".choices:not(.actions) .choice")[0].click()
    page.until(lambda: _field(page)["hint"] == "Số, ký hiệu, ví dụ 12-NQ/ĐU")
    page.say("12-NQ/ĐU")
    page.until(lambda: _field(page)["hint"] == "Ngày ban hành, ví dụ 15/01/2024")


def test_the_keyboard_stays_open_while_answers_are_typed(page: Chromium) -> None:
    page.say("làm tiếp")
    page.until(lambda: "I.1.a" in page.texts()[-1])
    _asks(page, "I.5.f")
    page.the("text").click()
    page.run(
        "window.blurred = 0;"
        "document.getElementById('text').addEventListener('blur', () => { window.blurred += 1; });"
    )
    for figure in ("12", "8"):
        before = len(page.texts())
        page.the("text").send_keys(figure)
        page.the("send").click()
        page.until(lambda before=before: len(page.texts()) >= before + 2)  # type: ignore[misc]
    page.all(".message:not(.spent) .actions .choice")[0].click()
    page.until(lambda: page.texts()[-1].startswith("< "))
    assert page.run("return document.activeElement.id") == "text"
    assert page.run("return window.blurred") == 0


# For which question a line was written.


def test_a_word_said_twice_without_a_network_answers_nothing(
    page: Chromium, house: OpenHouse
) -> None:
    page.say("làm tiếp")
    page.until(lambda: "I.1.a" in page.texts()[-1])
    _asks(page, "I.3.a")
    before = house.stored()
    page.network(on=False)
    page.until(lambda: page.connection() == "offline")
    for _ in range(2):
        page.say("12")
    page.until(lambda: len(page.all(".waiting")) == 2)
    page.network(on=True)
    page.until(lambda: sum("nhiều dòng cho câu I.3.a" in one for one in page.texts()) == 2)
    page.until(lambda: not page.all(".waiting"))
    assert page.texts()[-4:].count("> 12") == 2
    assert "I.3.a" in page.texts()[-1]
    assert house.stored() == before


def test_a_line_for_a_question_that_was_answered_meanwhile_answers_nothing(
    page: Chromium, house: OpenHouse
) -> None:
    page.say("làm tiếp")
    page.until(lambda: "I.1.a" in page.texts()[-1])
    _asks(page, "I.6.f")
    asked = _menu(page)
    # As a line that waited while the same person went on at another device.
    assert _posts(page, "bỏ qua") == 202
    page.until(lambda: "· I.1.a" in page.texts()[-1])
    before = house.stored()
    assert _posts(page, "12", asked=asked) == 202
    page.until(lambda: any("“12” khi đang ở câu I.6.f" in one for one in page.texts()))
    assert house.stored() == before


# Where nothing is typed.


def test_a_red_question_takes_taps_only_and_says_why(page: Chromium, house: OpenHouse) -> None:
    page.say("làm tiếp")
    page.until(lambda: "I.1.a" in page.texts()[-1])
    _asks(page, "I.2.a")
    page.until(lambda: page.the("composer-closed").is_displayed())
    assert not page.the("text").is_displayed()
    assert page.the("composer-closed-why").text.startswith("Câu này chỉ trả lời bằng nút")
    before = house.stored()
    page.press("composer-result")
    page.until(lambda: "> kết quả" in page.texts())
    page.until(lambda: page.texts()[-1].startswith("< "))
    assert page.the("composer-closed").is_displayed()
    assert house.stored() == before
    page.until(lambda: not page.all(".choice[aria-disabled]"))
    page.all(".message:not(.spent) .choices:not(.actions) .choice")[0].click()
    page.until(lambda: page.the("text").is_displayed())
    assert house.stored() != before


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("size", [PHONE, DESK])
def test_a_closed_field_looks_right(page: Chromium, size: tuple[int, int], language: str) -> None:
    page.size(*size, phone=size == PHONE)
    page.colours("light")  # a message that still fades in has too little contrast
    page.say("làm tiếp")
    page.until(lambda: "I.1.a" in page.texts()[-1])
    if language == "en":
        page.say("english")
        page.until(lambda: page.run("return document.documentElement.lang") == "en")
        page.until(lambda: page.connection() == "online")
    for question, name in (("I.3.a", "figure"), ("I.2.a", "closed")):
        _asks(page, question)
        if name == "closed":
            page.until(lambda: page.the("composer-closed").is_displayed())
        if folder := os.environ.get("ANTT_SCREENSHOTS"):
            file = Path(folder) / f"{size[0]}-{language}-{name}.png"
            file.write_bytes(page.screenshot())
        assert page.barriers() == []
        assert page.run(
            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )


def test_words_typed_at_a_red_question_are_kept_nowhere(page: Chromium, demo_file: Path) -> None:
    page.say("làm tiếp")
    page.until(lambda: "I.1.a" in page.texts()[-1])
    _asks(page, "I.6.b")
    asked = _menu(page)
    # Half written at a green question, where it may be kept, when a red one comes.
    page.the("text").send_keys(SECRET)
    assert WORD in page.run("return JSON.stringify({...localStorage})")
    assert _posts(page, "sửa I.2.a") == 202
    page.until(lambda: page.the("composer-closed").is_displayed())
    # Past the page's own checks: as a line, as an answer, for another question, as a button.
    for text, status in (
        (SECRET, 409),
        (f"có, {SECRET}", 409),
        (f"kết quả {WORD}", 409),
        (f"trả lại H5 {SECRET}", 202),
        (f"ông {WORD} H5", 202),
    ):
        assert _posts(page, text) == status
        assert _posts(page, text, asked=asked) == 202
        assert _posts(page, text, asked=asked, repeated=True) == 202
    _sends(page, tap={"menu": asked, "choice": SECRET})
    # The page itself, if it knew nothing of red questions.
    page.run(
        "document.getElementById('composer-open').hidden = false;"
        "document.getElementById('text').value = arguments[0];"
        "const submit = new Event('submit', {cancelable: true});"
        "document.getElementById('composer').dispatchEvent(submit);",
        SECRET,
    )
    page.until(lambda: not page.all(".waiting"))
    page.driver.refresh()
    page.until(lambda: page.run(SIGNED_IN) == "chat" and page.connection() == "online")
    assert page.the("composer-closed").is_displayed()
    assert WORD not in _browser(page)
    assert _tables(demo_file, WORD) == []
    for file in demo_file.parent.glob("demo.db*"):
        assert WORD.encode() not in file.read_bytes(), file.name


def _browser(page: Chromium) -> str:
    """All that the browser keeps, and the page."""
    kept: str = page.driver.execute_async_script(
        """
        const done = arguments[0];
        const parts = [document.documentElement.outerHTML, document.getElementById('text').value,
          JSON.stringify({...localStorage}), JSON.stringify({...sessionStorage}), document.cookie,
          JSON.stringify(history.state), location.href];
        const databases = indexedDB.databases ? indexedDB.databases() : Promise.resolve([]);
        Promise.all([databases, caches.keys()]).then(([names, stores]) =>
          done([...parts, JSON.stringify(names), JSON.stringify(stores)].join(' ')));
        """
    )
    return kept


def _tables(file: Path, word: str) -> list[str]:
    """The columns of all tables in which the word occurs."""
    with closing(sqlite3.connect(file)) as connection:
        names = [
            row[0]
            for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        assert len(names) > 20
        return [
            f"{name}: {row}"
            for name in names
            for row in connection.execute(f'SELECT * FROM "{name}"')
            if any(word in str(value) for value in row)
        ]
