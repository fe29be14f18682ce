""" "sửa 3 không" replaces an answer that was read back; "sửa 3" asks its question alone."""

import re
from dataclasses import dataclass

from domain.cards import saying
from handlers.assessment.sheet import Sheet
from handlers.ground.heard import Heard
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import going
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.page.amending import read_amendment
from handlers.subjects.checklist.page.one_or_several import Way, way_of
from handlers.subjects.checklist.page.reading_back import numbers_of
from handlers.subjects.checklist.page.taking import alone_at, correct, questions_of, rows_of
from handlers.understanding.intents import Intent
from handlers.understanding.several import read_line
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
    questions = questions_of(turn, sheet, item_id, None)
    if rest.isdecimal():
        if int(rest) not in questions:
            return which(turn, sheet)
        return ask(turn, alone_at(turn, sheet, rows_of(sheet, item_id)[int(rest)].id))
    line = read_line(questions, rest)
    if line is None or not line.given:
        amended = read_amendment(questions, sheet.pending.answers, rest)
        if amended is not None:
            return correct(turn, sheet, item_id, *amended)
    if line is None or not (line.given or line.unclear or line.contradictory):
        return which(turn, sheet)
    return correct(turn, sheet, item_id, questions, line)


def which(turn: Turn, sheet: Sheet) -> Reply:
    """Ask which answer is to be corrected."""
    first = next(iter(sheet.pending_whole() or sheet.pending.answers))
    number = numbers_of(sheet, sheet.pending.item).get(first, first)
    text = turn.say("several.fix_which", number=number)
    return Reply(intent=Intent.UNKNOWN, cards=saying(text), menu=KEEP_MENU)


def _as_written(code: str) -> str:
    part, _, rest = code.partition(".")
    return f"{part.upper()}.{rest.lower()}"
