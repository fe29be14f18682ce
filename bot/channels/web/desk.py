"""Letting people in, and knowing who they are."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.web.contracts import Database
from bot.channels.web.wire import CHANNEL
from domain.messages import Lane
from domain.people import Person, Post
from handlers.library import Library
from handlers.menu import main_menu
from handlers.turn import Turn, capital
from storage import Tx


@dataclass(frozen=True, kw_only=True)
class Who:
    """How the page names the person who is signed in, in his language.

    `heading` is the unit he acts for ("Xã Mỹ Long Bắc"), `role` what he is there ("Cán bộ nhập
    liệu"); `roles` are the values of `domain.people.Role` that he holds.
    """

    name: str
    heading: str
    role: str
    roles: tuple[str, ...]
    locale: str


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Stands at the door. `wake` is called when a message was queued."""

    database: Database
    library: Library
    wake: Callable[[], None] = lambda: None

    async def admit(self, code: str, now: datetime) -> int | None:
        """Use up a code: one for another device, or one with which a unit invites somebody.

        Returns the person's id, reachable on the web from now on; None when the code is
        wrong, used, withdrawn or expired, which is all the same to who brings it.
        """
        person_id = await self.database.write(lambda tx: self._admit(tx, code, now))
        if person_id is not None:
            self.wake()
        return person_id

    async def who(self, person_id: int, now: datetime) -> Who | None:
        """The person, or None when he has no post any more."""
        return await self.database.read(lambda tx: self._who(tx, person_id, now))

    def _admit(self, tx: Tx, code: str, now: datetime) -> int | None:
        known = tx.web.use_code(code, now)
        if known is not None:
            person = tx.people.get(known)
            if person is None or not person.posts:
                return None
            been_here = tx.web.address_id(known) is not None
            address = tx.addresses.link(CHANNEL, "", str(known), known, now)
            if not been_here:
                self._greet(tx, person, address.id, now)
            return known
        return self._invited(tx, code, now)

    def _invited(self, tx: Tx, code: str, now: datetime) -> int | None:
        invitation = tx.invitations.find(tx.invitations.hash(code))
        if invitation is None or not tx.invitations.use(invitation.id, now):
            return None
        person = tx.people.get(invitation.person_id)
        if person is None or not person.posts:
            return None
        address = tx.addresses.link(CHANNEL, "", str(person.id), person.id, now)
        tx.audit.record(now, person.id, "joined", f"person:{person.id}", CHANNEL)
        self._greet(tx, person, address.id, now)
        return person.id

    def _greet(self, tx: Tx, person: Person, address_id: int, now: datetime) -> None:
        greeting = main_menu(self._turn(tx, person, now))
        tx.outbox.queue(address_id, Lane.REPLY, greeting.outgoing(), now)
        tx.addresses.set_menu(address_id, greeting.menu)

    def _who(self, tx: Tx, person_id: int, now: datetime) -> Who | None:
        person = tx.people.get(person_id)
        if person is None or not person.posts:
            return None
        turn = self._turn(tx, person, now)
        post = _acting(tx, person)
        unit = tx.units.get(post.unit)
        return Who(
            name=person.name,
            heading=capital(turn.unit_name(unit)) if unit else str(post.unit),
            role=capital(turn.say("common.role", role=post.role)),
            roles=tuple(sorted({held.role.value for held in person.posts})),
            locale=person.locale,
        )

    def _turn(self, tx: Tx, person: Person, now: datetime) -> Turn:
        return Turn(tx=tx, now=now, library=self.library, person=person)


def _acting(tx: Tx, person: Person) -> Post:
    """The post he chose to act as on the web, else his first."""
    chosen = (one.acting for one in tx.addresses.of_person(person.id) if one.channel == CHANNEL)
    return next((post for post in chosen if post in person.posts), None) or person.posts[0]
