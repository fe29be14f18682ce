""" "sửa 3 không" replaces an answer that was read back; "sửa 3" asks its question alone."""

import re
from dataclasses import dataclass, replace

from domain.cards import saying
from handlers.assessment.sheet import Sheet
from handlers.ground.heard import Heard
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import going
from handlers.subjects.checklist.asked_of import asked_of, rows_of, waiting_numbers
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.page.confirming import wait_for, without
from handlers.subjects.checklist.page.one_or_several import Way, way_of
from handlers.subjects.checklist.page.reading_back import numbers_of
from handlers.subjects.checklist.page.taking import alone_at, take
from handlers.subjects.checklist.reading.page import read_page
from handlers.understanding.intents import Intent
from handlers.understanding.typed import typed

_FIX = re.compile(
    r"^(?:sửa|sua|fix|correct)(?:\s+(?:lại|lai))?(?:\s+(?:câu|cau))?\s+(?P<rest>.*\d.*)$",
    re.IGNORECASE,
)
_CODE = re.compile(r"\b[IVX]+\.\d+\.[a-z]\b", re.IGNORECASE)


@dataclass(frozen=True, kw_only=True)
class Correction:
    """The text after "sửa"."""

    rest: str


def correction(turn: Turn, sheet: Sheet, heard: Heard) -> Correction | None:
    """The correction that a text means; None if no answer is pending or the text is not a
    correction.
    """
    found = _FIX.match(typed(heard.text))
    if found is None or not sheet.pending or way_of(turn) is not Way.WHOLE_ITEM:
        return None
    return Correction(rest=found["rest"])


def correct_as(sheet: Sheet, meant: Correction, turn: Turn) -> Reply:
    """Take the new answer, or ask the one question again."""
    item_id = sheet.pending.item
    numbers = numbers_of(sheet, item_id)
    codes = {row.casefold(): numbers.get(row, row) for row in sheet.pending.answers}
    rest = _CODE.sub(lambda code: codes.get(code[0].casefold(), code[0]), meant.rest).strip()
    if code := _CODE.match(rest):
        return going.fix(turn, sheet, _as_written(code[0]))
    questions = asked_of(turn, sheet, item_id, None)
    if rest.isdecimal():
        if int(rest) not in questions:
            return which(turn, sheet)
        return ask(turn, alone_at(turn, sheet, rows_of(sheet, item_id)[int(rest)].id))
    reading = read_page(questions, waiting_numbers(sheet, item_id), rest)
    if not reading.parts:
        return which(turn, sheet)
    return take(turn, sheet, item_id, questions, replace(reading, confirm=False))


def which(turn: Turn, sheet: Sheet) -> Reply:
    """Ask which answer is to be corrected."""
    text = turn.say("several.fix_which", number=_first_number(sheet))
    return Reply(intent=Intent.UNKNOWN, cards=saying(text), menu=KEEP_MENU)


def reject(sheet: Sheet, turn: Turn) -> Reply:
    """Nothing of the read-back is saved until the person says yes to a new one."""
    number = _first_number(sheet)
    sheet = wait_for(turn, sheet, replace(sheet.pending, rejected=True))
    return ask(turn, sheet).under(turn.say("asked.nothing_written", number=number))


def drop(sheet: Sheet, numbers: tuple[int, ...], turn: Turn) -> Reply:
    """Some of the answers that were read back are dropped; the others still wait."""
    rows = rows_of(sheet, sheet.pending.item)
    dropped = frozenset(rows[one].id for one in numbers if one in rows)
    sheet = without(turn, sheet, dropped)
    ids = ", ".join(sorted(dropped))
    return ask(turn, sheet).under(turn.say("asked.dropped", ids=ids))


def _first_number(sheet: Sheet) -> str:
    first = next(iter(sheet.pending_whole() or sheet.pending.answers))
    return numbers_of(sheet, sheet.pending.item).get(first, first)


def _as_written(code: str) -> str:
    part, _, rest = code.partition(".")
    return f"{part.upper()}.{rest.lower()}"
