"""The meaning of orders while several questions are asked at once."""

from dataclasses import replace

from domain.cards import saying
from handlers.assessment.sheet import Sheet, forget_sheet
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import answering, going
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.page.confirming import without
from handlers.subjects.checklist.page.correcting import Correction, correct_as, which
from handlers.subjects.checklist.page.one_or_several import Way, set_way, way_of
from handlers.subjects.checklist.page.reading_back import waits_at_the_end
from handlers.subjects.checklist.page.showing import open_page
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent


def act(turn: Turn, sheet: Sheet, order: Order) -> Reply | None:
    """Carry out an order that has another meaning on a page; None if it means the same as
    elsewhere.
    """
    match order.command:
        case Command.WHOLE_ITEM:
            return _choose(turn, sheet, Way.WHOLE_ITEM, turn.say("several.whole_item_chosen"))
        case Command.ONE_BY_ONE:
            return _choose(turn, sheet, Way.ONE_BY_ONE, turn.say("several.one_by_one_chosen"))
        case Command.LATER if sheet.pending_whole():
            paused = answering.act(turn, sheet, order)
            kept = turn.say("several.kept_a_day", count=len(sheet.pending_whole()))
            return None if paused is None else paused.over(kept)
        case Command.FIX:
            return _fix(turn, sheet, order.about)
    if open_page(turn, sheet) is not None or waits_at_the_end(sheet):
        return _at_page(turn, sheet, order)
    return None


def _at_page(turn: Turn, sheet: Sheet, order: Order) -> Reply | None:
    page = open_page(turn, sheet)
    match order.command:
        case Command.BACK if shown := sheet.pending_here():
            before = without(turn, sheet, shown)
            return ask(turn, before).under(turn.say("several.taken_back"))
        case Command.SKIP if page is not None:
            for one in page.entries:
                turn.tx.assessments.skip(sheet.assessment.id, one.place.requirement.id)
            forget_sheet(turn)
            skips = turn.tx.assessments.skips(sheet.assessment.id)
            after = replace(sheet, checklist=replace(sheet.checklist, skips=skips))
            ids = ", ".join(one.place.requirement.id for one in page.entries)
            return ask(turn, after).under(turn.say("several.put_off", ids=ids))
        case Command.EXPLAIN if page is not None:
            text = turn.say("several.explain_which", number=page.entries[0].number)
            return Reply(intent=Intent.CHECKLIST, cards=saying(text), menu=KEEP_MENU)
        case Command.NOT_APPLICABLE if page is not None:
            text = turn.say("several.claim_which", number=page.entries[0].number)
            return Reply(intent=Intent.UNKNOWN, cards=saying(text), menu=KEEP_MENU)
        case _:
            return None


def _fix(turn: Turn, sheet: Sheet, about: str | None) -> Reply | None:
    """ "sửa" alone or with a number means an answer that was read back; with a code it works
    anywhere.
    """
    whole_item = way_of(turn) is Way.WHOLE_ITEM
    if whole_item and (about is None or about.isdecimal()):
        if sheet.pending_whole():
            if about is None:
                return which(turn, sheet)
            return correct_as(sheet, Correction(rest=about), turn)
        text = turn.say("several.nothing_to_fix")
        return Reply(intent=Intent.UNKNOWN, cards=saying(text), menu=KEEP_MENU)
    if about is None or about not in sheet.pending.answers:
        return None
    return going.fix(turn, without(turn, sheet, frozenset({about})), about)


def _choose(turn: Turn, sheet: Sheet, way: Way, text: str) -> Reply:
    set_way(turn, way)
    return answering.resume(turn, sheet) if sheet.checklist.locked else ask(turn, sheet).under(text)
