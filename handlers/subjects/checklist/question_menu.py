"""The open menu of one question: what a text or a tap means at it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from domain.answers import FieldName, Value
from domain.checklist import Place
from domain.steps import StepKind
from handlers.assessment.sheet import Sheet, load_sheet
from handlers.contract import Claim, Handover, OpenMenu, Outcome, Rank, Target
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import answering, last_year, meant_instead
from handlers.subjects.checklist.asking import ask, labels
from handlers.subjects.checklist.beside import still_waiting
from handlers.subjects.checklist.disputed import is_disputed
from handlers.subjects.checklist.meanwhile import answered_meanwhile
from handlers.subjects.checklist.page import correcting
from handlers.subjects.checklist.register import acting
from handlers.subjects.checklist.register.orders import Fixed, Free, read_fixed, read_free
from handlers.understanding.intents import Intent
from handlers.understanding.replies import read_reply

_ABOUT_A_UNIT = (Intent.STATUS, Intent.WHY, Intent.MISSING)


def question_menu(turn: Turn, menu: Menu) -> OpenMenu | None:
    """The open question of the checklist, for any menu that leads to it."""
    sheet = load_sheet(turn)
    if sheet is None:
        return NoChecklist()
    if sheet.place is None:
        return NothingToAnswer(turn, sheet, menu)
    return OpenQuestion(turn, sheet, sheet.place, menu)


class NoChecklist(OpenMenu):
    """A question of a checklist that the person does not answer any more."""

    def tapped(self, choice: Heard) -> Claim | None:  # noqa: ARG002  whatever was tapped
        """Say that there is nothing to answer."""
        return _claim(Rank.LABEL, _no_checklist)


def _no_checklist(turn: Turn) -> Handover:
    return Handover(to=Target.OFFER, above=(turn.say("menu.no_checklist"),))


class NothingToAnswer(OpenMenu):
    """A question after which no question is open any more."""

    def __init__(self, turn: Turn, sheet: Sheet, menu: Menu) -> None:
        """`sheet` has no open place."""
        self._turn, self._sheet, self._menu = turn, sheet, menu

    def label(self, heard: Heard) -> Claim | None:
        """A reply to a question that somebody else has answered meanwhile."""
        return answered_meanwhile(self._turn, self._sheet, self._menu, heard)

    def tapped(self, choice: Heard) -> Claim | None:
        """Show what can be done instead."""
        return self.label(choice) or _claim(Rank.LABEL, partial(_stale, self._sheet))


class OpenQuestion(OpenMenu):
    """The question at `place`, for the menu of a message. If something has changed since that
    message, nothing is taken at once.
    """

    is_question = True

    def __init__(self, turn: Turn, sheet: Sheet, place: Place, menu: Menu) -> None:
        """Reads nothing; the sheet was loaded."""
        self._turn, self._sheet, self._place, self._menu = turn, sheet, place, menu
        self._is_as_shown = sheet.menu(place) == menu and not is_disputed(sheet)

    def label(self, heard: Heard) -> Claim | None:
        """A correction of an answer that was read back, an offered figure, or a choice."""
        turn, sheet, place = self._turn, self._sheet, self._place
        if place.step.kind is StepKind.ENTRIES and (fixed := read_fixed(heard.text)) is not None:
            return self._at_register(Rank.LABEL, fixed)
        if (correction := correcting.correction(turn, sheet, heard)) is not None:
            return _claim(Rank.LABEL, partial(correcting.correct_as, sheet, correction))
        if (late := self._meanwhile(heard)) is not None:
            return late
        if self._is_as_shown and (offered := last_year.taken(turn, sheet, place, heard)):
            return self._taking(Rank.LABEL, offered)
        if (choice := meant_instead.another_choice(place, heard.text)) is not None:
            return _claim(Rank.LABEL, partial(meant_instead.choose_again, sheet, place, choice))
        if meant_instead.says_it_is_secret(place, heard.text):
            return _claim(Rank.LABEL, partial(meant_instead.choose_secret, sheet, place))
        if place.step.kind is StepKind.CHOICE and (fields := self._read(heard)):
            return self._taking(Rank.LABEL, fields)
        return None

    def answer(self, heard: Heard) -> Claim | None:
        """A figure, a date, a number, names; or the number of another document than before."""
        place, fields = self._place, self._read(heard)
        if place.step.kind is StepKind.ENTRIES:
            free = None if _is_no_name(heard) else read_free(heard.text)
            return None if free is None else self._at_register(Rank.ANSWER, free)
        if not self._is_as_shown:
            return self._taking(Rank.ANSWER, fields) if fields else None
        if (document := meant_instead.another_document(place, heard.text)) is not None:
            act = partial(meant_instead.take_document, self._sheet, place, document)
            return _claim(Rank.ANSWER, act)
        asks = place.step.kind is StepKind.NAMES and _is_no_name(heard)
        return self._taking(Rank.ANSWER, fields) if fields and not asks else None

    def tapped(self, choice: Heard) -> Claim | None:
        """A label, or the offered figure; anything else cannot be read here."""
        if not self._is_as_shown:
            late = self._meanwhile(choice)
            return late or _claim(Rank.LABEL, partial(_stale, self._sheet))
        if (fixed := self.label(choice)) is not None:
            return fixed
        offered = last_year.taken(self._turn, self._sheet, self._place, choice)
        if fields := offered or self._read(choice):
            return self._taking(Rank.LABEL, fields)
        return _claim(Rank.LABEL, lambda _turn: self.unread())

    def again(self) -> Outcome:
        """The question again."""
        return ask(self._turn, self._sheet)

    def still_open(self, reply: Reply) -> Reply:
        """The reply to something else, with the question that still waits."""
        return still_waiting(self._turn, self._sheet, reply)

    def unread(self) -> Outcome:
        """Which reply would be correct, and the question again."""
        return answering.not_readable(self._turn, self._sheet, self._place)

    def refused(self, reply: Reply) -> Reply:
        """The refusal above the question."""
        again = ask(self._turn, self._sheet).under(reply.text)
        return replace(again, intent=Intent.REFUSED)

    def _meanwhile(self, heard: Heard) -> Claim | None:
        if self._is_as_shown:
            return None
        return answered_meanwhile(self._turn, self._sheet, self._menu, heard)

    def _read(self, heard: Heard) -> tuple[tuple[FieldName, Value], ...]:
        if self._place.step.kind is StepKind.ENTRIES:
            return ()
        return read_reply(self._place.step, labels(self._turn, self._place), heard.text)

    def _at_register(self, rank: Rank, order: Fixed | Free) -> Claim:
        if not self._is_as_shown:
            return _claim(rank, partial(_stale, self._sheet))
        return _claim(rank, partial(acting.act, self._sheet, self._place, order))

    def _taking(self, rank: Rank, fields: tuple[tuple[FieldName, Value], ...]) -> Claim:
        if not self._is_as_shown:
            return _claim(rank, partial(_stale, self._sheet))
        return _claim(rank, partial(_take, self._sheet, self._place, fields))


def _is_no_name(heard: Heard) -> bool:
    """Whether words typed where a name is expected are more likely a question or an order about a
    unit.
    """
    return heard.deed is not None or heard.intent in _ABOUT_A_UNIT


def _claim(rank: Rank, act: Callable[[Turn], Outcome]) -> Claim:
    return Claim(rank=rank, act=act)


def _take(
    sheet: Sheet, place: Place, fields: tuple[tuple[FieldName, Value], ...], turn: Turn
) -> Reply:
    return answering.take(turn, sheet, place, fields)


def _stale(sheet: Sheet, turn: Turn) -> Reply:
    return ask(turn, sheet).under(turn.say("checklist.stale"))
