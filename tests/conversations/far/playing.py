"""One transcript over one channel; our side is built again for every line."""

from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from bot.clock import FixedClock
from bot.compose import House
from domain.people import Person
from handlers.ground.library import Library
from handlers.ground.turn import Turn
from handlers.subjects.checklist.page.one_or_several import Way, set_way
from locales import Words
from scheduling.channel import Channel
from storage import Store, Tx


class Medium(Protocol):
    """One channel while a transcript runs; `bot` is our bot's name in its addresses."""

    name: str
    bot: str

    def server(self, clock: FixedClock, /) -> AbstractAsyncContextManager[None]:
        """The mock server, for the duration of the transcript."""

    def channel(self) -> Channel:
        """The channel for one `House`."""

    def address_of(self, person: Person | None, handle: str) -> str:
        """The channel's id of a person."""

    async def says(self, house: House, address: str, typed: str) -> None:
        """A person types, or taps the matching button; waits until our turn has ended."""

    async def sees(self, house: House, address: str, words: Words) -> list[str]:
        """What arrived since the person last looked, each message as a terminal would show it."""


@dataclass(kw_only=True)
class Far:
    """Runs a conversation over a channel; our side is built again for every line."""

    database: str
    clock: FixedClock
    library: Library
    medium: Medium
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _has_chosen: set[int] = field(default_factory=set)

    async def begin(self) -> None:
        """Start the channel's mock server and our process."""
        await self._stack.enter_async_context(self.medium.server(self.clock))
        self._move()

    async def end(self) -> None:
        """End everything."""
        await self._stack.aclose()

    def arrive(self, handle: str) -> str:
        """A known person is reached here from now on; returns the address."""
        with Store(self.database) as store, store.begin() as tx:
            person = tx.people.by_handle(handle)
            if person is not None:
                self._link(tx, person)
        return self.medium.address_of(person, handle)

    def _link(self, tx: Tx, person: Person) -> None:
        place = (self.medium.name, self.medium.bot)
        address = self.medium.address_of(person, person.handle)
        tx.addresses.link(*place, address, person.id, self.clock.now())

    def _move(self) -> None:
        """A person known in the terminal is now known here instead."""
        with Store(self.database) as store, store.begin() as tx:
            for person in tx.people.all():
                for address in tx.addresses.of_person(person.id):
                    tx.addresses.retire(address.id, "moved", self.clock.now())
                    self._link(tx, person)

    async def show(self, address: str, typed: str | None) -> str:
        """What the person sees after typing, or of waiting messages, as a terminal would show
        it.
        """
        store = Store(self.database)
        channels: Mapping[str, Channel] = {self.medium.name: self.medium.channel()}
        with House.build(store, self.clock, channels, self.library) as house:
            self._prepared(house, address)
            if typed is not None:
                # As in `Player._show`.
                self.clock.at += timedelta(seconds=1)
                await self.medium.says(house, address, typed)
            await house.deliverer.once()
            seen = await self.medium.sees(house, address, self._prepared(house, address))
        return "\n\n".join(seen)

    def _prepared(self, house: House, address: str) -> Words:
        """The person's language; and one question at a time until they choose otherwise."""
        with house.store.begin() as tx:
            found = tx.addresses.lock(self.medium.name, self.medium.bot, address)
            person = tx.people.get(found.person_id) if found is not None else None
            if person is not None and person.id not in self._has_chosen:
                self._has_chosen.add(person.id)
                # The transcripts use one question at a time; on Zalo this must be chosen.
                now = self.clock.now()
                turn = Turn(tx=tx, now=now, library=self.library, person=person, address=found)
                set_way(turn, Way.ONE_BY_ONE)
        return self.library.words(person.locale if person is not None else "vi")
