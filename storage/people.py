"""People and their posts."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any, Final

from sqlalchemy import (
    BindParameter,
    Connection,
    Select,
    and_,
    bindparam,
    delete,
    insert,
    or_,
    select,
    update,
)

from domain.people import Person, Post, Role
from domain.units import UnitId
from storage.errors import Conflict
from storage.revoked.notes import Notes
from storage.statements import AnyRow, Repository
from storage.tables.messages import ADDRESS
from storage.tables.people import PERSON, POST
from storage.tables.units import UNIT

_PERSON: Final = (
    PERSON.c.id,
    PERSON.c.handle,
    PERSON.c.name,
    PERSON.c.locale,
    PERSON.c.preferred,
)
# A person's posts in the order in which they were given: the first one is the default.
_ALL: Final = (
    select(*_PERSON, POST.c.role, POST.c.unit)
    .select_from(PERSON.outerjoin(POST))
    .order_by(PERSON.c.id, POST.c.id)
)
_GET: Final = _ALL.where(PERSON.c.id == bindparam("person"))
_BY_HANDLE: Final = _ALL.where(PERSON.c.handle == bindparam("handle"))

_UNITS: Final[BindParameter[Any]] = bindparam("units", expanding=True)
_ROLES: Final[BindParameter[Any]] = bindparam("roles", expanding=True)
_AT: Final = _ALL.where(
    PERSON.c.id.in_(
        select(POST.c.person_id).where(POST.c.unit.in_(_UNITS)).where(POST.c.role.in_(_ROLES))
    )
)
_OVER: Final = _ALL.where(
    PERSON.c.id.in_(
        select(POST.c.person_id)
        .join(UNIT, UNIT.c.id == bindparam("unit"))
        .where(or_(POST.c.unit == UNIT.c.district, POST.c.unit == UNIT.c.province))
        .where(and_(POST.c.unit != UNIT.c.id, POST.c.role.in_(_ROLES)))
    )
)
_REMOVE_POST: Final = (
    delete(POST)
    .where(POST.c.person_id == bindparam("person"))
    .where(POST.c.role == bindparam("role_"))
    .where(POST.c.unit == bindparam("unit_"))
)
_HANDLE: Final = select(PERSON.c.handle).where(PERSON.c.id == bindparam("person"))
_STOP_ACTING: Final = (
    update(ADDRESS)
    .where(ADDRESS.c.person_id == bindparam("person"))
    .where(ADDRESS.c.acting_role == bindparam("role_"))
    .where(ADDRESS.c.acting_unit == bindparam("unit_"))
    .values(acting_role=None, acting_unit=None)
)
_SET_LOCALE: Final = (
    update(PERSON).where(PERSON.c.id == bindparam("person")).values(locale=bindparam("locale_"))
)
_PREFER: Final = (
    update(PERSON).where(PERSON.c.id == bindparam("person")).values(preferred=bindparam("channel_"))
)


class People(Repository):
    """Everybody who has joined or is invited."""

    __slots__ = ("_notes",)

    def __init__(self, connection: Connection, notes: Notes) -> None:
        super().__init__(connection)
        self._notes = notes

    def add(self, *, handle: str, name: str, locale: str, posts: Iterable[Post] = ()) -> Person:
        """Add a person. Raises Conflict if the handle is taken."""
        if self.by_handle(handle) is not None:
            raise Conflict(f"there is a person {handle!r} already")
        given = tuple(posts)
        added = self._connection.execute(
            insert(PERSON), {"handle": handle, "name": name, "locale": locale}
        )
        (person_id,) = _key(added.inserted_primary_key)
        for post in given:
            self.add_post(person_id, post)
        return Person(id=person_id, handle=handle, name=name, locale=locale, posts=given)

    def add_post(self, person_id: int, post: Post) -> None:
        """Add a post; no error if the person has it already."""
        person = self.get(person_id)
        if person is None or post in person.posts:
            return
        self._connection.execute(
            insert(POST), {"person_id": person_id, "role": post.role, "unit": post.unit}
        )

    def remove_post(self, person_id: int, post: Post) -> bool:
        """Remove a post, also if the person acts as it now. False if the person did not hold it."""
        values = {"person": person_id, "role_": post.role, "unit_": post.unit}
        self._connection.execute(_STOP_ACTING, values)
        if self._connection.execute(_REMOVE_POST, values).rowcount != 1:
            return False
        handle = self._connection.execute(_HANDLE, {"person": person_id}).scalar_one()
        unit = f"{post.unit.structure.value}:{post.unit.code}"
        self._notes.post(person_id, handle, post.role.value, unit)
        return True

    def get(self, person_id: int) -> Person | None:
        """The person, or None."""
        return self._one(_GET, person=person_id)

    def by_handle(self, handle: str) -> Person | None:
        """The person with this short name, or None."""
        return self._one(_BY_HANDLE, handle=handle)

    def all(self) -> tuple[Person, ...]:
        """Everybody, oldest first."""
        return _read(self._connection.execute(_ALL).all())

    def set_locale(self, person_id: int, locale: str) -> None:
        """Set the language in which the assistant writes to the person."""
        self._connection.execute(_SET_LOCALE, {"person": person_id, "locale_": locale})

    def prefer(self, person_id: int, channel: str | None) -> None:
        """Set the person's channel for notices; None: the one they used last."""
        self._connection.execute(_PREFER, {"person": person_id, "channel_": channel})

    def at_unit(self, unit: UnitId, *roles: Role) -> tuple[Person, ...]:
        """People who hold one of `roles` (none given: any) at exactly this unit."""
        return self.at_units((unit,), *roles)

    def at_units(self, units: Iterable[UnitId], *roles: Role) -> tuple[Person, ...]:
        """People who hold one of `roles` (none given: any) at one of these units, in one query."""
        values = {"units": list(units), "roles": roles or tuple(Role)}
        return _read(self._connection.execute(_AT, values).all())

    def overseers_of(self, unit: UnitId, *roles: Role) -> tuple[Person, ...]:
        """People who hold one of `roles` (none given: any) at the district or province above it."""
        values = {"unit": unit, "roles": roles or tuple(Role)}
        return _read(self._connection.execute(_OVER, values).all())

    def _one(self, statement: Select[Any], **values: object) -> Person | None:
        found = _read(self._connection.execute(statement, values).all())
        return found[0] if found else None


def _read(rows: Sequence[AnyRow]) -> tuple[Person, ...]:
    people = []
    for (person_id, handle, name, locale, preferred), group in groupby(rows, key=_whose):
        posts = tuple(Post(role=row.role, unit=row.unit) for row in group if row.role is not None)
        people.append(
            Person(
                id=person_id,
                handle=handle,
                name=name,
                locale=locale,
                posts=posts,
                preferred=preferred,
            )
        )
    return tuple(people)


def _whose(row: AnyRow) -> tuple[Any, ...]:
    return tuple(row[: len(_PERSON)])


def _key(inserted: AnyRow | None) -> AnyRow:
    if inserted is None:
        raise TypeError("the database gave no id for a row it inserted")
    return inserted
