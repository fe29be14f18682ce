"""Refusals of the Bot API and their meaning for delivery (Bot API, Making requests)."""

import re
from dataclasses import dataclass
from typing import Final

from scheduling.channel import Refused, Unknown

DEFAULT_PAUSE_S: Final = 5.0
"""Used if Telegram says "too many" without a waiting time: longer than any of its rate limit
windows for single messages.
"""

_GONE = (
    "chat not found",
    "user not found",
    "peer_id_invalid",
    "group chat was deactivated",
    "not enough rights",
    "have no rights",
    "chat_write_forbidden",
    "user_is_blocked",
    "input_user_deactivated",
)
"""In a 400: the chat does not exist or blocked us, so the address is wrong, not the message."""

_CANNOT_EDIT = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "message identifier is not specified",
)
_PLAIN_LETTERS: Final = 60
"""Characters kept of an unknown description: enough to recognise it, short of any quoted text."""

_NUMBER = re.compile(r"\d{4,}")
_KIND = re.compile(r"^(?:Bad Request|Forbidden|Conflict|Not Found|Unauthorized): ")


@dataclass(frozen=True, kw_only=True)
class Rejected:
    """The Bot API answered with an error. `description` may quote what we sent."""

    status: int
    description: str
    retry_after: float | None = None
    moved_to: str | None = None

    @property
    def not_modified(self) -> bool:
        """The edit changes nothing."""
        return self.status == 400 and "message is not modified" in self._said

    @property
    def cannot_edit(self) -> bool:
        """The message is deleted, too old, or has no text."""
        return self.status == 400 and any(phrase in self._said for phrase in _CANNOT_EDIT)

    @property
    def reason(self) -> str:
        """For logs and operators: nothing of the message and no chat number."""
        said = re.split(r"[\"'<>]|: ", _KIND.sub("", self.description).strip())[0]
        return f"{self.status} {_NUMBER.sub('…', said)[:_PLAIN_LETTERS].strip()}".strip()

    @property
    def _said(self) -> str:
        return self.description.lower()


@dataclass(frozen=True, kw_only=True)
class Silent:
    """No answer that can be parsed. `sent` False: the request never left this machine."""

    reason: str
    sent: bool = True


Failure = Rejected | Silent


def delivery_of(failure: Failure) -> Refused | Unknown:
    """The delivery outcome of a message that met this failure."""
    if isinstance(failure, Silent):
        if failure.sent:
            return Unknown(error=failure.reason)
        return Refused(permanent=False, ours=False, error=failure.reason)
    return _refusal(failure)


def _refusal(failure: Rejected) -> Refused:
    error = failure.reason
    if failure.moved_to is not None:
        return Refused(permanent=False, ours=False, error=error, moved_to=failure.moved_to)
    match failure.status:
        case 429:
            pause = failure.retry_after or DEFAULT_PAUSE_S
            return Refused(permanent=False, ours=False, error=error, retry_after=pause)
        case 403:
            return Refused(permanent=True, ours=False, error=error)
        case 400:
            gone = any(phrase in failure.description.lower() for phrase in _GONE)
            return Refused(permanent=True, ours=not gone, error=error)
        case 413:
            return Refused(permanent=True, ours=True, error=error)
        case 401 | 404:
            # The token is wrong, not the message; it is sent after somebody corrects the token.
            return Refused(permanent=False, ours=True, error=error)
        case _:
            return Refused(permanent=False, ours=False, error=error)
