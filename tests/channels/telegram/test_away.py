"""After downtime the open question is shown again; menus too long for a button; a test of the
settings.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.channels.telegram import Mode, TelegramSettings
from bot.channels.telegram.check import check
from bot.channels.telegram.polling import Poller
from bot.trying import About, Tried, What
from domain.cards import saying
from domain.messages import Choice, Lane, Outgoing
from tests.channels.telegram.town import OFFICER, PUBLIC, assistant, settings_for
from tests.telegram_server import SECRET, TOKEN, BotApiServer, Fault, Person, SimulatedTime

AGAIN = "Trợ lý vừa gián đoạn"


async def _asked(
    server: BotApiServer, time: SimulatedTime, database: Path, officer: Person
) -> None:
    """The officer is at the first question, and the process has ended."""
    async with assistant(server, time, database) as town:
        town.link("can-bo", OFFICER)
        await town.talk(officer, "/lamtiep")


async def _back(
    server: BotApiServer, time: SimulatedTime, database: Path, away: timedelta, mode: Mode
) -> None:
    since = time.now()
    time.pass_by(away.total_seconds())
    async with assistant(server, time, database, mode, away_since=since) as town:
        server.person(99).says("ai đó")
        await town.settle()
        await town.settle()


async def test_a_pause_longer_than_a_tap_lives_shows_the_question_again(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    await _asked(server, time, demo_file, officer)
    question = officer.last.text
    officer.taps("Chưa có")
    await _back(server, time, demo_file, timedelta(minutes=5), Mode.POLLING)
    assert len(officer.sees) == 2
    assert officer.last.text.startswith(AGAIN)
    assert question.splitlines()[-1] in officer.last.text
    assert "3. Chưa có" in officer.last.labels


async def test_with_a_webhook_too(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    await _asked(server, time, demo_file, officer)
    await _back(server, time, demo_file, timedelta(minutes=5), Mode.WEBHOOK)
    assert officer.last.text.startswith(AGAIN)


async def test_a_short_pause_shows_nothing(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    await _asked(server, time, demo_file, officer)
    for mode in Mode:
        await _back(server, time, demo_file, timedelta(minutes=2), mode)
    assert len(officer.sees) == 1


async def test_who_typed_meanwhile_is_only_asked_the_next_question(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    await _asked(server, time, demo_file, officer)
    officer.says("chưa có")
    await _back(server, time, demo_file, timedelta(minutes=5), Mode.POLLING)
    assert len(officer.sees) == 2
    assert AGAIN not in "".join(officer.sees)


async def test_who_was_asked_long_before_is_left_in_peace(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    await _asked(server, time, demo_file, officer)
    time.pass_by(timedelta(hours=2).total_seconds())
    await _back(server, time, demo_file, timedelta(minutes=5), Mode.POLLING)
    assert len(officer.sees) == 1


async def test_another_menu_is_shown_as_it_was(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    async with assistant(server, time, demo_file) as town:
        town.link("can-bo", OFFICER)
        await town.talk(officer, "menu")
    labels = officer.last.labels
    await _back(server, time, demo_file, timedelta(minutes=5), Mode.POLLING)
    assert officer.last.text.startswith(AGAIN)
    assert officer.last.labels == labels


async def test_a_button_with_a_long_menu_is_understood_after_a_restart(
    server: BotApiServer, time: SimulatedTime, demo_file: Path
) -> None:
    """The supervisor must choose between several communes."""
    supervisor = server.person(77)
    menu = "u:status:2024:2021:" + ",".join(["29422", "29425", "29428"] * 8)
    choices = tuple(Choice(key=str(at), label=f"Xã {at}") for at in range(1, 25))
    async with assistant(server, time, demo_file) as town:
        town.link("giam-sat", 77)
        with town.house.store.begin() as tx:
            address = tx.addresses.lock("telegram", "", "77")
            assert address is not None
            which = Outgoing(cards=saying("Xã nào?"), menu=menu, choices=choices)
            tx.outbox.queue(address.id, Lane.REPLY, which, time.now())
            tx.addresses.set_menu(address.id, menu)
        await town.settle()
    async with assistant(server, time, demo_file) as town:
        await town.tap(supervisor, "Xã 1")
        assert "Mỹ Long Bắc" in supervisor.last.text


async def test_a_long_menu_that_nobody_remembers_is_an_old_button(
    server: BotApiServer, time: SimulatedTime, demo_file: Path, officer: Person
) -> None:
    async with assistant(server, time, demo_file) as town:
        town.link("can-bo", OFFICER)
        await town.talk(officer, "/lamtiep")
        asked = officer.last.text
        officer.taps_data("#" + "A" * 16 + "0|q:", officer.last)
        await town.settle()
        assert asked.splitlines()[-1] in officer.last.text
        officer.taps_data("một nút của bot khác", None)
        await town.settle()
        assert len(town.server.world.acknowledged) == 2


async def _findings(
    server: BotApiServer, mode: Mode, chat: str | None
) -> dict[str, tuple[bool, str, str]]:
    found = await check(settings_for(server, mode), chat)
    return {one.about: (one.ok, one.what, one.detail) for one in found}


async def test_a_check_of_good_settings(server: BotApiServer, officer: Person) -> None:
    assert await _findings(server, Mode.POLLING, str(officer.number)) == {
        "token": (True, "works", "@antt_test_bot"),
        "updates": (True, "works", ""),
        "sending": (True, "works", ""),
    }
    assert officer.sees == []
    assert (await _findings(server, Mode.POLLING, None))["sending"] == (True, "nobody_yet", "")


async def test_a_check_of_a_wrong_token_and_of_nobody_there(server: BotApiServer) -> None:
    wrong = TelegramSettings(token="1" + TOKEN, api=server.url)
    assert await check(wrong, None) == (
        Tried(
            channel="telegram",
            about=About.TOKEN,
            what=What.REFUSED,
            detail="401 Unauthorized",
            settings="telegram_token",
        ),
    )
    nowhere = TelegramSettings(token=TOKEN, api="http://127.0.0.1:1")
    [found] = await check(nowhere, None)
    assert (found.what, found.detail) == ("unreachable", "cannot be reached")
    server.goes_wrong(Fault(method="getMe", body=b'{"ok": true, "result": []}'))
    [odd] = await check(settings_for(server), None)
    assert (odd.ok, odd.what) == (False, "unknown")


async def test_a_check_of_the_webhook(server: BotApiServer, officer: Person) -> None:
    assert (await _findings(server, Mode.WEBHOOK, None))["updates"] == (False, "no_webhook", "")
    server.bringer.set("https://other.example.vn/x", secret="", connections=4)
    other = (False, "other_webhook", "other.example.vn")
    for mode in Mode:
        assert (await _findings(server, mode, None))["updates"] == other
    server.bringer.set(f"{PUBLIC}/hooks/telegram", secret=SECRET, connections=4)
    assert (await _findings(server, Mode.WEBHOOK, None))["updates"][0]
    server.bringer.last_error = (1, "Connection timed out")
    failing = (False, "webhook_fails", "Connection timed out")
    assert (await _findings(server, Mode.WEBHOOK, None))["updates"] == failing
    server.bringer.set("", secret="", connections=4)
    for at in range(101):
        officer.says(str(at))
    waiting = (False, "many_waiting", "101")
    assert (await _findings(server, Mode.POLLING, None))["updates"] == waiting


async def test_a_check_of_a_chat_that_blocked_us(server: BotApiServer, officer: Person) -> None:
    officer.blocks()
    found = await _findings(server, Mode.POLLING, str(OFFICER))
    assert found["sending"] == (False, "refused", "403 bot was blocked by the user")


async def test_what_fails_in_showing_again_does_not_end_the_polling(
    server: BotApiServer,
    time: SimulatedTime,
    demo_file: Path,
    officer: Person,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await _asked(server, time, demo_file, officer)

    def fails(*_: object, **__: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("bot.channels.telegram.running.show_again", fails)
    officer.says("chưa có")
    await _back(server, time, demo_file, timedelta(minutes=5), Mode.POLLING)
    assert len(officer.sees) == 2


async def test_a_bug_in_the_loop_is_logged_and_the_loop_begins_anew(
    server: BotApiServer,
    time: SimulatedTime,
    demo_file: Path,
    officer: Person,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    whole, bugs = Poller._move, [1]

    def move(poller: Poller, numbers: list[int], done: set[int]) -> None:
        if bugs:
            bugs.pop()
            raise ZeroDivisionError
        whole(poller, numbers, done)

    monkeypatch.setattr(Poller, "_move", move)
    async with assistant(server, time, demo_file) as town:
        town.link("can-bo", OFFICER)
        await town.talk(officer, "/lamtiep")
    assert len(officer.sees) == 1
    assert "ZeroDivisionError" in caplog.text
