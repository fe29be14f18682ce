"""Puts what has become due into the outbox; sends nothing.

Due times are stored in rows. After an outage of any length the next tick catches up: of the missed
stages only the newest is queued, marked late.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from domain.deadlines import (
    SEND_FROM,
    VIETNAM,
    DueReminder,
    Occurrence,
    Stage,
    due_reminders,
    next_moment,
)
from domain.messages import Lane, Outgoing
from domain.people import Person
from domain.quiet import Hours, reminder_at
from domain.units import Structure, Unit, UnitId
from handlers.ground.library import Library
from handlers.ground.reaching import addresses_in_order
from handlers.ground.settings import hours_of
from scheduling.passing import pass_unseen
from scheduling.remind import REMINDED_ROLES, TOLD_ROLES, overdue_digest, reminder
from storage import Store, ToQueue, Tx, reminder_key

PEOPLE_AT_ONCE: Final = 50
"""People for whom one transaction queues, so that a tap waits for it a few hundredths of a second.
With 200, a tick takes half as long and the slowest taps twice as long (docs/benchmarks.md).
"""

DUTIES_AT_ONCE: Final = 16
"""Duties read in one transaction: a unit has about three people who hand in, and reading people of
units beyond the limit would be useless.
"""


@dataclass(frozen=True, kw_only=True)
class Unreached:
    """A reminder without a recipient: the unit has no people, or none with an address."""

    occurrence: Occurrence
    stage: Stage


@dataclass(frozen=True, kw_only=True)
class Ticked:
    """The result of one tick. `queued` counts messages, `unreached` names reminders without
    recipients.
    """

    queued: int = 0
    expired: int = 0
    unreached: tuple[Unreached, ...] = ()

    def plus(self, other: "Ticked") -> "Ticked":
        """The sum of both."""
        return Ticked(
            queued=self.queued + other.queued,
            expired=self.expired + other.expired,
            unreached=(*self.unreached, *other.unreached),
        )


def earliest_sending(now: datetime) -> datetime:
    """The first time from `now` on at which a reminder may be sent: nobody is woken at night
    because a server came back.
    """
    local = now.astimezone(VIETNAM)
    opening = datetime.combine(local.date(), SEND_FROM, VIETNAM)
    return max(local, opening).astimezone(UTC)


def tick(store: Store, library: Library, now: datetime) -> Ticked:
    """Queue everything that is due, in as many transactions as needed."""
    done = Ticked()
    while (ticked := tick_once(store, library, now)) is not None:
        done = done.plus(ticked)
    return done


def tick_once(store: Store, library: Library, now: datetime) -> Ticked | None:
    """One transaction of a tick; None if nothing more is due.

    A process that serves people runs these one by one, so that a tap can run in between.
    """
    if earliest_sending(now) > now:
        return None
    with store.begin() as tx:
        return _Batch(tx=tx, library=library, now=now).run()


@dataclass(kw_only=True)
class _Batch:
    """One transaction of a tick."""

    tx: Tx
    library: Library
    now: datetime
    _units: dict[UnitId, Unit] = field(default_factory=dict)
    _hours: dict[UnitId, Hours] = field(default_factory=dict)
    _overseeing: dict[tuple[Structure, str, str | None], tuple[Person, ...]] = field(
        default_factory=dict
    )

    def run(self) -> Ticked | None:
        """Queue for at most `PEOPLE_AT_ONCE` people; None if nothing more is due."""
        due = self.tx.plans.occurrences_due(self.now, DUTIES_AT_ONCE)
        if not due:
            passed = pass_unseen(self.tx, self.library, self.now)
            if passed is not None:
                return Ticked(queued=passed)
            # Once a tick, because it reads all waiting rows; an expired message is never sent.
            expired = self.tx.outbox.expire(self.now)
            return Ticked(expired=expired) if expired else None
        people = self._people_at({occurrence.unit for occurrence in due})
        # The earliest due message is sent first.
        taken = sorted(_as_many_as_fit(due, people), key=lambda one: one.limits.hard_limit)
        units = self.tx.units.get_many({occurrence.unit for occurrence in taken})
        self._units = {unit.id: unit for unit in units}
        addresses = self._addresses(taken, people)
        rows: list[ToQueue] = []
        unreached: list[Unreached] = []
        for occurrence in taken:
            for found in due_reminders(occurrence, (), self.now):
                mine = list(self._rows(occurrence, found, people, addresses))
                rows += mine
                if not mine:
                    unreached.append(Unreached(occurrence=occurrence, stage=found.stage))
        rows += self._digests(taken)
        queued = self.tx.outbox.queue_many(rows, self.now)
        self.tx.plans.set_next({one.id: next_moment(one, self.now) for one in taken})
        return Ticked(queued=queued, unreached=tuple(unreached))

    def _people_at(self, units: Iterable[UnitId]) -> Mapping[UnitId, list[Person]]:
        found: dict[UnitId, list[Person]] = {}
        for person in self.tx.people.at_units(units, *REMINDED_ROLES):
            for unit in {post.unit for post in person.posts_as(*REMINDED_ROLES)}:
                found.setdefault(unit, []).append(person)
        return found

    def _addresses(
        self, taken: Iterable[Occurrence], people: Mapping[UnitId, list[Person]]
    ) -> Mapping[int, int]:
        """Person id -> the id of the address on which they get messages first."""
        return self._first_addresses(person for one in taken for person in people.get(one.unit, ()))

    def _first_addresses(self, people: Iterable[Person]) -> Mapping[int, int]:
        order = addresses_in_order(self.tx, people)
        return {person_id: found[0].id for person_id, found in order.items() if found}

    def _rows(
        self,
        occurrence: Occurrence,
        found: DueReminder,
        people: Mapping[UnitId, list[Person]],
        addresses: Mapping[int, int],
    ) -> Iterator[ToQueue]:
        texts: dict[str, Outgoing] = {}
        until = next_moment(occurrence, self.now)
        for person in people.get(occurrence.unit, ()):
            if person.id not in addresses:
                continue
            if person.locale not in texts:
                texts[person.locale] = reminder(
                    occurrence,
                    found,
                    self._units[occurrence.unit],
                    now=self.now,
                    library=self.library,
                    words=self.library.words(person.locale),
                )
            yield ToQueue(
                address_id=addresses[person.id],
                lane=Lane.NOTICE,
                outgoing=texts[person.locale],
                once=reminder_key(occurrence.id, person.id, found.stage),
                expires_at=until,
                due_at=self._leaves_at(occurrence),
            )

    def _digests(self, taken: Iterable[Occurrence]) -> Iterator[ToQueue]:
        """For a person who oversees the units: one message per duty, for any number of overdue
        units.
        """
        told: dict[tuple[int, str, str, int], tuple[Person, Occurrence, DueReminder]] = {}
        for occurrence in taken:
            for found in due_reminders(occurrence, (), self.now):
                if found.stage is not Stage.OVERDUE:
                    continue
                for person in self._overseers(self._units[occurrence.unit]):
                    duty = (occurrence.document_id, occurrence.obligation_id, occurrence.year)
                    told.setdefault((person.id, *duty), (person, occurrence, found))
        addresses = self._first_addresses(person for person, _, _ in told.values())
        for person, occurrence, found in told.values():
            if person.id in addresses:
                yield self._digest(person, addresses[person.id], occurrence, found)

    def _digest(
        self, person: Person, address_id: int, occurrence: Occurrence, found: DueReminder
    ) -> ToQueue:
        return ToQueue(
            address_id=address_id,
            lane=Lane.NOTICE,
            outgoing=overdue_digest(
                person, occurrence, found, tx=self.tx, now=self.now, library=self.library
            ),
            once=f"overdue:{occurrence.document_id}:{occurrence.obligation_id}"
            f":{occurrence.limits.hard_limit}:{person.id}",
            due_at=self._leaves_at(occurrence),
        )

    def _leaves_at(self, occurrence: Occurrence) -> datetime:
        """The hour from which the unit's province allows reminders."""
        unit = self._units[occurrence.unit]
        province = UnitId(unit.id.structure, unit.province)
        if province not in self._hours:
            self._hours[province] = hours_of(self.tx, province)
        return reminder_at(self.now, self._hours[province])

    def _overseers(self, unit: Unit) -> tuple[Person, ...]:
        # A person who oversees one unit of a district oversees the other ones too.
        place = (unit.id.structure, unit.province, unit.parent)
        if place not in self._overseeing:
            self._overseeing[place] = self.tx.people.overseers_of(unit.id, *TOLD_ROLES)
        return self._overseeing[place]


def _as_many_as_fit(
    due: Iterable[Occurrence], people: Mapping[UnitId, list[Person]]
) -> Iterator[Occurrence]:
    """The first occurrences with not too many people in total; always at least one."""
    count = 0
    for occurrence in due:
        count += len(people.get(occurrence.unit, ()))
        if count > PEOPLE_AT_ONCE and count > len(people.get(occurrence.unit, ())):
            return
        yield occurrence
