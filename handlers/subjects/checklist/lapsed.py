"""Answers that waited too long for their confirmation: said with the next reply, whatever it is
about, and read back again. Nothing is saved before they are confirmed.
"""

from handlers.assessment.pending import has_lapsed, keep
from handlers.assessment.sheet import Sheet, forget_sheet, lapsed_in, load_sheet
from handlers.ground.menus import MenuKind
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.disputed import disputed_card, is_disputed
from handlers.subjects.checklist.page.reading_back import read_back_by_codes

_SHOWS_THEM = frozenset({MenuKind.QUESTION, MenuKind.PAGE, MenuKind.REPLACE})
"""Menus whose messages read the waiting answers back by themselves."""


def bring_back(turn: Turn, reply: Reply) -> Reply:
    """The reply, below the answers that have lapsed; said once, and then they wait a day again."""
    if not _has_lapsed(turn):
        return reply
    sheet = load_sheet(turn)
    if sheet is None or sheet.checklist.locked:
        return reply
    if not (sheet.pending_whole() or sheet.instead_here()):
        return reply
    if sheet.pending.lapsed:
        keep(turn.tx, turn.person.id, sheet.assessment.id, sheet.pending, turn.now)
        forget_sheet(turn)
    if reply.menu is not None and reply.menu.kind in _SHOWS_THEM:
        return reply.under(turn.say("several.lapsed", shown=True))
    return _with_answers(turn, sheet, reply)


def _has_lapsed(turn: Turn) -> bool:
    known = lapsed_in(turn)
    return has_lapsed(turn.tx, turn.person.id, turn.now) if known is None else known


def _with_answers(turn: Turn, sheet: Sheet, reply: Reply) -> Reply:
    said = turn.say("several.lapsed", shown=False)
    if is_disputed(sheet):
        return reply.under(said, disputed_card(turn, sheet, ""))
    return reply.under(said, read_back_by_codes(turn, sheet))
