"""Mail settings: every unsafe or unusable value is reported, all at once, without the password."""

import pytest

from bot.channels.mail import MailSettings, MailSettingsError, Security

GOOD = {
    "host": "mail.example.vn",
    "port": "587",
    "security": "starttls",
    "user": "antt",
    "password": "mat-khau-that",
    "sender": "antt@example.vn",
}


def test_good_settings_are_read() -> None:
    settings = MailSettings.read(**GOOD)
    assert settings.security is Security.STARTTLS
    assert settings.domain == "example.vn"
    assert "mat-khau-that" not in repr(settings)


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_in_clear_only_on_this_machine(host: str) -> None:
    MailSettings.read(**{**GOOD, "security": "none", "host": host})
    with pytest.raises(MailSettingsError, match="only for a server on this machine"):
        MailSettings.read(**{**GOOD, "security": "none"})


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("host", "", "mail_host"),
        ("host", "mail example", "mail_host"),
        ("host", "mail.example.vn\r\nQUIT", "mail_host"),
        ("port", "x", "mail_port"),
        ("port", "0", "mail_port"),
        ("port", "65536", "mail_port"),
        ("port", "٥٨٧", "mail_port"),
        ("security", "ssl", "mail_security"),
        ("user", "", "set both"),
        ("password", "", "set both"),
        ("user", "antt\nx", "mail_user"),
        ("password", "x" * 257, "mail_password"),
        ("sender", "", "mail_from"),
        ("sender", "antt", "mail_from"),
        ("sender", "Trợ lý <antt@example.vn>", "mail_from"),
        ("sender", "antt@example.vn\nBcc: x@y.vn", "mail_from"),
    ],
)
def test_what_cannot_be_used_is_said(key: str, value: str, said: str) -> None:
    with pytest.raises(MailSettingsError, match=said) as caught:
        MailSettings.read(**{**GOOD, key: value})
    assert "mat-khau-that" not in str(caught.value)


def test_everything_is_said_at_once() -> None:
    with pytest.raises(MailSettingsError) as caught:
        MailSettings.read(**{**GOOD, "host": "", "port": "x", "security": "ssl", "user": ""})
    assert len(caught.value.problems) == 4
