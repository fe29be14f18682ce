"""Codes as messages to heads who have joined, for the people of their units who have not."""

from collections import defaultdict
from dataclasses import dataclass

from domain.cards import Card, Row
from domain.people import Person, Post, Role
from domain.units import UnitId
from handlers.ground.notices import tell
from handlers.subjects.setup.inviting import Code, invite
from handlers.subjects.setup.roster import Roster
from handlers.subjects.setup.screens import SetupTurn
from locales import Words


@dataclass(frozen=True, kw_only=True)
class Envelope:
    """The people of one unit who have not joined, and the heads who can hand codes to them."""

    unit: UnitId
    heads: tuple[Person, ...]
    waiting: tuple[tuple[Person, Post], ...]


def envelopes(roster: Roster) -> tuple[Envelope, ...]:
    """One for each unit with a head who has joined and a person who has not."""
    heads: dict[UnitId, list[Person]] = defaultdict(list)
    waiting: dict[UnitId, list[tuple[Person, Post]]] = defaultdict(list)
    for person in roster.joined:
        for post in person.posts_as(Role.HEAD):
            heads[post.unit].append(person)
    for person in roster.waiting:
        for post in [one for one in person.posts if one.unit in heads][:1]:
            waiting[post.unit].append((person, post))
    return tuple(
        Envelope(unit=unit, heads=tuple(heads[unit]), waiting=tuple(people))
        for unit, people in waiting.items()
    )


def send(setup: SetupTurn, found: tuple[Envelope, ...]) -> int:
    """Make a new code for each person in the envelopes and send the codes to the heads; returns how
    many codes that were.
    """
    made = 0
    for envelope in found:
        codes = [invite(setup, person, post) for person, post in envelope.waiting]
        made += len(codes)
        tell(
            envelope.heads,
            lambda words, envelope=envelope, codes=codes: _card(  # type: ignore[misc]
                setup, words, envelope, codes
            ),
            once=f"codes:{envelope.unit}:{setup.turn.now.isoformat()}",
            tx=setup.turn.tx,
            library=setup.turn.library,
            now=setup.turn.now,
        )
    return made


def _card(setup: SetupTurn, words: Words, envelope: Envelope, codes: list[Code]) -> Card:
    """The codes of one unit, as its heads get them."""
    rows = tuple(
        Row(
            label=words.say(
                "setup_people.code_line",
                name=code.person.name,
                role=words.say("common.role", role=post.role),
            ),
            value=code.code,
        )
        for code, (_, post) in zip(codes, envelope.waiting, strict=True)
    )
    return Card(
        text=words.say(
            "setup_people.codes_for_head",
            unit=setup.name(envelope.unit),
            until=codes[0].expires_at,
        ),
        rows=rows,
        notes=(words.say("setup_people.hand_over"),),
    )
