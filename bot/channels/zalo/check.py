"""Whether the settings of Zalo work, tried out for `antt channels test`; nobody gets a message."""

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
"""Error -> what it means here, and the settings to look at."""


async def check(settings: ZaloSettings) -> tuple[Tried, ...]:
    """Ask Zalo about every bot: who it is, and whether its webhook fits the settings.

    A webhook that is missing while the assistant is stopped is set by its next start.
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
    """While polling there must be no webhook: Zalo would bring messages there."""
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
