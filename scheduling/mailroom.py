"""The transactions of sending: what is taken out of the outbox, and what became of it.

Everything here is plain and quick; between the two the messages are on their way.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain.budget import Budget
from domain.deadlines import SEND_FROM, VIETNAM, local_date
from domain.messages import Lane, Outgoing
from domain.people import Role
from handlers.doors import web_of
from handlers.library import Library
from handlers.lost import LOST
from handlers.notices import tell
from handlers.reaching import queue_elsewhere
from scheduling.channel import Channel, Delivery, Unknown
from scheduling.fit import fit
from scheduling.retry import Again, Aside, Done, Trying, consequence
from storage import AttemptOutcome, Leased, Store, Tx

NO_LEASE: Final = timedelta(0)
"""For an address whose reader sits here: what a killed process of his held is his at once, and
the worst that two of them do is to show him a message twice."""

SET_ASIDE_AT_ONCE: Final = 10
"""Times that messages are taken of which none may go, in one transaction: a tap waits for it."""

SPENT: Final = "the month's messages are used up"


@dataclass(frozen=True, kw_only=True)
class Letter:
    """A leased message as its channel shows it, without the pieces that arrived before."""

    leased: Leased
    pieces: tuple[Outgoing, ...]


@dataclass(frozen=True, kw_only=True)
class Fate:
    """What became of a letter. `pieces` of the whole message have arrived by now. `tried` False:
    the attempt was its last sender's, who ended, and is counted already."""

    leased: Leased
    delivery: Delivery
    pieces: int = 0
    tried: bool = True


