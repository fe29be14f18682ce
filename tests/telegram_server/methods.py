"""The effect of each method of the Bot API, or the reason for its refusal."""

from collections.abc import Callable, Mapping
from typing import Any

from tests.telegram_server.bringing import Bringer
from tests.telegram_server.checks import caption_of, keyboard_of, text_of
from tests.telegram_server.limits import FloodLimits
from tests.telegram_server.reading import BadParameter, Call, File
from tests.telegram_server.world import BOT, Chat, Shown, World, message_json

PICTURE_BYTES, FILE_BYTES = 10_000_000, 50_000_000
MOST_COMMANDS = 100


class Refuses(Exception):
    """An answer that is not ok."""

    def __init__(self, status: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters


class Methods:
    """Every method but getUpdates, which waits. `limits` None: no rate limit."""

    def __init__(self, world: World, bringer: Bringer, limits: FloodLimits | None) -> None:
        self._world, self._bringer, self.limits = world, bringer, limits
        self._known: Mapping[str, Callable[[Call], Any]] = {
            "getme": lambda _: {**BOT, "can_join_groups": True, "supports_inline_queries": False},
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": lambda _: bringer.info(),
            "sendmessage": self._send_message,
            "editmessagetext": self._edit,
            "senddocument": lambda call: self._send_file(call, "document", FILE_BYTES),
            "sendphoto": lambda call: self._send_file(call, "photo", PICTURE_BYTES),
            "sendchataction": self._send_action,
            "answercallbackquery": self._answer_callback,
            "setmycommands": self._set_commands,
        }

    def do(self, call: Call) -> Any:
        """The result. Raises `Refuses` or `BadParameter`. Method names are case-insensitive, as in
        the Bot API.
        """
        method = self._known.get(call.method.lower())
        if method is None:
            raise Refuses(404, "Not Found: method not found")
        return method(call)

    def _send_message(self, call: Call) -> dict[str, Any]:
        text, rows = text_of(call), keyboard_of(call)
        chat = self._writable(call)
        shown = self._world.show(chat, text, ours=True, rows=rows)
        return message_json(chat, shown, BOT)

    def _edit(self, call: Call) -> dict[str, Any]:
        text, rows = text_of(call), keyboard_of(call)
        chat = self._reachable(call)
        shown = chat.messages.get(call.whole("message_id", 0) or 0)
        if shown is None:
            raise BadParameter("message to edit not found")
        if not shown.ours:
            raise BadParameter("message can't be edited")
        if shown.file is not None:
            raise BadParameter("there is no text in the message to edit")
        if (shown.text, shown.rows) == (text, rows):
            raise BadParameter(
                "message is not modified: specified new message content and reply markup are "
                "exactly the same as a current content and reply markup of the message"
            )
        self._flood(chat)
        shown.text, shown.rows, shown.edited = text, rows, int(self._world.time())
        self._world.change()
        return message_json(chat, shown, BOT)

    def _send_file(self, call: Call, kind: str, most: int) -> dict[str, Any]:
        caption, rows, file = caption_of(call), keyboard_of(call), call.file(kind)
        if file is None:
            raise BadParameter(f"there is no {kind} in the request")
        if len(file.body) > most:
            raise Refuses(413, "Request Entity Too Large")
        if not file.body:
            raise BadParameter("file must be non-empty")
        chat = self._writable(call)
        shown = self._world.show(
            chat, caption, ours=True, rows=rows, file=file.name, body=file.body
        )
        message = message_json(chat, shown, BOT)
        message[kind] = _photo(shown) if kind == "photo" else _document(shown, file)
        return message

    def _send_action(self, call: Call) -> bool:
        if not call.text("action"):
            raise BadParameter("wrong parameter action in request")
        self._reachable(call)
        return True

    def _answer_callback(self, call: Call) -> bool:
        number = call.text("callback_query_id")
        if len(call.text("text")) > 200:
            raise BadParameter("MESSAGE_TOO_LONG")
        if self._world.callbacks.get(number, 0) <= self._world.time():
            raise BadParameter(
                "query is too old and response timeout expired or query ID is invalid"
            )
        self._world.acknowledged.append(number)
        self._world.change()
        return True

    def _set_commands(self, call: Call) -> bool:
        commands = call.table("commands")
        if not isinstance(commands, list) or len(commands) > MOST_COMMANDS:
            raise BadParameter("can't parse commands: expected an Array")
        for one in commands:
            word, told = str(one.get("command", "")), str(one.get("description", ""))
            plain = word.isascii() and word.replace("_", "").isalnum() and word == word.lower()
            if not plain or len(word) > 32:
                raise BadParameter("BOT_COMMAND_INVALID")
            if not 1 <= len(told) <= 256:
                raise BadParameter("BOT_COMMAND_DESCRIPTION_INVALID")
        scope = call.table("scope") or {"type": "default"}
        if scope["type"] == "chat":
            self._found(str(scope["chat_id"])).commands = commands
        else:
            self._world.commands[f"{scope['type']}:{call.text('language_code')}"] = commands
        self._world.change()
        return True

    def _set_webhook(self, call: Call) -> bool:
        self._bringer.set(
            call.text("url"),
            secret=call.text("secret_token"),
            connections=call.whole("max_connections", 40) or 40,
        )
        self._ask_for(call)
        return True

    def _delete_webhook(self, call: Call) -> bool:
        self._bringer.set("", secret="", connections=40)
        if call.flag("drop_pending_updates"):
            self._world.updates.clear()
        return True

    def _ask_for(self, call: Call) -> None:
        """If it is missing, the previous value stays."""
        wanted = call.table("allowed_updates")
        if wanted is not None:
            self._world.allowed = tuple(wanted)

    def _writable(self, call: Call) -> Chat:
        chat = self._reachable(call)
        self._flood(chat)
        return chat

    def _reachable(self, call: Call) -> Chat:
        chat = self._found(call.text("chat_id"))
        if chat.moved_to is not None:
            raise Refuses(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=chat.moved_to,
            )
        if chat.blocked:
            raise Refuses(403, "Forbidden: bot was blocked by the user")
        return chat

    def _found(self, told: str) -> Chat:
        chat_id = int(told) if told.lstrip("-").isdecimal() else told
        if chat_id not in self._world.chats:
            raise BadParameter("chat not found")
        return self._world.chats[chat_id]

    def _flood(self, chat: Chat) -> None:
        seconds = self.limits.take(chat.id) if self.limits is not None else None
        if seconds is not None:
            raise Refuses(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _document(shown: Shown, file: File) -> dict[str, Any]:
    return {
        "file_id": f"file-{shown.id}",
        "file_unique_id": f"unique-{shown.id}",
        "file_name": file.name,
        "mime_type": file.media_type,
        "file_size": len(file.body),
    }


def _photo(shown: Shown) -> list[dict[str, Any]]:
    size = {"width": 90, "height": 67, "file_size": len(shown.body)}
    return [{"file_id": f"photo-{shown.id}", "file_unique_id": f"unique-{shown.id}", **size}]
