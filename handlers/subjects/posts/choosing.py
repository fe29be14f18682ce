"""Somebody with several posts: asked once as whom he speaks here, free to change it."""

from domain.people import ANSWERING_ROLES, Person, Post
from handlers.ground.reply import Intent, Reply
from handlers.ground.turn import Turn, capital, numbered

MENU = "posts"


def duties(person: Person) -> tuple[Post, ...]:
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
    return turn.address is not None and turn.acting is None and len(duties(turn.person)) > 1


def choose(turn: Turn) -> Reply:
    """The posts to choose from, or a word that there is only one."""
    found = duties(turn.person)
    if len(found) == 1:
        text = turn.say("roles.only_one_post", post=describe(turn, found[0]))
        return Reply(intent=Intent.POSTS, text=text)
    labels = tuple(capital(describe(turn, post)) for post in found)
    return Reply(
        intent=Intent.POSTS,
        text=turn.say("roles.which_post"),
        menu=MENU,
        choices=numbered(labels),
    )


def chosen(turn: Turn, key: str) -> Post | None:
    """The post behind a number of the menu, or None."""
    found = duties(turn.person)
    at = int(key) - 1 if key.isdecimal() else -1
    return found[at] if 0 <= at < len(found) else None


def act_as(turn: Turn, post: Post) -> None:
    """From now on he speaks as that at this address."""
    if turn.address is not None:
        turn.tx.addresses.set_acting(turn.address.id, post)
        turn.tx.audit.record(
            turn.now, turn.person.id, "acts_as", f"unit:{post.unit}", post.role.value
        )


def describe(turn: Turn, post: Post) -> str:
    """ "cán bộ nhập liệu, xã Mỹ Long Bắc, huyện Cầu Ngang"."""
    unit = turn.tx.units.get(post.unit)
    name = turn.unit_name(unit, with_parent=True) if unit else str(post.unit)
    return turn.say("roles.post", role=turn.say("common.role", role=post.role), unit=name)
