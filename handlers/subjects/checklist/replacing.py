"""The open question whether to replace what somebody else answered: "thay" or "giữ"."""

import re
from collections.abc import Callable
from functools import partial

from domain.cards import Card
from domain.replies import Completed
from handlers.assessment.results import result_after_answers
from handlers.assessment.saving import save_several
from handlers.assessment.sheet import Sheet, load_sheet
from handlers.contract import Claim, OpenMenu, Outcome, Rank
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.beside import still_waiting
from handlers.subjects.checklist.disputed import is_disputed, menu_of, replaced_row, settled
from handlers.understanding.text import fold
from handlers.understanding.typed import typed

_POLITE = r"(?: (?:đi|luôn|nhé|nha|em|anh|ạ|a|please))*"
# With its diacritics: "thấy" and "thầy" are other words.
_REPLACE = re.compile(rf"^(?:(?:đồng ý )?thay(?: thế)?(?: câu này)?|replace(?: it)?){_POLITE}$")
_KEEP = re.compile(
    r"^(?:(?:không|khong|ko|thôi)?,? ?(?:giữ|giu)(?: nguyên| nguyen| lại| lai)?(?: câu này)?"
    rf"|không|khong|ko|(?:không|khong|ko|đừng) thay|thôi|keep(?: it)?|no){_POLITE}$"
)


def replacing_menu(turn: Turn, menu: Menu) -> OpenMenu | None:
    """The question that a menu opened, None if the person answers no checklist."""
    sheet = load_sheet(turn)
    return None if sheet is None else OpenDispute(turn, sheet, menu)


class OpenDispute(OpenMenu):
    """Whether the person's answers replace the recorded ones."""

    is_question = True

    def __init__(self, turn: Turn, sheet: Sheet, menu: Menu) -> None:
        """Reads nothing; the sheet was loaded."""
        self._turn, self._sheet = turn, sheet
        self._is_as_shown = is_disputed(sheet) and menu_of(sheet) == menu

    def label(self, heard: Heard) -> Claim | None:
        """One of the two words."""
        said = fold(typed(heard.text)).strip(" .!?")
        if _REPLACE.match(said) and not heard.text.rstrip().endswith("?"):
            return self._claim(partial(_replace, self._sheet))
        if _KEEP.match(said):
            return self._claim(partial(keep_recorded, self._sheet))
        return None

    def tapped(self, choice: Heard) -> Claim | None:
        """A button of the question, which changes nothing once the question is another one."""
        return self.label(choice) or self._claim(partial(_stale, self._sheet))

    def again(self) -> Outcome:
        """What is open now."""
        return ask(self._turn, self._sheet)

    def still_open(self, reply: Reply) -> Reply:
        """The reply to something else, with a word that the question still waits."""
        return still_waiting(self._turn, self._sheet, reply)

    def unread(self) -> Outcome:
        """Which words decide, and the question again."""
        again = ask(self._turn, self._sheet)
        return again.under(self._turn.say("disputed.two_words")) if self._is_as_shown else again

    def refused(self, reply: Reply) -> Reply:
        """The refusal above the question."""
        return ask(self._turn, self._sheet).under(reply.text)

    def _claim(self, act: Callable[[Turn], Outcome]) -> Claim:
        return Claim(rank=Rank.LABEL, act=act if self._is_as_shown else self._not_as_shown)

    def _not_as_shown(self, turn: Turn) -> Reply:
        return _stale(self._sheet, turn)


def _stale(sheet: Sheet, turn: Turn) -> Reply:
    return ask(turn, sheet).under(turn.say("checklist.stale"))


def _replace(sheet: Sheet, turn: Turn) -> Reply:
    """Save the person's answers in place of the recorded ones, which the menu proves to be those
    that were shown. Lapsed answers are shown again first.
    """
    if sheet.pending.lapsed:
        return ask(turn, sheet)
    asked = {row.id for row in sheet.checklist.asked()}
    here = sheet.instead_here()
    outcomes = tuple(
        Completed(requirement=sheet.criteria.requirement(row), answer=one)
        for row, one in here.items()
        if row in asked
    )
    after = save_several(turn, sheet, outcomes) if outcomes else sheet
    after = settled(turn, after, frozenset(here))
    rows = tuple(one.requirement for one in outcomes)
    replaced = Card(rows=tuple(replaced_row(turn, after, row.id) for row in rows))
    return ask(turn, after).under(replaced, *result_after_answers(turn, after, rows))


def keep_recorded(sheet: Sheet, turn: Turn) -> Reply:
    """Leave what is recorded, and forget the person's answers."""
    here = sheet.instead_here()
    kept = turn.say("disputed.kept", ids=", ".join(here))
    return ask(turn, settled(turn, sheet, frozenset(here))).under(kept)
