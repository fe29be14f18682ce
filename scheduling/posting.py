"""The consequences of sending, in one transaction: marks, monthly limits, the next channel,
messages to superiors.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from domain.budget import Budget
from domain.cards import Cards, saying
from domain.deadlines import SEND_FROM, VIETNAM, local_date
from domain.messages import Lane, Outgoing
from domain.people import Role
from handlers.ground.doors import web_of
from handlers.ground.library import Library
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.notices import tell
from handlers.ground.reaching import queue_elsewhere
from locales import Words
from scheduling.channel import Channel, Delivered, Unknown
from scheduling.fit import fit
from scheduling.letters import Fate, Letter
from scheduling.retry import Again, Aside, Done, Trying, consequence
from storage import AttemptOutcome, Leased, Tx

CLOCKS_DIFFER: Final = timedelta(minutes=5)
"""A service's time that is further behind ours is wrong, and ours is taken."""

SPENT: Final = "the month's messages are used up"


_LOST = str(Menu(MenuKind.LOST))


@dataclass(kw_only=True)
class Posting:
    """The work of one transaction. `elsewhere`: whether it queued anything itself."""

    tx: Tx
    now: datetime
    channels: Mapping[str, Channel]
    library: Library
    elsewhere: bool = False

    def letter(self, leased: Leased) -> Letter:
        """The message cut for its channel, without the pieces that arrived before."""
        words = self.library.words(leased.locale)
        abilities = self._channel(leased).abilities
        outgoing = leased.outgoing
        if leased.unknowns and not abilities.repeatable:
            outgoing = replace(outgoing, cards=_said_again(outgoing.cards, words))
        origin = web_of(self.tx) if abilities.only_tells else None
        pieces = fit(outgoing, abilities, words, origin=origin)
        return Letter(leased=leased, pieces=pieces[leased.pieces :] or pieces[-1:])

    def may_go(self, letter: Letter) -> bool:
        """False for a message that must not be sent now; this is recorded at once."""
        leased = letter.leased
        if leased.interrupted and not self._channel(leased).abilities.repeatable:
            self.mark(Fate(leased=leased, delivery=Unknown(), tried=False))
            return False
        if not self._spend(letter):
            self.tx.outbox.put_off(leased, None, SPENT)
            self._given_up(leased)
            self._say_spent(leased)
            return False
        return True

    def mark(self, fate: Fate) -> None:
        """Record the result of a letter and apply its consequences."""
        leased = fate.leased
        match consequence(fate.delivery, self._trying(fate)):
            case Done():
                at = self._accepted_at(fate)
                self.tx.outbox.sent(leased, at, rests_until=self._rests_until(leased))
            case Again(at=at, error=error, moved_to=moved_to):
                if moved_to is not None:
                    self.tx.addresses.move(leased.address.id, moved_to)
                self._failed(fate, error, retry_at=at)
            case Aside(error=error, retire=retire):
                self._failed(fate, error, permanent=retire)
                if retire:
                    self._retire(leased, error)
                self._given_up(leased)

    def _accepted_at(self, fate: Fate) -> datetime:
        """When a reply was on the way to the person, by the clock that also dates what they write.
        Our own record may come seconds later, and our clock may differ. Notices are found by our
        own times (`storage.outbox.unseen`).
        """
        delivery, leased = fate.delivery, fate.leased
        earliest = leased.queued_at - CLOCKS_DIFFER
        if leased.lane is Lane.NOTICE or not isinstance(delivery, Delivered) or delivery.at is None:
            return self.now
        # A text with a time after ours gets ours too.
        return min(delivery.at, self.now) if delivery.at > earliest else self.now

    def _trying(self, fate: Fate) -> Trying:
        leased = fate.leased
        unknown = isinstance(fate.delivery, Unknown)
        return Trying(
            lane=leased.lane,
            attempts=leased.attempts + fate.tried,
            unknowns=leased.unknowns + (unknown and fate.tried),
            now=self.now,
            queued_at=leased.queued_at,
            replaced_at=leased.expires_at,
            repeatable=self._channel(leased).abilities.repeatable,
            next_day=self._next_day() if unknown else self.now,
        )

    def _next_day(self) -> datetime:
        today = local_date(self.now)
        calendar = self.library.calendar(today.year, today.year + 1)
        return datetime.combine(calendar.next_working_day(today), SEND_FROM, VIETNAM)

    def _rests_until(self, leased: Leased) -> datetime | None:
        seconds = self._channel(leased).rates.each_chat_s
        return None if seconds is None else self.now + timedelta(seconds=seconds)

    def _failed(
        self, fate: Fate, error: str, *, retry_at: datetime | None = None, permanent: bool = False
    ) -> None:
        if not fate.tried:
            self.tx.outbox.put_off(fate.leased, retry_at, error)
            return
        unknown = isinstance(fate.delivery, Unknown)
        self.tx.outbox.failed(
            fate.leased,
            self.now,
            error,
            retry_at=retry_at,
            permanent=permanent,
            outcome=AttemptOutcome.UNKNOWN if unknown else AttemptOutcome.REFUSED,
            pieces=fate.pieces,
            # An unanswered message may have arrived, and a service may count a message that it
            # refused.
            rests_until=self._rests_until(fate.leased),
        )

    def _given_up(self, leased: Leased) -> None:
        """A notice goes to the person's next channel; a question that the person may not have seen
        no longer takes digits, and is shown again after their next message.
        """
        if leased.lane is Lane.NOTICE:
            self.elsewhere |= queue_elsewhere(
                self.tx,
                once=leased.once,
                outbox_id=leased.outbox_id,
                person_id=leased.address.person_id,
                address_id=leased.address.id,
                outgoing=leased.outgoing,
                expires_at=leased.expires_at,
                now=self.now,
            )
        elif leased.outgoing.menu is not None:
            self.tx.addresses.change_menu(leased.address.id, leased.outgoing.menu, _LOST)

    def _retire(self, leased: Leased, error: str) -> None:
        """Send nothing more there, and tell the person's superiors."""
        address = leased.address
        self.tx.addresses.retire(address.id, error, self.now)
        person = self.tx.people.get(address.person_id)
        if person is None or not person.posts:
            return
        told = tell(
            self.tx.people.overseers_of(person.posts[0].unit, Role.SUPERVISOR, Role.ADMINISTRATOR),
            lambda words: words.say(
                "delivery.address_lost",
                name=person.name,
                channel=words.say("roles.channel", channel=address.channel),
            ),
            once=f"lost:{address.id}",
            tx=self.tx,
            library=self.library,
            now=self.now,
        )
        self.elsewhere |= told > 0

    def _spend(self, letter: Letter) -> bool:
        """Count the letter's pieces in its bot's month; False if the limit leaves too few."""
        address, lane = letter.leased.address, letter.leased.lane
        limit = self._channel(letter.leased).rates.a_month
        if limit is None:
            return True
        month = local_date(self.now).replace(day=1)
        used = self.tx.usage.of(address.channel, address.bot, month)
        count = len(letter.pieces)
        before = Budget(limit=limit, replies=used[Lane.REPLY], notices=used[Lane.NOTICE])
        if not before.allows(lane, count):
            return False
        self.tx.usage.add(address.channel, address.bot, month, lane, count)
        after = before.after(lane, count)
        share = after.crossed(count)
        if share is not None:
            self._warn(address.channel, address.bot, after, share)
        return True

    def _say_spent(self, leased: Leased) -> None:
        """Tell a person who writes that they get no more answers here, once a month: this uses one
        message per person from the reserve for notices, because silence would look like a fault.
        """
        if leased.lane is Lane.NOTICE:
            return
        address, words = leased.address, self.library.words(leased.locale)
        channel = words.say("roles.channel", channel=address.channel)
        text = words.say("delivery.spent", channel=channel, origin=web_of(self.tx))
        month = local_date(self.now).replace(day=1)
        once = f"spent:{address.id}:{month}"
        told = self.tx.outbox.queue(
            address.id, Lane.NOTICE, Outgoing(cards=saying(text)), self.now, once=once
        )
        self.elsewhere |= told is not None

    def _warn(self, channel: str, bot: str, budget: Budget, share: float) -> None:
        month = local_date(self.now).replace(day=1)
        told = tell(
            [one for one in self.tx.people.all() if one.holds(Role.ADMINISTRATOR)],
            lambda words: words.say(
                "delivery.budget",
                channel=words.say("roles.channel", channel=channel),
                bot=bot,
                used=budget.used,
                limit=budget.limit,
                month=month,
            ),
            once=f"budget:{channel}:{bot}:{month}:{share}",
            tx=self.tx,
            library=self.library,
            now=self.now,
        )
        self.elsewhere |= told > 0

    def _channel(self, leased: Leased) -> Channel:
        return self.channels[leased.address.channel]


def _said_again(cards: Cards, words: Words) -> Cards:
    """The cards marked as a second copy, in the first line if it is a sentence."""
    first, others = cards[:1], cards[1:]
    if first and first == saying(first[0].text):
        return (*saying(words.say("delivery.again", text=first[0].text)), *others)
    return (*saying(words.say("delivery.again", text="").strip()), *cards)
