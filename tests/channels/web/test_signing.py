"""Signing in, signing out, and devices."""

from datetime import timedelta
from http.cookies import SimpleCookie

import pytest

from bot.channels.web import WebSettings, join_link, networks
from bot.channels.web.signing import LIFETIME
from bot.channels.web.site import IDLE
from bot.clock import FixedClock
from domain.people import Post, Role
from handlers.ground.new_codes import new_code
from storage import Store
from tests.channels.web.conftest import Browser, OpenBrowser
from tests.channels.web.serving import COMMUNE, WebChat, served, web_chat

REFUSED = {"sentence": "Mã không dùng được. Đồng chí nhập lại hoặc xin đơn vị cấp mã mới."}


def _invite(chat: WebChat, code: str, hours: int = 1) -> None:
    expires = chat.clock.now() + timedelta(hours=hours)
    post = Post(role=Role.OFFICER, unit=COMMUNE)
    with chat.store.begin() as tx:
        tx.invitations.invite(chat.officer.id, post, tx.invitations.hash(code), expires)


async def test_without_a_code_nobody_is_in(browser: Browser) -> None:
    assert (await browser.get("/api/session"))[0] == 401


async def test_opening_a_link_uses_nothing_up(browser: Browser, chat: WebChat) -> None:
    code = chat.code(chat.officer)
    for _ in range(3):
        assert (await browser.get(f"/join/{code}"))[0] == 200
    await browser.sign_in(code)


async def test_a_code_lets_in_once(open_browser: OpenBrowser, chat: WebChat) -> None:
    code = chat.code(chat.officer)
    await open_browser().sign_in(code)
    assert await open_browser().post("/api/join", {"code": code}) == (403, REFUSED)


async def test_who_came_in_is_named_with_unit_and_role(officer: Browser, chat: WebChat) -> None:
    status, body = await officer.get("/api/session")
    assert status == 200
    assert body["person"] == {"id": chat.officer.id, "name": "Cán bộ dùng thử"}
    assert (body["heading"], body["role"]) == ("Xã Mỹ Long Bắc", "Cán bộ nhập liệu")
    assert (body["roles"], body["locale"]) == (["officer"], "vi")
    assert body["now"] == "2026-11-22T06:00:00Z"


async def test_an_invitation_shows_its_duty_before_it_is_used(
    browser: Browser, chat: WebChat
) -> None:
    _invite(chat, "MMMMM-NNNNN")
    for _ in range(2):
        status, body = await browser.post("/api/join", {"code": "mmmmm nnnnn"})
        assert status == 200
        assert "Mỹ Long Bắc" in body["duty"]["text"]
        assert body["duty"]["yes"] != body["duty"]["no"]
    assert (await browser.get("/api/session"))[0] == 401


async def test_whose_duty_it_is_comes_in_is_noted_and_greeted(
    browser: Browser, chat: WebChat
) -> None:
    _invite(chat, "MMMMM-NNNNN")
    assert (await browser.post("/api/join", {"code": "MMMMM-NNNNN", "mine": True}))[0] == 200
    assert (await browser.get("/api/session"))[1]["person"]["id"] == chat.officer.id
    with chat.store.read() as tx:
        address_id = tx.web.address_id(chat.officer.id)
        assert address_id is not None
        assert tx.outbox.waiting(address_id) == 1
        assert [entry.action for entry in tx.audit.listing()] == ["joined"]


async def test_a_code_in_wrong_hands_is_given_back_and_opens_nothing_any_more(
    browser: Browser, chat: WebChat
) -> None:
    _invite(chat, "MMMMM-NNNNN")
    status, body = await browser.post("/api/join", {"code": "MMMMM-NNNNN", "mine": False})
    assert (status, list(body)) == (200, ["said"])
    for answer in (None, True):
        body = {"code": "MMMMM-NNNNN", "mine": answer}
        assert await browser.post("/api/join", body) == (403, REFUSED)


