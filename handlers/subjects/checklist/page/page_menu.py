"""The open menu of a page: what a line of answers or a word means at it."""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from domain.pages import Page
from handlers.assessment.sheet import Sheet, load_sheet
from handlers.contract import Claim, Handover, OpenMenu, Outcome, Rank
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asked_of import all_asked, asked_of, waiting_numbers
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.beside import still_waiting
from handlers.subjects.checklist.orders_at import order_at
from handlers.subjects.checklist.page import correcting
from handlers.subjects.checklist.page.acting import act, explained, not_readable
from handlers.subjects.checklist.page.reading_back import waits_at_the_end
from handlers.subjects.checklist.page.showing import shown_page
from handlers.subjects.checklist.page.taking import late_line, take
from handlers.subjects.checklist.reading.page import PageReading, read_page
from handlers.subjects.checklist.refusing import refusal_text
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent
from handlers.understanding.screening import Forbidden, is_bare_mark

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
        """A line with the page's own numbers, a yes or a no to what was read back, or a word with
        one of the numbers.
        """
        turn, sheet = self._turn, self._sheet
        if (correction := correcting.correction(turn, sheet, heard)) is not None:
            return _claim(partial(correcting.correct_as, sheet, correction))
        text = heard.text
        if found := _SKIP.match(heard.plain):
            text = ", ".join(f"{one} bỏ qua" for one in re.findall(r"\d+", found["numbers"]))
        if self._page is None and not waits_at_the_end(sheet):
            return self._late(text)
        return self._meant(self._read(text), heard)

    def _read(self, text: str) -> PageReading:
        questions = asked_of(self._turn, self._sheet, self._item_id, self._page)
        waiting = waiting_numbers(self._sheet, self._item_id)
        waits = bool(self._sheet.pending_whole())
        return read_page(questions, waiting, text, waits=waits)

    def _meant(self, reading: PageReading, heard: Heard) -> Claim | None:
        sheet, item_id, page = self._sheet, self._item_id, self._page
        if reading.refuse is not None:
            return _claim(partial(_refused, sheet, reading.refuse))
        if reading.order is Command.EXPLAIN and reading.about is not None:
            return _claim(partial(explained, sheet, item_id, reading.about))
        if reading.question == "explain" and reading.about is not None:
            return _claim(partial(explained, sheet, item_id, reading.about))
        if reading.order is not None and heard.order is None:
            order = order_at(sheet.part.id, reading.order, heard.text)
            return _claim(partial(_ordered, order))
        if reading.parts or reading.unknown or reading.confirm or reading.reject or reading.dropped:
            return _claim(lambda turn: act(turn, sheet, item_id, page, reading))
        # The page itself asks people to write "mật"; only the number of the question is missing.
        return _claim(not_readable) if is_bare_mark(heard.text) else None

    def _late(self, text: str) -> Claim | None:
        """A line for a page that has changed since it was shown."""
        turn, sheet, item_id = self._turn, self._sheet, self._item_id
        everything = all_asked(turn, sheet, item_id)
        reading = read_page(everything, frozenset(), text)
        if not (reading.parts or reading.unknown):
            return None
        if (late := late_line(turn, sheet, everything, reading)) is not None:
            return _claim(lambda turn: take(turn, sheet, item_id, everything, late))
        return _claim(partial(_stale, sheet))

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
        return not_readable(self._turn)

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


def _refused(sheet: Sheet, refused: Forbidden, turn: Turn) -> Reply:
    reply = ask(turn, sheet).under(refusal_text(turn, refused))
    return replace(reply, intent=Intent.REFUSED)


def _ordered(order: Order, _turn: Turn) -> Handover:
    return Handover(to=order)


def _stale(sheet: Sheet, turn: Turn) -> Reply:
    """The menu is not open any more: no answer is taken, and the open one is shown."""
    return ask(turn, sheet).under(turn.say("several.stale"))


def _claim(act: Callable[[Turn], Outcome]) -> Claim:
    return Claim(rank=Rank.LABEL, act=act)
