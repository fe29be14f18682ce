"""One delivery of a channel becomes one turn: handled, postponed, or set aside."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from bot import errors
from bot.clock import Clock
from domain.cards import saying
from domain.messages import Content, Incoming, Joined, Lane, Outgoing, Said, Sent, Tap
from handlers import handle
from handlers.deciding.not_seen import is_asking
from handlers.ground.library import Library
from handlers.understanding.screening import forbidden_in
from scheduling.worker import NotStarted, Worker
from storage import Conflict, Store, Tx, Unavailable

START_WITHIN_S: Final = 1.5
"""Seconds. Chat services repeat unanswered calls; a repetition costs less than a long queue."""

RETRY_AFTER_S: Final = 5
"""Seconds after which a busy database is free: the longest transaction takes under a second."""

TRIES: Final = 3
"""Each conflict means that another turn succeeded, so a third conflict in a row is already rare."""

_SET_ASIDE_TEXT: Final = 500
"""Characters of a message kept with an error: enough to see what it was."""

_log = logging.getLogger("antt.turns")


@dataclass(frozen=True, kw_only=True)
class Handled:
    """The turn is committed. `to_stranger`: an answer for a person without an address. `person_id`
    is for the log; None for a stranger.
    """

    to_stranger: Outgoing | None = None
    person_id: int | None = field(default=None, compare=False)


@dataclass(frozen=True, kw_only=True)
class Busy:
    """Nothing was done and nothing is stored: the channel must deliver the message again."""

    retry_after: int


@dataclass(frozen=True, kw_only=True)
class SetAside:
    """The turn failed; the message is set aside and its sender got `error_id`."""

    error_id: str


Taken = Handled | Busy | SetAside


Noted = Callable[[str, str, float], None]
"""Called after each turn with the channel, "handled", "busy" or "set_aside", and seconds."""

_OUTCOMES: Final = {Handled: "handled", Busy: "busy", SetAside: "set_aside"}


def unnoted(_channel: str, _outcome: str, _seconds: float) -> None:
    """Counts nothing."""


class TurnRunner:
    """Takes deliveries of all channels. `wake` is called after each commit, in the event loop;
    `noted` after each turn.
    """

    def __init__(
        self,
        store: Store,
        library: Library,
        clock: Clock,
        worker: Worker,
        wake: Callable[[], None] = lambda: None,
        noted: Noted = unnoted,
    ) -> None:
        self._store = store
        self._library = library
        self._clock = clock
        self._worker = worker
        self._wake = wake
        self._noted = noted

    async def take(self, incoming: Incoming) -> Taken:
        """Run one turn and return its outcome; only a bug of this module raises."""
        begun = time.perf_counter()
        try:
            taken = await self._worker.run(
                lambda: self._turn(incoming), start_within=START_WITHIN_S
            )
        except NotStarted:
            taken = Busy(retry_after=RETRY_AFTER_S)
        self._note(incoming, taken, begun)
        if not isinstance(taken, Busy):
            self._wake()
        return taken

    def _turn(self, incoming: Incoming) -> Taken:
        try:
            return self._handled(incoming)
        except Unavailable:
            return Busy(retry_after=RETRY_AFTER_S)
        except Exception as error:
            return self._set_aside(incoming, error)

    def _handled(self, incoming: Incoming) -> Handled:
        for _ in range(TRIES - 1):
            try:
                return self._once(incoming)
            except Conflict:
                continue
        return self._once(incoming)

    def _once(self, incoming: Incoming) -> Handled:
        with self._store.begin() as tx:
            to_stranger = handle(incoming, tx, self._clock.now(), self._library)
            address = tx.addresses.lock(incoming.channel, incoming.bot, incoming.address)
        return Handled(
            to_stranger=to_stranger,
            person_id=None if address is None else address.person_id,
        )

    def _set_aside(self, incoming: Incoming, error: Exception) -> Taken:
        error_id = errors.report(error, action="turn")
        try:
            with self._store.begin() as tx:
                self._keep_aside(tx, incoming, type(error).__name__, error_id)
        except Exception as second:
            # Setting aside failed too: the channel delivers again, and the log has both errors.
            errors.report(second, action="set_aside")
            return Busy(retry_after=RETRY_AFTER_S)
        return SetAside(error_id=error_id)

    def _keep_aside(self, tx: Tx, incoming: Incoming, error: str, error_id: str) -> None:
        now = self._clock.now()
        key = (incoming.channel, incoming.bot, incoming.delivery_id)
        if not tx.inbox.record(*key, now):
            return
        address = tx.addresses.lock(incoming.channel, incoming.bot, incoming.address)
        tx.inbox.set_aside(
            *key,
            kind=type(incoming.content).__name__,
            error=f"{error_id} {error}",
            screened_text=screened(incoming.content, menu=address.menu if address else None),
            now=now,
        )
        if address is None:
            return
        person = tx.people.get(address.person_id)
        words = self._library.words(person.locale if person is not None else "vi")
        sorry = Outgoing(cards=saying(words.say("delivery.sorry", error_id=error_id)))
        tx.outbox.queue(address.id, Lane.REPLY, sorry, now)

    def _note(self, incoming: Incoming, taken: Taken, begun: float) -> None:
        seconds = time.perf_counter() - begun
        self._noted(incoming.channel, _OUTCOMES[type(taken)], seconds)
        # The log gets the person's number: on some channels the address is a telephone number.
        _log.info(
            "turn",
            extra={
                "person": taken.person_id if isinstance(taken, Handled) else None,
                "channel": incoming.channel,
                "action": type(incoming.content).__name__,
                "outcome": type(taken).__name__,
                "ms": round(seconds * 1000, 1),
            },
        )


def screened(content: Content, *, menu: str | None = None) -> str:
    """The part of a message that may be stored with an error: nothing that may contain a secret.
    `menu` is what was open: of a text that answers a question only its length is kept, because the
    question may be a red one.
    """
    match content:
        case Said(text=text, asked=asked) if is_asking(menu) or is_asking(asked):
            return f"[{len(text)}]"
        case Said(text=text):
            forbidden = forbidden_in(text)
            return f"[{forbidden}]" if forbidden is not None else text[:_SET_ASIDE_TEXT]
        case Tap(menu=menu, choice=choice):
            return f"{menu} {choice}"[:_SET_ASIDE_TEXT]
        case Sent(media_type=media_type, size=size):
            return f"[{media_type[:60]}, {size}]"
        case Joined():
            return "[code]"
