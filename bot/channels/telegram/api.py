"""The Bot API through aiogram, which has its methods and types and writes our requests.

We parse the answers ourselves: aiogram's decoder rejects a whole answer because of one unknown
update, and it fails on an error without a description.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, cast

from aiogram import Bot
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramNetworkError
from aiogram.methods import (
    AnswerCallbackQuery,
    DeleteWebhook,
    EditMessageText,
    GetMe,
    GetUpdates,
    GetWebhookInfo,
    Response,
    SendChatAction,
    SendDocument,
    SendMessage,
    SendPhoto,
    SetMyCommands,
    SetWebhook,
    TelegramMethod,
)
from aiogram.methods.base import TelegramType
from aiogram.types import (
    BotCommand,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeChat,
    BufferedInputFile,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
)
from aiohttp import ClientConnectorError, ClientError

from bot.channels.telegram.failures import Rejected, Silent
from bot.channels.telegram.keyboard import Button
from bot.channels.telegram.settings import TelegramSettings
from bot.channels.telegram.updates import ALLOWED_UPDATES

CALL_S: Final = 20.0
"""Telegram normally answers within a second; delivery gives up after 60."""

FILE_S: Final = 50.0
"""For a few megabytes over a slow line; still before delivery gives up."""

POLL_S: Final = 50
"""The longest time that Telegram holds a poll open."""

AT_ONCE: Final = 100
"""Updates in one answer: the most that Telegram gives."""

_POLL_SLACK_S: Final = 15.0

# Without this, Telegram opens the one-time links in our messages to make a preview.
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)

Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True, kw_only=True)
class Took:
    """The Bot API did it; `value` is the JSON result."""

    value: Any


Answer = Took | Rejected | Silent


_GATEWAY: Final = frozenset({413, 500, 502, 503, 504})
"""The text of an error from Telegram's gateway, without the Bot API's JSON."""


class _Rejected(Exception):
    def __init__(self, rejected: Rejected) -> None:
        super().__init__(rejected.reason)
        self.rejected = rejected


class _Garbage(Exception):
    """An answer that is not the Bot API's: a proxy's page, or an incomplete message."""


class _Session(AiohttpSession):
    """aiogram's session, which parses answers without aiogram's models."""

    def check_response(
        self,
        bot: Bot,  # noqa: ARG002
        method: TelegramMethod[TelegramType],  # noqa: ARG002
        status_code: int,
        content: str,
    ) -> Response[TelegramType]:
        try:
            body = json.loads(content)
        except (ValueError, RecursionError) as error:
            if status_code in _GATEWAY:
                raise _Rejected(Rejected(status=status_code, description="")) from error
            # An HTML page with 403 comes from a proxy, not from Telegram: it must not retire an
            # address.
            raise _Garbage from error
        if not isinstance(body, dict) or not isinstance(body.get("ok"), bool):
            raise _Garbage
        if not body["ok"]:
            raise _Rejected(_rejected(body, status_code))
        if "result" not in body or not 200 <= status_code < 300:
            raise _Garbage
        return cast(
            Response[TelegramType], Response.model_construct(ok=True, result=body["result"])
        )


class TelegramApi:
    """One bot. Every call returns a value; close it at the end.

    The URLs of requests contain the token, so only the type of an aiohttp error is passed on.
    """

    def __init__(self, settings: TelegramSettings, *, call_s: float = CALL_S) -> None:
        self._call_s = call_s
        self._session = _Session(api=TelegramAPIServer.from_base(settings.api))
        self._bot = Bot(settings.token, session=self._session)

    async def close(self) -> None:
        """Close all connections."""
        await self._session.close()

    async def me(self) -> Answer:
        """The bot's own account."""
        return await self._call(GetMe())

    async def updates(self, offset: int | None, *, wait: int = POLL_S) -> Answer:
        """Updates from `offset` on, after at most `wait` seconds."""
        method = GetUpdates(
            offset=offset, limit=AT_ONCE, timeout=wait, allowed_updates=list(ALLOWED_UPDATES)
        )
        return await self._call(method, within=wait + _POLL_SLACK_S)

    async def set_webhook(self, url: str, secret: str, connections: int) -> Answer:
        """Register `url` as the webhook."""
        method = SetWebhook(
            url=url,
            secret_token=secret,
            max_connections=connections,
            allowed_updates=list(ALLOWED_UPDATES),
            drop_pending_updates=False,
        )
        return await self._call(method)

    async def delete_webhook(self) -> Answer:
        """Remove the webhook; waiting updates are kept."""
        return await self._call(DeleteWebhook(drop_pending_updates=False))

    async def webhook_info(self) -> Answer:
        """The registered webhook and its last error."""
        return await self._call(GetWebhookInfo())

    async def send_text(self, chat: str, text: str, rows: Rows) -> Answer:
        """A new message, as plain text: it needs no escaping."""
        return await self._call(
            SendMessage(
                chat_id=chat,
                text=text,
                reply_markup=_markup(rows),
                link_preview_options=_NO_PREVIEW,
            )
        )

    async def edit_text(self, chat: str, message: int, text: str, rows: Rows) -> Answer:
        """Replace the text and the buttons of a message."""
        return await self._call(
            EditMessageText(
                chat_id=chat,
                message_id=message,
                text=text,
                reply_markup=_markup(rows),
                link_preview_options=_NO_PREVIEW,
            )
        )

    async def send_file(
        self, chat: str, name: str, body: bytes, caption: str, rows: Rows, *, picture: bool
    ) -> Answer:
        """A file with a text below it; a `picture` is shown in the chat."""
        file, markup = BufferedInputFile(body, filename=name), _markup(rows)
        method: TelegramMethod[Any]
        if picture:
            method = SendPhoto(chat_id=chat, photo=file, caption=caption, reply_markup=markup)
        else:
            method = SendDocument(chat_id=chat, document=file, caption=caption, reply_markup=markup)
        return await self._call(method, within=FILE_S)

    async def acknowledge(self, callback: str) -> Answer:
        """End the progress sign on a button that was tapped."""
        return await self._call(AnswerCallbackQuery(callback_query_id=callback))

    async def shows_typing(self, chat: str) -> Answer:
        """Show "typing" in a chat; this leaves no message."""
        return await self._call(SendChatAction(chat_id=chat, action="typing"))

    async def set_commands(
        self, commands: Mapping[str, str], *, language: str | None = None, chat: str | None = None
    ) -> Answer:
        """Set the command menu of one chat, or of all chats (whose app uses `language`)."""
        scope = BotCommandScopeChat(chat_id=chat) if chat else BotCommandScopeAllPrivateChats()
        listed = [BotCommand(command=word, description=told) for word, told in commands.items()]
        return await self._call(SetMyCommands(commands=listed, scope=scope, language_code=language))

    async def _call(self, method: TelegramMethod[Any], *, within: float | None = None) -> Answer:
        within = self._call_s if within is None else within
        try:
            # The annotation says int, but aiohttp also accepts fractions of a second.
            return Took(value=await self._session(self._bot, method, timeout=cast(int, within)))
        except _Rejected as error:
            return error.rejected
        except (_Garbage, UnicodeDecodeError, LookupError):
            return Silent(reason="an answer that cannot be read")
        except TelegramNetworkError as error:
            return _silent(error.__cause__)
        except (ClientError, OSError) as error:
            return _silent(error)


def _silent(cause: BaseException | None) -> Silent:
    if isinstance(cause, TimeoutError):
        return Silent(reason="no answer in time")
    if isinstance(cause, ClientConnectorError):
        return Silent(reason="cannot be reached", sent=False)
    return Silent(reason=f"the connection ended ({type(cause).__name__})")


def _rejected(body: Mapping[str, Any], status: int) -> Rejected:
    parameters = body.get("parameters")
    parameters = parameters if isinstance(parameters, dict) else {}
    retry, moved = parameters.get("retry_after"), parameters.get("migrate_to_chat_id")
    code, told = body.get("error_code"), body.get("description")
    return Rejected(
        status=code if type(code) is int else status,
        description=told if isinstance(told, str) else "",
        retry_after=float(retry) if isinstance(retry, int | float) and retry > 0 else None,
        moved_to=str(moved) if type(moved) is int else None,
    )


def _markup(rows: Rows) -> InlineKeyboardMarkup | None:
    if not rows:
        return None
    keyboard = [
        [InlineKeyboardButton(text=one.label, callback_data=one.data) for one in row]
        for row in rows
    ]
    return InlineKeyboardMarkup(inline_keyboard=keyboard)
