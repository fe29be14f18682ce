"""The open menu of a page: what a line of answers or a word means at it."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from domain.cards import Card, saying
from domain.pages import Page
from handlers.assessment.results import result_after_answers
from handlers.assessment.sheet import Sheet, load_sheet
from handlers.contract import Claim, OpenMenu, Outcome, Rank
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu
from handlers.ground.reply import KEEP_MENU, Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.answering import explanation
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.beside import still_waiting
from handlers.subjects.checklist.page import correcting
from handlers.subjects.checklist.page.confirming import confirm
from handlers.subjects.checklist.page.reading_back import waits_at_the_end
from handlers.subjects.checklist.page.showing import shown_page
from handlers.subjects.checklist.page.taking import (
    all_questions,
    correct,
    late_line,
    questions_of,
    rows_of,
    take,
)
from handlers.understanding.intents import Intent
from handlers.understanding.screening import is_bare_mark
from handlers.understanding.several import read_line
from handlers.understanding.text import fold

_RIGHT = frozenset(
    {"dung", "dung roi", "dung het", "tiep", "xong", "right", "correct", "yes", "next"}
)
_OTHER = ("dừng", "dùng", "đụng", "dũng")
"""With other marks the confirming word is another word: "dừng" pauses."""

_EXPLAIN = re.compile(r"^(?:giai thich|explain)(?: cau)?\s+(?P<number>\d{1,2})$")
_SKIP = re.compile(
    r"^(?:bo qua|skip)(?: cau)?\s+(?P<numbers>\d{1,2}(?:[\s,]+(?:va |and )?\d{1,2})*)$"
)


def page_menu(turn: Turn, menu: Menu) -> OpenMenu | None:
    """The page that a menu opened, None if the person answers no checklist."""
    sheet = load_sheet(turn)
    return None if sheet is None else OpenPage(turn, sheet, menu)


class OpenPage(OpenMenu):
    """A page of questions, or the last page read back at the end."""

    is_question = True

    def __init__(self, turn: Turn, sheet: Sheet, menu: Menu) -> None:
        """Reads nothing; the sheet was loaded."""
        self._turn, self._sheet, self._menu = turn, sheet, menu

    def label(self, heard: Heard) -> Claim | None:
        """The word that confirms, a line with the page's own numbers, or a word with
        one of them.
        """
        turn, sheet = self._turn, self._sheet
        if _confirms(heard) and sheet.pending_whole():
            return _claim(partial(_confirmed, sheet))
        if found := _EXPLAIN.match(heard.plain):
            return _claim(partial(_explained, sheet, self._item_id, int(found["number"])))
        if (correction := correcting.correction(turn, sheet, heard)) is not None:
            return _claim(partial(correcting.correct_as, sheet, correction))
        text = heard.text
        if found := _SKIP.match(heard.plain):
            text = ", ".join(f"{one} bỏ qua" for one in re.findall(r"\d+", found["numbers"]))
        if (line := self._line(text)) is not None:
            return line
        # The page itself asks people to write "mật"; only the number of the question is missing.
        return _claim(_not_readable) if is_bare_mark(heard.text) else None

    def tapped(self, choice: Heard) -> Claim | None:
        """A word of the page; it has the rank of a label only while the page is the open one."""
        open_still = self._page is not None or waits_at_the_end(self._sheet)
        return (self.label(choice) if open_still else None) or _claim(partial(_stale, self._sheet))

    def again(self) -> Outcome:
        """What is open now."""
        return ask(self._turn, self._sheet)

    def still_open(self, reply: Reply) -> Reply:
        """The reply to something else, with the name of the item that still waits."""
        return still_waiting(self._turn, self._sheet, reply)

    def unread(self) -> Outcome:
        """How to answer a page; the page above stays open."""
        return _not_readable(self._turn)

    def refused(self, reply: Reply) -> Reply:
        """The refusal above the page."""
        again = ask(self._turn, self._sheet).under(reply.text)
        return replace(again, intent=Intent.REFUSED)

    @property
    def _page(self) -> Page | None:
        return shown_page(self._turn, self._sheet, self._menu)

    @property
    def _item_id(self) -> str:
        """The item of the page; at the end it is the item that waits for confirmation."""
        sheet = self._sheet
        return sheet.pending.item if waits_at_the_end(sheet) else self._menu.part(1)

    def _line(self, text: str) -> Claim | None:
        turn, sheet, item_id = self._turn, self._sheet, self._item_id
        page = self._page
        if page is None and not waits_at_the_end(sheet):
            everything = all_questions(turn, sheet, item_id)
            line = read_line(everything, text)
            if line is None:
                return None
            if (late := late_line(turn, sheet, everything, line)) is not None:
                return _claim(lambda turn: take(turn, sheet, item_id, everything, late))
            return _claim(partial(_stale, sheet))
        questions = questions_of(turn, sheet, item_id, page)
        line = read_line(questions, text)
        if line is None:
            return None
        # At the end no question is open: a number means an answer of the page read back last.
        taken = take if page is not None else correct
        return _claim(lambda turn: taken(turn, sheet, item_id, questions, line))


def _confirms(heard: Heard) -> bool:
    return heard.plain.strip(" .!") in _RIGHT and not fold(heard.text).startswith(_OTHER)


def _confirmed(sheet: Sheet, turn: Turn) -> Reply:
    """Save what was read back."""
    done = confirm(turn, sheet)
    outcome = result_after_answers(turn, done.sheet, done.rows)
    return ask(turn, done.sheet).under(*outcome, *done.notes)


def _explained(sheet: Sheet, item_id: str, number: int, turn: Turn) -> Reply:
    row = rows_of(sheet, item_id).get(number)
    if row is None:
        card = Card(text=turn.say("several.unknown_numbers", numbers=number))
    else:
        explained = explanation(turn, row)
        text = turn.say("several.line", number=number, text=explained.text)
        card = replace(explained, text=text)
    return Reply(intent=Intent.CHECKLIST, cards=(card,), menu=KEEP_MENU)


def _not_readable(turn: Turn) -> Reply:
    text = turn.say("several.not_readable")
    return Reply(intent=Intent.UNKNOWN, cards=saying(text), menu=KEEP_MENU)


def _stale(sheet: Sheet, turn: Turn) -> Reply:
    """The menu is not open any more: no answer is taken, and the open one is shown."""
    return ask(turn, sheet).under(turn.say("several.stale"))


def _claim(act: Callable[[Turn], Outcome]) -> Claim:
    return Claim(rank=Rank.LABEL, act=act)
