"""How Telegram is reached, and how it reaches us."""

import re
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import Final, Self
from urllib.parse import SplitResult, urlsplit

NAME: Final = "telegram"
"""The word that addresses of this channel carry."""

HOOK_PATH: Final = "/hooks/telegram"

PORTS: Final = frozenset({443, 80, 88, 8443})
"""The only ports to which Telegram delivers (Bot API, setWebhook)."""

PUBLIC_API: Final = "https://api.telegram.org"

_TOKEN = re.compile(r"[0-9]{5,16}:[A-Za-z0-9_-]{30,64}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class TelegramSettingsError(ValueError):
    """A setting of Telegram that cannot be used; the text says which and what would do, and
    holds neither token nor secret."""


class Mode(StrEnum):
    """Who calls whom."""

    POLLING = "polling"
    WEBHOOK = "webhook"


@dataclass(frozen=True, kw_only=True)
class TelegramSettings:
    """Raises `TelegramSettingsError` for what cannot work or would be unsafe.

    `public_url` is the https:// address in front of our webhooks, without a path; only for
    `Mode.WEBHOOK`, as is `secret`. `api` is another address only for a Bot API server of one's
    own. Neither token nor secret is part of `repr`.
    """

    token: str = field(repr=False)
    mode: Mode = Mode.POLLING
    secret: str = field(default="", repr=False)
    api: str = PUBLIC_API
    public_url: str = ""

    def __post_init__(self) -> None:
        if not _TOKEN.fullmatch(self.token):
            raise TelegramSettingsError(
                "telegram_token: is not a token of a bot; BotFather gives them as "
                "digits, a colon and 35 letters"
            )
        _check_api(self.api)
        if self.mode is Mode.WEBHOOK:
            _check_secret(self.secret)
            _check_public_url(self.public_url)

    @classmethod
    def read(cls, *, token: str, mode: str, secret: str, api: str, public_url: str | None) -> Self:
        """From the texts of the settings. Raises `TelegramSettingsError`."""
        if mode not in tuple(Mode):
            allowed = " or ".join(Mode)
            raise TelegramSettingsError(f"telegram_mode = {mode!r}: must be {allowed}")
        return cls(
            token=token.strip(),
            mode=Mode(mode),
            secret=secret,
            api=(api or PUBLIC_API).rstrip("/"),
            public_url=public_url or "",
        )

    @property
    def hook_url(self) -> str:
        """Where Telegram delivers updates in `Mode.WEBHOOK`."""
        return self.public_url.rstrip("/") + HOOK_PATH


def _check_secret(secret: str) -> None:
    if not _SECRET.fullmatch(secret):
        raise TelegramSettingsError(
            "telegram_secret: a webhook needs a secret of 16 to 256 of A-Z a-z 0-9 _ -, "
            "for example from: openssl rand -hex 32"
        )


def _check_public_url(url: str) -> None:
    if not url:
        raise TelegramSettingsError(
            "telegram_mode = webhook: needs hooks_public_url (or web_public_url), the https:// "
            "address of the proxy; without one choose polling"
        )
    parts, port = _split(url, "hooks_public_url")
    if parts.scheme != "https" or not parts.hostname:
        raise TelegramSettingsError(
            f"hooks_public_url = {url!r}: Telegram delivers to https:// only"
        )
    if (port or 443) not in PORTS:
        allowed = ", ".join(map(str, sorted(PORTS)))
        raise TelegramSettingsError(
            f"hooks_public_url = {url!r}: Telegram delivers to the ports {allowed} only"
        )


def _check_api(url: str) -> None:
    parts, _ = _split(url, "telegram_api")
    if parts.username or parts.query or parts.fragment:
        raise TelegramSettingsError("telegram_api: only https:// and a name, no login, no query")
    plain = parts.scheme == "http" and _is_near(parts.hostname)
    if not parts.hostname or not (parts.scheme == "https" or plain):
        raise TelegramSettingsError(
            f"telegram_api = {url!r}: must begin with https:// (http:// only for a server of "
            "your own in your own network), or the token would travel in clear"
        )


def _split(url: str, key: str) -> tuple[SplitResult, int | None]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise TelegramSettingsError(f"{key}: is no address") from error
    return parts, port


def _is_near(host: str | None) -> bool:
    """Whether a host is this machine or one of the same network."""
    if host is None:
        return False
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host
