"""The page at the questions of the checklist, in a real browser before the whole assistant: what
it asks to type, what it takes, and what is kept of it.
"""

from typing import Any

import pytest

from tests.channels.web.asking import asks, menu_sent, posts
from tests.channels.web.chromium import MISSING, Chromium
from tests.channels.web.housed import OpenHouse

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.skipif(bool(MISSING), reason=MISSING),
]


def _field(window: Chromium) -> dict[str, Any]:
    found: dict[str, Any] = window.run(
        "const field = document.getElementById('text');"
        "return {mode: field.inputMode, hint: field.placeholder, enter: field.enterKeyHint};"
    )
    return found


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
        asks(page, question)
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
    asks(page, "I.5.f")
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
    asks(page, "I.3.a")
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
    asks(page, "I.6.f")
    asked = menu_sent(page)
    # As a line that waited while the same person went on at another device.
    assert posts(page, "bỏ qua") == 202
    page.until(lambda: "· I.1.a" in page.texts()[-1])
    before = house.stored()
    assert posts(page, "12", asked=asked) == 202
    page.until(lambda: any("“12” khi đang ở câu I.6.f" in one for one in page.texts()))
    assert house.stored() == before
