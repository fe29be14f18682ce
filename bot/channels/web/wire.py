"""The JSON between page and server: strict parsing of requests, plain values in responses."""

import json
import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from bot.channels.web.cards import cards_as_json
from bot.channels.web.limits import FILE_NAME_LIMIT
from domain.channels import WEB
from domain.criteria import Sensitivity
from domain.messages import TEXT_LIMIT, Incoming, RecipeKind, Said, Sent, Tap
from handlers.ground.wanted import Wanted
from storage import Author, Message

CHANNEL = WEB

NAME_LIMIT = 200
"""Characters of a menu's name, a choice's key or a code: ours have fewer than 80."""

CLOCK_AHEAD = timedelta(minutes=5)
"""How far ahead a phone's clock may be; beyond that the message gets the server's time."""

# A database refuses NUL, and other control characters act on a terminal that shows a transcript.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


class BadRequest(Exception):
    """A request that our page never sends; the text names the field, for the client's author."""


def body_of(raw: bytes) -> Mapping[str, Any]:
    """The JSON object of a request's body. Raises `BadRequest`."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise BadRequest("body") from error
    if not isinstance(body, dict):
        raise BadRequest("body")
    return body


def incoming_of(body: Mapping[str, Any], person_id: int, now: datetime) -> Incoming:
    """The message that a page sent to /api/messages. Raises `BadRequest`.

    The time is the page's own, but never after `now`: an answer must not have a future date.
    `asked` is the menu of the question that the page showed, "" if it showed none; `repeated` says
    that several lines waited for it. A client without a screen sends neither.
    """
    at = moment_of(body, "at")
    said, tap = body.get("said"), body.get("tap")
    if (said is None) == (tap is None):
        raise BadRequest("said")
    return Incoming(
        channel=CHANNEL,
        address=str(person_id),
        delivery_id=_delivery_of(body),
        at=now if at > now + CLOCK_AHEAD else min(at, now),
        content=_said_of(body) if tap is None else _tap_of(tap),
    )


def file_of(
    query: Mapping[str, str], person_id: int, now: datetime, size: int, path: str
) -> Incoming:
    """A file sent to /api/files, with its name and delivery id in the URL. Raises `BadRequest`."""
    name = text_of(query, "name", FILE_NAME_LIMIT)
    return Incoming(
        channel=CHANNEL,
        address=str(person_id),
        delivery_id=_delivery_of(query),
        at=now,
        content=Sent(name=name, media_type="application/octet-stream", size=size, path=path),
    )


def text_of(body: Mapping[str, Any], name: str, limit: int) -> str:
    """A text of 1 to `limit` characters, NFC, without control characters. Raises `BadRequest`."""
    value = body.get(name)
    if not isinstance(value, str):
        raise BadRequest(name)
    # JSON allows unpaired surrogates, but no other part of the system does.
    if any("\ud800" <= letter <= "\udfff" for letter in value):
        raise BadRequest(name)
    text = _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
    text = unicodedata.normalize("NFC", text).strip()
    if not 0 < len(text) <= limit:
        raise BadRequest(name)
    return text


def moment_of(body: Mapping[str, Any], name: str) -> datetime:
    """An ISO moment with its offset, in UTC. Raises `BadRequest`."""
    value = body.get(name)
    if not isinstance(value, str):
        raise BadRequest(name)
    try:
        moment = datetime.fromisoformat(value)
        if moment.tzinfo is None:
            raise BadRequest(name)
        return moment.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadRequest(name) from error


def numbers_of(body: Mapping[str, Any], name: str, limit: int) -> tuple[int, ...]:
    """1 to `limit` positive numbers. Raises `BadRequest`."""
    values = body.get(name)
    if not isinstance(values, list) or not 0 < len(values) <= limit:
        raise BadRequest(name)
    if not all(type(value) is int and 0 < value < _LARGEST for value in values):
        raise BadRequest(name)
    return tuple(values)


_LARGEST = 2**53
"""JavaScript cannot represent larger integers exactly; our ids never get that large."""


def number_of(text: str) -> int:
    """A number in a URL; 0 is the beginning. Raises `BadRequest`."""
    if not text.isascii() or not text.isdigit() or len(text) > len(str(_LARGEST)):
        raise BadRequest("number")
    return min(int(text), _LARGEST)


def as_json(message: Message, wanted: Wanted | None = None) -> dict[str, object]:
    """One shown message. Its id is its position: row ids are given when messages are queued, and
    the display order may differ; positions are always in display order. `wanted` is what is typed
    at it, if it is the open question.
    """
    outgoing = message.outgoing
    attachment = outgoing.attachment
    progress = outgoing.progress
    at = message.sent_at or message.queued_at
    return {
        "id": message.position,
        "author": message.author.value,
        "text": outgoing.text,
        "cards": cards_as_json(outgoing.cards, outgoing.text),
        "menu": outgoing.menu,
        "choices": [
            {
                "key": choice.key,
                "label": choice.label,
                "kind": choice.kind.value,
                "primary": choice.primary,
            }
            for choice in outgoing.choices
        ],
        "attachment": None
        if attachment is None
        else {
            "name": attachment.name,
            "picture": attachment.kind is RecipeKind.STATUS_CARD,
            "alternative": attachment.alternative,
        },
        "progress": None if progress is None else list(progress),
        "wanted": None
        if wanted is None
        else {
            "by": wanted.by.value,
            "hint": wanted.hint,
            "may_wait": wanted.sensitivity is Sensitivity.GREEN,
        },
        "replaces": outgoing.replaces,
        "lane": message.lane.value,
        "at": iso(at),
        "seen": message.seen_at is not None or message.author is Author.PERSON,
    }


def iso(moment: datetime) -> str:
    """2026-11-22T06:00:00Z"""
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _delivery_of(body: Mapping[str, Any]) -> str:
    value = body.get("id")
    if not isinstance(value, str):
        raise BadRequest("id")
    try:
        return str(UUID(value))
    except ValueError as error:
        raise BadRequest("id") from error


def _said_of(body: Mapping[str, Any]) -> Said:
    asked, repeated = body.get("asked"), body.get("repeated", False)
    if asked is not None and not (isinstance(asked, str) and len(asked) <= NAME_LIMIT):
        raise BadRequest("asked")
    if not isinstance(repeated, bool):
        raise BadRequest("repeated")
    return Said(text=text_of(body, "said", TEXT_LIMIT), asked=asked, repeated=repeated)


def _tap_of(tap: object) -> Tap:
    if not isinstance(tap, dict):
        raise BadRequest("tap")
    return Tap(
        menu=text_of(tap, "menu", NAME_LIMIT),
        choice=text_of(tap, "choice", NAME_LIMIT),
    )
