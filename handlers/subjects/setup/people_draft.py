"""People read from a workbook, stored as a draft until the administrator confirms, then
imported.
"""

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from domain.people import Person, Post, Role
from domain.units import Unit, UnitId, UnitKind
from handlers.documents.people_in import NewPerson, PeopleTaken
from handlers.subjects.setup.screens import SetupTurn, Step, load, save

LOCALE = "vi"
"""New people get Vietnamese texts until they choose another language."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """Each person and department as one JSON text; `already` counts rows that change nothing."""

    people: tuple[str, ...]
    departments: tuple[str, ...] = ()
    already: int = 0


def keep(setup: SetupTurn, taken: PeopleTaken) -> None:
    """Store what was read."""
    draft = Draft(
        people=tuple(map(_encode, taken.rows)),
        departments=tuple(
            json.dumps([unit.code, unit.name], ensure_ascii=False) for unit in taken.departments
        ),
        already=taken.already,
    )
    save(setup, Step.PEOPLE, draft)


def kept(setup: SetupTurn) -> PeopleTaken | None:
    """What was read and waits for confirmation, or None."""
    draft = load(setup, Step.PEOPLE, Draft)
    if draft is None:
        return None
    return PeopleTaken(
        rows=tuple(map(_decode, draft.people)),
        departments=tuple(_department(setup, text) for text in draft.departments),
        already=draft.already,
    )


def take_over(setup: SetupTurn, taken: PeopleTaken) -> tuple[Person, ...] | None:
    """Add the departments, people and posts; returns the new people. None if a short name was taken
    meanwhile: then nothing was done.
    """
    tx = setup.turn.tx
    known = {row.handle: tx.people.by_handle(row.handle) for row in taken.rows}
    if any((known[row.handle] is not None) is not row.known for row in taken.rows):
        return None
    tx.units.add_many(taken.departments)
    new = []
    for row in taken.rows:
        person = known[row.handle]
        if person is None:
            new.append(
                tx.people.add(handle=row.handle, name=row.name, locale=LOCALE, posts=row.posts)
            )
            setup.audit("person_added", f"person:{new[-1].id}", _posts(row.posts))
        else:
            for post in row.posts:
                tx.people.add_post(person.id, post)
            setup.audit("post_added", f"person:{person.id}", _posts(row.posts))
    return tuple(new)


def roles(taken: PeopleTaken) -> tuple[tuple[Role, int], ...]:
    """How many posts of each role the workbook gives."""
    counts = Counter(post.role for row in taken.rows for post in row.posts)
    return tuple((role, counts[role]) for role in Role if counts[role])


def without_head(setup: SetupTurn, taken: PeopleTaken) -> tuple[Unit, ...]:
    """Units that have an officer but no head to confirm what the officer submits."""
    posts = [post for row in taken.rows for post in row.posts]
    posts += [post for person in setup.people() for post in person.posts]
    officers = {post.unit for post in posts if post.role is Role.OFFICER}
    heads = {post.unit for post in posts if post.role is Role.HEAD}
    units = (*setup.units(), *taken.departments)
    return tuple(unit for unit in units if unit.id in officers - heads)


def _posts(posts: Iterable[Post]) -> str:
    return ", ".join(f"{post.role.value} {post.unit}" for post in posts)


def _encode(row: NewPerson) -> str:
    posts = [[post.role.value, str(post.unit)] for post in row.posts]
    return json.dumps([row.handle, row.name, posts, row.channel, row.known], ensure_ascii=False)


def _decode(text: str) -> NewPerson:
    handle, name, posts, channel, known = json.loads(text)
    return NewPerson(
        row=0,
        handle=handle,
        name=name,
        posts=tuple(Post(role=Role(role), unit=UnitId.parse(unit)) for role, unit in posts),
        channel=channel,
        known=known,
    )


def _department(setup: SetupTurn, text: str) -> Unit:
    code, name = json.loads(text)
    return Unit(
        id=UnitId(setup.province.structure, code),
        kind=UnitKind.DEPARTMENT,
        name=name,
        parent=setup.province.code,
        province=setup.province.code,
    )
