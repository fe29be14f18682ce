"""Checks between a Zalo message and its turn: whether the bot has room for a person, whether an
answer to a stranger may cost a message, and which updates contain no usable text.
"""

import hashlib
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Final

from bot import errors
from bot.channels.zalo.answering import Directly
from bot.channels.zalo.bots import Introductions, doors_of, is_full
from bot.channels.zalo.limits import STRANGERS_UNTIL
from bot.channels.zalo.settings import NAME, ZaloSettings
from bot.channels.zalo.updates import InGroup, Kind, Message
from bot.clock import Clock
from bot.turns import RETRY_AFTER_S, START_WITHIN_S, Busy, Handled, Taken
from domain.budget import Budget
from domain.cards import saying
from domain.deadlines import local_date
from domain.messages import Content, Incoming, Lane, Outgoing, Said, Sent
from domain.people import Person
from handlers.ground import access
from handlers.ground.doors import roomiest
from handlers.ground.ended import was_ended
from handlers.ground.library import Library
from handlers.subjects.joining import entering as joining
from handlers.understanding.one_time_codes import readings_of
from scheduling.channel import Recipient
from scheduling.worker import NotStarted, Worker
from storage import Store, Tx, Unavailable

Take = Callable[[Incoming], Awaitable[Taken]]
"""Runs a turn (`TurnRunner.take`)."""


@dataclass(frozen=True, kw_only=True)
class Goes:
    """The message continues to its turn."""


@dataclass(frozen=True, kw_only=True)
class Ends:
    """The message ends here, recorded as seen; `says` is sent to a person without an address."""

    says: Outgoing | None = None


_MEDIA: Final = {
    Kind.PICTURE: "image",
    Kind.STICKER: "sticker",
    Kind.VOICE: "audio",
    Kind.UNSUPPORTED: "unsupported",
}


