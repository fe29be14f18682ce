"""The channel adapter for Telegram that delivery uses."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Final, TypeGuard

from bot.channels.telegram.api import Answer, Rows, TelegramApi, Took
from bot.channels.telegram.failures import Rejected, delivery_of
from bot.channels.telegram.keyboard import keyboard_of
from bot.channels.telegram.settings import NAME
from bot.making import CannotMake, Made, Maker
from domain.messages import TEXT_LIMIT, Outgoing, Recipe
from domain.text_pieces import units
from scheduling.channel import (
    ONE_BOT,
    Abilities,
    Delivered,
    Delivery,
    Rates,
    Recipient,
)

MESSAGE_UNITS: Final = 4_096
"""UTF-16 units of a message. Incoming messages have at most `TEXT_LIMIT`; the rest is for long
labels below the question.
"""

CAPTION_UNITS: Final = 1_024

FILE_BYTES: Final = 50_000_000
PICTURE_BYTES: Final = 10_000_000

A_SECOND: Final = 29.4
"""98 % of the 30 messages a second that Telegram accepts from one bot in all chats, because the two
clocks differ.
"""

EACH_CHAT_S: Final = 1.0
"""Telegram asks for at most one message a second in one chat."""

LARGEST_TIME: Final = 2**33
"""Seconds since 1970: the year 2242. A larger number is no time."""

_PICTURES = frozenset({"image/png", "image/jpeg"})

_log = logging.getLogger("antt.telegram")


class TelegramChannel:
    """Sends with one bot. `maker` makes attachments; without it, or if it fails, the recipe's
    alternative text is sent.

    A message is one request, so that delivery can count it. Only an edit that Telegram refuses, and
    a text too long for a caption, need a second request, `EACH_CHAT_S` later.
    """

    name = NAME
    bots = ONE_BOT
    abilities = Abilities(
        buttons=True, edits=True, files=True, text_limit=TEXT_LIMIT, repeatable=True
    )
    rates = Rates(each_chat_s=EACH_CHAT_S, a_second=A_SECOND)

    def __init__(
        self,
        api: TelegramApi,
        maker: Maker | None = None,
        *,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._api = api
        self.maker = maker
        self._sleep = sleep

    async def send(self, to: Recipient, outgoing: Outgoing, outbox_id: int) -> Delivery:  # noqa: ARG002
        """Send one message. A repetition sends it again, or makes the same edit again."""
        made = await self._made(outgoing.attachment)
        text = _shown(outgoing.text)
        if outgoing.attachment is not None and made is None:
            text = _shown("\n".join(filter(None, (outgoing.text, outgoing.attachment.alternative))))
        keyboard = keyboard_of(outgoing)
        listed = "\n".join((text, *keyboard.lines))
        text = listed if keyboard.lines and units(listed) <= MESSAGE_UNITS else text
        if made is not None:
            return await self._file(to.address, made, text, keyboard.rows)
        message = _number(outgoing.replaces)
        if message is not None:
            answer = await self._api.edit_text(to.address, message, text, keyboard.rows)
            if not isinstance(answer, Rejected) or not answer.cannot_edit:
                return _delivery(answer)
        return _delivery(await self._api.send_text(to.address, text, keyboard.rows))

    async def _made(self, recipe: Recipe | None) -> Made | None:
        if recipe is None or self.maker is None:
            return None
        try:
            made = await self.maker.make(recipe)
        except CannotMake:
            return None
        return made if 0 < len(made.body) <= FILE_BYTES else None

    async def _file(self, chat: str, made: Made, text: str, rows: Rows) -> Delivery:
        fits = units(text) <= CAPTION_UNITS
        caption, below = (text, rows) if fits else ("", ())
        picture = made.media_type in _PICTURES and len(made.body) <= PICTURE_BYTES
        answer = await self._api.send_file(
            chat, made.name, made.body, caption, below, picture=picture
        )
        if picture and isinstance(answer, Rejected) and "photo" in answer.description.lower():
            # Too long or too wide for a photo: a file may have any shape.
            answer = await self._api.send_file(
                chat, made.name, made.body, caption, below, picture=False
            )
        if fits or not isinstance(answer, Took):
            return _delivery(answer)
        # The text is sent last, so that its buttons are at the end of the chat.
        await self._sleep(EACH_CHAT_S)
        return _delivery(await self._api.send_text(chat, text, rows))


def _delivery(answer: Answer) -> Delivery:
    if isinstance(answer, Took):
        return Delivered(at=_accepted_at(answer.value))
    if isinstance(answer, Rejected) and answer.not_modified:
        return Delivered()
    _log.info("not taken", extra={"action": "send", "outcome": answer.reason})
    return delivery_of(answer)


def _accepted_at(message: object) -> datetime | None:
    """The time of a message or of its edit, in whole seconds like the times of what people write;
    None if there is none.
    """
    if not isinstance(message, dict):
        return None
    seconds = message.get("edit_date") or message.get("date")
    return datetime.fromtimestamp(seconds, UTC) if _is_time(seconds) else None


def _is_time(seconds: object) -> TypeGuard[int]:
    return type(seconds) is int and 0 < seconds < LARGEST_TIME


def _shown(text: str) -> str:
    """Text that Telegram accepts: no unpaired surrogates and never empty."""
    return text.encode("utf-16-le", "replace").decode("utf-16-le").strip() or "…"


def _number(message: str | None) -> int | None:
    return int(message) if message is not None and message.isdecimal() else None
