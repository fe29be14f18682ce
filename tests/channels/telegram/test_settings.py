"""Refused Telegram settings, and no secret in their messages."""

import subprocess
import sys

import pytest

from bot.channels.telegram import TelegramSettings, TelegramSettingsError
from tests.channels.telegram.town import PUBLIC
from tests.telegram_server import SECRET, TOKEN

GOOD = {
    "token": TOKEN,
    "mode": "webhook",
    "secret": SECRET,
    "api": "https://api.telegram.org/",
    "public_url": PUBLIC + "/",
}


def test_good_settings_name_the_webhook() -> None:
    settings = TelegramSettings.read(**GOOD)
    assert settings.hook_url == "https://antt.example.vn/hooks/telegram"
    assert settings.api == "https://api.telegram.org"


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("token", "", "telegram_token"),
        ("token", "123:short", "BotFather"),
        ("token", TOKEN + "\n/x", "BotFather"),
        ("mode", "both", "polling or webhook"),
        ("secret", "", "openssl"),
        ("secret", "short", "16 to 256"),
        ("secret", "có dấu thì không được", "16 to 256"),
        ("api", "ftp://x", "https://"),
        ("api", "http://api.telegram.org", "in clear"),
        ("api", "https://user:pass@x", "no login"),
        ("api", "https://[::1", "no address"),
        ("public_url", "", "polling"),
        ("public_url", "http://antt.example.vn", "https://"),
        ("public_url", "https://antt.example.vn:8081", "80, 88, 443, 8443"),
        ("public_url", "https://antt.example.vn:99999", "no address"),
    ],
)
def test_what_cannot_work_is_said_with_what_would(key: str, value: str, said: str) -> None:
    with pytest.raises(TelegramSettingsError) as refused:
        TelegramSettings.read(**{**GOOD, key: value})
    assert said in str(refused.value)
    assert key in str(refused.value)
    for secret in (TOKEN, SECRET, "pass"):
        assert secret not in str(refused.value)


def test_everything_wrong_is_said_at_once() -> None:
    with pytest.raises(TelegramSettingsError) as refused:
        TelegramSettings.read(**{**GOOD, "token": "", "secret": "", "api": "x", "public_url": ""})
    said = [problem.partition(":")[0].partition(" ")[0] for problem in refused.value.problems]
    assert said == ["telegram_token", "telegram_api", "telegram_secret", "telegram_mode"]
    with pytest.raises(TelegramSettingsError) as refused:
        TelegramSettings.read(**{**GOOD, "mode": "both", "token": ""})
    assert len(refused.value.problems) == 2


@pytest.mark.parametrize(
    "api", ["http://127.0.0.1:8081", "http://localhost:1", "http://10.0.0.9", "http://bot-api:8081"]
)
def test_a_server_of_ones_own_may_be_plain(api: str) -> None:
    assert TelegramSettings.read(**{**GOOD, "api": api}).api == api


def test_polling_needs_no_secret_and_no_address() -> None:
    polling = {**GOOD, "mode": "polling", "secret": "", "public_url": ""}
    assert TelegramSettings.read(**polling).public_url == ""


def test_they_are_printed_without_token_and_secret() -> None:
    shown = repr(TelegramSettings.read(**GOOD))
    assert TOKEN not in shown
    assert SECRET not in shown


def test_the_settings_alone_do_not_load_aiogram() -> None:
    """An installation without Telegram does not pay the 4 s and 100 MB."""
    program = (
        "import sys, bot.channels.telegram, bot.commands; "
        "sys.exit('aiogram' in sys.modules or 'bot.channels.telegram.api' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
