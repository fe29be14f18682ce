"""The kinds of work of somebody with several posts, and whether he must say which he does now."""

from domain.people import ANSWERING_ROLES, Person, Post
from handlers.ground.turn import Turn


def kinds_of_work(person: Person) -> tuple[Post, ...]:
    """The posts to choose between, the first of each kind of work at each unit.

    Filling in and confirming at one unit is one kind of work, overseeing it another: nobody
    is asked which of two posts he means where it makes no difference.
    """
    found: dict[tuple[object, bool], Post] = {}
    for post in person.posts:
        found.setdefault((post.unit, post.role in ANSWERING_ROLES), post)
    return tuple(found.values())


def must_choose(turn: Turn) -> bool:
    """Whether he has several and never said as whom he speaks at this address."""
    return turn.address is not None and turn.acting is None and len(kinds_of_work(turn.person)) > 1
