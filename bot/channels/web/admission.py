"""Joining with codes, and identifying people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.channels.web.contracts import Database
from bot.channels.web.wire import CHANNEL
from domain.messages import Said
from domain.people import Invitation, Person
from handlers import greet, typed_at_the
from handlers.ground import linking
from handlers.ground.heard import Heard
from handlers.ground.library import Library
from handlers.ground.turn import Turn, capital
from handlers.ground.wanted import By, Wanted
from handlers.subjects.joining import entering as joining
from handlers.understanding.one_time_codes import readings_of
from storage import Address, Message, Tx


@dataclass(frozen=True, kw_only=True)
class Who:
    """How the page names the person who is signed in, in the person's language.

    `heading` is the unit that the person acts for ("Xã Mỹ Long Bắc"), `role` the role there ("Cán
    bộ nhập liệu"). `roles` are the values of `domain.people.Role` that the person acts as: of all
    posts, unless the person chose one.
    """

    name: str
    heading: str
    role: str
    roles: tuple[str, ...]
    locale: str


@dataclass(frozen=True, kw_only=True)
class Admitted:
    """The code was valid; this person is reachable on the web from now on."""

    person_id: int


@dataclass(frozen=True, kw_only=True)
class Duty:
    """What an invitation is for. The code is used up when the person confirms the duty.

    `text` asks; `yes` and `no` are the possible answers.
    """

    text: str
    yes: str
    no: str


@dataclass(frozen=True, kw_only=True)
class Declined:
    """The duty belongs to another person: the code is no longer valid, and `text` says so."""

    text: str


Came = Admitted | Duty | Declined


@dataclass(frozen=True, kw_only=True)
class Admission:
    """Checks codes and finds people. `wake` is called when a message was queued."""

    database: Database
    library: Library
    wake: Callable[[], None] = lambda: None

    async def come(self, code: str, mine: bool | None, now: datetime) -> Came | None:
        """A person enters a code: one for another device, or an invitation of a unit.

        `mine` is the answer to the duty that was shown, None before it was shown. Returns None for
        a wrong, used, withdrawn or expired code, for every caller alike.
        """
        came = await self.database.write(lambda tx: self._come(tx, code, mine, now))
        if came is not None:
            self.wake()
        return came

    async def who(self, person_id: int, now: datetime) -> Who | None:
        """The person, or None if the person no longer has a post."""
        return await self.database.read(lambda tx: self._who(tx, person_id, now))

    def wanted(self, tx: Tx, person_id: int, now: datetime) -> tuple[str | None, Wanted | None]:
        """The menu that is open for the person, and what is typed at it."""
        person = tx.people.get(person_id)
        address = None if person is None else _on_the_web(tx, person)
        if address is None:
            return None, None
        return address.menu, typed_at_the(address, tx, now, self.library)

    def with_wanted(
        self, tx: Tx, person_id: int, messages: tuple[Message, ...], now: datetime
    ) -> tuple[tuple[Message, Wanted | None], ...]:
        """Each message with what is typed at it, None for all but the open question."""
        if not any(one.outgoing.menu for one in messages):
            return tuple((one, None) for one in messages)
        menu, wanted = self.wanted(tx, person_id, now)
        return tuple(
            (one, wanted if menu and one.outgoing.menu == menu else None) for one in messages
        )

    def refuses(self, tx: Tx, person_id: int, said: Said, now: datetime) -> bool:
        """Whether nothing may be typed at the open question, and the text is none of our words. A
        line that was written for another question is shown back by the conversation. The buttons of
        notices send words with a code ("đã nộp N3"): these are read, and not kept.
        """
        menu, wanted = self.wanted(tx, person_id, now)
        if wanted is None or wanted.by is not By.TAPS or said.asked not in (None, menu):
            return False
        heard = Heard(said.text)
        return heard.coded is None and not wanted.is_ours(heard)

    def _come(self, tx: Tx, typed: str, mine: bool | None, now: datetime) -> Came | None:
        code = tx.issued_codes.meant(readings_of(typed, labelled=True))
        if code is None:
            return None
        known = tx.web.use_code(code, now)
        if known is not None:
            return self._another_device(tx, known, now)
        invitation = tx.invitations.find(tx.invitations.hash(code))
        if invitation is None or invitation.expires_at <= now:
            return None
        if mine is None:
            return self._duty(tx, invitation)
        if not mine:
            return Declined(text=joining.decline(invitation, tx, now, self.library).text)
        address = str(invitation.person_id)
        entered = joining.enter(
            invitation, CHANNEL, "", address, tx=tx, now=now, library=self.library
        )
        if entered is None:
            return None
        greet(entered, tx, now, self.library)
        return Admitted(person_id=entered.person.id)

    def _another_device(self, tx: Tx, person_id: int, now: datetime) -> Admitted | None:
        person = tx.people.get(person_id)
        if person is None or not person.posts:
            return None
        if tx.web.address_id(person_id) is None:
            place = (CHANNEL, "", str(person_id))
            made = linking.link(person, place, tx=tx, now=now, library=self.library)
            entered = joining.Entered(person=person, address=made.address, linked=True)
            greet(entered, tx, now, self.library)
        return Admitted(person_id=person_id)

    def _duty(self, tx: Tx, invitation: Invitation) -> Duty:
        shown = joining.duty_shown(invitation, tx, self.library)
        yes, no = shown.choices
        return Duty(text=shown.text, yes=capital(yes.label), no=capital(no.label))

    def _who(self, tx: Tx, person_id: int, now: datetime) -> Who | None:
        person = tx.people.get(person_id)
        if person is None or not person.posts:
            return None
        address = _on_the_web(tx, person)
        turn = Turn(tx=tx, now=now, library=self.library, person=person, address=address)
        unit = tx.units.get(turn.post.unit)
        acting = (turn.acting,) if turn.acting is not None else person.posts
        return Who(
            name=person.name,
            heading=capital(turn.unit_name(unit)) if unit else str(turn.post.unit),
            role=capital(turn.say("common.role", role=turn.post.role)),
            roles=tuple(sorted({post.role.value for post in acting})),
            locale=person.locale,
        )


def _on_the_web(tx: Tx, person: Person) -> Address | None:
    return next((one for one in tx.addresses.of_person(person.id) if one.channel == CHANNEL), None)
