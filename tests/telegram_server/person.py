"""What people do with their telephones, and what their screens show."""

from typing import Any

from tests.telegram_server.world import BOT, Chat, Shown, World, message_json


class Person:
    """One person in one chat. Each action returns the number of the update, or None if the bot did
    not ask for its kind.
    """

    def __init__(self, world: World, chat: Chat, number: int, name: str) -> None:
        self._world = world
        self.chat = chat
        self.number = number
        self._json = {"id": number, "is_bot": False, "first_name": name, "language_code": "vi"}

    @property
    def sees(self) -> list[str]:
        """The bot's messages in their current state, oldest first."""
        return [shown.text for shown in self.chat.messages.values() if shown.ours]

    @property
    def last(self) -> Shown:
        """The bot's newest message, wherever it was edited."""
        return [shown for shown in self.chat.messages.values() if shown.ours][-1]

    def says(self, text: str) -> int | None:
        """Write something."""
        return self._sent({}, text)

    def sends(self, kind: str, body: Any, caption: str = "") -> int | None:
        """Send a message that is not text: a document, a photo, a contact."""
        return self._sent({kind: body, **({"caption": caption} if caption else {})}, None)

    def edits(self, shown: Shown, text: str) -> int | None:
        """Edit a message of the person's own."""
        shown.text, shown.edited = text, int(self._world.time())
        message = message_json(self.chat, shown, self._json)
        return self._world.happens("edited_message", message, ("chat", self.chat.id))

    def taps(self, label: str, shown: Shown | None = None) -> int | None:
        """Tap a button of a message, by default the newest that has it; its number may be left out
        ("Có" for "1. Có").
        """
        for candidate in [shown] if shown else reversed(list(self.chat.messages.values())):
            for button in (one for row in candidate.rows for one in row):
                if label in (button["text"], button["text"].partition(". ")[2]):
                    return self.taps_data(button["callback_data"], candidate)
        raise AssertionError(f"no button {label!r}; there are {self.last.labels}")

    def taps_data(self, data: str, shown: Shown | None, **more: Any) -> int | None:
        """A tap that sends `data`; `shown` None: the bot can no longer access the message."""
        tap: dict[str, Any] = {
            "id": self._world.new_callback(),
            "from": self._json,
            "chat_instance": "1",
            "data": data,
        }
        if shown is not None:
            tap["message"] = message_json(self.chat, shown, BOT)
        return self._world.happens("callback_query", {**tap, **more}, ("taps", self.number))

    def blocks(self) -> int | None:
        """Block the bot."""
        self.chat.blocked = True
        return self._member("member", "kicked")

    def unblocks(self) -> int | None:
        """Unblock the bot."""
        self.chat.blocked = False
        return self._member("kicked", "member")

    def _sent(self, more: dict[str, Any], text: str | None) -> int | None:
        shown = self._world.show(self.chat, text or "", ours=False)
        message = {**message_json(self.chat, shown, self._json), **more}
        if text is None:
            message.pop("text")
        elif text.startswith("/"):
            length = len(text.split()[0])
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": length}]
        return self._world.happens("message", message, ("chat", self.chat.id))

    def _member(self, before: str, after: str) -> int | None:
        def member(status: str) -> dict[str, Any]:
            gone = {"until_date": 0} if status == "kicked" else {}
            return {"user": BOT, "status": status, **gone}

        body = {
            "chat": self.chat.as_json(),
            "from": self._json,
            "date": int(self._world.time()),
            "old_chat_member": member(before),
            "new_chat_member": member(after),
        }
        return self._world.happens("my_chat_member", body, ("chat", self.chat.id))
