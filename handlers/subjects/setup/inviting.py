"""Codes: one for a person, or a batch for many people on a printed sheet.

Only hashes are stored. The code of one person is shown once in the chat; those of a batch are
computed again from its name each time its sheet is downloaded.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.messages import Recipe, RecipeKind
from domain.people import Person, Post
from handlers.ground.settings import origin_of
from handlers.ground.ways_in import started, ways_in
from handlers.subjects.setup.screens import SetupTurn

CODE_LIVES = timedelta(days=14)
"""Two weeks to hand slips out in a whole province; a code that is unused by then is lost."""

SHEET = "phieu-ma.html"


@dataclass(frozen=True, kw_only=True)
class Code:
    """A code as it is shown: "ABCDE-FGH23"."""

    person: Person
    code: str
    expires_at: datetime


def post_in(setup: SetupTurn, person: Person) -> Post | None:
    """The first post of a person in the administrator's province."""
    units = {unit.id for unit in setup.units()}
    return next((post for post in person.posts if post.unit in units), None)


def invite(setup: SetupTurn, person: Person, post: Post) -> Code:
    """A new code for one person; the person's earlier codes are withdrawn."""
    code = setup.turn.library.new_code()
    return _keep(setup, person, post, code)


def invite_many(setup: SetupTurn, people: Iterable[Person]) -> Recipe:
    """A batch of codes for these people, as the recipe of their printed sheet."""
    batch = setup.turn.library.new_code()
    invited = []
    for person in people:
        post = post_in(setup, person)
        if post is not None:
            code = setup.turn.tx.invitations.batch_code(batch, person.id)
            _keep(setup, person, post, code)
            invited.append(person.id)
    return Recipe(
        kind=RecipeKind.CODE_SHEET,
        name=SHEET,
        figures=(
            ("batch", batch),
            ("province", str(setup.province.id)),
            ("by", str(setup.me)),
            ("people", ",".join(map(str, invited))),
        ),
        alternative=setup.say("setup_people.sheet_elsewhere"),
    )


def shown(setup: SetupTurn, made: Code) -> str:
    """The message about one code, written so that it can be forwarded to the person."""
    post = post_in(setup, made.person)
    role = setup.turn.say("common.role", role=post.role) if post else ""
    ways = ways_in(setup.turn.tx, setup.province.id)
    return setup.say(
        "setup_people.code",
        name=made.person.name,
        role=role,
        unit=setup.name(post.unit) if post else "",
        code=made.code,
        until=made.expires_at,
        origin=origin_of(setup.turn.tx),
        telegram=started(ways.telegram, made.code) if ways.telegram else "",
        zalo=ways.zalo.name if ways.zalo else "",
    )


def _keep(setup: SetupTurn, person: Person, post: Post, code: str) -> Code:
    tx, now = setup.turn.tx, setup.turn.now
    expires_at = now + CODE_LIVES
    tx.invitations.withdraw_of(person.id, now)
    tx.invitations.invite(person.id, post, tx.invitations.hash(code), expires_at)
    setup.audit("invited", f"person:{person.id}", f"{post.role.value} {post.unit}")
    return Code(person=person, code=code, expires_at=expires_at)
