"""Settings for calling Telegram and for receiving its updates."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from typing import Final, Self
from urllib.parse import urlsplit

from domain.channels import TELEGRAM

NAME: Final = TELEGRAM
"""The word that addresses of this channel contain."""

HOOK_PATH: Final = "/hooks/telegram"

PORTS: Final = frozenset({443, 80, 88, 8443})
"""The only ports to which Telegram delivers (Bot API, setWebhook)."""

PUBLIC_API: Final = "https://api.telegram.org"

_TOKEN = re.compile(r"[0-9]{5,16}:[A-Za-z0-9_-]{30,64}")
_SECRET = re.compile(r"[A-Za-z0-9_-]{16,256}")


class TelegramSettingsError(ValueError):
    """Invalid settings: `problems` has a sentence for each, which names the setting and a valid
    value, without token or secret.
    """

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class Mode(StrEnum):
    """Which side opens the connection."""

    POLLING = "polling"
    WEBHOOK = "webhook"


@dataclass(frozen=True, kw_only=True)
class TelegramSettings:
    """Raises `TelegramSettingsError` with everything that cannot work or would be unsafe.

    `public_url` is the https:// address in front of our webhooks, without a path; only for
    `Mode.WEBHOOK`, like `secret`. `api` is a different address only for one's own Bot API server.
    `repr` contains neither token nor secret.
    """

    token: str = field(repr=False)
    mode: Mode = Mode.POLLING
    secret: str = field(default="", repr=False)
    api: str = PUBLIC_API
    public_url: str = ""

    def __post_init__(self) -> None:
        if problems := tuple(self._problems()):
            raise TelegramSettingsError(problems)

    def _problems(self) -> Iterator[str]:
        if not _TOKEN.fullmatch(self.token):
            yield (
                "telegram_token: is not a token of a bot; BotFather gives them as "
                "digits, a colon and 35 letters"
            )
        yield from _of_api(self.api)
        yield from _of_webhook(self)

    @classmethod
    def read(cls, *, token: str, mode: str, secret: str, api: str, public_url: str | None) -> Self:
        """From the texts of the settings. Raises `TelegramSettingsError`."""
        problems: tuple[str, ...] = ()
        if mode not in tuple(Mode):
            problems = (f"telegram_mode = {mode!r}: must be {' or '.join(Mode)}",)
        try:
            settings = cls(
                token=token.strip(),
                # The other settings are checked anyway.
                mode=Mode.POLLING if problems else Mode(mode),
                secret=secret,
                api=(api or PUBLIC_API).rstrip("/"),
                public_url=public_url or "",
            )
        except TelegramSettingsError as error:
            raise TelegramSettingsError((*problems, *error.problems)) from None
        if problems:
            raise TelegramSettingsError(problems)
        return settings

    @property
    def hook_url(self) -> str:
        """Where Telegram delivers updates in `Mode.WEBHOOK`."""
        return self.public_url.rstrip("/") + HOOK_PATH


def _of_webhook(settings: TelegramSettings) -> Iterator[str]:
    if settings.mode is not Mode.WEBHOOK:
        return
    if not _SECRET.fullmatch(settings.secret):
        yield (
            "telegram_secret: a webhook needs a secret of 16 to 256 of A-Z a-z 0-9 _ -, "
            "for example from: openssl rand -hex 32"
        )
    if settings.public_url:
        yield from _of_public_url(settings.public_url)
    else:
        yield (
            "telegram_mode = webhook: needs hooks_public_url (or web_public_url), the https:// "
            "address of the proxy; without one choose polling"
        )


def _of_public_url(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        yield "hooks_public_url: is no address"
        return
    if parts.scheme != "https" or not parts.hostname:
        yield f"hooks_public_url = {url!r}: Telegram delivers to https:// only"
    elif (port or 443) not in PORTS:
        allowed = ", ".join(map(str, sorted(PORTS)))
        yield f"hooks_public_url = {url!r}: Telegram delivers to the ports {allowed} only"


def _of_api(url: str) -> Iterator[str]:
    try:
        parts = urlsplit(url)
        near = parts.port != 0 and _is_near(parts.hostname)
    except ValueError:
        yield "telegram_api: is no address"
        return
    if parts.username or parts.query or parts.fragment:
        yield "telegram_api: only https:// and a name, no login, no query"
    elif not parts.hostname or not (parts.scheme == "https" or (parts.scheme == "http" and near)):
        yield (
            f"telegram_api = {url!r}: must begin with https:// (http:// only for a server of "
            "your own in your own network), or the token would travel in clear"
        )


def _is_near(host: str | None) -> bool:
    """Whether a host is this machine or in the same network."""
    if host is None:
        return False
    try:
        return ip_address(host).is_private
    except ValueError:
        return host == "localhost" or "." not in host
