"""The commands of the checklist, with any menu open."""

from handlers.assessment import results
from handlers.assessment.sheet import Sheet, load_sheet
from handlers.contract import Handover, Outcome, Target
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import answering
from handlers.subjects.checklist.disputed import is_disputed
from handlers.subjects.checklist.page import page_orders
from handlers.subjects.checklist.replacing import keep_recorded
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
        _at_dispute(turn, sheet, order)
        or page_orders.act(turn, sheet, order)
        or answering.act(turn, sheet, order)
        or answering.resume(turn, sheet)
    )


def _at_dispute(turn: Turn, sheet: Sheet, order: Order) -> Reply | None:
    """ "giữ nguyên" and a step back leave what somebody else has recorded."""
    if order.command in (Command.KEEP, Command.BACK) and is_disputed(sheet):
        return keep_recorded(sheet, turn)
    return None
