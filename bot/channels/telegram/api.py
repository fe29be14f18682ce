"""The Bot API by way of aiogram, which knows its methods and types and writes our requests.

What comes back is read here and not by aiogram: its decoder refuses a whole answer for one
update it does not know, and an error without a description breaks it.
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
"""Telegram answers within a second or is ill; delivery gives up after 60."""

FILE_S: Final = 50.0
"""A few megabytes over a slow line; still before delivery gives up."""

POLL_S: Final = 50
"""The longest that Telegram holds a poll open."""

AT_ONCE: Final = 100
"""Updates in one answer, the most that Telegram gives."""

_POLL_SLACK_S: Final = 15.0

# The one-time links in our messages would be visited for a picture of the page behind them.
_NO_PREVIEW: Final = LinkPreviewOptions(is_disabled=True)

Rows = Sequence[Sequence[Button]]


@dataclass(frozen=True, kw_only=True)
class Took:
    """The Bot API did it; `value` is the plain result."""

    value: Any


Answer = Took | Rejected | Silent


_GATEWAY: Final = frozenset({413, 500, 502, 503, 504})
"""What a gateway of Telegram's says by itself, without the Bot API's JSON."""


class _Rejected(Exception):
    def __init__(self, rejected: Rejected) -> None:
        super().__init__(rejected.reason)
        self.rejected = rejected


class _Garbage(Exception):
    """An answer that no Bot API gives: a proxy's page, half a message."""


class _Session(AiohttpSession):
    """aiogram's session, reading answers without models."""

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
            # A page that says 403 comes from whoever stands between, not from Telegram: it must
            # retire nobody.
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
    """One bot. Every call answers with a value; close it at the end.

    Its requests hold the token in their address, so nothing of aiohttp's errors is passed on
    but their kind.
    """

    def __init__(self, settings: TelegramSettings, *, call_s: float = CALL_S) -> None:
        self._call_s = call_s
        self._session = _Session(api=TelegramAPIServer.from_base(settings.api))
        self._bot = Bot(settings.token, session=self._session)

    async def close(self) -> None:
        """End all connections."""
        await self._session.close()

    async def me(self) -> Answer:
        """The bot itself."""
        return await self._call(GetMe())

    async def updates(self, offset: int | None, *, wait: int = POLL_S) -> Answer:
        """What happened from `offset` on, after at most `wait` seconds."""
        method = GetUpdates(
            offset=offset, limit=AT_ONCE, timeout=wait, allowed_updates=list(ALLOWED_UPDATES)
        )
        return await self._call(method, within=wait + _POLL_SLACK_S)

    async def set_webhook(self, url: str, secret: str, connections: int) -> Answer:
        """Have updates brought to `url` from now on."""
        method = SetWebhook(
            url=url,
            secret_token=secret,
            max_connections=connections,
            allowed_updates=list(ALLOWED_UPDATES),
            drop_pending_updates=False,
        )
        return await self._call(method)

    async def delete_webhook(self) -> Answer:
        """Have nothing brought any more; what waits is kept."""
        return await self._call(DeleteWebhook(drop_pending_updates=False))

    async def webhook_info(self) -> Answer:
        """Where updates are brought, and what went wrong last."""
        return await self._call(GetWebhookInfo())

    async def send_text(self, chat: str, text: str, rows: Rows) -> Answer:
        """A new message, as plain text: there is nothing in it to escape."""
        return await self._call(
            SendMessage(
                chat_id=chat,
                text=text,
                reply_markup=_markup(rows),
                link_preview_options=_NO_PREVIEW,
            )
        )

    async def edit_text(self, chat: str, message: int, text: str, rows: Rows) -> Answer:
        """Another text and other buttons in the place of a message."""
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
        """End the waiting sign on a button that was tapped."""
        return await self._call(AnswerCallbackQuery(callback_query_id=callback))

    async def shows_typing(self, chat: str) -> Answer:
        """The lightest sign of life in a chat: it leaves no message."""
        return await self._call(SendChatAction(chat_id=chat, action="typing"))

    async def set_commands(
        self, commands: Mapping[str, str], *, language: str | None = None, chat: str | None = None
    ) -> Answer:
        """The command menu: of one chat, else of everybody (whose app speaks `language`)."""
        scope = BotCommandScopeChat(chat_id=chat) if chat else BotCommandScopeAllPrivateChats()
        listed = [BotCommand(command=word, description=told) for word, told in commands.items()]
        return await self._call(SetMyCommands(commands=listed, scope=scope, language_code=language))

    async def _call(self, method: TelegramMethod[Any], *, within: float | None = None) -> Answer:
        within = self._call_s if within is None else within
        try:
            # The annotation says int; aiohttp takes a part of a second as well.
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
