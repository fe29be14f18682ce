"""Parses Zalo's updates and never raises: a body may contain anything."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any, Final

from bot.channels.zalo.limits import ID_LENGTH
from domain.messages import TEXT_LIMIT

_OLDEST: Final = datetime(2020, 1, 1, tzinfo=UTC)
"""The platform is younger: an earlier date is in seconds, or invalid."""

_AHEAD: Final = timedelta(minutes=5)
"""Clocks differ, but a message cannot have tomorrow's date."""


class Kind(StrEnum):
    """The kind of a message. REFUSED is a text that must not be stored, LATE a message that was
    parked too long: only its kind is known.
    """

    TEXT = "text"
    PICTURE = "picture"
    STICKER = "sticker"
    VOICE = "voice"
    UNSUPPORTED = "unsupported"
    REFUSED = "refused"
    LATE = "late"


class Why(StrEnum):
    """Why an update is ignored."""

    EMPTY = "empty"
    UNKNOWN_EVENT = "unknown_event"
    OWN = "own"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, kw_only=True)
class Message:
    """A person wrote to one of our bots in private. `bot` is our own name of it.

    `address` is Zalo's id of the chat, `delivery_id` of the message. `text` is also the caption of
    a picture; `picture` is its URL, which expires soon.
    """

    bot: str
    address: str
    delivery_id: str
    at: datetime
    kind: Kind
    text: str = ""
    picture: str | None = None


@dataclass(frozen=True, kw_only=True)
class InGroup:
    """A person mentioned our bot in a group, where the bot does not talk."""

    bot: str
    chat: str
    delivery_id: str


@dataclass(frozen=True, kw_only=True)
class Ignored:
    """An update that is not for us."""

    why: Why


Update = Message | InGroup | Ignored

_EVENTS: Final[Mapping[str, Kind]] = {
    "message.text.received": Kind.TEXT,
    "message.image.received": Kind.PICTURE,
    "message.sticker.received": Kind.STICKER,
    "message.voice.received": Kind.VOICE,
    # Sent for people of protected groups and for message kinds that bots do not get.
    "message.unsupported.received": Kind.UNSUPPORTED,
}


def read_update(
    raw: object, *, bot: str, now: datetime, own_id: str = "", own_names: Collection[str] = ()
) -> Update:
    """Parse one update, wrapped as {"ok", "result"} or bare.

    `own_names`: the names by which people mention this bot with an @; a mention at the beginning is
    removed from the text.
    """
    body = _mapping(raw)
    if "event_name" not in body:
        body = _mapping(body.get("result"))
    if not body:
        return Ignored(why=Why.EMPTY)
    event = body.get("event_name")
    kind = _EVENTS.get(event) if isinstance(event, str) else None
    if kind is None:
        return Ignored(why=Why.UNKNOWN_EVENT)
    return _message(_mapping(body.get("message")), kind, bot, now, own_id, own_names)


def _message(
    body: Mapping[str, Any],
    kind: Kind,
    bot: str,
    now: datetime,
    own_id: str,
    own_names: Collection[str],
) -> Update:
    sender, chat = _mapping(body.get("from")), _mapping(body.get("chat"))
    if sender.get("is_bot") is True or (own_id and _id(sender.get("id")) == own_id):
        return Ignored(why=Why.OWN)
    address, delivery_id = _id(chat.get("id")), _id(body.get("message_id"))
    if not address or not delivery_id:
        # Without them the message cannot be answered, and a repetition cannot be recognised.
        return Ignored(why=Why.INCOMPLETE)
    if str(chat.get("chat_type") or "PRIVATE").upper() != "PRIVATE":
        return InGroup(bot=bot, chat=address, delivery_id=delivery_id)
    message = Message(
        bot=bot,
        address=address,
        delivery_id=delivery_id,
        at=_moment(body.get("date"), now),
        kind=kind,
    )
    if kind is Kind.TEXT:
        return _with_text(message, body.get("text"), own_names)
    if kind is Kind.PICTURE:
        # The documentation says "photo"; real bots got "photo_url".
        url = body.get("photo_url") or body.get("photo")
        caption = _clean(body.get("caption"))
        return replace(message, text=caption, picture=url if isinstance(url, str) else None)
    return message


def _with_text(message: Message, text: object, own_names: Collection[str]) -> Update:
    said = without_mention(_clean(text), own_names)
    return replace(message, text=said) if said else Ignored(why=Why.EMPTY)


def without_mention(text: str, own_names: Collection[str]) -> str:
    """The text without our bot's name at its beginning."""
    for name in sorted(filter(None, own_names), key=len, reverse=True):
        wanted = re.escape(unicodedata.normalize("NFC", name))
        text = re.sub(rf"^@{wanted}(?!\w)[\s:,]*", "", text, flags=re.IGNORECASE)
    return text


def _clean(text: object) -> str:
    """The text in NFC, without characters that no database stores. It may be slightly longer than
    the limit, so that the conversation can say that it is too long.
    """
    if not isinstance(text, str):
        return ""
    whole = text[: TEXT_LIMIT * 4].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", whole).replace("\x00", "").strip()[: TEXT_LIMIT + 1]


def _id(value: object) -> str:
    """An id of Zalo's, "" for an invalid one. A number is converted to its digits."""
    if isinstance(value, int) and not isinstance(value, bool) and value.bit_length() <= _BITS:
        value = str(value)
    if not isinstance(value, str) or not 0 < len(value) <= ID_LENGTH:
        return ""
    return value if value.isascii() and value.isprintable() else ""


_BITS: Final = 128
"""Bits of the largest number that is an id; Python refuses to convert far longer ones to digits."""


def _moment(value: object, now: datetime) -> datetime:
    """Milliseconds since 1970 as a datetime; `now` for an invalid value."""
    at = moment_of(value)
    return at if at is not None and at <= now + _AHEAD else now


def moment_of(value: object) -> datetime | None:
    """Milliseconds since 1970 as a datetime, None for an invalid value."""
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < ID_LENGTH:
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    try:
        at = datetime.fromtimestamp(value / 1_000, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return at if at >= _OLDEST else None


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}
