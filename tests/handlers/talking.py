"""People who talk to the handlers: the replies that each gets, on SQLite or PostgreSQL."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from domain.cards import saying
from domain.messages import Content, Incoming, Lane, Outgoing, Said, Sent, Tap
from handlers import handle
from handlers.ground.library import Library
from storage import Author, Message, Store

CHANNEL = "zalo"
MOST = 10_000

READING = timedelta(seconds=1)
"""What a person needs to read the last message, at least: a service dates texts in seconds."""

SILENCE = ""
"""What a stranger gets for the rest of the day if messages are limited."""


@dataclass(kw_only=True)
class Talk:
    """Each person writes from an address with the person's own name. Replies arrive at once unless
    `silent`; notices stay queued.
    """

    store: Store
    library: Library
    now: datetime
    silent: bool = False
    _ids: Iterator[int] = field(default_factory=lambda: count(1))

    def let_in(self, name: str, *, channel: str = CHANNEL, address: str | None = None) -> None:
        """From now on the person with this short name is reached at an address."""
        with self.store.begin() as tx:
            person = tx.people.by_handle(name)
            assert person is not None
            tx.addresses.link(channel, "", address or name, person.id, self.now)

    def says(
        self, address: str, *texts: str, channel: str = CHANNEL, at: datetime | None = None
    ) -> str:
        """The reply to the last of the texts, written at `at` or now."""
        replies = [self.reply(address, Said(text=text), channel=channel, at=at) for text in texts]
        return replies[-1].text

    def taps(self, address: str, menu: str, choice: str, *, channel: str = CHANNEL) -> str:
        """The reply to a button of the message that opened `menu`."""
        return self.reply(address, Tap(menu=menu, choice=choice), channel=channel).text

    def sends(self, address: str, file: Path) -> Outgoing:
        """The reply to a file that the channel stored."""
        size = file.stat().st_size
        return self.reply(address, Sent(name=file.name, media_type="", size=size, path=str(file)))

    def reply(
        self,
        address: str,
        content: Content,
        *,
        channel: str = CHANNEL,
        at: datetime | None = None,
    ) -> Outgoing:
        """The whole message of the reply; `at` is when the text was written."""
        incoming = Incoming(
            channel=channel,
            address=address,
            delivery_id=f"d-{next(self._ids)}",
            at=at or self.now + READING,
            content=content,
        )
        before = len(self._queued(address, channel, Lane.REPLY))
        with self.store.begin() as tx:
            to_stranger = handle(incoming, tx, self.now, self.library)
        if to_stranger is not None:
            return to_stranger
        if not self.silent:
            self.delivers(address, channel=channel)
        replies = self._queued(address, channel, Lane.REPLY)
        return replies[0].outgoing if len(replies) > before else Outgoing(cards=saying(SILENCE))

    def delivers(self, address: str, *, channel: str = CHANNEL) -> None:
        """Deliver the replies that wait there."""
        with self.store.begin() as tx:
            found = tx.addresses.lock(channel, "", address)
            leased = tx.outbox.take_for(found.id, self.now) if found is not None else ()
            if leased:
                tx.outbox.sent_all([one for one in leased if one.lane is Lane.REPLY], self.now)
                tx.outbox.release(leased[0])

    def notices(self, address: str, *, channel: str = CHANNEL) -> list[str]:
        """The notices queued there, oldest first."""
        queued = self._queued(address, channel, Lane.NOTICE)
        return [one.outgoing.text for one in reversed(queued)]

    def later(self, **span: float) -> None:
        """Move the clock forward."""
        self.now += timedelta(**span)

    def _queued(self, address: str, channel: str, lane: Lane) -> list[Message]:
        """The newest first."""
        with self.store.begin() as tx:
            found = tx.addresses.lock(channel, "", address)
            return [
                one
                for one in tx.outbox.listing(limit=MOST)
                if found is not None
                and one.address_id == found.id
                and one.lane is lane
                and one.author is Author.US
            ]
