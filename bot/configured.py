"""Checks the settings before anything starts: every problem at once, with key and source.

This is quick: it does not load Telegram's library, which takes seconds.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from bot.hooks_settings import HooksSettings
from bot.logs import scrub_advice
from bot.settings import PREFIX, Settings, numbered
from domain.replies import FAR_TIMES

if TYPE_CHECKING:
    from bot.channels.mail.settings import MailSettings
    from bot.channels.telegram.settings import TelegramSettings
    from bot.channels.web.settings import WebSettings
    from bot.channels.zalo.settings import ZaloSettings

NOT_SET: Final = "not set"

_KEY: Final = re.compile(r"[a-z_]+")
_FALLBACK: Final = {"hooks_public_url": "web_public_url"}
"""Key -> the key that is used instead if it is empty."""

T = TypeVar("T")


class Misconfigured(ValueError):
    """`problems`: each with a sentence, its key and the source of the key."""

    def __init__(self, problems: "tuple[Wrong, ...]") -> None:
        self.problems = problems
        super().__init__(numbered([str(one) for one in problems]))


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """One problem. `place` is an environment variable, "FILE: key", or says that the key is not set
    and which variable would set it.
    """

    text: str
    place: str

    def __str__(self) -> str:
        return f"{self.text} [{self.place}]"


@dataclass(frozen=True, kw_only=True)
class Configured:
    """The configured parts of an installation; a channel that is off is None."""

    web: "WebSettings"
    hooks: HooksSettings
    far_times: int = FAR_TIMES
    telegram: "TelegramSettings | None" = None
    zalo: "ZaloSettings | None" = None
    mail: "MailSettings | None" = None


def configured(
    settings: Settings, places: Mapping[str, str], *, port: int | None = None
) -> Configured:
    """All settings of `antt serve`. `places` is `bot.settings.sources`; `port` replaces `web_port`
    if it is given.

    Raises `Misconfigured`.
    """
    reading = _Reading(settings)
    web = reading.one(lambda: _web(reading, port))
    hooks = reading.one(lambda: _hooks(reading))
    telegram = reading.one(lambda: _telegram(settings))
    zalo = reading.one(lambda: _zalo(settings))
    mail = reading.one(lambda: _mail(settings))
    far_times = reading.one(lambda: _far_times(reading))
    if web is not None and hooks is not None:
        reading.problems += _of_ports(web.host, web.port, hooks.host, hooks.port)
    if reading.problems or web is None or hooks is None or far_times is None:
        raise Misconfigured(tuple(_wrong(one, settings, places) for one in reading.distinct()))
    return Configured(
        web=web, hooks=hooks, far_times=far_times, telegram=telegram, zalo=zalo, mail=mail
    )


class _Reading:
    """Collects the problems that the parts report."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.problems: list[str] = []

    def one(self, read: Callable[[], T]) -> T | None:
        """The result, or None if there were problems, which are recorded."""
        try:
            return read()
        except ValueError as error:
            # Each part has its own ValueError class; each has one sentence or several.
            self.problems += getattr(error, "problems", (str(error),))
            return None

    def number(self, key: str, default: int) -> int:
        """A whole number; on an error the problem is recorded and the default is used."""
        text: str = getattr(self.settings, key)
        try:
            return int(text)
        except ValueError:
            self.problems.append(f"{key} = {text!r}: must be a number")
            return default

    def distinct(self) -> Iterator[str]:
        """Two channels may report the same problem of an address that both use."""
        yield from dict.fromkeys(self.problems)


def _web(reading: _Reading, port: int | None) -> "WebSettings":
    from bot.channels.web.settings import DEFAULT_PORT, WebSettings, networks

    settings = reading.settings
    proxies = reading.one(lambda: networks(settings.web_proxies))
    return WebSettings(
        host=settings.web_host,
        port=reading.number("web_port", DEFAULT_PORT) if port is None else port,
        public_url=settings.web_public_url or None,
        # Proxies that cannot be parsed are reported once, not also as missing.
        proxies=networks("127.0.0.1") if proxies is None else proxies,
    )


_FEWEST_TIMES: Final = 2
_MOST_TIMES: Final = 100
"""Once as large is every figure, and a hundred times as large is always asked about."""


def _far_times(reading: _Reading) -> int:
    times = reading.number("far_times", FAR_TIMES)
    if not _FEWEST_TIMES <= times <= _MOST_TIMES:
        msg = f"far_times = {times}: must be {_FEWEST_TIMES} to {_MOST_TIMES}"
        raise ValueError(msg)
    return times


def _hooks(reading: _Reading) -> HooksSettings:
    from bot.hooks_settings import DEFAULT_PORT

    settings = reading.settings
    return HooksSettings(
        host=settings.hooks_host,
        port=reading.number("hooks_port", DEFAULT_PORT),
        public_url=_public_url(settings) or None,
        behind_proxy=bool(settings.web_proxies.strip()),
    )


def _public_url(settings: Settings) -> str:
    return settings.hooks_public_url or settings.web_public_url


def _telegram(settings: Settings) -> "TelegramSettings | None":
    if not settings.telegram_token:
        return None
    from bot.channels.telegram.settings import TelegramSettings

    return TelegramSettings.read(
        token=settings.telegram_token,
        mode=settings.telegram_mode,
        secret=settings.telegram_secret,
        api=settings.telegram_api,
        public_url=_public_url(settings),
    )


def _zalo(settings: Settings) -> "ZaloSettings | None":
    if not settings.zalo_bots.strip():
        return None
    from bot.channels.zalo.settings import ZaloSettings

    return ZaloSettings.read(
        bots=settings.zalo_bots,
        mode=settings.zalo_mode,
        secret=settings.zalo_secret,
        api=settings.zalo_api,
        users=settings.zalo_users,
        monthly=settings.zalo_monthly,
        images=settings.zalo_images,
        public_url=_public_url(settings),
    )


def _mail(settings: Settings) -> "MailSettings | None":
    if not settings.mail_host.strip():
        return None
    from bot.channels.mail.settings import MailSettings

    return MailSettings.read(
        host=settings.mail_host,
        port=settings.mail_port,
        security=settings.mail_security,
        user=settings.mail_user,
        password=settings.mail_password,
        sender=settings.mail_from,
    )


def _of_ports(web_host: str, web_port: int, hooks_host: str, hooks_port: int) -> list[str]:
    """Both may choose a free port (0), and each may have an address of its own."""
    if web_port != hooks_port or web_port == 0:
        return []
    everywhere = {"0.0.0.0", "::"}  # noqa: S104  compared with, not listened on
    if web_host != hooks_host and not everywhere & {web_host, hooks_host}:
        return []
    return [f"hooks_port = {hooks_port}: the web chat listens there, choose another"]


def _wrong(problem: str, settings: Settings, places: Mapping[str, str]) -> Wrong:
    # A token that was entered under another key must not be shown either.
    text = scrub_advice(problem)
    found = _KEY.match(problem)
    key = found[0] if found else ""
    other = _FALLBACK.get(key, "")
    if other and not getattr(settings, key) and getattr(settings, other):
        return Wrong(text=text, place=f"{key} is {NOT_SET}: {places.get(other, other)} counts")
    return Wrong(text=text, place=places.get(key, f"{NOT_SET}: {PREFIX}{key.upper()}"))
