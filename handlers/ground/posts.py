"""The kinds of work of a person with several posts, and whether the person must choose one."""

from domain.people import ANSWERING_ROLES, Person, Post
from handlers.ground.turn import Turn


def kinds_of_work(person: Person) -> tuple[Post, ...]:
    """The posts to choose between, the first of each kind of work at each unit.

    Filling in and confirming at one unit is one kind of work, overseeing it another: a person is
    not asked to choose between two posts if it makes no difference.
    """
    found: dict[tuple[object, bool], Post] = {}
    for post in person.posts:
        found.setdefault((post.unit, post.role in ANSWERING_ROLES), post)
    return tuple(found.values())


def must_choose(turn: Turn) -> bool:
    """Whether the person has several kinds of work and has not chosen one at this address."""
    return turn.address is not None and turn.acting is None and len(kinds_of_work(turn.person)) > 1
