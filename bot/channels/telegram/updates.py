"""Converts an update of the Bot API to plain values. No content makes it raise.

It reads only the fields listed here and ignores the rest.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.channels.telegram.keyboard import Place, read_data
from bot.channels.telegram.settings import NAME
from domain.messages import Content, Incoming, Joined, Said, Sent

ALLOWED_UPDATES: Final = ("message", "callback_query", "my_chat_member")
"""Sent at every start: without it, Telegram keeps the list of the previous program."""

LONGEST: Final = 200
"""Characters kept of a name that another person chose."""

LARGEST: Final = 2**53
"""Ids of the Bot API have at most 52 significant bits."""

COMMANDS: Final[Mapping[str, str]] = {
    "start": "menu",
    "menu": "menu",
    "help": "trợ giúp",
    "trogiup": "trợ giúp",
    "lamtiep": "làm tiếp",
    "resume": "làm tiếp",
    "ketqua": "kết quả",
    "result": "kết quả",
    "han": "hạn nộp",
    "due": "hạn nộp",
    "nop": "nộp",
    "submit": "nộp",
    "ngonngu": "ngôn ngữ",
    "language": "ngôn ngữ",
    "doivai": "đổi vai",
    "role": "đổi vai",
    "caidat": "cài đặt",
    "setup": "cài đặt",
    "boqua": "bỏ qua",
    "skip": "bỏ qua",
    "quaylai": "quay lại",
    "back": "quay lại",
}
"""Command -> the words that the conversation understands; commands have Latin letters only."""

_FILES = ("document", "animation", "audio", "video", "video_note", "voice", "sticker")
_OTHERS = ("contact", "location", "venue", "poll", "dice", "game", "story", "checklist")
_GROUPS = frozenset({"group", "supergroup"})
_GONE, _BACK = frozenset({"kicked", "left"}), frozenset({"member", "administrator"})

_COMMAND = re.compile(r"/(?P<word>[A-Za-z0-9_]{1,32})(?:@\w+)?(?:\s+(?P<rest>.+))?$", re.DOTALL)
# A database refuses NUL, and other control characters act on a terminal that shows a transcript.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]|[\ud800-\udfff]")


@dataclass(frozen=True, kw_only=True)
class Spoken:
    """A person did something. `callback` is the id for acknowledging a tap; `place` is set if its
    menu must still be looked up.
    """

    incoming: Incoming
    callback: str | None = None
    place: Place | None = None


@dataclass(frozen=True, kw_only=True)
class InGroup:
    """Something happened in a group chat; `callback` as in `Spoken`."""

    chat: str
    callback: str | None = None


@dataclass(frozen=True, kw_only=True)
class Reach:
    """A person blocked the bot (`open` False) or unblocked it."""

    address: str
    delivery_id: str
    open: bool


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """Nothing for us. `why` names the kind, never the content."""

    why: str


Read = Spoken | InGroup | Reach | Ignored


def update_id_of(raw: object) -> int | None:
    """The number of an update, or None if it has none."""
    return _whole(raw.get("update_id")) if isinstance(raw, dict) else None


def chat_of(raw: object) -> str:
    """Whose queue an update belongs to: updates of one chat are handled in order."""
    for kind in (*ALLOWED_UPDATES, "edited_message"):
        body = _table(raw, kind)
        chat = _table(body, "chat") or _table(_table(body, "message"), "chat")
        number = _whole((chat or _table(body, "from")).get("id"))
        if number is not None:
            return str(number)
    return ""


def read(raw: object, now: datetime) -> Read:
    """The meaning of the update. `now` dates a tap, which has no time of its own."""
    number = update_id_of(raw)
    if number is None:
        return Ignored(why="no update_id")
    if message := _table(raw, "message"):
        return _message(message, str(number), now)
    if tap := _table(raw, "callback_query"):
        return _tap(tap, str(number), now)
    if member := _table(raw, "my_chat_member"):
        return _member(member, str(number))
    return Ignored(why="kind")


def _message(message: Mapping[str, Any], delivery_id: str, now: datetime) -> Read:
    chat = _table(message, "chat")
    number, kind = _whole(chat.get("id")), chat.get("type")
    if number is None:
        return Ignored(why="no chat")
    if kind in _GROUPS:
        return InGroup(chat=str(number))
    sender = _table(message, "from")
    if kind != "private" or sender.get("is_bot") is not False:
        return Ignored(why="nobody who could be answered")
    content = _content(message)
    if content is None:
        return Ignored(why="kind of message")
    incoming = Incoming(
        channel=NAME,
        address=str(number),
        delivery_id=delivery_id,
        at=_moment(message.get("date"), now),
        content=content,
    )
    return Spoken(incoming=incoming)


def _content(message: Mapping[str, Any]) -> Content | None:
    text = message.get("text")
    if isinstance(text, str):
        return _words(_clean(text))
    if isinstance(message.get("photo"), list):
        return Sent(name="photo.jpg", media_type="image/jpeg", size=_largest(message["photo"]))
    for kind in _FILES:
        if file := _table(message, kind):
            name, media_type = file.get("file_name"), file.get("mime_type")
            return Sent(
                name=_clean(name)[:LONGEST] if isinstance(name, str) else kind,
                media_type=_clean(media_type)[:LONGEST] if isinstance(media_type, str) else kind,
                size=_whole(file.get("file_size")) or 0,
            )
    found = next((kind for kind in _OTHERS if _table(message, kind)), None)
    # Its content is not read: a contact is a telephone number, a location tells where a person is.
    return None if found is None else Sent(name=found, media_type=found, size=0)


def _words(text: str) -> Content | None:
    if not text:
        return None
    found = _COMMAND.match(text)
    if found is None:
        return Said(text=text)
    word, rest = found["word"].lower(), (found["rest"] or "").strip()
    if word == "start" and rest:
        return Joined(code=rest[:LONGEST])
    return Said(text=" ".join(filter(None, (COMMANDS.get(word, word), rest))))


def _tap(tap: Mapping[str, Any], delivery_id: str, now: datetime) -> Read:
    sender, message = _table(tap, "from"), _table(tap, "message")
    chat, callback = _table(message, "chat"), tap.get("id")
    callback = callback if isinstance(callback, str) else None
    person, number = _whole(sender.get("id")), _whole(chat.get("id"))
    if chat.get("type") in _GROUPS and number is not None:
        return InGroup(chat=str(number), callback=callback)
    if person is None or sender.get("is_bot") is not False:
        return Ignored(why="nobody who could be answered")
    if number not in (None, person):
        return Ignored(why="a button of another chat")
    data, message_id = tap.get("data"), _whole(message.get("message_id"))
    shown = str(message_id) if message_id is not None else None
    found = read_data(data, shown) if isinstance(data, str) and not _CONTROL.search(data) else None
    # A button of another bot or of an older version: to the person it is an old button.
    found = found or Place(fingerprint="", index=0, prefix="")
    place = found if isinstance(found, Place) else None
    content = found.forgotten(shown) if isinstance(found, Place) else found
    incoming = Incoming(
        channel=NAME, address=str(person), delivery_id=delivery_id, at=now, content=content
    )
    return Spoken(incoming=incoming, callback=callback, place=place)


def _member(member: Mapping[str, Any], delivery_id: str) -> Read:
    chat = _table(member, "chat")
    number, kind = _whole(chat.get("id")), chat.get("type")
    status = _table(member, "new_chat_member").get("status")
    if number is None:
        return Ignored(why="no chat")
    if kind in _GROUPS and status in _BACK:
        return InGroup(chat=str(number))
    if kind != "private" or status not in _GONE | _BACK:
        return Ignored(why="membership")
    return Reach(address=str(number), delivery_id=delivery_id, open=status in _BACK)


def _table(holder: object, name: str) -> Mapping[str, Any]:
    """The object under a name; an empty one if there is none."""
    found = holder.get(name) if isinstance(holder, Mapping) else None
    return found if isinstance(found, dict) else {}


def _whole(value: object) -> int | None:
    return value if type(value) is int and abs(value) < LARGEST else None


def _moment(date: object, now: datetime) -> datetime:
    """Never after `now`: an answer must not have a future date."""
    seconds = _whole(date)
    if seconds is None or not 0 < seconds < now.timestamp():
        return now
    return datetime.fromtimestamp(seconds, UTC)


def _clean(text: str) -> str:
    return unicodedata.normalize("NFC", _CONTROL.sub("", text.replace("\r\n", "\n"))).strip()


def _largest(photos: list[object]) -> int:
    sizes = (_whole(one.get("file_size")) for one in photos if isinstance(one, dict))
    return max((size for size in sizes if size), default=0)
