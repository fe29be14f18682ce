"""Whether the settings of Telegram work, tried out for `antt channels test`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from bot.channels.telegram.api import Answer, TelegramApi, Took
from bot.channels.telegram.failures import Rejected
from bot.channels.telegram.settings import Mode, TelegramSettings

MANY_WAITING: Final = 100
"""Updates waiting at Telegram: more than any quiet minute leaves."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing tried: `about` is "token", "updates" or "sending".

    `what` names the outcome for the sentence about it:
    token: "works" (detail: the bot's name) | "refused" | "unreachable"
    updates: "works" | "other_webhook" (detail: its host) | "no_webhook" | "webhook_fails"
        (detail: Telegram's last error) | "many_waiting" (detail: how many) | "unknown"
    sending: "works" | "nobody_yet" | "refused" | "unreachable"
    """

    about: str
    ok: bool
    what: str
    detail: str = ""


async def check(settings: TelegramSettings, chat: str | None) -> tuple[Finding, ...]:
    """Try the token, how updates come, and sending to `chat` (an address in use; None: nobody is
    linked yet). Sends no message: only the sign that somebody is typing."""
    api = TelegramApi(settings)
    try:
        me = await api.me()
        token = _token(me)
        if not token.ok:
            return (token,)
        updates = _updates(settings, await api.webhook_info())
        if chat is None:
            sending = Finding(about="sending", ok=True, what="nobody_yet")
        else:
            sending = _tried("sending", await api.shows_typing(chat))
        return (token, updates, sending)
    finally:
        await api.close()


def username_of(me: Answer) -> str | None:
    """The bot's name, which links to it hold."""
    value = me.value if isinstance(me, Took) and isinstance(me.value, dict) else {}
    name = value.get("username")
    return name if isinstance(name, str) and name else None


def _token(me: Answer) -> Finding:
    name = username_of(me)
    if name is not None:
        return Finding(about="token", ok=True, what="works", detail=f"@{name}")
    return _tried("token", me) if not isinstance(me, Took) else _unknown("token")


def _updates(settings: TelegramSettings, answer: Answer) -> Finding:
    if not isinstance(answer, Took) or not isinstance(answer.value, dict):
        return _unknown("updates")
    info: Mapping[str, Any] = answer.value
    url, waiting = str(info.get("url") or ""), info.get("pending_update_count")
    wanted = settings.hook_url if settings.mode is Mode.WEBHOOK else ""
    if url and url != wanted:
        host = url.partition("://")[2].partition("/")[0]
        return Finding(about="updates", ok=False, what="other_webhook", detail=host)
    if wanted and not url:
        return Finding(about="updates", ok=False, what="no_webhook")
    if url and (last := info.get("last_error_message")):
        return Finding(about="updates", ok=False, what="webhook_fails", detail=str(last)[:200])
    if isinstance(waiting, int) and waiting > MANY_WAITING:
        return Finding(about="updates", ok=False, what="many_waiting", detail=str(waiting))
    return Finding(about="updates", ok=True, what="works")


def _tried(about: str, answer: Answer) -> Finding:
    if isinstance(answer, Took):
        return Finding(about=about, ok=True, what="works")
    what = "refused" if isinstance(answer, Rejected) else "unreachable"
    return Finding(about=about, ok=False, what=what, detail=answer.reason)


def _unknown(about: str) -> Finding:
    return Finding(about=about, ok=False, what="unknown")
