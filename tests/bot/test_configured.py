"""The settings are checked before start: all problems, numbered, with key and place."""

import subprocess
import sys
from collections.abc import Mapping

import pytest

from bot.channels.telegram.settings import Mode
from bot.commands import MISUSE, NO
from bot.configured import Configured, Misconfigured, configured
from bot.settings import read_settings, sources
from tests.bot.calling import Antt

TOKEN = "123456789:" + "A1b2C3d4E5f6G7h8J9k0" * 2
ZALO = "987654321:abc-xyz"
SECRET = "a-secret-of-some-length"
PROXY = {"ANTT_WEB_PUBLIC_URL": "https://antt.example.vn", "ANTT_WEB_PROXIES": "127.0.0.1"}
TELEGRAM = {"ANTT_TELEGRAM_TOKEN": TOKEN}
BOTS = {"ANTT_ZALO_BOTS": f"mot={ZALO}"}
MAIL = {"ANTT_MAIL_HOST": "mail.vn", "ANTT_MAIL_FROM": "antt@example.vn"}


def _configured(environment: Mapping[str, str]) -> Configured:
    return configured(read_settings(environment), sources(environment))


def _wrong(environment: Mapping[str, str]) -> list[str]:
    with pytest.raises(Misconfigured) as caught:
        _configured(environment)
    return [str(one) for one in caught.value.problems]


def test_with_nothing_set_there_is_the_web_chat_on_this_machine() -> None:
    found = _configured({})
    assert (found.web.port, found.hooks.port) == (8080, 8081)
    assert (found.telegram, found.zalo, found.mail) == (None, None, None)


def test_every_channel_gets_its_settings() -> None:
    hooked = {"ANTT_TELEGRAM_MODE": "webhook", "ANTT_TELEGRAM_SECRET": SECRET}
    found = _configured({**PROXY, **TELEGRAM, **BOTS, **MAIL, **hooked})
    assert found.telegram is not None
    assert found.telegram.mode is Mode.WEBHOOK
    # Webhooks without their own address use that of the web chat.
    assert found.telegram.hook_url == "https://antt.example.vn/hooks/telegram"
    assert found.zalo is not None
    assert [(bot.name, bot.token) for bot in found.zalo.bots] == [("mot", ZALO)]
    assert found.mail is not None
    assert (found.mail.host, found.mail.port, found.mail.sender) == (
        "mail.vn",
        587,
        "antt@example.vn",
    )


@pytest.mark.parametrize(
    ("environment", "key", "place"),
    [
        ({"ANTT_WEB_PORT": "http"}, "web_port = 'http'", "ANTT_WEB_PORT"),
        ({"ANTT_WEB_PORT": "70000"}, "web_port = 70000", "ANTT_WEB_PORT"),
        ({"ANTT_WEB_HOST": "0.0.0.0"}, "web_host = 0.0.0.0", "ANTT_WEB_HOST"),  # noqa: S104
        ({"ANTT_WEB_PROXIES": "nginx"}, "web_proxies = 'nginx'", "ANTT_WEB_PROXIES"),
        (
            {"ANTT_WEB_PUBLIC_URL": "https://antt.example.vn"},
            "web_public_url needs web_proxies",
            "ANTT_WEB_PUBLIC_URL",
        ),
        ({"ANTT_HOOKS_PORT": "x"}, "hooks_port = 'x'", "ANTT_HOOKS_PORT"),
        ({"ANTT_HOOKS_PORT": "8080"}, "hooks_port = 8080: the web chat", "ANTT_HOOKS_PORT"),
        ({"ANTT_HOOKS_HOST": "10.0.0.1"}, "hooks_host = 10.0.0.1", "ANTT_HOOKS_HOST"),
        (
            {"ANTT_HOOKS_PUBLIC_URL": "http://a.vn"},
            "hooks_public_url = 'http://a.vn'",
            "ANTT_HOOKS_PUBLIC_URL",
        ),
        ({"ANTT_TELEGRAM_TOKEN": "abc"}, "telegram_token", "ANTT_TELEGRAM_TOKEN"),
        ({**TELEGRAM, "ANTT_TELEGRAM_MODE": "push"}, "telegram_mode", "ANTT_TELEGRAM_MODE"),
        (
            {**TELEGRAM, **PROXY, "ANTT_TELEGRAM_MODE": "webhook", "ANTT_TELEGRAM_SECRET": "short"},
            "telegram_secret",
            "ANTT_TELEGRAM_SECRET",
        ),
        (
            {**TELEGRAM, **PROXY, "ANTT_TELEGRAM_MODE": "webhook"},
            "telegram_secret",
            "not set: ANTT_TELEGRAM_SECRET",
        ),
        (
            {**TELEGRAM, "ANTT_TELEGRAM_MODE": "webhook", "ANTT_TELEGRAM_SECRET": SECRET},
            "telegram_mode = webhook: needs hooks_public_url",
            "ANTT_TELEGRAM_MODE",
        ),
        ({**TELEGRAM, "ANTT_TELEGRAM_API": "http://a.vn"}, "telegram_api", "ANTT_TELEGRAM_API"),
        ({"ANTT_ZALO_BOTS": "mot"}, "zalo_bots: entry 1 has no '='", "ANTT_ZALO_BOTS"),
        (
            {"ANTT_ZALO_BOTS": f"mot={ZALO},mot={ZALO}2"},
            "zalo_bots: two bots have the same name",
            "ANTT_ZALO_BOTS",
        ),
        ({**BOTS, "ANTT_ZALO_MODE": "push"}, "zalo_mode = 'push'", "ANTT_ZALO_MODE"),
        ({**BOTS, "ANTT_ZALO_USERS": "many"}, "zalo_users = 'many'", "ANTT_ZALO_USERS"),
        ({**BOTS, "ANTT_ZALO_MONTHLY": "0"}, "zalo_monthly = 0", "ANTT_ZALO_MONTHLY"),
        ({"ANTT_FAR_TIMES": "1"}, "far_times = 1: must be 2 to 100", "ANTT_FAR_TIMES"),
        ({"ANTT_FAR_TIMES": "năm"}, "far_times = 'năm': must be a number", "ANTT_FAR_TIMES"),
        ({**BOTS, "ANTT_ZALO_API": "http://a.vn"}, "zalo_api", "ANTT_ZALO_API"),
        ({**BOTS, "ANTT_ZALO_SECRET": "short"}, "zalo_secret", "ANTT_ZALO_SECRET"),
        ({"ANTT_MAIL_HOST": "mail.vn"}, "mail_from = ''", "not set: ANTT_MAIL_FROM"),
        ({**MAIL, "ANTT_MAIL_PORT": "smtp"}, "mail_port = 'smtp'", "ANTT_MAIL_PORT"),
        ({**MAIL, "ANTT_MAIL_SECURITY": "none"}, "mail_security = none", "ANTT_MAIL_SECURITY"),
        ({**MAIL, "ANTT_MAIL_USER": "antt"}, "mail_user and mail_password", "ANTT_MAIL_USER"),
    ],
)
def test_a_wrong_setting_is_named_with_its_place(
    environment: dict[str, str], key: str, place: str
) -> None:
    (problem,) = _wrong(environment)
    assert problem.startswith(key)
    assert problem.endswith(f"[{place}]")


