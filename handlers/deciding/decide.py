"""The one decision: whose a text is.

The ranks of `Rank` are tried from the surest down, and the first that somebody claims decides.
Several claims of one rank: the subject of the open menu wins, else the person is asked.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from domain.messages import Said
from handlers.contract import Claim, Manner, OpenMenu, Outcome, Rank, Subject
from handlers.deciding import not_owned
from handlers.deciding.table import Index
from handlers.ground.heard import Heard
from handlers.ground.turn import Turn
from handlers.understanding.commands import Order


@dataclass(frozen=True, kw_only=True)
class Listening:
    """One text and all that its owner depends on.

    `opened` is the menu that is open and `owner` the subject that opened it. `only`: the subject
    that the person named at a tie. `has_post`: he said as whom he speaks, where he must. `said` is
    the line with the question it was written for; None for the words of a button.
    """

    turn: Turn
    heard: Heard
    index: Index
    opened: OpenMenu | None = None
    owner: str = ""
    only: str | None = None
    has_post: bool = True
    said: Said | None = None


def claims(listening: Listening) -> tuple[Claim, ...]:
    """The claims of the surest rank that has any; more than one is a tie.

    A text that may not be kept can only be a label of the open menu: that is one of our own
    texts, whatever words it holds.
    """
    for of_rank in (_label,) if listening.heard.forbidden is not None else _BY_RANK:
        found = tuple(one for one in of_rank(listening) if listening.only in (None, one.subject))
        if mine := tuple(one for one in found if one.subject == listening.owner):
            return mine[:1]
        if found:
            return found
    return ()


def _code(listening: Listening) -> Iterator[Claim]:
    turn, heard, index = listening.turn, listening.heard, listening.index
    owners: list[Subject] = []
    if heard.coded is not None and heard.coded.letter in index.letters:
        owners.append(index.letters[heard.coded.letter])
    if heard.one_time_code:
        owners += (one for one in index.one_time_codes if one not in owners)
    for owner in owners:
        yield from _of(owner.name, owner.coded(turn, heard))


def _label(listening: Listening) -> Iterator[Claim]:
    if listening.opened is not None and listening.has_post:
        yield from _of(listening.owner, listening.opened.label(listening.heard))


def _phrase(listening: Listening) -> Iterator[Claim]:
    heard, opened = listening.heard, listening.opened
    for subject in listening.index.verbs.get(heard.verb, ()):
        if subject.personal or listening.has_post:
            yield from _of(subject.name, subject.worded(listening.turn, heard))
    if (order := heard.order) is None:
        return
    owner = listening.index.commands[order.command]
    if not (owner.personal or listening.has_post):
        return
    manner = owner.commands[order.command]
    if manner is Manner.WITHIN and opened is not None and opened.takes_commands:
        yield from _of(listening.owner, opened.answer(heard))
    yield command(owner, order)


def command(owner: Subject, order: Order) -> Claim:
    """The claim of the subject that owns a command."""
    return Claim(
        subject=owner.name,
        rank=Rank.PHRASE,
        act=partial(_carry_out, owner, order),
        beside=owner.commands[order.command] is Manner.BESIDE,
    )


def _carry_out(owner: Subject, order: Order, turn: Turn) -> Outcome:
    return owner.ordered(turn, order)


def _answer(listening: Listening) -> Iterator[Claim]:
    if listening.opened is not None and listening.has_post:
        yield from _of(listening.owner, listening.opened.answer(listening.heard))


def _question(listening: Listening) -> Iterator[Claim]:
    turn, heard = listening.turn, listening.heard
    if not listening.has_post:
        return
    if (order := not_owned.claim(turn, heard)) is not None:
        yield from _of(not_owned.NOBODY, order)
        return
    if (owner := listening.index.intents.get(heard.intent)) is not None:
        yield from _of(owner.name, owner.asked(turn, heard))


_BY_RANK: tuple[Callable[[Listening], Iterator[Claim]], ...] = (
    _code,
    _label,
    _phrase,
    _answer,
    _question,
)
"""One for each `Rank`, in its order."""


def _of(owner: str, claim: Claim | None) -> tuple[Claim, ...]:
    """The claim with the name of its subject, which a subject does not have to repeat."""
    return () if claim is None else (replace(claim, subject=owner),)
