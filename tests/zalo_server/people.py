"""People with telephones: the messages they send and see."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

from tests.zalo_server.state import BotState, Update

Hand = Callable[[BotState, Update], Awaitable[None]]

_ids = count(1)


@dataclass(kw_only=True)
class Human:
    """A Zalo user who writes to one bot; the person's id is also the chat's id."""

    id: str
    name: str
    bot: BotState
    now: Callable[[], datetime]
    hand: Hand
    chat_id: str = ""
    chat_type: str = "PRIVATE"
    _seen: int = field(default=0)

    def __post_init__(self) -> None:
        self.chat_id = self.chat_id or self.id

    async def says(self, text: str) -> Update:
        """Write a message; returns Zalo's update."""
        return await self.sends("message.text.received", text=text)

    async def sends_image(self, url: str, caption: str = "", *, key: str = "photo_url") -> Update:
        """Send a picture. The documentation calls its URL "photo"; real updates had "photo_url"."""
        extra = {key: url} | ({"caption": caption} if caption else {})
        return await self.sends("message.image.received", **extra)

    async def sends_sticker(self) -> Update:
        """Send a sticker."""
        return await self.sends(
            "message.sticker.received", sticker="0e078a2", url="https://zalo-api.zadn.vn/s.webp"
        )

    async def sends_voice(self) -> Update:
        """Send a voice message."""
        return await self.sends("message.voice.received", voice_url="https://voice.example/v.aac")

    async def sends_something_else(self) -> Update:
        """A document, or any message from a member of a protected group."""
        return await self.sends("message.unsupported.received")

    async def sends(self, event: str, **extra: Any) -> Update:
        """Send any kind."""
        update = self.update(event, **extra)
        self.bot.known_chats.add(self.chat_id)
        await self.hand(self.bot, update)
        return update

    def update(self, event: str, **extra: Any) -> Update:
        """Zalo's update, not sent yet."""
        return {
            "event_name": event,
            "message": {
                "from": {"id": self.id, "display_name": self.name, "is_bot": False},
                "chat": {"id": self.chat_id, "chat_type": self.chat_type},
                "message_id": f"{next(_ids):020x}",
                "date": int(self.now().timestamp() * 1_000),
                "message_type": "CHAT_MESSAGE",
                **extra,
            },
        }

    @property
    def sees(self) -> list[str]:
        """All messages of the bot to this person."""
        return [one.text for one in self.bot.sent if one.chat_id == self.chat_id]

    def sees_now(self) -> list[str]:
        """The messages since the last call."""
        seen = self.sees
        new, self._seen = seen[self._seen :], len(seen)
        return new

    def blocks(self) -> None:
        """The person blocks the bot."""
        self.bot.blocked.add(self.chat_id)
