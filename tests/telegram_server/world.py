"""Chats, their messages as people see them, and the updates that wait for the bot."""

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Any

HANG_S = 60.0
"""Real seconds after which a test gives up waiting; a busy machine takes ten."""

MESSAGE_LIVES_S = 86_400.0
TAP_LIVES_S = 150.0
"""How long an update is kept (Bot API server 10.0): a day, a tap two and a half minutes."""

BOT = {"id": 123456789, "is_bot": True, "first_name": "ANTT", "username": "antt_test_bot"}


@dataclass(kw_only=True)
class Shown:
    """A message in the chat, in its current state. `ours`: the bot sent it."""

    id: int
    at: int
    text: str
    ours: bool
    rows: list[list[dict[str, Any]]] = field(default_factory=list)
    file: str | None = None
    body: bytes = b""
    edited: int = 0

    @property
    def labels(self) -> list[str]:
        """The texts of its buttons."""
        return [button["text"] for row in self.rows for button in row]


@dataclass(kw_only=True)
class Chat:
    """One chat. `id` is a number, or a text for a chat that is addressed by its name."""

    id: int | str
    kind: str = "private"
    title: str = "Cán bộ"
    messages: dict[int, Shown] = field(default_factory=dict)
    blocked: bool = False
    moved_to: int | None = None
    commands: list[dict[str, str]] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """The Chat of the Bot API."""
        name = "first_name" if self.kind == "private" else "title"
        return {"id": self.id, "type": self.kind, name: self.title}


@dataclass(frozen=True, kw_only=True)
class Waiting:
    """An update that the bot has not taken. Updates of one `queue` are sent in order: one queue per
    chat, and one per person for taps.
    """

    number: int
    kind: str
    body: dict[str, Any]
    queue: tuple[str, object]
    expires: float

    def as_json(self) -> dict[str, Any]:
        """The Update of the Bot API."""
        return {"update_id": self.number, self.kind: self.body}


class World:
    """The data of one bot. `time` is in seconds."""

    def __init__(self, time: Callable[[], float]) -> None:
        self.time = time
        self.chats: dict[int | str, Chat] = {}
        self.updates: dict[int, Waiting] = {}
        self.allowed: tuple[str, ...] = ()
        self.callbacks: dict[str, float] = {}
        self.acknowledged: list[str] = []
        self.commands: dict[str, list[dict[str, str]]] = {}
        self._message_ids = itertools.count(1)
        self._update_ids = itertools.count(700_000_001)
        self._callback_ids = itertools.count(4_000_000_001)
        self._changed = asyncio.Event()

    def chat(self, chat_id: int | str, **about: Any) -> Chat:
        """The chat, created if it does not exist."""
        if chat_id not in self.chats:
            self.chats[chat_id] = Chat(id=chat_id, **about)
        return self.chats[chat_id]

    def show(self, chat: Chat, text: str, *, ours: bool, **more: Any) -> Shown:
        """Put a message into a chat."""
        shown = Shown(id=next(self._message_ids), at=int(self.time()), text=text, ours=ours, **more)
        chat.messages[shown.id] = shown
        self.change()
        return shown

    def happens(self, kind: str, body: dict[str, Any], queue: tuple[str, object]) -> int | None:
        """An update for the bot; None for a kind it did not ask for."""
        if self.allowed and kind not in self.allowed:
            return None
        number = next(self._update_ids)
        lives = TAP_LIVES_S if kind == "callback_query" else MESSAGE_LIVES_S
        self.updates[number] = Waiting(
            number=number, kind=kind, body=body, queue=queue, expires=self.time() + lives
        )
        self.change()
        return number

    def new_callback(self) -> str:
        """The id of a tap; it can be acknowledged while the tap is kept."""
        number = str(next(self._callback_ids))
        self.callbacks[number] = self.time() + TAP_LIVES_S
        return number

    def waiting(self) -> list[Waiting]:
        """The updates that still wait, in order; expired ones are removed."""
        for number, update in list(self.updates.items()):
            if update.expires <= self.time():
                del self.updates[number]
        return list(self.updates.values())

    def take(self, number: int) -> None:
        """The bot has taken an update."""
        if self.updates.pop(number, None) is not None:
            self.change()

    def change(self) -> None:
        """Wake every task that waits for an update."""
        self._changed.set()
        self._changed = asyncio.Event()

    def something(self) -> Coroutine[Any, Any, bool]:
        """An awaitable that ends at the next change after this call."""
        return self._changed.wait()

    async def until(self, true: Callable[[], bool], within: float = HANG_S) -> None:
        """Wait until a condition is true. Raises TimeoutError."""
        async with asyncio.timeout(within):
            while not true():
                await self.something()


def message_json(chat: Chat, shown: Shown, sender: dict[str, Any]) -> dict[str, Any]:
    """The Message of the Bot API."""
    message: dict[str, Any] = {
        "message_id": shown.id,
        "date": shown.at,
        "chat": chat.as_json(),
        "from": sender,
    }
    if shown.edited:
        message["edit_date"] = shown.edited
    if shown.file is None:
        message["text"] = shown.text
    elif shown.text:
        message["caption"] = shown.text
    if shown.rows:
        message["reply_markup"] = {"inline_keyboard": shown.rows}
    return message
