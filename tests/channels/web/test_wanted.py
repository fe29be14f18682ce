"""What the server tells the page about typing, over HTTP, and what it takes."""

import json
from typing import Any
from uuid import uuid4

import pytest

from domain.criteria import Sensitivity
from handlers.ground.wanted import By, Wanted
from storage import Store
from tests.channels.web.conftest import Browser, OpenBrowser
from tests.channels.web.serving import NOW, WebChat

GREEN = Wanted(name="câu I.1.a", by=By.LINE, hint="Số vụ", sensitivity=Sensitivity.GREEN)
RED = Wanted(
    name="câu I.1.a",
    by=By.TAPS,
    hint="Chỉ bấm nút.",
    sensitivity=Sensitivity.RED,
    labels=("Có", "Chưa có"),
)
MENU = "q:I.1.a"


def said(text: str, **more: object) -> dict[str, Any]:
    return {"id": str(uuid4()), "at": NOW.isoformat(), "said": text, **more}


async def test_the_open_question_says_what_is_typed_and_the_others_do_not(
    officer: Browser, chat: WebChat
) -> None:
    chat.admission.typed[MENU] = GREEN
    await officer.post("/api/messages", said("làm tiếp"))
    wanted = {"by": "line", "hint": "Số vụ", "may_wait": True}
    _, page = await officer.get("/api/history")
    assert [one["wanted"] for one in page["messages"]] == [None, wanted]
    async with officer.events() as events:
        received = [json.loads((await events.next())[2]) for _ in range(2)]
    assert [one["wanted"] for one in received] == [None, wanted]
    await officer.post("/api/messages", said("1"))
    _, page = await officer.get("/api/history")
    assert all(one["wanted"] is None for one in page["messages"])


async def test_nothing_may_wait_that_is_not_green(officer: Browser, chat: WebChat) -> None:
    chat.admission.typed[MENU] = RED
    await officer.post("/api/messages", said("làm tiếp"))
    _, page = await officer.get("/api/history")
    assert page["messages"][-1]["wanted"] == {
        "by": "taps",
        "hint": "Chỉ bấm nút.",
        "may_wait": False,
    }


@pytest.mark.parametrize("asked", [{}, {"asked": MENU}])
async def test_text_at_a_red_question_is_refused_before_the_turn(
    officer: Browser, chat: WebChat, asked: dict[str, object]
) -> None:
    chat.admission.typed[MENU] = RED
    await officer.post("/api/messages", said("làm tiếp"))
    for text in ("đang theo dõi ông Bảy", "có, đang theo dõi ông Bảy"):
        status, answer = await officer.post("/api/messages", said(text, **asked))
        assert status == 409
        assert answer["sentence"].startswith("Câu này chỉ trả lời bằng nút.")
    assert chat.turns.said == ["làm tiếp"]
    for text in ("1", "Chưa có", "kết quả", "đã nộp N3"):
        status, _ = await officer.post("/api/messages", said(text, **asked))
        assert status == 202
        with chat.store.begin() as tx:
            address_id = tx.web.address_id(chat.officer.id)
            assert address_id is not None
            tx.addresses.set_menu(address_id, MENU)


async def test_a_line_for_another_question_reaches_the_conversation(
    officer: Browser, chat: WebChat
) -> None:
    chat.admission.typed[MENU] = RED
    await officer.post("/api/messages", said("làm tiếp"))
    status, _ = await officer.post("/api/messages", said("mười hai", asked="q:I.5.b"))
    assert status == 202


@pytest.mark.parametrize(
    "wrong", [{"asked": 1}, {"asked": "q" * 201}, {"repeated": "yes"}, {"asked": ["q"]}]
)
async def test_what_our_page_never_sends_is_refused(
    officer: Browser, wrong: dict[str, object]
) -> None:
    assert (await officer.post("/api/messages", said("12", **wrong)))[0] == 400


@pytest.mark.parametrize(("sent", "kept"), [({}, False), ({"own_device": True}, True)])
async def test_a_device_is_shared_unless_its_owner_says_otherwise(
    open_browser: OpenBrowser,
    chat: WebChat,
    store: Store,
    sent: dict[str, object],
    kept: bool,
) -> None:
    browser = open_browser()
    status, _ = await browser.post("/api/join", {"code": chat.code(chat.officer), **sent})
    assert status == 200
    assert (await browser.get("/api/session"))[1]["own_device"] is kept
    with store.read() as tx:
        assert [one.own_device for one in tx.web.sessions(chat.officer.id, NOW)] == [kept]


async def test_only_yes_or_no_says_whose_device_it_is(browser: Browser, chat: WebChat) -> None:
    body = {"code": chat.code(chat.officer), "own_device": "yes"}
    assert (await browser.post("/api/join", body))[0] == 400