def test_an_address_that_two_channels_share_is_complained_about_once() -> None:
    assert len(_wrong({**TELEGRAM, **BOTS, "ANTT_HOOKS_PUBLIC_URL": "https://a.vn/x"})) <= 2


def test_an_address_taken_over_from_the_web_chat_is_named_as_that() -> None:
    address = {**PROXY, "ANTT_WEB_PUBLIC_URL": "https://antt.example.vn:9000"}
    hooked = {"ANTT_TELEGRAM_MODE": "webhook", "ANTT_TELEGRAM_SECRET": SECRET}
    (problem,) = _wrong({**address, **TELEGRAM, **hooked})
    assert problem.endswith("[hooks_public_url is not set: ANTT_WEB_PUBLIC_URL counts]")


def test_listening_on_two_addresses_a_port_may_be_the_same() -> None:
    twice = {"ANTT_HOOKS_PORT": "8080", "ANTT_HOOKS_HOST": "::1"}
    assert _configured(twice).hooks.port == 8080
    assert _configured({"ANTT_WEB_PORT": "0", "ANTT_HOOKS_PORT": "0"}).web.port == 0


def test_a_token_under_a_wrong_key_is_not_shown() -> None:
    said = "\n".join(_wrong({**TELEGRAM, "ANTT_TELEGRAM_MODE": TOKEN, "ANTT_HOOKS_PORT": TOKEN}))
    assert "telegram_mode" in said
    assert TOKEN.partition(":")[2] not in said


def test_advice_about_a_secret_is_told_whole() -> None:
    (problem,) = _wrong({"ANTT_TELEGRAM_TOKEN": "12345:abcdefghijk"})
    assert "is not a token of a bot" in problem
    assert "abcdefghijk" not in problem


def test_checking_does_not_load_what_takes_seconds_to_load() -> None:
    look = (
        "import os, sys; from bot.configured import configured; "
        "from bot.settings import read_settings; "
        "found = configured(read_settings(os.environ), {}); "
        "print(found.telegram is not None, found.zalo is not None, found.mail is not None, "
        "'aiogram' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-c", look],
        env={**TELEGRAM, **BOTS, **MAIL},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert run.stdout.split() == ["True", "True", "True", "False"]


# What an operator sees

SEVERAL = {**TELEGRAM, "ANTT_TELEGRAM_MODE": "push", "ANTT_WEB_PORT": "x", "ANTT_HOOKS_PORT": "-1"}


def test_serve_refuses_with_every_reason_numbered(
    antt: Antt, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in SEVERAL.items():
        monkeypatch.setenv(name, value)
    said = antt("serve", "--db", "/nowhere/antt.db")
    assert (said.code, said.out) == (MISUSE, "")
    heading, *lines = said.err.splitlines()
    assert "3 chỗ cấu hình sai" in heading
    assert [line.partition(" = ")[0] for line in lines] == [
        "1. web_port",
        "2. hooks_port",
        "3. telegram_mode",
    ]


def test_check_finds_the_same(antt: Antt, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in SEVERAL.items():
        monkeypatch.setenv(name, value)
    said = antt("check")
    assert said.code == NO
    assert "1. ANTT_WEB_PORT: web_port = 'x'" in said.out
    assert "3. ANTT_TELEGRAM_MODE: telegram_mode = 'push'" in said.out
