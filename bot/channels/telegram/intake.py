"""Converts one update into a turn or another small action. Polling and webhook both use it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from typing import Final, TypeVar

from bot import errors
from bot.channels.telegram.api import TelegramApi
from bot.channels.telegram.settings import NAME
from bot.channels.telegram.updates import Ignored, InGroup, Reach, Spoken, read, update_id_of
from bot.clock import Clock
from bot.reception import Reception
from bot.turns import RETRY_AFTER_S, START_WITHIN_S, Busy, Handled, SetAside, Taken
from domain.cards import saying
from domain.messages import Incoming, Outgoing, Tap
from handlers.ground.access import STRANGER_LOCALE
from handlers.ground.ended import was_ended
from handlers.ground.library import Library
from scheduling.channel import Recipient
from scheduling.worker import NotStarted, Worker
from storage import Store, Unavailable

T = TypeVar("T")

BLOCKED: Final = "the person blocked the bot"
"""Why an address was retired; it becomes active again when the person unblocks the bot."""

_log = logging.getLogger("antt.telegram")


Turned = Callable[[str, int], Awaitable[None]]
"""Called with (chat, person) after each turn, as a separate task."""


@dataclass(kw_only=True)
class Intake:
    """Takes raw updates. `take` accepts any content and never raises."""

    api: TelegramApi
    reception: Reception
    store: Store
    worker: Worker
    library: Library
    clock: Clock
    turned: Turned | None = None
    _beside: set[asyncio.Task[object]] = field(default_factory=set)

    async def take(self, raw: object) -> Taken:
        """Afterwards Telegram may forget the update, unless this returns `Busy`: then it must send
        it again.
        """
        try:
            return await self._take(raw)
        except (NotStarted, Unavailable):
            return Busy(retry_after=RETRY_AFTER_S)
        except Exception as error:
            return await self._set_aside(raw, error)

    async def settle(self) -> None:
        """Wait for tasks that run in parallel with turns: acknowledgements, command menus."""
        while self._beside:
            await asyncio.gather(*self._beside, return_exceptions=True)

    async def _take(self, raw: object) -> Taken:
        match read(raw, self.clock.now()):
            case Spoken() as spoken:
                return await self._turn(spoken)
            case InGroup() as group:
                self._acknowledge(group.callback)
                return await self._in_group(group.chat)
            case Reach() as reach:
                await self._run(lambda: self._note(reach))
                return Handled()
            case Ignored(why=why):
                _log.info("ignored", extra={"action": "update", "outcome": why})
                return Handled()

    async def _turn(self, spoken: Spoken) -> Taken:
        self._acknowledge(spoken.callback)
        incoming = await self._whole(spoken)
        taken = await self.reception.take(incoming)
        person = taken.person_id if isinstance(taken, Handled) else None
        if person is not None and self.turned is not None:
            self._spawn(self.turned(incoming.address, person))
        return taken

    def _acknowledge(self, callback: str | None) -> None:
        """Acknowledged at once: the progress sign on a button must not last as long as the turn. A
        tap that is too old to acknowledge is still an answer.
        """
        if callback is not None:
            self._spawn(self.api.acknowledge(callback))

    async def _whole(self, spoken: Spoken) -> Incoming:
        """The tap with its menu, which is looked up if the button contains only an index."""
        place, incoming, tap = spoken.place, spoken.incoming, spoken.incoming.content
        if place is None or not place.fingerprint or not isinstance(tap, Tap):
            return incoming
        sent = await self._run(lambda: self._keyboards(incoming.address))
        found = place.among(sent)
        if found is None:
            return incoming
        menu, choice = found
        return replace(incoming, content=replace(tap, menu=menu, choice=choice))

    def _keyboards(self, address: str) -> tuple[Outgoing, ...]:
        with self.store.read() as tx:
            return tx.outbox.keyboards(NAME, "", address)

    async def _in_group(self, chat: str) -> Taken:
        """One sentence for a group, then silence: the inbox key records that it was sent."""
        if await self._run(lambda: self._first_time(f"group:{chat}")):
            text = self.library.words(STRANGER_LOCALE).say("access.in_group")
            to = Recipient(address=chat)
            await self.reception.deliverer.directly(NAME, to, Outgoing(cards=saying(text)))
        return Handled()

    def _first_time(self, key: str) -> bool:
        with self.store.begin() as tx:
            return tx.inbox.record(NAME, "", key, self.clock.now())

    def _note(self, reach: Reach) -> None:
        """Retires the address when a person blocks the bot, not only after the next refusal."""
        now = self.clock.now()
        with self.store.begin() as tx:
            if not tx.inbox.record(NAME, "", reach.delivery_id, now):
                return
            address = tx.addresses.lock(NAME, "", reach.address)
            if address is None or was_ended(address):
                return
            if not reach.open:
                tx.addresses.retire(address.id, BLOCKED, now)
            elif address.retired_at is not None:
                tx.addresses.link(NAME, "", reach.address, address.person_id, now)

    async def _set_aside(self, raw: object, error: Exception) -> Taken:
        """A bug of ours: set the update aside, so that the queue continues."""
        error_id = errors.report(error, action="update")
        number = update_id_of(raw)
        if number is None:
            return SetAside(error_id=error_id)
        kind = f"{error_id} {type(error).__name__}"
        try:
            await self._run(lambda: self._keep_aside(str(number), kind))
        except (NotStarted, Unavailable):
            return Busy(retry_after=RETRY_AFTER_S)
        except Exception as second:
            errors.report(second, action="set_aside")
        return SetAside(error_id=error_id)

    def _keep_aside(self, delivery_id: str, error: str) -> None:
        now = self.clock.now()
        with self.store.begin() as tx:
            if not tx.inbox.record(NAME, "", delivery_id, now):
                return
            # Stores nothing of the update itself, because it was not screened.
            tx.inbox.set_aside(
                NAME, "", delivery_id, kind="update", error=error, screened_text="", now=now
            )

    async def _run(self, function: Callable[[], T]) -> T:
        return await self.worker.run(function, start_within=START_WITHIN_S)

    def _spawn(self, awaited: Awaitable[object]) -> None:
        task = asyncio.ensure_future(_quietly(awaited))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)


async def _quietly(awaited: Awaitable[object]) -> None:
    try:
        await awaited
    except Exception as error:
        errors.report(error, action="beside")
