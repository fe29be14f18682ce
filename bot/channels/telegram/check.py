"""Tests the Telegram settings for `antt channels test`."""

from collections.abc import Mapping
from typing import Any, Final

from bot.channels.telegram.api import Answer, TelegramApi, Took
from bot.channels.telegram.failures import Rejected
from bot.channels.telegram.settings import NAME, Mode, TelegramSettings
from bot.trying import About, Tried, What

MANY_WAITING: Final = 100
"""Updates waiting at Telegram: more than in any quiet minute."""

_LAST_ERROR: Final = 200
"""Characters of Telegram's last error that are shown: one or two lines of a terminal."""


async def check(settings: TelegramSettings, chat: str | None) -> tuple[Tried, ...]:
    """Test the token, how updates arrive, and sending to `chat` (an address in use; None: no person
    is linked yet). Sends no message, only the "typing" sign.
    """
    api = TelegramApi(settings)
    try:
        token = _token(await api.me())
        if not token.ok:
            return (token,)
        updates = _updates(settings, await api.webhook_info())
        if chat is None:
            sending = _tried(About.SENDING, What.NOBODY_YET)
        else:
            sending = _outcome(About.SENDING, await api.shows_typing(chat))
        return (token, updates, sending)
    finally:
        await api.close()


def username_of(me: Answer) -> str | None:
    """The bot's name, which links to the bot contain."""
    value = me.value if isinstance(me, Took) and isinstance(me.value, dict) else {}
    name = value.get("username")
    return name if isinstance(name, str) and name else None


def _token(me: Answer) -> Tried:
    name = username_of(me)
    if name is not None:
        return _tried(About.TOKEN, What.WORKS, f"@{name}")
    if isinstance(me, Took):
        return _tried(About.TOKEN, What.UNKNOWN)
    return _outcome(About.TOKEN, me, settings="telegram_token")


def _updates(settings: TelegramSettings, answer: Answer) -> Tried:
    if not isinstance(answer, Took) or not isinstance(answer.value, dict):
        return _tried(About.UPDATES, What.UNKNOWN)
    info: Mapping[str, Any] = answer.value
    url, waiting = str(info.get("url") or ""), info.get("pending_update_count")
    wanted = settings.hook_url if settings.mode is Mode.WEBHOOK else ""
    if url and url != wanted:
        host = url.partition("://")[2].partition("/")[0]
        return _tried(About.UPDATES, What.OTHER_WEBHOOK, host)
    if wanted and not url:
        return _tried(About.UPDATES, What.NO_WEBHOOK)
    if url and (last := info.get("last_error_message")):
        return _tried(About.UPDATES, What.WEBHOOK_FAILS, str(last)[:_LAST_ERROR])
    if isinstance(waiting, int) and waiting > MANY_WAITING:
        return _tried(About.UPDATES, What.MANY_WAITING, str(waiting))
    return _tried(About.UPDATES, What.WORKS)


def _outcome(about: About, answer: Answer, settings: str = "") -> Tried:
    """`settings`: the keys to check if Telegram refuses."""
    if isinstance(answer, Took):
        return _tried(about, What.WORKS)
    if isinstance(answer, Rejected):
        return _tried(about, What.REFUSED, answer.reason, settings)
    return _tried(about, What.UNREACHABLE, answer.reason)


def _tried(about: About, what: What, detail: str = "", settings: str = "") -> Tried:
    return Tried(channel=NAME, about=about, what=what, detail=detail, settings=settings)
