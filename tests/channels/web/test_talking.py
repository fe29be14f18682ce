"""Messages, replies, and the history."""

import asyncio
import time
from typing import Any
from uuid import uuid4

import pytest

from bot.channels.web import limits
from domain.cards import saying
from domain.messages import Outgoing
from tests.channels.web import scripted
from tests.channels.web.conftest import Browser, OpenBrowser
from tests.channels.web.serving import WebChat


def said(text: str, uuid: str = "") -> dict[str, Any]:
    return {"id": uuid or str(uuid4()), "at": "2026-11-22T06:00:00Z", "said": text}


def tapped(menu: str, choice: str) -> dict[str, Any]:
    tap = {"menu": menu, "choice": choice}
    return {"id": str(uuid4()), "at": "2026-11-22T06:00:00Z", "tap": tap}


async def _texts(browser: Browser) -> list[tuple[str, str]]:
    _, page = await browser.get("/api/history")
    return [(one["author"], one["text"]) for one in page["messages"]]


async def test_what_is_said_is_kept_and_answered(officer: Browser) -> None:
    body = said("làm tiếp")
    status, answer = await officer.post("/api/messages", body)
    assert (status, answer) == (202, {"id": body["id"], "upto": 2})
    assert await _texts(officer) == [
        ("person", "làm tiếp"),
        ("us", scripted.QUESTIONS[0].text),
    ]


async def test_the_same_message_sent_twice_is_one(officer: Browser, chat: WebChat) -> None:
    body = said("làm tiếp")
    answers = await asyncio.gather(*(officer.post("/api/messages", body) for _ in range(5)))
    assert {status for status, _ in answers} == {202}
    assert chat.turns.taken == 1
    assert (await officer.post("/api/messages", body))[1]["upto"] == 2


async def test_a_question_comes_with_its_choices_and_progress(officer: Browser) -> None:
    await officer.post("/api/messages", said("làm tiếp"))
    _, page = await officer.get("/api/history")
    question = page["messages"][-1]
    assert question["menu"] == "q:I.1.a"
    assert question["progress"] == [0, 4]
    assert question["choices"][0] == {
        "key": "1",
        "label": "Có (ghi số, ngày)",
        "kind": "answer",
        "primary": False,
    }
    assert question["choices"][-1]["kind"] == "action"
    assert question["lane"] == "reply"
    assert question["at"] == "2026-11-22T06:00:00Z"


async def test_a_tap_answers_and_an_old_one_is_told_politely(officer: Browser) -> None:
    await officer.post("/api/messages", said("làm tiếp"))
    await officer.post("/api/messages", tapped("q:I.1.a", "3"))
    await officer.post("/api/messages", tapped("q:I.1.a", "1"))
    texts = await _texts(officer)
    assert texts[2] == ("person", "Chưa có")
    assert texts[3] == ("us", scripted.QUESTIONS[1].text)
    assert texts[5:] == [("us", scripted.STALE), ("us", scripted.QUESTIONS[1].text)]


async def test_a_refused_text_is_not_shown_back(officer: Browser) -> None:
    _, answer = await officer.post("/api/messages", said("mật"))
    assert answer["upto"] == 1
    assert await _texts(officer) == [("us", scripted.REFUSED)]


async def test_a_busy_house_asks_to_come_again(officer: Browser, chat: WebChat) -> None:
    chat.turns.busy = True
    async with officer.session.post(
        f"{officer.origin}/api/messages", json=said("làm tiếp")
    ) as answer:
        assert (answer.status, answer.headers["Retry-After"]) == (503, "1")


async def test_who_was_shut_out_meanwhile_is_told_so(officer: Browser, chat: WebChat) -> None:
    with chat.store.begin() as tx:
        address_id = tx.web.address_id(chat.officer.id)
        assert address_id is not None
        tx.addresses.retire(address_id, "lost phone", chat.clock.now())
    assert (await officer.post("/api/messages", said("làm tiếp")))[0] == 401


