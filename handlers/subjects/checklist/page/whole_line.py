"""A text with the numbers of a page's questions, or about answers that were read back, while one
question of the page is asked alone: both ways of answering are read at both.
"""

import re
from functools import partial

from domain.checklist import Place
from domain.steps import StepKind
from handlers.assessment.sheet import Sheet
from handlers.contract import Claim, Rank
from handlers.ground.heard import Heard
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asked_of import asked_at, asked_of, waiting_numbers
from handlers.subjects.checklist.page import acting, correcting
from handlers.subjects.checklist.page.one_or_several import Way, way_of
from handlers.subjects.checklist.reading.alone import read_alone
from handlers.subjects.checklist.reading.page import PageReading, read_page
from handlers.subjects.checklist.reading.starts import names_a_part
from handlers.understanding.values.saying import Saying


def claim(turn: Turn, sheet: Sheet, place: Place, heard: Heard) -> Claim | None:
    """The claim to such a text; None if it is a reply to the one question, or none is read back."""
    if not _has_a_number(sheet, Saying(heard.text)) or way_of(turn) is not Way.WHOLE_ITEM:
        return None
    if (correction := correcting.correction(turn, sheet, heard)) is not None:
        return Claim(rank=Rank.LABEL, act=partial(correcting.correct_as, sheet, correction))
    item_id = _item_of(sheet, place)
    questions = asked_of(turn, sheet, item_id, None)
    reading = read_page(
        questions, waiting_numbers(sheet, item_id), heard.text, waits=bool(sheet.pending_whole())
    )
    if not _is_meant(turn, sheet, place, heard, reading, frozenset(questions)):
        return None
    return Claim(rank=Rank.LABEL, act=partial(_act, sheet, item_id, reading))


def _has_a_number(sheet: Sheet, said: Saying) -> bool:
    """Whether a part can be named, or answers wait that can be judged. Most replies to one question
    are neither, and cost no look into the database.
    """
    if sheet.pending_whole():
        return True
    return len(said.words) >= _LEAST_WORDS and any(one.plain.isdecimal() for one in said.words)


def _item_of(sheet: Sheet, place: Place) -> str:
    if sheet.pending:
        return sheet.pending.item
    rows = place.requirement
    return next(item.id for item in sheet.part.items if rows in item.requirements)


def _is_meant(
    turn: Turn,
    sheet: Sheet,
    place: Place,
    heard: Heard,
    reading: PageReading,
    known: frozenset[int],
) -> bool:
    if reading.refuse is not None:
        return False
    if sheet.pending_whole() and (reading.reject or reading.dropped):
        return True
    if sheet.pending_whole() and reading.confirm and not reading.parts:
        return place.step.kind is not StepKind.CHOICE or _SURELY_YES.search(heard.plain) is not None
    said = Saying(heard.text)
    read = [one for one in reading.parts.values() if one.fields or one.order]
    if not read or len(said.words) < _LEAST_WORDS or not _names_one(said, known):
        return False
    alone = read_alone(asked_at(turn, sheet, place), heard.text)
    return bool(alone.ask or not alone.fields or len(alone.fields) == 1)


_LEAST_WORDS = 2
_SURELY_YES = re.compile(r"\b(?:dung|chuan|chinh xac|khop|xac nhan|right|correct)\b")
"""Other words of assent may answer the question that is open: "có", "rồi"."""


def _names_one(said: Saying, known: frozenset[int]) -> bool:
    """Whether a part's number stands at the beginning, or behind a word of correction."""
    if names_a_part(said, known):
        return True
    return any(names_a_part(Saying(said.clean[one.start :]), known) for one in said.words[1:4])


def _act(sheet: Sheet, item_id: str, reading: PageReading, turn: Turn) -> Reply:
    return acting.act(turn, sheet, item_id, None, reading)
