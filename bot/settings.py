"""The settings of an installation: environment variables first, then a TOML file, then defaults.

A key of the file is the variable's name in small letters without `ANTT_`: `ANTT_DATABASE` in the
environment is `database` in the file that `ANTT_SETTINGS` names.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path

PREFIX = "ANTT_"
FILE_KEY = "ANTT_SETTINGS"

_HOME = Path(__file__).resolve().parent.parent
_LOCALES = ("vi", "en")
_LEVELS = ("debug", "info", "warning", "error")


class SettingsError(ValueError):
    """Invalid settings: `problems` has a sentence for each, which says which one, where it is set
    and what would be valid; never the value of a secret.
    """

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__(numbered(problems))


def numbered(problems: Sequence[str]) -> str:
    """One problem as it is; several problems on numbered lines."""
    if len(problems) == 1:
        return problems[0]
    return "\n".join(f"{number}. {one}" for number, one in enumerate(problems, start=1))


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Every key of the settings. `explain` has a line about each."""

    database: str = ""
    data_folder: str = str(_HOME / "var")
    locale: str = "vi"
    log: str = str(_HOME / "var" / "antt.log")
    log_level: str = "info"
    far_times: str = "5"
    web_host: str = "127.0.0.1"
    web_port: str = "8080"
    web_public_url: str = ""
    web_proxies: str = ""
    hooks_host: str = "127.0.0.1"
    hooks_port: str = "8081"
    hooks_public_url: str = ""
    telegram_token: str = ""
    telegram_mode: str = "polling"
    telegram_secret: str = ""
    telegram_api: str = "https://api.telegram.org"
    zalo_bots: str = ""
    zalo_mode: str = "polling"
    zalo_secret: str = ""
    zalo_api: str = "https://bot-api.zaloplatforms.com"
    zalo_users: str = "50"
    zalo_monthly: str = "3000"
    zalo_images: str = "off"
    mail_host: str = ""
    mail_port: str = "587"
    mail_security: str = "starttls"
    mail_user: str = ""
    mail_password: str = ""
    mail_from: str = ""


EXPLAINED: Mapping[str, str] = {
    "database": "Path of the SQLite file or postgresql:// URL that commands use without --db.",
    "data_folder": "Folder of the file of revocations that PostgreSQL installations need.",
    "locale": "Language of the command line: vi or en. People choose their own in the chat.",
    "log": 'File of the log, one JSON object a line, or "-" for standard error.',
    "log_level": "Least grave kind of record that is kept: debug, info, warning or error.",
    "far_times": "A figure so many times as large or small as the known one is asked about.",
    "web_host": "Address the web chat listens on; anything but this machine needs a proxy.",
    "web_port": "Port the web chat listens on.",
    "web_public_url": "https:// address of the proxy in front of it; empty on this machine only.",
    "web_proxies": "Addresses of that proxy, between commas: the only ones it listens to.",
    "hooks_host": "Address that webhooks, /health, /ready and /metrics listen on.",
    "hooks_port": "Their port. Let the proxy pass on /hooks/ and nothing else.",
    "hooks_public_url": "https:// address in front of it, for webhooks; empty: web_public_url.",
    "telegram_token": "Token of the Telegram bot; empty: Telegram is off.",
    "telegram_mode": "polling, or webhook where a proxy with a certificate stands in front.",
    "telegram_secret": "Secret that Telegram sends with webhook calls: 16-256 of A-Za-z0-9_-.",
    "telegram_api": "Address of the Bot API; another one only for a server of your own.",
    "zalo_bots": "Zalo bots as name=token, between commas; empty: Zalo is off.",
    "zalo_mode": "polling, or webhook where a proxy with a certificate stands in front.",
    "zalo_secret": "Secret that Zalo sends with webhook calls: 16 to 256 characters.",
    "zalo_api": "Address of the Zalo Bot API.",
    "zalo_users": "People that one Zalo bot may serve by its plan.",
    "zalo_monthly": "Messages that one Zalo bot may send in a month by its plan.",
    "zalo_images": "off, or on: pictures that people send are fetched for the step that waits.",
    "mail_host": "SMTP server for notices by mail; empty: no mail.",
    "mail_port": "Its port.",
    "mail_security": "starttls, tls, or none for a server on this machine.",
    "mail_user": "Name to sign in with; empty: without signing in.",
    "mail_password": "Password to sign in with.",
    "mail_from": "Address that mails come from.",
}
"""Key -> its purpose; the settings file that `antt init` writes contains these lines."""


Sourced = tuple[str, str]
"""A value and where it is set, for the error message."""


def read_settings(environment: Mapping[str, str]) -> Settings:
    """The settings of this process. Raises `SettingsError` with everything that is wrong."""
    values = _sourced(environment)
    if problems := tuple(_problems(values)):
        raise SettingsError(*problems)
    return Settings(**{key: value for key, (value, _) in values.items()})


def sources(environment: Mapping[str, str]) -> Mapping[str, str]:
    """Key -> where its value is set ("ANTT_WEB_PORT", "antt.toml: web_port"); keys that are not set
    are left out. Raises `SettingsError`.
    """
    return {key: place for key, (_, place) in _sourced(environment).items()}


def _sourced(environment: Mapping[str, str]) -> dict[str, Sourced]:
    known = tuple(field.name for field in fields(Settings))
    values = _from_file(environment.get(FILE_KEY, ""), known)
    for key in known:
        variable = PREFIX + key.upper()
        if variable in environment:
            values[key] = (environment[variable], variable)
    return values


def _from_file(path: str, known: tuple[str, ...]) -> dict[str, Sourced]:
    if not path:
        return {}
    try:
        table = tomllib.loads(Path(path).read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{FILE_KEY}={path}: {error.strerror}") from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path} is no TOML file: {error}") from error
    if problems := tuple(_of_file(path, table, known)):
        raise SettingsError(*problems)
    return {key: (value, f"{path}: {key}") for key, value in table.items()}


def _of_file(path: str, table: Mapping[str, object], known: tuple[str, ...]) -> Iterator[str]:
    for key, value in table.items():
        if key not in known:
            yield f"{path}: unknown key {key!r}; there are {', '.join(known)}"
        elif not isinstance(value, str):
            # Without the value: it may be a password of digits.
            yield f"{path}: {key} must be a text in quotes, not {type(value).__name__}"


def _problems(values: Mapping[str, Sourced]) -> Iterator[str]:
    for key, allowed in (("locale", _LOCALES), ("log_level", _LEVELS)):
        value, place = values.get(key, (allowed[0], ""))
        if value not in allowed:
            yield f"{place} = {value!r}: must be one of {', '.join(allowed)}"
