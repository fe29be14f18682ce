"""A message as it is parked: screened, with only the fields that its turn needs."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Final

from bot.channels.zalo.updates import Kind, Message
from handlers.understanding.screening import forbidden_in
from storage import Parked

_VERSION: Final = 1


class NotReadable(ValueError):
    """A parked body that this version did not write."""


def screened(message: Message) -> Message:
    """The message as it may be stored; of a forbidden text, only the fact that there was one. The
    URL of a picture is removed: it expires before the turn, and a reader of the database could open
    it.
    """
    if forbidden_in(message.text) is not None:
        return replace(message, kind=Kind.REFUSED, text="", picture=None)
    return replace(message, picture=None)


def emptied(message: Message) -> Message:
    """A message that was parked too long, without its words."""
    return replace(message, kind=Kind.LATE, text="", picture=None)


def to_body(message: Message) -> str:
    """The body of a screened message; channel, bot and id are separate columns."""
    return json.dumps(
        {
            "v": _VERSION,
            "address": message.address,
            "at": message.at.isoformat(),
            "kind": message.kind.value,
            "text": message.text,
        },
        ensure_ascii=False,
    )


def from_body(parked: Parked) -> Message:
    """The message of a parked body. Raises `NotReadable`."""
    try:
        body = json.loads(parked.body)
        if body["v"] != _VERSION:
            raise NotReadable("another version")
        at = datetime.fromisoformat(body["at"])
        return Message(
            bot=parked.bot,
            address=str(body["address"]),
            delivery_id=parked.delivery_id,
            at=at if at.tzinfo else parked.at,
            kind=Kind(body["kind"]),
            text=str(body["text"]),
        )
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise NotReadable(type(error).__name__) from None
