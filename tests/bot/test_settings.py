"""Settings from the environment and from a file, and the messages about invalid ones."""

from dataclasses import fields
from pathlib import Path

import pytest

from bot.settings import EXPLAINED, Settings, SettingsError, read_settings, sources


def test_without_anything_set_there_are_defaults() -> None:
    assert read_settings({}) == Settings()


def test_the_environment_wins_over_the_file(tmp_path: Path) -> None:
    file = tmp_path / "antt.toml"
    file.write_text('database = "a.db"\nlocale = "en"\n', encoding="utf-8")
    found = read_settings({"ANTT_SETTINGS": str(file), "ANTT_LOCALE": "vi"})
    assert (found.database, found.locale) == ("a.db", "vi")


def test_every_key_is_explained() -> None:
    assert set(EXPLAINED) == {field.name for field in fields(Settings)}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("locale = 'fr'", "must be one of vi, en"),
        ("colour = 'red'", "unknown key 'colour'"),
        ("locale = 7", "must be a text in quotes"),
        ("locale", "is no TOML file"),
        ("\udcff", "is no TOML file"),
    ],
)
def test_a_bad_setting_is_named_with_what_would_do(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "antt.toml"
    file.write_bytes(text.encode("utf-8", errors="surrogateescape"))
    with pytest.raises(SettingsError, match=said) as caught:
        read_settings({"ANTT_SETTINGS": str(file)})
    assert str(file) in str(caught.value)


def test_a_settings_file_that_is_not_there_is_named() -> None:
    with pytest.raises(SettingsError, match=r"/nowhere/antt\.toml"):
        read_settings({"ANTT_SETTINGS": "/nowhere/antt.toml"})


def test_everything_that_is_wrong_is_said_at_once_and_numbered(tmp_path: Path) -> None:
    file = tmp_path / "antt.toml"
    file.write_text("colour = 'red'\nmail_password = 20251130\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"(?s)^1\. .*colour.*\n2\. .*mail_password") as caught:
        read_settings({"ANTT_SETTINGS": str(file)})
    assert "20251130" not in str(caught.value)
    with pytest.raises(SettingsError, match=r"(?s)^1\. ANTT_LOCALE.*\n2\. ANTT_LOG_LEVEL"):
        read_settings({"ANTT_LOCALE": "fr", "ANTT_LOG_LEVEL": "loud"})


def test_where_a_value_stands_is_known(tmp_path: Path) -> None:
    file = tmp_path / "antt.toml"
    file.write_text('web_port = "8090"\nlocale = "en"\n', encoding="utf-8")
    assert sources({"ANTT_SETTINGS": str(file), "ANTT_LOCALE": "vi"}) == {
        "web_port": f"{file}: web_port",
        "locale": "ANTT_LOCALE",
    }