@dataclass(frozen=True, kw_only=True)
class MessageChecks:
    """One instance for all our bots."""

    settings: ZaloSettings
    introductions: Introductions
    store: Store
    worker: Worker
    clock: Clock
    library: Library
    take_turn: Take
    answer: Directly
    wake: Callable[[], None] = lambda: None

    async def take(self, message: Message, picture: Sent | None = None) -> Taken:
        """Handle one message. After `Busy` nothing was done and the message must come again.

        `picture` is the fetched picture, available during this call.
        """
        look = partial(self._in_a_turn, lambda tx, now: self._look(tx, message, now))
        looked = await self._run(look)
        if isinstance(looked, Busy):
            return looked
        if isinstance(looked, Ends):
            await self._say(message.bot, message.address, looked)
            self.wake()
            return Handled()
        taken = await self.take_turn(_incoming(message, picture))
        if isinstance(taken, Handled) and taken.to_stranger is not None:
            await self._say(message.bot, message.address, Ends(says=taken.to_stranger))
            await self._run(partial(self._in_a_turn, partial(self._count, bot=message.bot)))
        return taken

    async def take_group(self, called: InGroup) -> Taken:
        """One sentence for a group, and no answer afterwards."""
        looked = await self._run(
            partial(self._in_a_turn, lambda tx, now: self._look_at_group(tx, called, now))
        )
        if isinstance(looked, Busy):
            return looked
        if isinstance(looked, Ends):
            await self._say(called.bot, called.chat, looked)
        return Handled()

    async def _run(self, function: Callable[[], Goes | Ends]) -> Goes | Ends | Busy:
        try:
            return await self.worker.run(function, start_within=START_WITHIN_S)
        except (NotStarted, Unavailable):
            return Busy(retry_after=RETRY_AFTER_S)
        except Exception as error:
            # Only a check failed here: the turn itself decides about the message.
            errors.report(error, action="zalo")
            return Goes()

    def _in_a_turn(self, look: Callable[[Tx, datetime], Goes | Ends]) -> Goes | Ends:
        with self.store.begin() as tx:
            return look(tx, self.clock.now())

    async def _say(self, bot: str, address: str, ends: Ends) -> None:
        if ends.says is not None:
            await self.answer(NAME, Recipient(address=address, bot=bot), ends.says)

    def _look(self, tx: Tx, message: Message, now: datetime) -> Goes | Ends:
        address = tx.addresses.lock(NAME, message.bot, message.address)
        person = tx.people.get(address.person_id) if address is not None else None
        if address is not None and person is not None and person.posts:
            if message.kind not in (Kind.REFUSED, Kind.LATE) or was_ended(address):
                return Goes()
            if self._first_time(tx, message, now):
                # A person who writes is reachable again.
                place = (NAME, message.bot, message.address)
                address = tx.addresses.link(*place, person.id, now)
                tx.outbox.queue(address.id, Lane.REPLY, self._without_words(message, person), now)
            return Ends()
        return self._look_at_stranger(tx, message, now)

    def _without_words(self, message: Message, person: Person) -> Outgoing:
        """The reply to a message of which only the kind is known."""
        if message.kind is Kind.REFUSED:
            return access.refused(self.library, person).outgoing()
        text = self.library.words(person.locale).say("zalo.too_late", at=message.at)
        return Outgoing(cards=saying(text))

    def _look_at_stranger(self, tx: Tx, message: Message, now: datetime) -> Goes | Ends:
        full = is_full(tx, self.settings, message.bot)
        if full and self._brings_a_code(tx, message, now):
            if not self._first_time(tx, message, now):
                return Ends()
            tx.joinings.leave(NAME, message.bot, message.address)
            self._count(tx, now, bot=message.bot)
            return Ends(says=Outgoing(cards=saying(self._sent_elsewhere(tx))))
        if self._at_the_door(tx, message, now) or not self._is_dear(tx, message.bot, now):
            return Goes()
        self._first_time(tx, message, now)
        return Ends()

    def _brings_a_code(self, tx: Tx, message: Message, now: datetime) -> bool:
        """A valid code, or the answer that follows it. Failed codes are counted here as they are
        when joining, so that codes cannot be guessed through a full bot.
        """
        place = (NAME, message.bot, message.address)
        if tx.joinings.waiting(*place, now) is not None:
            return True
        code = tx.issued_codes.meant(readings_of(message.text))
        if code is None or tx.invitations.count_attempt(*place, now) > joining.MOST_TRIES:
            return False
        if tx.web.owner_of(code, now) is not None:
            # The person's own code for one more channel.
            return True
        invitation = tx.invitations.find(tx.invitations.hash(code))
        return invitation is not None and invitation.expires_at > now

    def _at_the_door(self, tx: Tx, message: Message, now: datetime) -> bool:
        if readings_of(message.text):
            return True
        return tx.joinings.waiting(NAME, message.bot, message.address, now) is not None

    def _is_dear(self, tx: Tx, bot: str, now: datetime) -> bool:
        """Whether the rest of the bot's month is reserved for people who were let in."""
        used = tx.usage.of(NAME, bot, local_date(now).replace(day=1))
        budget = Budget(
            limit=self.settings.monthly, replies=used[Lane.REPLY], notices=used[Lane.NOTICE]
        )
        return budget.share >= STRANGERS_UNTIL

    def _sent_elsewhere(self, tx: Tx) -> str:
        words = self.library.words(access.STRANGER_LOCALE)
        other = roomiest(tx, NAME, doors_of(self.settings, self.introductions))
        if other is None:
            return words.say("zalo.all_full")
        return words.say("zalo.full", other=other.name)

    def _look_at_group(self, tx: Tx, called: InGroup, now: datetime) -> Goes | Ends:
        # A hash replaces the group's id: no data of a stranger is stored.
        known = hashlib.sha256(f"{called.bot}\0{called.chat}".encode()).hexdigest()
        if not tx.inbox.record(NAME, called.bot, f"group:{known}", now):
            return Ends()
        if self._is_dear(tx, called.bot, now):
            return Ends()
        self._count(tx, now, bot=called.bot)
        words = self.library.words(access.STRANGER_LOCALE)
        return Ends(says=Outgoing(cards=saying(words.say("access.in_group"))))

    def _count(self, tx: Tx, now: datetime, *, bot: str) -> Ends:
        """Answers to strangers also count for the bot's month."""
        tx.usage.add(NAME, bot, local_date(now).replace(day=1), Lane.REPLY, 1)
        return Ends()

    def _first_time(self, tx: Tx, message: Message, now: datetime) -> bool:
        return tx.inbox.record(NAME, message.bot, message.delivery_id, now)


def _incoming(message: Message, picture: Sent | None) -> Incoming:
    content: Content
    if message.kind is Kind.TEXT:
        content = Said(text=message.text)
    else:
        content = picture or Sent(name="", media_type=_MEDIA.get(message.kind, ""), size=0)
    return Incoming(
        channel=NAME,
        bot=message.bot,
        address=message.address,
        delivery_id=message.delivery_id,
        at=message.at,
        content=content,
    )
