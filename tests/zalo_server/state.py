"""The server's data of each bot."""

import asyncio
from collections import Counter, deque
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

Update = dict[str, Any]
"""The `result` of a poll, which is the body of a webhook too."""


class Fault(StrEnum):
    """The fault of the next call of a method.

    With ACTED_THEN_DROPPED and ACTED_THEN_BROKEN, the caller cannot know that the call was
    executed.
    """

    FORBIDDEN = "forbidden"
    SERVER_ERROR = "server_error"
    UNAVAILABLE = "unavailable"
    REFUSED_IN_200 = "refused_in_200"
    NOT_OK_WITHOUT_CODE = "not_ok_without_code"
    BAD_REQUEST = "bad_request"
    QUOTA = "quota"
    SLOW = "slow"
    DROPPED = "dropped"
    ACTED_THEN_DROPPED = "acted_then_dropped"
    ACTED_THEN_BROKEN = "acted_then_broken"
    NO_OBJECT = "no_object"
    ENDLESS = "endless"


@dataclass(frozen=True, kw_only=True)
class SentMessage:
    """One message that arrived in a chat."""

    chat_id: str
    text: str
    message_id: str


@dataclass(frozen=True, kw_only=True)
class Hooked:
    """A registered webhook."""

    url: str
    secret: str


@dataclass(kw_only=True)
class BotState:
    """One bot. `quota`: messages it may still send this month."""

    token: str
    id: str
    account_name: str
    display_name: str
    quota: int = 3_000
    webhook: Hooked | None = None
    waiting: deque[Update] = field(default_factory=deque)
    given: list[Update] = field(default_factory=list)
    sent: list[SentMessage] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    known_chats: set[str] = field(default_factory=set)
    blocked: set[str] = field(default_factory=set)
    faults: dict[str, deque[Fault]] = field(default_factory=dict)
    calls: Counter[str] = field(default_factory=Counter)
    polls_open: int = 0
    most_polls_open: int = 0
    came: asyncio.Event = field(default_factory=asyncio.Event)

    def fails(self, method: str, *faults: Fault) -> None:
        """The next calls of this method fail in this way, in order."""
        self.faults.setdefault(method, deque()).extend(faults)

    def next_fault(self, method: str) -> Fault | None:
        """The fault for this call, if any."""
        waiting = self.faults.get(method)
        return waiting.popleft() if waiting else None

    def add(self, update: Update) -> None:
        """Queue an update for the next poll."""
        self.waiting.append(update)
        self.came.set()

    def replays(self, *, back: int = 1) -> None:
        """The last update comes again, as observed with real polls."""
        for update in self.given[-back:]:
            self.add(update)
