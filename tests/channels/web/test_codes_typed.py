"""The sign-in page reads a code whatever stands around it, as the keyboard left it."""

from datetime import timedelta

import pytest

from tests.channels.web.conftest import Browser
from tests.channels.web.serving import WebChat


@pytest.mark.parametrize(
    "typed",
    [
        "abcde-fghij",
        "ABCDEFGHIJ",
        " ab cd ef gh ij ",
        "mã: ABCDE-FGHIJ.",
        "“abcde–fghij”",
        "mã của tôi là\nABCDE\u00a0FGHIJ",
        "AB\u200bCDEFGHIJ",
        "ＡＢＣＤＥ－ＦＧＨＩＪ",
        "http://127.0.0.1:8080/join#ABCDE-FGHIJ",
    ],
)
async def test_a_code_may_be_typed_carelessly(browser: Browser, chat: WebChat, typed: str) -> None:
    with chat.store.begin() as tx:
        expires = chat.clock.now() + timedelta(hours=1)
        tx.web.add_code("ABCDE-FGHIJ", person_id=chat.officer.id, expires_at=expires)
    await browser.sign_in(typed)


@pytest.mark.parametrize("typed", ["BRTƯD-JHÁ\u0301", "brtưd jhas", "BRTƯDJHAS", "mã BRTƯD-JHAS."])
async def test_an_old_code_is_read_as_the_keyboard_left_it(
    browser: Browser, chat: WebChat, typed: str
) -> None:
    with chat.store.begin() as tx:
        expires = chat.clock.now() + timedelta(hours=1)
        tx.web.add_code("BRTWD-JHASS", person_id=chat.officer.id, expires_at=expires)
    await browser.sign_in(typed)