@pytest.mark.parametrize("mine", ["yes", 1, [], {}])
async def test_whose_duty_it_is_is_said_by_yes_or_no(
    browser: Browser, chat: WebChat, mine: object
) -> None:
    _invite(chat, "MMMMM-NNNNN")
    assert (await browser.post("/api/join", {"code": "MMMMM-NNNNN", "mine": mine}))[0] == 400
    assert (await browser.get("/api/session"))[0] == 401


async def test_who_comes_to_the_web_for_the_first_time_is_greeted(
    browser: Browser, chat: WebChat
) -> None:
    with chat.store.begin() as tx:
        before = tx.web.address_id(chat.officer.id)
        assert before is not None
        tx.addresses.retire(before, "test", chat.clock.now())
    await browser.sign_in(chat.code(chat.officer))
    with chat.store.read() as tx:
        assert tx.outbox.waiting(tx.web.address_id(chat.officer.id)) == 1


async def test_wrong_used_and_expired_codes_are_told_alike(
    open_browser: OpenBrowser, chat: WebChat, clock: FixedClock
) -> None:
    _invite(chat, "MMMMM-NNNNN")
    used = {"code": "MMMMM-NNNNN", "mine": True}
    assert (await open_browser().post("/api/join", used))[0] == 200
    _invite(chat, "PPPPP-QQQQQ", hours=1)
    late = chat.code(chat.officer)
    clock.at += timedelta(hours=1)
    for code in ("AAAAA-AAAAA", "MMMMM-NNNNN", "PPPPP-QQQQQ", late, "x"):
        assert await open_browser().post("/api/join", {"code": code}) == (403, REFUSED), code


async def test_who_has_no_post_any_more_is_not_let_in(
    open_browser: OpenBrowser, chat: WebChat
) -> None:
    signed_in = open_browser()
    await signed_in.sign_in(chat.code(chat.officer))
    code = chat.code(chat.officer)
    with chat.store.begin() as tx:
        tx.people.remove_post(chat.officer.id, chat.officer.posts[0])
    assert (await open_browser().post("/api/join", {"code": code}))[0] == 403
    assert (await signed_in.get("/api/session"))[0] == 401


async def test_guessing_is_slowed_down(browser: Browser) -> None:
    answers = [await browser.post("/api/join", {"code": new_code()}) for _ in range(21)]
    assert [status for status, _ in answers] == [403] * 20 + [429]
    async with browser.session.post(f"{browser.origin}/api/join", json={"code": "x"}) as answer:
        assert 0 < int(answer.headers["Retry-After"]) <= 15


