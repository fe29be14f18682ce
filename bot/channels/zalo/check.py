"""Tests the Zalo settings for `antt channels test`; sends no message."""

from collections.abc import AsyncIterator, Mapping
from typing import Final
from urllib.parse import urlsplit

from bot.channels.zalo.client import (
    AuthError,
    NotFoundError,
    TransientError,
    ZaloClient,
    ZaloError,
)
from bot.channels.zalo.settings import NAME, Bot, ZaloSettings
from bot.trying import About, Tried, What

_FAULTS: Final[Mapping[type[ZaloError], tuple[What, str]]] = {
    AuthError: (What.REFUSED, "zalo_bots"),
    NotFoundError: (What.WRONG_ADDRESS, "zalo_api"),
    TransientError: (What.UNREACHABLE, ""),
}
"""Error -> its meaning here, and the settings to check."""


async def check(settings: ZaloSettings) -> tuple[Tried, ...]:
    """Ask Zalo about every bot: its account, and whether its webhook matches the settings.

    If a webhook is missing while the assistant is stopped, the next start sets it.
    """
    tried: list[Tried] = []
    for bot in settings.bots:
        client = ZaloClient(settings.api, bot)
        try:
            tried += [one async for one in _of_bot(settings, bot, client)]
        finally:
            await client.close()
    return tuple(tried)


async def _of_bot(settings: ZaloSettings, bot: Bot, client: ZaloClient) -> AsyncIterator[Tried]:
    about = About.TOKEN
    try:
        me = await client.get_me()
        yield _tried(bot, about, What.WORKS, me.display_name)
        about = About.UPDATES
        webhook = await client.get_webhook()
    except ZaloError as error:
        what, keys = _FAULTS.get(type(error), (What.UNKNOWN, ""))
        yield _tried(bot, about, what, str(error), keys)
        return
    url = webhook.url if webhook is not None else None
    yield _updates(settings, bot, url)


def _updates(settings: ZaloSettings, bot: Bot, url: str | None) -> Tried:
    """Polling needs no webhook to be set: Zalo would send messages there."""
    wanted = settings.hook_url(bot)
    if url == wanted:
        return _tried(bot, About.UPDATES, What.WORKS)
    if url is None:
        return _tried(bot, About.UPDATES, What.NO_WEBHOOK)
    return _tried(bot, About.UPDATES, What.OTHER_WEBHOOK, urlsplit(url).netloc)


def _tried(bot: Bot, about: About, what: What, detail: str = "", settings: str = "") -> Tried:
    return Tried(
        channel=NAME, bot=bot.name, about=about, what=what, detail=detail, settings=settings
    )
