"""Joining with a code, and undoing a mistaken joining with a word ("hủy vào M3").

`entering` is used before a person is known; the functions here are for people who have joined.
"""

from functools import partial

from domain.cards import saying
from domain.people import Role
from handlers.contract import Claim, Rank, Subject
from handlers.ground.heard import Heard
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.joining.entering import may_undo, undo
from handlers.understanding.codes import Coded
from handlers.understanding.intents import Intent

__all__ = ["JOINING"]

_UNDO = frozenset(
    {f"{verb}{noun}" for verb in ("huy", "huy bo", "undo") for noun in ("", " vao", " join")}
)


def _coded(_turn: Turn, heard: Heard) -> Claim | None:
    found = heard.coded
    if found is None or found.verb not in _UNDO or found.rest or heard.asks:
        return None
    return Claim(rank=Rank.CODE, act=partial(_undo, found))


def _undo(found: Coded, turn: Turn) -> Reply:
    joined = turn.tx.joinings.get(found.number)
    if joined is None or not may_undo(turn.person, joined, turn.tx):
        # Out of scope and not existing get the same sentence, which is true of both.
        return _note(turn, "roles.no_such_joining", code=found.code)
    if not undo(turn.person, joined, tx=turn.tx, library=turn.library, now=turn.now):
        return _note(turn, "roles.undone_before", code=found.code)
    person = turn.tx.people.get(joined.person_id)
    name, handle = (person.name, person.handle) if person else ("", "")
    return _note(turn, "roles.joining_undone", code=found.code, name=name, handle=handle)


def _note(turn: Turn, key: str, **values: object) -> Reply:
    return Reply(intent=Intent.ACCESS, cards=saying(turn.say(key, **values)), menu=KEEP_MENU)


def _help(turn: Turn) -> tuple[str, ...]:
    told = turn.person.holds(Role.HEAD, Role.ADMINISTRATOR)
    return (turn.say("help.joining"),) if told else ()


JOINING = Subject(name="joining", letters="M", coded=_coded, help=_help, personal=True)
