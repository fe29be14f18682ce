"""Settings of the Zalo bots and of how messages arrive."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, Self, TypeVar
from urllib.parse import urlsplit

from domain.channels import ZALO

NAME: Final = ZALO
"""The word that addresses of this channel contain."""

HOOK_PATH: Final = "/hooks/zalo/"
DEFAULT_API: Final = "https://bot-api.zaloplatforms.com"
DEFAULT_USERS: Final = 50
DEFAULT_MONTHLY: Final = 3_000

MOST_BOTS: Final = 20
"""The free plan has three; each needs a poller or a webhook."""

_SHORTEST_SECRET: Final = 16
"""Zalo accepts 8 characters; sixteen cannot be guessed over a network."""
_LONGEST_SECRET: Final = 256
_MOST: Final = 1_000_000

_BOT_NAME: Final = re.compile(r"[a-z][a-z0-9-]{0,19}")
_TOKEN: Final = re.compile(r"[A-Za-z0-9:_\-.]{8,200}")
_SECRET: Final = re.compile(r"[\x21-\x7e]+")
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})

T = TypeVar("T")


class ZaloSettingsError(ValueError):
    """Invalid settings: `problems` has a sentence for each, without any token."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


class Mode(StrEnum):
    """How messages arrive. POLLING needs no public address; Zalo intends it for testing."""

    POLLING = "polling"
    WEBHOOK = "webhook"


@dataclass(frozen=True, kw_only=True)
class Bot:
    """One bot: our own name of it, which addresses contain permanently, and its token."""

    name: str
    token: str = field(repr=False)

    @property
    def hook_path(self) -> str:
        """The path of its webhook: Zalo's calls do not say which bot they are for."""
        return HOOK_PATH + self.name


@dataclass(frozen=True, kw_only=True)
class ZaloSettings:
    """Raises `ZaloSettingsError` with everything that is wrong.

    `public_url` is the https:// address in front of the webhooks, needed in webhook mode.
    `users`: people one bot may serve. `monthly`: messages one bot may send in a month.
    """

    bots: tuple[Bot, ...]
    mode: Mode = Mode.POLLING
    secret: str = field(default="", repr=False)
    api: str = DEFAULT_API
    users: int = DEFAULT_USERS
    monthly: int = DEFAULT_MONTHLY
    public_url: str | None = None
    images: bool = False

    def __post_init__(self) -> None:
        problems = (
            *_of_bots(self.bots),
            *_of_webhook(self),
            *_of_api(self.api),
            *_of_count("zalo_users", self.users),
            *_of_count("zalo_monthly", self.monthly),
        )
        if problems:
            raise ZaloSettingsError(problems)

    @classmethod
    def read(
        cls,
        *,
        bots: str,
        mode: str,
        secret: str,
        api: str,
        users: str,
        monthly: str,
        images: str,
        public_url: str,
    ) -> Self:
        """From the texts of the settings. Raises `ZaloSettingsError`."""
        problems: list[str] = []
        values = (
            _parsed_bots(bots, problems),
            _one_of("zalo_mode", mode, {one.value: one for one in Mode}, problems) or Mode.POLLING,
            _number("zalo_users", users, DEFAULT_USERS, problems),
            _number("zalo_monthly", monthly, DEFAULT_MONTHLY, problems),
            _one_of("zalo_images", images, {"off": False, "on": True}, problems) or False,
        )
        found, chosen_mode, most_users, most_messages, with_images = values
        try:
            settings = cls(
                bots=found,
                mode=chosen_mode,
                secret=secret,
                api=api.strip(),
                users=most_users,
                monthly=most_messages,
                images=with_images,
                public_url=public_url.strip() or None,
            )
        except ZaloSettingsError as error:
            # Bots that could not be parsed were reported before.
            more = error.problems if found or not problems else error.problems[1:]
            raise ZaloSettingsError((*problems, *more)) from None
        if problems:
            raise ZaloSettingsError(tuple(problems))
        return settings

    def bot(self, name: str) -> Bot | None:
        """The bot of this name, or None."""
        return next((bot for bot in self.bots if bot.name == name), None)

    def hook_url(self, bot: Bot) -> str | None:
        """The URL at which Zalo calls the bot's webhook; None if there is none."""
        if self.mode is Mode.POLLING or self.public_url is None:
            return None
        return self.public_url.rstrip("/") + bot.hook_path


