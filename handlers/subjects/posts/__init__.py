"""A person with several posts is asked once, at each address, which one to act as, and may change
it.
"""

from functools import partial

from domain.cards import saying
from domain.people import Post
from handlers.assessment.sheet import Sheet
from handlers.contract import (
    Claim,
    Entry,
    Handover,
    Manner,
    OpenMenu,
    Outcome,
    Rank,
    Subject,
    Target,
)
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu, MenuKind
from handlers.ground.posts import kinds_of_work, must_choose
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn, capital, numbered
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent

__all__ = ["POSTS"]


def _choose(turn: Turn, _order: Order) -> Reply:
    """The posts to choose from, or a sentence that there is only one."""
    found = kinds_of_work(turn.person)
    if len(found) == 1:
        text = turn.say("roles.only_one_post", post=_described(turn, found[0]))
        return Reply(intent=Intent.POSTS, cards=saying(text))
    labels = tuple(capital(_described(turn, post)) for post in found)
    return Reply(
        intent=Intent.POSTS,
        cards=saying(turn.say("roles.which_post")),
        menu=Menu(MenuKind.POSTS),
        choices=numbered(labels),
    )


def _described(turn: Turn, post: Post) -> str:
    """ "cán bộ nhập liệu, xã Mỹ Long Bắc, huyện Cầu Ngang"."""
    unit = turn.tx.units.get(post.unit)
    name = turn.unit_name(unit, with_parent=True) if unit else str(post.unit)
    return turn.say("roles.post", role=turn.say("common.role", role=post.role), unit=name)


def _act_as(turn: Turn, post: Post) -> None:
    """From now on the person acts as this post at this address."""
    if turn.address is not None:
        turn.tx.addresses.set_acting(turn.address.id, post)
        turn.tx.audit.record(
            turn.now, turn.person.id, "acts_as", f"unit:{post.unit}", post.role.value
        )


def _chosen(post: Post, turn: Turn) -> Outcome:
    _act_as(turn, post)
    return Handover(to=Target.WELCOME, turn=turn.acting_as(post))


class _OpenPosts(OpenMenu):
    """The posts to choose from. A person who says something else keeps the current post, and is
    answered as that.
    """

    typed_alike = True

    def __init__(self, turn: Turn) -> None:
        """Reads nothing."""
        self._turn = turn

    def label(self, heard: Heard) -> Claim | None:
        """The post with this number."""
        found = kinds_of_work(self._turn.person)
        at = int(heard.number) - 1 if heard.number else -1
        if not 0 <= at < len(found):
            return None
        return Claim(rank=Rank.LABEL, act=partial(_chosen, found[at]))

    def left(self) -> None:
        """The question is not repeated at every message."""
        if must_choose(self._turn):
            _act_as(self._turn, self._turn.post)


def _entries(turn: Turn, _sheet: Sheet | None) -> tuple[Entry, ...]:
    if len(kinds_of_work(turn.person)) < 2:
        return ()
    return (Entry(label=turn.say("menu.switch"), order=Order(command=Command.SWITCH)),)


def _help(turn: Turn) -> tuple[str, ...]:
    return (turn.say("help.posts"),) if len(kinds_of_work(turn.person)) > 1 else ()


POSTS = Subject(
    name="posts",
    menus={MenuKind.POSTS: lambda turn, _menu: _OpenPosts(turn)},
    commands={Command.SWITCH: Manner.LEAVES},
    ordered=_choose,
    entries=_entries,
    help=_help,
    personal=True,
)
