"""Orders that no subject owns: said first that nothing was changed, and who could do it.

An order answered with a status would look as if it had been carried out.
"""

from functools import partial

from domain.cards import saying
from domain.people import Role
from handlers.contract import Claim, Rank
from handlers.ground.heard import Heard
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.ground.units_asked import units_named
from handlers.understanding.deeds import Deed, DeedKind
from handlers.understanding.intents import Intent
from handlers.understanding.questions import names_a_place

NOBODY = "nobody"
"""The name under which such an order is claimed."""

WHO = {
    DeedKind.APPROVE: Role.REVIEWER,
    DeedKind.RETURN: Role.REVIEWER,
    DeedKind.NOTE: Role.REVIEWER,
    DeedKind.CHANGE: Role.OFFICER,
    DeedKind.HAND_IN: Role.HEAD,
    DeedKind.DELETE: Role.ADMINISTRATOR,
    DeedKind.EXTEND: Role.ADMINISTRATOR,
    DeedKind.PAUSE: Role.ADMINISTRATOR,
    DeedKind.LOCK: Role.ADMINISTRATOR,
    DeedKind.ASSIGN: Role.ADMINISTRATOR,
    DeedKind.REMIND: Role.SUPERVISOR,
}
"""Whose task each deed is, by the roles of this product; no document names them."""


def claim(turn: Turn, heard: Heard) -> Claim | None:
    """The claim to an order that names a unit or data of ours, seen by the person or not."""
    deed = heard.deed
    if deed is None or not _has_object(turn, deed):
        return None
    act = partial(_nothing_changed, deed)
    return Claim(rank=Rank.QUESTION, act=act, beside=True)


def _has_object(turn: Turn, deed: Deed) -> bool:
    if deed.names_data or names_a_place(deed.rest):
        return True
    found = units_named(turn, deed.rest)
    return bool(found.units) or found.elsewhere is not None


def _nothing_changed(deed: Deed, turn: Turn) -> Reply:
    text = turn.say(
        "not_owned.nothing_changed",
        deed=turn.say("not_owned.deed", kind=deed.kind),
        who=turn.say("common.role", role=WHO[deed.kind]),
        his=turn.person.holds(WHO[deed.kind]),
    )
    return Reply(intent=Intent.NOT_DONE, cards=saying(text), menu=KEEP_MENU)