def _parsed_bots(text: str, problems: list[str]) -> tuple[Bot, ...]:
    found = []
    parts = (part.strip() for part in text.split(","))
    for number, part in enumerate((part for part in parts if part), start=1):
        name, equals, token = part.partition("=")
        if equals:
            found.append(Bot(name=name.strip(), token=token.strip()))
        else:
            # The part itself may be a token, so the message gives its position.
            problems.append(
                f"zalo_bots: entry {number} has no '=': write name=token, between commas"
            )
    return tuple(found)


def _one_of(key: str, text: str, allowed: Mapping[str, T], problems: list[str]) -> T | None:
    value = allowed.get(text.strip().lower())
    if value is None:
        problems.append(f"{key} = {text!r}: must be {' or '.join(allowed)}")
    return value


def _number(key: str, text: str, default: int, problems: list[str]) -> int:
    stripped = text.strip()
    if stripped.isascii() and stripped.isdigit() and len(stripped) <= len(str(_MOST)):
        return int(stripped)
    problems.append(f"{key} = {text[:40]!r}: must be a whole number")
    return default


def _of_bots(bots: tuple[Bot, ...]) -> Iterator[str]:
    if not bots:
        yield "zalo_bots: no bot is named"
    if len(bots) > MOST_BOTS:
        yield f"zalo_bots: {len(bots)} bots, at most {MOST_BOTS}"
    for number, bot in enumerate(bots, start=1):
        if not _BOT_NAME.fullmatch(bot.name):
            yield (
                f"zalo_bots: the name of entry {number} must be a short word of a-z, 0-9 and -, "
                "beginning with a letter"
            )
        if not _TOKEN.fullmatch(bot.token):
            yield (
                f"zalo_bots: entry {number} has no token that Zalo could have given: "
                "copy it whole from the message of Bot Creator"
            )
    for what, values in (
        ("name", [bot.name for bot in bots]),
        ("token", [bot.token for bot in bots]),
    ):
        if len(set(values)) < len(values):
            yield f"zalo_bots: two bots have the same {what}"


def _of_webhook(settings: ZaloSettings) -> Iterator[str]:
    secret = settings.secret
    if settings.mode is Mode.WEBHOOK and settings.public_url is None:
        yield (
            "zalo_mode = webhook needs hooks_public_url: the https:// address that Zalo is to call"
        )
    if settings.public_url is not None and not _is_address(settings.public_url, "https"):
        yield "hooks_public_url: must begin with https:// and a name, without a path"
    if settings.mode is Mode.WEBHOOK and not secret:
        yield "zalo_mode = webhook needs zalo_secret"
    elif secret and not (
        _SHORTEST_SECRET <= len(secret) <= _LONGEST_SECRET and _SECRET.fullmatch(secret)
    ):
        yield (
            f"zalo_secret: must have {_SHORTEST_SECRET} to {_LONGEST_SECRET} letters, figures "
            "or signs of ASCII, without blanks"
        )


def _of_api(api: str) -> Iterator[str]:
    try:
        host = urlsplit(api).hostname
    except ValueError:
        host = None
    schemes = ("https", "http") if host in _LOOPBACK else ("https",)
    if not any(_is_address(api, scheme) for scheme in schemes):
        yield "zalo_api: must begin with https:// and a name, such as " + DEFAULT_API


def _of_count(key: str, value: int) -> Iterator[str]:
    if not 1 <= value <= _MOST:
        yield f"{key} = {value}: must be 1 to {_MOST}"


def _is_address(url: str, scheme: str) -> bool:
    try:
        parts = urlsplit(url)
        named = parts.scheme == scheme and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    beside = parts.query or parts.fragment or parts.username
    return named and parts.path in {"", "/"} and not beside
