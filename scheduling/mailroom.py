"""The transactions of sending: taking messages out of the outbox and recording results.

Everything here is synchronous and short; the sending happens between two transactions.
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
"""For an address whose reader is connected here: this process may take the messages of a killed one
at once; at worst, two processes show a message twice.
"""

SET_ASIDE_AT_ONCE: Final = 10
"""How often one transaction takes messages that cannot be sent now; a limit, because a tap waits
for the transaction.
"""


@dataclass(frozen=True, kw_only=True)
class Round:
    """One transaction of sending. `elsewhere`: something was queued for another sender: a notice on
    another channel, or a message to superiors.
    """

    letters: tuple[Letter, ...] = ()
    elsewhere: bool = False


@dataclass(frozen=True, kw_only=True)
class Mailroom:
    """Works for the given channels. `now` reads the clock."""

    store: Store
    channels: Mapping[str, Channel]
    library: Library
    now: Callable[[], datetime]

    def round(self, fates: Sequence[Fate], channel: str, bot: str | None, limit: int) -> Round:
        """Record the results of letters, and take the next ones, in one transaction."""
        with self.store.begin() as tx:
            posting = self._posting(tx)
            for fate in fates:
                posting.mark(fate)
            letters = self._take(posting, channel, bot, limit) if limit > 0 else ()
            return Round(letters=letters, elsewhere=posting.elsewhere)

    def take_for(self, address_id: int) -> tuple[Letter, ...]:
        """Everything that is due at one address whose reader is connected here, in order."""
        with self.store.begin() as tx:
            posting = self._posting(tx)
            leased = tx.outbox.take_for(address_id, posting.now, lease=NO_LEASE)
            return tuple(map(posting.letter, leased))

    def mark_shown(self, arrived: Sequence[Leased], first: Leased) -> None:
        """The reader accepted these; the others wait, without a counted attempt."""
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