async def test_history_comes_in_pages_without_gaps(officer: Browser, chat: WebChat) -> None:
    for number in range(130):
        chat.notify(Outgoing(cards=saying(str(number))))
    _, last = await officer.get("/api/history")
    _, middle = await officer.get(f"/api/history?before={last['messages'][0]['id']}")
    _, first = await officer.get(f"/api/history?before={middle['messages'][0]['id']}")
    assert [page["more"] for page in (first, middle, last)] == [False, True, True]
    texts = [one["text"] for page in (first, middle, last) for one in page["messages"]]
    assert texts == [str(number) for number in range(130)]


async def test_history_after_a_message_begins_right_behind_it(
    officer: Browser, chat: WebChat
) -> None:
    for number in range(60):
        chat.notify(Outgoing(cards=saying(str(number))))
    _, page = await officer.get("/api/history?after=1")
    assert [one["id"] for one in page["messages"]] == list(range(2, 52))
    assert page["more"]


async def test_only_what_was_on_the_screen_is_seen(officer: Browser, chat: WebChat) -> None:
    for text in "abc":
        chat.notify(Outgoing(cards=saying(text)))
    assert (await officer.post("/api/seen", {"ids": [1, 3]}))[0] == 200
    _, page = await officer.get("/api/history")
    assert [one["seen"] for one in page["messages"]] == [True, False, True]


async def test_nobody_reads_or_marks_anothers_messages(
    officer: Browser, open_browser: OpenBrowser, chat: WebChat
) -> None:
    chat.notify(scripted.FILE)
    stranger = open_browser()
    await stranger.sign_in(chat.code(chat.other))
    assert (await stranger.get("/api/history"))[1]["messages"] == []
    assert (await stranger.get("/api/attachments/1"))[0] == 404
    await stranger.post("/api/seen", {"ids": [1]})
    assert not (await officer.get("/api/history"))[1]["messages"][0]["seen"]


async def test_a_picture_is_shown_and_a_file_is_downloaded(officer: Browser, chat: WebChat) -> None:
    chat.notify(scripted.PICTURE)
    chat.notify(scripted.FILE)
    async with officer.session.get(f"{officer.origin}/api/attachments/1") as picture:
        assert picture.content_type == "image/png"
        assert picture.headers["Content-Disposition"].startswith("inline")
        assert "sandbox" in picture.headers["Content-Security-Policy"]
    async with officer.session.get(f"{officer.origin}/api/attachments/2") as file:
        assert file.headers["Content-Disposition"] == (
            "attachment; filename*=UTF-8''"
            "Phi%E1%BA%BFu%20t%E1%BB%B1%20%C4%91%C3%A1nh%20gi%C3%A1%202026.docx"
        )


async def test_what_cannot_be_made_any_more_is_gone(officer: Browser, chat: WebChat) -> None:
    chat.notify(scripted.GONE)
    chat.notify(Outgoing(cards=saying("không có tệp")))
    assert (await officer.get("/api/attachments/1"))[0] == 410
    assert (await officer.get("/api/attachments/2"))[0] == 404
    assert (await officer.get("/api/attachments/99"))[0] == 404


async def test_a_session_may_not_hurry(officer: Browser, chat: WebChat) -> None:
    with chat.store.read() as tx:
        session = tx.web.sessions(chat.officer.id, chat.clock.now())[0]
    # Years ahead, so that no rate limit token is refilled before a slow machine sends the request.
    later = time.monotonic() + 1e9
    for _ in range(limits.PER_SESSION.burst):
        assert chat.site.per_session.wait(str(session.id), later) == 0
    assert (await officer.get("/api/session"))[0] == 429


@pytest.mark.parametrize("size", [limits.BODY_BYTES + 1, 5 * limits.BODY_BYTES])
async def test_a_body_that_is_too_large_is_refused(officer: Browser, size: int) -> None:
    status, body = await officer.post("/api/messages", said("x" * size))
    assert status == 413
    assert body["sentence"] == "Nội dung gửi quá lớn."


async def test_sentences_come_in_the_persons_language(officer: Browser, chat: WebChat) -> None:
    assert (await officer.get("/api/words"))[1]["lang"] == "vi"
    with chat.store.begin() as tx:
        tx.people.set_locale(chat.officer.id, "en")
    _, body = await officer.get("/api/words")
    assert (body["lang"], body["words"]["composer.send"]) == ("en", "Send")
    _, refused = await officer.get("/api/attachments/9", **{"Accept-Language": "en"})
    assert refused["sentence"] == "This file is gone or could not be made."
