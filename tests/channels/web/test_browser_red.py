"""Red questions in a real browser: only taps are taken, and nothing that is typed is kept."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.channels.web.asking import DESK, PHONE, asks, menu_sent, posts, sends
from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.housed import OpenHouse

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]

WORD = "Vxqzwy"
"""Part of a name that occurs nowhere else."""
SECRET = f"đang theo dõi ông {WORD} ở ấp Nhứt"
SIGNED_IN = "return document.body.dataset.view"


def test_a_red_question_takes_taps_only_and_says_why(page: Chromium, house: OpenHouse) -> None:
    page.say("làm tiếp")
    page.until(lambda: "I.1.a" in page.texts()[-1])
    asks(page, "I.2.a")
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
        asks(page, question)
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
    asks(page, "I.6.b")
    asked = menu_sent(page)
    # Half written at a green question, where it may be kept, when a red one comes.
    page.the("text").send_keys(SECRET)
    assert WORD in page.run("return JSON.stringify({...localStorage})")
    assert posts(page, "sửa I.2.a") == 202
    page.until(lambda: page.the("composer-closed").is_displayed())
    # Past the page's own checks: as a line, as an answer, for another question, as a button.
    for text, status in (
        (SECRET, 409),
        (f"có, {SECRET}", 409),
        (f"kết quả {WORD}", 409),
        (f"trả lại H5 {SECRET}", 202),
        (f"ông {WORD} H5", 202),
    ):
        assert posts(page, text) == status
        assert posts(page, text, asked=asked) == 202
        assert posts(page, text, asked=asked, repeated=True) == 202
    sends(page, tap={"menu": asked, "choice": SECRET})
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
