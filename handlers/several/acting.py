"""What is typed or tapped at a page: a line of answers, or a word about it."""

import re
from dataclasses import replace

from domain.cards import saying
from handlers import checklist
from handlers.asking import ask
from handlers.reply import KEEP_MENU, Intent, Reply
from handlers.results import result_after_answers
from handlers.several.confirming import confirm, without
from handlers.several.showing import numbers_of, open_page, shown_page, waits_at_the_end
from handlers.several.taking import all_questions, alone_at, correct, questions_of, rows_of, take
from handlers.several.way import Way, set_way, way_of
from handlers.sheet import Sheet
from handlers.turn import Turn
from handlers.understanding.commands import Command, Order
from handlers.understanding.several import read_line
from handlers.understanding.text import fold, plain
from handlers.understanding.typed import typed

_RIGHT = frozenset(
    {"dung", "dung roi", "dung het", "tiep", "xong", "right", "correct", "yes", "next"}
)
_OTHER = ("dừng", "dùng", "đụng", "dũng")
"""With other marks the word that confirms is another word: "dừng" pauses."""

_EXPLAIN = re.compile(r"^(?:giai thich|explain)(?: cau)?\s+(?P<number>\d{1,2})$")
_SKIP = re.compile(
    r"^(?:bo qua|skip)(?: cau)?\s+(?P<numbers>\d{1,2}(?:[\s,]+(?:va |and )?\d{1,2})*)$"
)
_FIX = re.compile(
    r"^(?:sửa|sua|fix|correct)(?:\s+(?:lại|lai))?(?:\s+(?:câu|cau))?\s+(?P<rest>.*\d.*)$",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b[IVX]+\.\d+\.[a-z]\b", re.IGNORECASE)


def said(turn: Turn, sheet: Sheet, text: str, menu_open: str) -> Reply | None:
    """What a text typed at a page leads to; None when it is neither answers nor such a word."""
    word = plain(typed(text)).strip(" .!")
    if word in _RIGHT and not fold(text).startswith(_OTHER):
        return _confirmed(turn, sheet)
    if found := _EXPLAIN.match(word):
        return _explained(turn, sheet, _item_of(sheet, menu_open), int(found["number"]))
    if (fixed := corrected(turn, sheet, text)) is not None:
        return fixed
    if found := _SKIP.match(word):
        text = ", ".join(f"{one} bỏ qua" for one in re.findall(r"\d+", found["numbers"]))
    return _answered(turn, sheet, text, menu_open)


def _item_of(sheet: Sheet, menu: str) -> str:
    """The item a page is of; at the end it is the one that waits."""
    return sheet.pending.item if waits_at_the_end(sheet) else (*menu.split(":"), "", "")[2]


def _answered(turn: Turn, sheet: Sheet, text: str, menu_open: str) -> Reply | None:
    item_id = _item_of(sheet, menu_open)
    page = shown_page(turn, sheet, menu_open)
    if page is None and not waits_at_the_end(sheet):
        line = read_line(all_questions(turn, sheet, item_id), text)
        return None if line is None else stale(turn, sheet)
    questions = questions_of(turn, sheet, item_id, page)
    line = read_line(questions, text)
    if line is None:
        return None
    # At the end nothing else is open: a number means what was read back last.
    answer = take if page is not None else correct
    return answer(turn, sheet, item_id, questions, line)


def tapped(turn: Turn, sheet: Sheet, tapped: str, choice: str) -> Reply:
    """A button of a page: a word of ours, sure only while the page is the open one."""
    if shown_page(turn, sheet, tapped) is None and not waits_at_the_end(sheet):
        return stale(turn, sheet)
    return said(turn, sheet, choice, tapped) or stale(turn, sheet)


def stale(turn: Turn, sheet: Sheet) -> Reply:
    """What was open is no more: nothing is taken, and what is open now is shown."""
    return ask(turn, sheet).under(turn.say("several.stale"))


def not_readable(turn: Turn) -> Reply:
    """How to answer a page; it stays open as it stands above."""
    text = turn.say("several.not_readable")
    return Reply(intent=Intent.UNKNOWN, text=text, menu=KEEP_MENU)


def _confirmed(turn: Turn, sheet: Sheet) -> Reply | None:
    """ "Đúng": what was read back is saved. None where nothing waits."""
    if not sheet.pending_whole():
        return None
    done = confirm(turn, sheet)
    lines = result_after_answers(turn, done.sheet, done.rows)
    return ask(turn, done.sheet).under(*lines, *done.note(turn))


def corrected(turn: Turn, sheet: Sheet, text: str) -> Reply | None:
    """ "sửa 3 không": another answer in the place of one that was read back; "sửa 3" asks it
    alone. None where nothing waits or the text is no correction of it."""
    found = _FIX.match(typed(text))
    waiting = sheet.pending.answers if sheet.pending else {}
    if found is None or not waiting or way_of(turn) is not Way.WHOLE_ITEM:
        return None
    numbers = numbers_of(sheet, sheet.pending.item)
    codes = {row.casefold(): numbers.get(row, row) for row in waiting}
    rest = _CODE.sub(lambda code: codes.get(code[0].casefold(), code[0]), found["rest"]).strip()
    if code := _CODE.match(rest):
        return checklist.fix(turn, sheet, _as_written(code[0]))
    rows = rows_of(sheet, sheet.pending.item)
    questions = questions_of(turn, sheet, sheet.pending.item, None)
    if rest.isdecimal():
        if int(rest) not in questions:
            return _which(turn, sheet)
        return ask(turn, alone_at(turn, sheet, rows[int(rest)].id))
    line = read_line(questions, rest)
    if line is None or not (line.given or line.unclear or line.contradictory):
        return _which(turn, sheet)
    return correct(turn, sheet, sheet.pending.item, questions, line)


def _as_written(code: str) -> str:
    part, _, rest = code.partition(".")
    return f"{part.upper()}.{rest.lower()}"


def _which(turn: Turn, sheet: Sheet) -> Reply:
    first = next(iter(sheet.pending_whole() or sheet.pending.answers))
    number = numbers_of(sheet, sheet.pending.item).get(first, "1")
    text = turn.say("several.fix_which", number=number)
    return Reply(intent=Intent.UNKNOWN, text=text, menu=KEEP_MENU)


def _explained(turn: Turn, sheet: Sheet, item_id: str, number: int) -> Reply:
    row = rows_of(sheet, item_id).get(number)
    if row is None:
        text = turn.say("several.unknown_numbers", numbers=number)
    else:
        text = turn.say("several.line", number=number, text=checklist.explanation(turn, row))
    return Reply(intent=Intent.CHECKLIST, text=text, menu=KEEP_MENU)


# Orders


def act(turn: Turn, sheet: Sheet, order: Order) -> Reply | None:
    """An order as it is meant where several questions are asked at once; None where it means
    the same as elsewhere."""
    match order.command:
        case Command.WHOLE_ITEM:
            return _choose(turn, sheet, Way.WHOLE_ITEM, turn.say("several.whole_item_chosen"))
        case Command.ONE_BY_ONE:
            return _choose(turn, sheet, Way.ONE_BY_ONE, turn.say("several.one_by_one_chosen"))
        case Command.LATER if sheet.pending_whole():
            paused = checklist.act(turn, sheet, order)
            kept = turn.say("several.kept_a_day", count=len(sheet.pending_whole()))
            return (
                None if paused is None else replace(paused, cards=saying(f"{paused.text}\n{kept}"))
            )
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
            skips = turn.tx.assessments.skips(sheet.assessment.id)
            after = replace(sheet, checklist=replace(sheet.checklist, skips=skips))
            ids = ", ".join(one.place.requirement.id for one in page.entries)
            return ask(turn, after).under(turn.say("several.put_off", ids=ids))
        case Command.EXPLAIN if page is not None:
            text = turn.say("several.explain_which", number=page.entries[0].number)
            return Reply(intent=Intent.CHECKLIST, text=text, menu=KEEP_MENU)
        case Command.NOT_APPLICABLE if page is not None:
            text = turn.say("several.claim_which", number=page.entries[0].number)
            return Reply(intent=Intent.UNKNOWN, text=text, menu=KEEP_MENU)
        case _:
            return None


def _fix(turn: Turn, sheet: Sheet, about: str | None) -> Reply | None:
    """ "sửa" alone or with a number is about what was read back; a code is known everywhere."""
    whole_item = way_of(turn) is Way.WHOLE_ITEM
    if whole_item and (about is None or about.isdecimal()):
        if sheet.pending_whole():
            fixed = corrected(turn, sheet, f"sửa {about}") if about is not None else None
            return fixed or _which(turn, sheet)
        text = turn.say("several.nothing_to_fix")
        return Reply(intent=Intent.UNKNOWN, text=text, menu=KEEP_MENU)
    if about is None or about not in sheet.pending.answers:
        return None
    return checklist.fix(turn, without(turn, sheet, frozenset({about})), about)


def _choose(turn: Turn, sheet: Sheet, way: Way, text: str) -> Reply:
    set_way(turn, way)
    return checklist.resume(turn, sheet) if sheet.checklist.locked else ask(turn, sheet).under(text)
