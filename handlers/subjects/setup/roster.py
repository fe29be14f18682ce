"""Who is in the province's list, who has joined, and who has not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from domain.cards import Card, Row
from domain.people import Person
from domain.units import UnitId
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.subjects.setup.screens import SetupTurn
from handlers.understanding.intents import Intent

SHOWN = 40
"""People named in one answer: two screens of a phone; the others are counted."""


@dataclass(frozen=True, kw_only=True)
class Roster:
    """Everybody with a post in the province. `codes`: person id -> when the person's
    code expires.
    """

    joined: tuple[Person, ...]
    waiting: tuple[Person, ...]
    codes: dict[int, datetime]

    def at(self, units: Collection[UnitId]) -> "Roster":
        """The part of it with a post at one of these units."""

        def there(people: tuple[Person, ...]) -> tuple[Person, ...]:
            return tuple(one for one in people if any(post.unit in units for post in one.posts))

        return Roster(joined=there(self.joined), waiting=there(self.waiting), codes=self.codes)

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.joined) + len(self.waiting)


def roster_of(setup: SetupTurn) -> Roster:
    """The roster; a person who can be reached at any address has joined."""
    people = setup.people()
    ids = [person.id for person in people]
    reached = {address.person_id for address in setup.turn.tx.addresses.of_people(ids)}
    open_codes = setup.turn.tx.invitations.of_people(ids)
    return Roster(
        joined=tuple(one for one in people if one.id in reached),
        waiting=tuple(one for one in people if one.id not in reached),
        codes={one.person_id: one.expires_at for one in open_codes},
    )


def who(setup: SetupTurn, *, joined: bool, units: Collection[UnitId] = ()) -> Reply:
    """ "ai đã vào" or "ai chưa vào", for the named units only if any are named."""
    roster = roster_of(setup)
    if units:
        roster = roster.at(units)
    people = roster.joined if joined else roster.waiting
    shown = people[:SHOWN]
    total = roster.total
    if joined:
        heading = setup.say("setup_people.who_joined", joined=len(people), total=total)
    else:
        heading = setup.say("setup_people.who_waits", waiting=len(people), total=total)
    more = len(people) - len(shown)
    notes = [setup.say("setup_people.more_people", count=more)] if more else []
    if people and not joined:
        notes.append(setup.say("setup_people.how_to_give_a_code"))
    card = Card(
        heading=heading,
        rows=tuple(row(setup, person, roster) for person in shown),
        notes=tuple(notes),
    )
    figures = (("joined", len(roster.joined)), ("total", total))
    return Reply(intent=Intent.SETUP, cards=(card,), menu=KEEP_MENU, figures=figures)


def row(setup: SetupTurn, person: Person, roster: Roster) -> Row:
    """One person with posts and, if the person has not joined, the state of the code."""
    until = roster.codes.get(person.id)
    said = setup.say(
        "setup_people.person_line",
        posts=posts_named(setup, person),
        joined=person in roster.joined,
        until=until if until is not None and until > setup.turn.now else None,
        expired=until is not None and until <= setup.turn.now,
    )
    return Row(label=f"{person.handle} – {person.name}", value=said, folds=True)


def posts_named(setup: SetupTurn, person: Person) -> str:
    """ "cán bộ nhập liệu, xã Kim Liên; chỉ huy đơn vị, xã Kim Liên"."""
    return "; ".join(
        setup.turn.say(
            "roles.post",
            role=setup.turn.say("common.role", role=post.role),
            unit=setup.name(post.unit),
        )
        for post in person.posts
    )


def find(setup: SetupTurn, handle: str) -> Person | None:
    """The person of the province with this short name; None also if the name is another
    province's.
    """
    person = setup.turn.tx.people.by_handle(handle.lower())
    if person is None:
        return None
    units = {unit.id for unit in setup.units()}
    return person if any(post.unit in units for post in person.posts) else None
