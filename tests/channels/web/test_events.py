"""The stream: every message once and in order, even if connections break."""

import asyncio
import json

from bot.channels.web import limits
from domain.cards import saying
from domain.messages import Outgoing
from tests.channels.web.conftest import Browser, OpenBrowser
from tests.channels.web.serving import WebChat
from tests.channels.web.test_talking import said


async def test_what_happened_before_comes_first_and_in_order(
    officer: Browser, chat: WebChat
) -> None:
    for text in "abc":
        chat.notify(Outgoing(cards=saying(text)))
    async with officer.events() as events:
        came = [await events.next() for _ in range(3)]
    assert [(event, at) for event, at, _ in came] == [
        ("message", 1),
        ("message", 2),
        ("message", 3),
    ]
    assert [json.loads(data)["text"] for *_, data in came] == ["a", "b", "c"]


async def test_new_messages_arrive_on_every_open_page(
    officer: Browser, open_browser: OpenBrowser, chat: WebChat
) -> None:
    phone = open_browser()
    await phone.sign_in(chat.code(chat.officer))
    async with officer.events() as one, phone.events() as other:
        await phone.post("/api/messages", said("làm tiếp"))
        for events in (one, other):
            assert [(await events.next())[1] for _ in range(2)] == [1, 2]


async def test_a_notice_arrives_by_itself(officer: Browser, chat: WebChat) -> None:
    async with officer.events() as events:
        chat.notify(Outgoing(cards=saying("đến hạn")))
        chat.site.hub.look()
        _, _, data = await events.next()
    assert (json.loads(data)["lane"], json.loads(data)["seen"]) == ("notice", False)


async def test_a_page_that_was_away_gets_the_rest(officer: Browser, chat: WebChat) -> None:
    for text in "abcd":
        chat.notify(Outgoing(cards=saying(text)))
    async with officer.events(after=2) as events:
        assert (await events.next())[1] == 3
    async with officer.events(after=1, **{"Last-Event-ID": "3"}) as events:
        assert (await events.next())[1] == 4


async def test_a_page_that_knows_more_than_we_do_has_to_start_anew(officer: Browser) -> None:
    async with officer.events(after=99) as events:
        assert (await events.next())[0] == "reset"


async def test_a_silent_stream_shows_that_it_lives(officer: Browser) -> None:
    async with officer.events() as events:
        assert (await events.next(beats=True))[0] == "beat"
        assert (await events.next(beats=True))[0] == "beat"


async def test_what_one_device_saw_the_others_learn(
    officer: Browser, open_browser: OpenBrowser, chat: WebChat
) -> None:
    chat.notify(Outgoing(cards=saying("đến hạn")))
    phone = open_browser()
    await phone.sign_in(chat.code(chat.officer))
    async with officer.events(after=1) as events:
        await phone.post("/api/seen", {"ids": [1]})
        assert await events.next() == ("seen", None, '{"ids":[1]}')


async def test_nobody_hears_what_is_said_to_another(
    open_browser: OpenBrowser, chat: WebChat
) -> None:
    stranger = open_browser()
    await stranger.sign_in(chat.code(chat.other))
    async with stranger.events() as events:
        chat.notify(Outgoing(cards=saying("cho cán bộ")))
        chat.notify(Outgoing(cards=saying("cho người theo dõi")), chat.other)
        chat.site.hub.look()
        assert json.loads((await events.next())[2])["text"] == "cho người theo dõi"


async def test_a_session_that_is_ended_ends_its_stream(
    officer: Browser, open_browser: OpenBrowser, chat: WebChat
) -> None:
    phone = open_browser()
    await phone.sign_in(chat.code(chat.officer))
    async with officer.events() as events:
        _, body = await phone.get("/api/sessions")
        mine = next(one["id"] for one in body["sessions"] if not one["this"])
        await phone.post(f"/api/sessions/{mine}/end", {})
        assert (await events.next())[0] == "ended"


async def test_a_session_that_another_process_ended_ends_at_the_next_beat(
    officer: Browser, chat: WebChat
) -> None:
    async with officer.events() as events:
        with chat.store.begin() as tx:
            tx.web.end_all(chat.officer.id)
        assert (await events.next())[0] == "ended"


async def test_one_person_opens_only_so_many(officer: Browser, chat: WebChat) -> None:
    watchers = [chat.site.hub.open(chat.officer.id, 0) for _ in range(limits.STREAMS_PER_PERSON)]
    assert (await officer.get("/api/events"))[0] == 429
    chat.site.hub.close(watchers[0])
    async with officer.events() as events:
        assert events.answer.status == 200
    for watcher in watchers[1:]:
        chat.site.hub.close(watcher)


async def test_a_page_that_goes_away_leaves_nothing_behind(officer: Browser, chat: WebChat) -> None:
    async with officer.events():
        assert chat.site.hub.count() == 1
    async with asyncio.timeout(5):
        while chat.site.hub.count():  # noqa: ASYNC110  nothing tells when the server noticed
            await asyncio.sleep(0)
    assert chat.site.hub.count(chat.officer.id) == 0


async def test_a_stranger_has_no_stream(browser: Browser) -> None:
    assert (await browser.get("/api/events"))[0] == 401


async def test_an_id_that_is_none_is_refused(officer: Browser) -> None:
    assert (await officer.get("/api/events?after=x"))[0] == 400
