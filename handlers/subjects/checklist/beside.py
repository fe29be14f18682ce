"""Replies to other things while a question or a page stays open."""

from dataclasses import replace

from handlers.assessment.sheet import Sheet
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.disputed import is_disputed
from handlers.subjects.checklist.page.showing import open_page


def still_waiting(turn: Turn, sheet: Sheet, reply: Reply) -> Reply:
    """Add to the reply what still waits for an answer; a reply that opens a menu stays as it is."""
    if is_disputed(sheet) and reply.keeps_menu:
        waiting = turn.say("disputed.still_waiting", ids=", ".join(sheet.instead_here()))
        return replace(reply.over(waiting), choices=turn.actions("resume"))
    place = sheet.place
    if place is None or not reply.keeps_menu:
        return reply
    page = open_page(turn, sheet)
    if page is not None:
        waiting = turn.say("several.still_waiting", id=page.item.id)
    else:
        waiting = turn.say("checklist.still_waiting", id=place.requirement.id)
    return replace(reply.over(waiting), choices=turn.actions("resume"))
