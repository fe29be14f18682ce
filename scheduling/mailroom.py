"""The transactions of sending: what is taken out of the outbox, and what became of it.

Everything here is plain and quick; between the two the messages are on their way.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from handlers.ground.library import Library
from scheduling.channel import Channel
from scheduling.letters import Fate, Letter
from scheduling.posting import Posting
from storage import Leased, Store, Tx

NO_LEASE: Final = timedelta(0)
"""For an address whose reader sits here: what a killed process of his held is his at once, and
the worst that two of them do is to show him a message twice."""

SET_ASIDE_AT_ONCE: Final = 10
"""Times that messages are taken of which none may go, in one transaction: a tap waits for it."""


@dataclass(frozen=True, kw_only=True)
class Round:
    """One transaction of sending. `elsewhere`: something was queued that is not for who asked:
    a notice passed on, a word to those above."""

    letters: tuple[Letter, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class Mailroom:
    """Works for the channels it was given. `now` reads the clock."""

    store: Store
    channels: Mapping[str, Channel]
    library: Library
    now: Callable[[], datetime]

    def round(self, fates: Sequence[Fate], channel: str, bot: str | None, limit: int) -> Round:
        """Note what became of letters, and take the next ones; one transaction."""
        with self.store.begin() as tx:
            posting = self._posting(tx)
            for fate in fates:
                posting.mark(fate)
            letters = self._take(posting, channel, bot, limit) if limit > 0 else ()
            return Round(letters=letters, elsewhere=posting.elsewhere)

    def take_for(self, address_id: int) -> tuple[Letter, ...]:
        """Everything that is due at one address whose reader sits here, in order."""
        with self.store.begin() as tx:
            posting = self._posting(tx)
            leased = tx.outbox.take_for(address_id, posting.now, lease=NO_LEASE)
            return tuple(map(posting.letter, leased))

    def mark_shown(self, arrived: Sequence[Leased], first: Leased) -> None:
        """The reader took these; what he did not take waits as if it had never been tried."""
        with self.store.begin() as tx:
            tx.outbox.sent_all(arrived, self.now())
            if not arrived:
                tx.outbox.release(first)

    def _take(
        self, posting: Posting, channel: str, bot: str | None, limit: int
    ) -> tuple[Letter, ...]:
        for _ in range(SET_ASIDE_AT_ONCE):
            claimed = posting.tx.outbox.claim(posting.now, limit, channel=channel, bot=bot)
            letters = tuple(filter(posting.may_go, map(posting.letter, claimed)))
            if letters or not claimed:
                return letters
        return ()

    def _posting(self, tx: Tx) -> Posting:
        return Posting(tx=tx, now=self.now(), channels=self.channels, library=self.library)
