"""`antt channels`: the people and use of each channel, and whether all configured channels work."""

import asyncio
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.commands import DONE, MISUSE, NO
from bot.trying import About, What
from domain.channels import CHANNELS, TERMINAL
from domain.deadlines import local_date
from domain.messages import Lane
from locales import LOCALES, Words
from storage import Store
from tests.bot.calling import TODAY, Antt
from tests.channels.mail.post_office import HERE, PASSWORD, SENDER, USER, PostOffice, post_office

NOW = datetime(2024, 11, 20, 1, 0, tzinfo=UTC)
TOKEN = "123456789:" + "A1b2C3d4E5f6G7h8J9k0" * 2


@pytest.fixture
def used(demo_file: Path) -> Path:
    """The demo, where people joined on several channels and one bot sent some messages."""
    with Store(str(demo_file)) as store, store.begin() as tx:
        for handle, channel, bot in (
            ("can-bo", "web", ""),
            ("can-bo", "zalo", "mot"),
            ("chi-huy", "zalo", "mot"),
            ("giam-sat", "zalo", "cu"),
            ("giam-sat", "mail-code", ""),
        ):
            person = tx.people.by_handle(handle)
            assert person is not None
            tx.addresses.link(channel, bot, f"0901234567-{handle}", person.id, NOW)
        month = local_date(TODAY).replace(day=1)
        tx.usage.add("zalo", "mot", month, Lane.REPLY, 5)
        tx.usage.add("zalo", "mot", month, Lane.NOTICE, 2)
    return demo_file


def test_each_channel_is_listed_with_its_people_and_messages(
    antt: Antt, used: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTT_ZALO_BOTS", "mot=987654321:abc-xyz")
    said = antt("channels", "--db", str(used), "--json")
    assert said.code == DONE
    rows = {(row["channel"], row["bot"]): row for row in json.loads(said.out)}
    assert set(rows) == {
        ("web", ""),
        ("zalo", "mot"),
        ("zalo", "cu"),
        ("telegram", ""),
        ("mail", ""),
    }
    mot = rows["zalo", "mot"]
    assert (mot["on"], mot["mode"], mot["people"], mot["used"], mot["limit"]) == (
        True, "polling", 2, 7, 3000,
    )  # fmt: skip
    assert (rows["zalo", "cu"]["on"], rows["zalo", "cu"]["people"]) == (False, 1)
    assert (rows["web", ""]["on"], rows["web", ""]["people"]) == (True, 1)
    assert not rows["mail", ""]["on"]
    text = antt("channels", "--db", str(used)).out
    assert "bot mot; 02/50 người dùng; tháng này đã gửi 07/3.000 tin" in text
    assert "0901234567" not in text + said.out


def test_each_channel_but_the_terminal_has_a_row(antt: Antt, used: Path) -> None:
    rows = json.loads(antt("channels", "--db", str(used), "--json").out)
    missing = set(CHANNELS) - {TERMINAL} - {row["channel"] for row in rows}
    assert not missing, f"bot/commands/channels.py, _rows: no row of {missing}"


def test_nothing_to_test_is_said(antt: Antt) -> None:
    said = antt("channels", "test")
    assert said.code == DONE
    assert "Chưa bật kênh nào" in said.out


def test_what_cannot_be_configured_is_a_misuse(antt: Antt, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTT_MAIL_HOST", "mail.example.vn")
    said = antt("channels", "test")
    assert said.code == MISUSE
    assert "mail_from" in said.err
    assert antt("channels", "tset").code == MISUSE


def _mail(monkeypatch: pytest.MonkeyPatch, office: PostOffice, **others: str) -> None:
    values = {"HOST": HERE, "PORT": str(office.port), "SECURITY": "none", "FROM": SENDER, **others}
    for key, value in values.items():
        monkeypatch.setenv(f"ANTT_MAIL_{key}", value)


async def test_mail_that_works_and_mail_that_does_not(
    antt: Antt, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with post_office(signs_in=True) as office:
        _mail(monkeypatch, office, USER=USER, PASSWORD=PASSWORD)
        said = await asyncio.to_thread(antt, "channels", "test")
        assert said.code == DONE
        assert [line[:4] for line in said.out.splitlines()] == ["đạt "] * 3
        _mail(monkeypatch, office, USER=USER, PASSWORD="khac-hoan-toan")
        said = await asyncio.to_thread(antt, "channels", "test", "--json")
        assert said.code == NO
        found = [(one["about"], one["ok"], one["what"]) for one in json.loads(said.out)]
        assert found == [("connection", True, "works"), ("sign_in", False, "refused")]
        assert "535" in said.out
        assert "xem lại mail_user, mail_password" in said.out
        assert "khac-hoan-toan" not in said.out + said.err
        assert office.mails == []


def test_services_that_cannot_be_reached_are_named_and_their_tokens_are_not(
    antt: Antt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANTT_ZALO_BOTS", "mot=987654321:abc-xyz")
    monkeypatch.setenv("ANTT_ZALO_API", "http://127.0.0.1:9")
    monkeypatch.setenv("ANTT_TELEGRAM_TOKEN", TOKEN)
    monkeypatch.setenv("ANTT_TELEGRAM_API", "http://127.0.0.1:9")
    said = antt("channels", "test")
    assert said.code == NO
    assert "Zalo, bot mot, mã truy cập: không kết nối được" in said.out
    assert "Telegram, mã truy cập: không kết nối được" in said.out
    for secret in (TOKEN, "987654321:abc-xyz"):
        assert secret not in said.out + said.err


def test_in_english(antt: Antt, used: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ANTT_LOCALE", "en")
    lines = antt("channels", "--db", str(used)).out.splitlines()
    assert lines[0].startswith("Web chat")
    assert "Nothing" not in lines[0]
    on_the_terminal, second_bot = 1, 1
    assert len(lines) == len(CHANNELS) - on_the_terminal + second_bot


@pytest.mark.parametrize("locale", LOCALES)
def test_whatever_is_found_has_a_sentence_of_its_own(locale: str) -> None:
    said = {
        Words(locale).say(
            "channel_check.sentence",
            channel="zalo",
            bot="mot",
            about=about,
            what=what,
            detail="",
            settings="",
        )
        for about in About
        for what in What
    }
    assert len(said) == len(About) * len(What)
    assert all(one.startswith("Zalo, bot mot, ") for one in said)
