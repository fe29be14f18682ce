"""The table of subjects, and who owns each menu, command, code letter, first word and intent.

A new subject is its folder and one line here. `index` refuses two owners of one thing, but for
the first words of orders, which several subjects may share: their readers decide.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from handlers.contract import Subject
from handlers.ground.menus import MenuKind, parse_menu
from handlers.ground.turn import Turn
from handlers.ground.wanted import Wanted
from handlers.subjects.channels import CHANNELS
from handlers.subjects.checklist import CHECKLIST
from handlers.subjects.duties import DUTIES
from handlers.subjects.handing_in import HANDING_IN
from handlers.subjects.joining import JOINING
from handlers.subjects.posts import POSTS
from handlers.subjects.setup import SETUP
from handlers.subjects.status import STATUS
from handlers.subjects.talk import TALK
from handlers.understanding.commands import Command
from handlers.understanding.intents import Intent

K = TypeVar("K")

SUBJECTS: tuple[Subject, ...] = (
    CHECKLIST,
    HANDING_IN,
    STATUS,
    SETUP,
    POSTS,
    DUTIES,
    TALK,
    CHANNELS,
    JOINING,
)
"""In the order of their entries in the main menu."""


class TwoOwners(ValueError):
    """Two subjects own the same thing; the text names it and them."""


@dataclass(frozen=True, kw_only=True)
class Index:
    """Owner by what a text or a tap brings: looked up, never asked one subject after another."""

    subjects: tuple[Subject, ...]
    menus: Mapping[MenuKind, Subject]
    commands: Mapping[Command, Subject]
    letters: Mapping[str, Subject]
    intents: Mapping[Intent, Subject]
    verbs: Mapping[str, tuple[Subject, ...]]
    one_time_codes: tuple[Subject, ...]


def index(subjects: tuple[Subject, ...]) -> Index:
    """The index of a table. Raises `TwoOwners`."""
    verbs: dict[str, list[Subject]] = defaultdict(list)
    for subject in subjects:
        for verb in subject.verbs:
            verbs[verb].append(subject)
    return Index(
        subjects=subjects,
        menus=_owners((kind, one) for one in subjects for kind in one.menus),
        commands=_owners((command, one) for one in subjects for command in one.commands),
        letters=_owners((letter, one) for one in subjects for letter in one.letters),
        intents=_owners((intent, one) for one in subjects for intent in one.intents),
        verbs={verb: tuple(owners) for verb, owners in verbs.items()},
        one_time_codes=tuple(one for one in subjects if one.takes_one_time_codes),
    )


def _owners(pairs: Iterable[tuple[K, Subject]]) -> Mapping[K, Subject]:
    found: dict[K, Subject] = {}
    for thing, subject in pairs:
        if found.setdefault(thing, subject) is not subject:
            msg = f"{thing!r} has two owners: {found[thing].name} and {subject.name}"
            raise TwoOwners(msg)
    return found


@cache
def shipped() -> Index:
    """The index of our own table."""
    return index(SUBJECTS)


def wanted_at(turn: Turn, token: str | None) -> Wanted | None:
    """What is typed at the menu with this token; None where that makes no difference."""
    menu = parse_menu(token)
    owner = shipped().menus.get(menu.kind) if menu is not None else None
    return owner.wanted(turn, menu) if owner is not None and menu is not None else None