@dataclass(frozen=True, kw_only=True)
class Mailroom:
    """Works for the channels it was given. `now` reads the clock."""

    store: Store
    channels: Mapping[str, Channel]
    library: Library
    now: Callable[[], datetime]

    def round(
        self, fates: Sequence[Fate], channel: str, bot: str | None, limit: int
    ) -> tuple[Letter, ...]:
        """Note what became of letters, and take the next ones; one transaction."""
        now = self.now()
        with self.store.begin() as tx:
            for fate in fates:
                self._mark(tx, fate, now)
            if limit <= 0:
                return ()
            return self._take(tx, channel, bot, limit, now)

    def _take(
        self, tx: Tx, channel: str, bot: str | None, limit: int, now: datetime
    ) -> tuple[Letter, ...]:
        for _ in range(SET_ASIDE_AT_ONCE):
            claimed = tx.outbox.claim(now, limit, channel=channel, bot=bot)
            letters = tuple(
                letter for one in claimed if self._may_go(tx, letter := self._letter(tx, one), now)
            )
            if letters or not claimed:
                return letters
        return ()

    def take_for(self, address_id: int) -> tuple[Letter, ...]:
        """Everything that is due at one address whose reader sits here, in order."""
        with self.store.begin() as tx:
            leased = tx.outbox.take_for(address_id, self.now(), lease=NO_LEASE)
            return tuple(self._letter(tx, one) for one in leased)

    def mark_shown(self, arrived: Sequence[Leased], first: Leased) -> None:
        """The reader took these; what he did not take waits as if it had never been tried."""
        with self.store.begin() as tx:
            tx.outbox.sent_all(arrived, self.now())
            if not arrived:
                tx.outbox.release(first)

    def _letter(self, tx: Tx, leased: Leased) -> Letter:
        words = self.library.words(leased.locale)
        abilities = self.channels[leased.address.channel].abilities
        outgoing = leased.outgoing
        if leased.unknowns and not abilities.repeatable:
            outgoing = replace(outgoing, text=words.say("delivery.again", text=outgoing.text))
        origin = web_of(tx) if abilities.only_tells else None
        pieces = fit(outgoing, abilities, words, origin=origin)
        return Letter(leased=leased, pieces=pieces[leased.pieces :] or pieces[-1:])

    def _may_go(self, tx: Tx, letter: Letter, now: datetime) -> bool:
        """False for what must not be sent now, which is noted at once."""
        leased = letter.leased
        if leased.interrupted and not self.channels[leased.address.channel].abilities.repeatable:
            self._mark(tx, Fate(leased=leased, delivery=Unknown(), tried=False), now)
            return False
        if not self._spend(tx, letter, now):
            tx.outbox.put_off(leased, None, SPENT)
            self._given_up(tx, leased, now)
            return False
        return True

    def _spend(self, tx: Tx, letter: Letter, now: datetime) -> bool:
        """Count the letter's pieces on its bot's month; False where they are not to be had."""
        address, lane = letter.leased.address, letter.leased.lane
        limit = self.channels[address.channel].rates.a_month
        if limit is None:
            return True
        month = local_date(now).replace(day=1)
        used = tx.usage.of(address.channel, address.bot, month)
        count = len(letter.pieces)
        before = Budget(limit=limit, replies=used[Lane.REPLY], notices=used[Lane.NOTICE])
        if not before.allows(lane, count):
            return False
        tx.usage.add(address.channel, address.bot, month, lane, count)
        reply = count if lane is Lane.REPLY else 0
        after = replace(
            before, replies=before.replies + reply, notices=before.notices + count - reply
        )
        share = after.crossed(count)
        if share is not None:
            self._warn(tx, address.channel, address.bot, after, share, now)
        return True

    def _warn(
        self, tx: Tx, channel: str, bot: str, budget: Budget, share: float, now: datetime
    ) -> None:
        month = local_date(now).replace(day=1)
        tell(
            [one for one in tx.people.all() if one.holds(Role.ADMINISTRATOR)],
            lambda words: words.say(
                "delivery.budget",
                channel=words.say("roles.channel", channel=channel),
                bot=bot,
                used=budget.used,
                limit=budget.limit,
                month=month,
            ),
            once=f"budget:{channel}:{bot}:{month}:{share}",
            tx=tx,
            library=self.library,
            now=now,
        )

    def _mark(self, tx: Tx, fate: Fate, now: datetime) -> None:
        leased = fate.leased
        follows = consequence(fate.delivery, self._trying(fate, now))
        match follows:
            case Done():
                tx.outbox.sent(leased, now, rests_until=self._rests_until(leased, now))
            case Again(at=at, error=error, moved_to=moved_to):
                if moved_to is not None:
                    tx.addresses.move(leased.address.id, moved_to)
                self._failed(tx, fate, error, now, retry_at=at)
            case Aside(error=error, retire=retire):
                self._failed(tx, fate, error, now, permanent=retire)
                if retire:
                    self._retire(tx, leased, error, now)
                self._given_up(tx, leased, now)

    def _failed(
        self,
        tx: Tx,
        fate: Fate,
        error: str,
        now: datetime,
        *,
        retry_at: datetime | None = None,
        permanent: bool = False,
    ) -> None:
        if not fate.tried:
            tx.outbox.put_off(fate.leased, retry_at, error)
            return
        unknown = isinstance(fate.delivery, Unknown)
        tx.outbox.failed(
            fate.leased,
            now,
            error,
            retry_at=retry_at,
            permanent=permanent,
            outcome=AttemptOutcome.UNKNOWN if unknown else AttemptOutcome.REFUSED,
            pieces=fate.pieces,
        )

    def _trying(self, fate: Fate, now: datetime) -> Trying:
        leased = fate.leased
        unknown = isinstance(fate.delivery, Unknown)
        return Trying(
            lane=leased.lane,
            attempts=leased.attempts + fate.tried,
            unknowns=leased.unknowns + (unknown and fate.tried),
            now=now,
            queued_at=leased.queued_at,
            replaced_at=leased.expires_at,
            repeatable=self.channels[leased.address.channel].abilities.repeatable,
            next_day=self._next_day(now) if unknown else now,
        )

    def _next_day(self, now: datetime) -> datetime:
        today = local_date(now)
        calendar = self.library.calendar(today.year, today.year + 1)
        return datetime.combine(calendar.next_working_day(today), SEND_FROM, VIETNAM)

    def _rests_until(self, leased: Leased, now: datetime) -> datetime | None:
        seconds = self.channels[leased.address.channel].rates.each_chat_s
        return None if seconds is None else now + timedelta(seconds=seconds)

    def _given_up(self, tx: Tx, leased: Leased, now: datetime) -> None:
        """A notice goes to the person's next channel; a question that he may not have seen
        gives its digits away, and is shown again at his next word."""
        if leased.lane is Lane.NOTICE:
            queue_elsewhere(
                tx,
                once=leased.once,
                outbox_id=leased.outbox_id,
                person_id=leased.address.person_id,
                address_id=leased.address.id,
                outgoing=leased.outgoing,
                expires_at=leased.expires_at,
                now=now,
            )
        elif leased.outgoing.menu is not None:
            tx.addresses.change_menu(leased.address.id, leased.outgoing.menu, LOST)

    def _retire(self, tx: Tx, leased: Leased, error: str, now: datetime) -> None:
        """Send nothing there any more, and tell who stands above the person."""
        address = leased.address
        tx.addresses.retire(address.id, error, now)
        person = tx.people.get(address.person_id)
        if person is None or not person.posts:
            return
        above: Iterable[Role] = (Role.SUPERVISOR, Role.ADMINISTRATOR)
        tell(
            tx.people.overseers_of(person.posts[0].unit, *above),
            lambda words: words.say(
                "delivery.address_lost",
                name=person.name,
                channel=words.say("roles.channel", channel=address.channel),
            ),
            once=f"lost:{address.id}",
            tx=tx,
            library=self.library,
            now=now,
        )
