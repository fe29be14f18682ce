"""The commands of the checklist, with any menu open."""

from handlers.assessment import results
from handlers.assessment.sheet import load_sheet
from handlers.contract import Handover, Outcome, Target
from handlers.ground.turn import Turn
from handlers.subjects.checklist import answering
from handlers.subjects.checklist.page import page_orders
from handlers.understanding.commands import Command, Order


def ordered(turn: Turn, order: Order) -> Outcome:
    """What a command does to the open checklist of the person's unit."""
    if turn.answering_post is None:
        return Handover(to=Target.OFFER, above=(turn.say("menu.not_for_role"),))
    sheet = load_sheet(turn)
    if sheet is None:
        return Handover(to=Target.OFFER, above=(turn.say("menu.no_checklist"),))
    if order.command is Command.RESULT:
        return results.result(turn, sheet, order.about)
    return (
        page_orders.act(turn, sheet, order)
        or answering.act(turn, sheet, order)
        or answering.resume(turn, sheet)
    )