async def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(
    browser: Browser, chat: WebChat
) -> None:
    body = {"code": chat.code(chat.officer)}
    async with browser.session.post(f"{browser.origin}/api/join", json=body) as answer:
        cookie = SimpleCookie(answer.headers["Set-Cookie"])["antt"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["secure"]
    assert (cookie["path"], cookie["domain"]) == ("/", "")


async def test_the_database_holds_no_token(officer: Browser, chat: WebChat) -> None:
    token = next(iter(officer.session.cookie_jar)).value
    with chat.store.read() as tx:
        assert tx.web.session(token, chat.clock.now()) is None


async def test_a_new_sign_in_takes_the_place_of_the_old_one(
    officer: Browser, chat: WebChat
) -> None:
    await officer.sign_in(chat.code(chat.other))
    assert (await officer.get("/api/session"))[1]["person"]["id"] == chat.other.id
    with chat.store.read() as tx:
        assert tx.web.sessions(chat.officer.id, chat.clock.now()) == ()


async def test_signing_out_ends_the_session_for_good(officer: Browser) -> None:
    token = next(iter(officer.session.cookie_jar)).value
    assert (await officer.post("/api/sign-out", {}))[0] == 200
    assert len(officer.session.cookie_jar) == 0
    assert (await officer.get("/api/session", Cookie=f"antt={token}"))[0] == 401


async def test_another_device_comes_in_by_a_link_that_shows_its_code(
    officer: Browser, open_browser: OpenBrowser
) -> None:
    status, link = await officer.post("/api/links", {})
    assert status == 200
    assert link["link"] == join_link(officer.origin, link["code"])
    assert {len(row) for row in link["qr"]} == {len(link["qr"])}
    phone = open_browser()
    await phone.sign_in(link["code"])
    _, body = await phone.get("/api/sessions")
    assert [one["this"] for one in body["sessions"]] == [True, False]


async def test_a_device_can_be_ended_from_another(
    officer: Browser, open_browser: OpenBrowser, chat: WebChat
) -> None:
    phone = open_browser()
    await phone.sign_in(chat.code(chat.officer))
    _, body = await phone.get("/api/sessions")
    other = next(one for one in body["sessions"] if not one["this"])
    assert (await phone.post(f"/api/sessions/{other['id']}/end", {}))[0] == 200
    assert (await officer.get("/api/session"))[0] == 401
    assert (await phone.get("/api/session"))[0] == 200


async def test_nobody_ends_or_sees_another_persons_devices(
    officer: Browser, open_browser: OpenBrowser, chat: WebChat
) -> None:
    stranger = open_browser()
    await stranger.sign_in(chat.code(chat.other))
    own = (await officer.get("/api/sessions"))[1]["sessions"][0]["id"]
    assert (await stranger.post(f"/api/sessions/{own}/end", {}))[0] == 200
    assert own not in [one["id"] for one in (await stranger.get("/api/sessions"))[1]["sessions"]]
    assert (await officer.get("/api/session"))[0] == 200


async def test_a_session_lives_as_long_as_it_is_used_but_not_for_ever(
    officer: Browser, clock: FixedClock
) -> None:
    start = clock.at
    while clock.at + IDLE < start + LIFETIME:
        clock.at += IDLE - timedelta(minutes=1)
        assert (await officer.get("/api/session"))[0] == 200
    clock.at = start + LIFETIME
    assert (await officer.get("/api/session"))[0] == 401


async def test_an_unused_session_ends(officer: Browser, clock: FixedClock) -> None:
    clock.at += IDLE
    assert (await officer.get("/api/session"))[0] == 401


async def test_too_many_devices_end_the_one_used_least(
    officer: Browser, open_browser: OpenBrowser, chat: WebChat, clock: FixedClock
) -> None:
    for _ in range(20):
        clock.at += timedelta(minutes=1)
        chat.site.joins._buckets.clear()
        await open_browser().sign_in(chat.code(chat.officer))
    assert (await officer.get("/api/session"))[0] == 401


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://other.example"},
        {"Origin": "null"},
    ],
)
async def test_a_page_of_another_site_can_do_nothing(
    officer: Browser, headers: dict[str, str]
) -> None:
    assert (await officer.post("/api/sign-out", {}, **headers))[0] == 403
    assert (await officer.get("/api/session"))[0] == 200


async def test_a_form_of_another_site_cannot_pass_for_json(officer: Browser) -> None:
    async with officer.session.post(
        f"{officer.origin}/api/links", data="{}", headers={"Content-Type": "text/plain"}
    ) as answer:
        assert answer.status == 415


async def test_behind_a_proxy_the_cookie_is_for_https_only(
    store: Store, clock: FixedClock, open_browser: OpenBrowser
) -> None:
    public = "https://antt.example.vn"
    settings = WebSettings(port=0, public_url=public, proxies=networks("127.0.0.1"))
    with web_chat(store, clock, settings) as behind, served(behind) as told:
        assert told == public
        host, port = behind_address(behind)
        body = {"code": behind.code(behind.officer)}
        headers = {"Host": "antt.example.vn", "Origin": public}
        async with open_browser().session.post(
            f"http://{host}:{port}/api/join", json=body, headers=headers
        ) as answer:
            assert answer.status == 200
            cookie = SimpleCookie(answer.headers["Set-Cookie"])["__Host-antt"]
            assert cookie["secure"]
            assert "max-age" in answer.headers["Strict-Transport-Security"]


def behind_address(chat: WebChat) -> tuple[str, int]:
    """The chat's real address, independent of its public name."""
    assert chat.server is not None
    return chat.server.address
