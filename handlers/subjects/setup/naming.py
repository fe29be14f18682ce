"""A post as an administrator types it, and short names that are free."""

from itertools import count

from domain.people import ANSWERING_ROLES, Post, Role
from domain.units import Unit, UnitId, UnitKind
from handlers.documents.people_in import HANDLE_LIMIT, as_handle
from handlers.subjects.setup.screens import SetupTurn
from handlers.understanding.text import plain
from handlers.understanding.units import find_units

_ROLE_WORDS: tuple[tuple[str, Role], ...] = (
    ("can bo nhap lieu", Role.OFFICER),
    ("can bo tham dinh", Role.REVIEWER),
    ("can bo theo doi", Role.SUPERVISOR),
    ("hoi dong tham dinh", Role.COUNCIL),
    ("chi huy don vi", Role.HEAD),
    ("chi huy", Role.HEAD),
    ("truong cong an", Role.HEAD),
    ("can bo", Role.OFFICER),
    ("tham dinh", Role.REVIEWER),
    ("theo doi", Role.SUPERVISOR),
    ("giam sat", Role.SUPERVISOR),
    ("hoi dong", Role.COUNCIL),
    ("quan tri", Role.ADMINISTRATOR),
    *((role.value, role) for role in Role),
)
"""What people call the roles, without marks, the longer words first."""


def named_post(setup: SetupTurn, text: str) -> Post | None:
    """ "cán bộ xã Kim Liên" or "chỉ huy, Sở Nội vụ"; None unless role and one unit are clear.

    An overseeing role without a unit is one at the province.
    """
    wanted = plain(text).strip(" .,;:")
    for words, role in _ROLE_WORDS:
        if wanted == words or wanted.startswith(tuple(f"{words}{end}" for end in " ,:;")):
            rest = wanted[len(words) :].strip(" .,;:")
            if not rest and role in ANSWERING_ROLES:
                return None
            unit = _unit(setup, text, rest)
            return Post(role=role, unit=unit.id) if unit is not None else None
    return None


def _unit(setup: SetupTurn, text: str, rest: str) -> Unit | None:
    units = setup.units()
    if not rest or rest in ("tinh", plain(setup.turn.unit_name(setup.province))):
        return setup.province
    departments = [unit for unit in units if unit.kind is UnitKind.DEPARTMENT]
    exact = [unit for unit in departments if plain(unit.name) == rest]
    if exact:
        return exact[0]
    book = setup.turn.library.book(setup.province.structure)
    found = find_units(text, book, setup.province.code).units
    return found[0] if len(found) == 1 else None


def units_named(setup: SetupTurn, text: str) -> frozenset[UnitId]:
    """The units of the province that a text names; empty if it names none."""
    said = plain(text)
    departments = [
        unit.id
        for unit in setup.units()
        if unit.kind is UnitKind.DEPARTMENT and plain(unit.name) in said
    ]
    book = setup.turn.library.book(setup.province.structure)
    found = find_units(text, book, setup.province.code).units
    return frozenset((*departments, *(unit.id for unit in found)))


def free_handle(setup: SetupTurn, base: str) -> str:
    """A short name made from a text, with a number if it is taken: "can-bo-kim-lien-2"."""
    stem = as_handle(base)[: HANDLE_LIMIT - len("-99999")].strip("-") or "nguoi"
    by_handle = setup.turn.tx.people.by_handle
    if by_handle(stem) is None:
        return stem
    head, _, tail = stem.rpartition("-")
    if head and tail.isdecimal():
        stem = head
    return next(name for n in count(2) if by_handle(name := f"{stem}-{n}") is None)
