"""The checklist: asked one question or one page at a time, answered, corrected, postponed,
explained.
"""

from handlers.assessment.sheet import Sheet, load_sheet
from handlers.contract import Entry, Manner, Subject
from handlers.ground.menus import MenuKind
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.disputed import is_disputed
from handlers.subjects.checklist.lapsed import bring_back
from handlers.subjects.checklist.ordered import ordered
from handlers.subjects.checklist.page.page_menu import page_menu
from handlers.subjects.checklist.page.reading_back import waits_at_the_end
from handlers.subjects.checklist.question_menu import question_menu
from handlers.subjects.checklist.replacing import replacing_menu
from handlers.subjects.checklist.wanted import wanted
from handlers.understanding.commands import Command, Order

__all__ = ["CHECKLIST"]


def _entries(turn: Turn, sheet: Sheet | None) -> tuple[Entry, ...]:
    if sheet is None:
        return ()
    go_on = turn.say("menu.checklist", year=sheet.year)
    return (
        Entry(label=go_on, order=Order(command=Command.RESUME)),
        Entry(label=turn.say("menu.result"), order=Order(command=Command.RESULT)),
    )


def _help(turn: Turn) -> tuple[str, ...]:
    return (turn.say("help.checklist"),) if turn.answering_post is not None else ()


def _unfinished(turn: Turn) -> Reply | None:
    sheet = load_sheet(turn)
    if sheet is None or sheet.checklist.locked:
        return None
    waits = sheet.place is not None or waits_at_the_end(sheet) or is_disputed(sheet)
    return ask(turn, sheet) if waits else None


CHECKLIST = Subject(
    name="checklist",
    menus={
        MenuKind.QUESTION: question_menu,
        MenuKind.PAGE: page_menu,
        MenuKind.REPLACE: replacing_menu,
    },
    commands={
        Command.RESUME: Manner.LEAVES,
        Command.WHOLE_ITEM: Manner.LEAVES,
        Command.ONE_BY_ONE: Manner.LEAVES,
        Command.RESULT: Manner.BESIDE,
        Command.SKIP: Manner.WITHIN,
        Command.BACK: Manner.WITHIN,
        Command.EXPLAIN: Manner.WITHIN,
        Command.NOT_APPLICABLE: Manner.WITHIN,
        Command.LATER: Manner.WITHIN,
        Command.KEEP: Manner.WITHIN,
        Command.FIX: Manner.WITHIN,
    },
    ordered=ordered,
    entries=_entries,
    help=_help,
    unfinished=_unfinished,
    adds=bring_back,
    wanted=wanted,
)
