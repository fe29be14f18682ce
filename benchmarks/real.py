"""The product's own turn: handled in one transaction, then claimed, sent and marked."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from domain.channels import TERMINAL
from domain.messages import Incoming, Outgoing
from handlers import handle
from handlers.ground.library import Library
from scheduling.channel import Abilities
from scheduling.fit import fit
from scheduling.pump import SENDERS
from storage import Leased, Store

CHANNEL: Final = TERMINAL
BUTTONS: Final = Abilities(buttons=True, edits=True, files=True, text_limit=4_000)


class Real:
    """One database, opened as the product opens it; a sent message goes nowhere.

    The steps are those of `scheduling.deliver`, without its threads and its event loop, because a
    bare handler has neither.
    """

    def __init__(self, database: str, library: Library, *, channel: str = CHANNEL) -> None:
        self._store = Store(database)
        self._library = library
        self._channel = channel
        self.shown: Outgoing | None = None

    def steps(self, incoming: Incoming, now: datetime) -> Iterator[None]:
        """One turn, pausing after each commit."""
        with self._store.begin() as tx:
            handle(incoming, tx, now, self._library)
        yield
        with self._store.begin() as tx:
            leased = tx.outbox.claim(now, SENDERS, channel=self._channel)
        yield
        letters = [(one, self._fitting(one)) for one in leased]
        with self._store.begin() as tx:
            for one, pieces in letters:
                self.shown = pieces[-1]
                tx.outbox.sent(one, now)
        yield

    def _fitting(self, leased: Leased) -> tuple[Outgoing, ...]:
        return fit(leased.outgoing, BUTTONS, self._library.words(leased.locale))

    def close(self) -> None:
        """Close its connections."""
        self._store.close()
