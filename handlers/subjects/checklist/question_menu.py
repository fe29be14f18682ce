"""The open menu of one question: what a text or a tap means at it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from domain.answers import FieldName
from domain.checklist import Place
from domain.steps import StepKind
from handlers.assessment.sheet import Sheet, load_sheet
from handlers.contract import Claim, Handover, OpenMenu, Outcome, Rank, Target
from handlers.ground.heard import Heard
from handlers.ground.menus import Menu
from handlers.ground.reply import Reply
from handlers.ground.turn import Turn
from handlers.subjects.checklist import answering, doubtful, last_year, refusing
from handlers.subjects.checklist.asked_of import asked_at
from handlers.subjects.checklist.asking import ask
from handlers.subjects.checklist.beside import still_waiting
from handlers.subjects.checklist.disputed import is_disputed
from handlers.subjects.checklist.meanwhile import answered_meanwhile
from handlers.subjects.checklist.orders_at import order_at
from handlers.subjects.checklist.page import whole_line
from handlers.subjects.checklist.reading.alone import read_alone
from handlers.subjects.checklist.reading.asked import NOT_READABLE, Reading
from handlers.subjects.checklist.reasons import KEPT_NOWHERE
from handlers.subjects.checklist.register import acting
from handlers.subjects.checklist.register.orders import Fixed, Free, read_fixed, read_free
from handlers.understanding.commands import Command, Order
from handlers.understanding.intents import Intent
from handlers.understanding.values.reasons import Reason

_CHOICES = frozenset({FieldName.CHOICE, FieldName.FORCE_MAJEURE})
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
        self._readings: dict[str, Reading] = {}
        self._is_as_shown = sheet.menu(place) == menu and not is_disputed(sheet)

    def label(self, heard: Heard) -> Claim | None:
        """What is certain to be meant for this question: a choice, a yes to a doubtful figure, a
        word at a register, a line with the page's own numbers, a text that may not be kept.
        """
        turn, sheet, place = self._turn, self._sheet, self._place
        if place.step.kind is StepKind.ENTRIES and (fixed := read_fixed(heard.text)) is not None:
            return self._at_register(Rank.LABEL, fixed)
        if (late := self._meanwhile(heard)) is not None:
            return late
        if self._is_as_shown:
            if (agreed := doubtful.claim(turn, sheet, place, heard)) is not None:
                return agreed
            if (line := whole_line.claim(turn, sheet, place, heard)) is not None:
                return line
            if offered := last_year.taken(turn, sheet, place, heard):
                return self._taking(Rank.LABEL, Reading(fields=dict(offered)))
        return self._surely(heard, self._reading(heard))

    def _surely(self, heard: Heard, reading: Reading) -> Claim | None:
        """The claim to a reading that needs no screening: nothing but a choice is kept of it."""
        if reading.refuse is not None or reading.ask in KEPT_NOWHERE:
            return _claim(Rank.LABEL, partial(refusing.refuse, self._sheet, self._place, reading))
        if reading.order is not None:
            if heard.order is not None:
                return None
            order = order_at(self._sheet.part.id, reading.order, heard.text)
            return _claim(Rank.LABEL, partial(_ordered, order))
        asks = self._asks_of_choice(reading) and heard.intent is Intent.UNKNOWN
        if set(reading.fields) <= _CHOICES and (reading.fields or asks):
            return self._taking(Rank.LABEL, reading)
        return None

    def _asks_of_choice(self, reading: Reading) -> bool:
        doubted = reading.ask not in (None, Reason.NOT_READABLE)
        return doubted and self._place.step.kind is StepKind.CHOICE

    def answer(self, heard: Heard) -> Claim | None:
        """A figure, a date, a number, names; and a reply that is asked about."""
        place = self._place
        if place.step.kind is StepKind.ENTRIES:
            free = None if _is_no_name(heard) else read_free(heard.text)
            return None if free is None else self._at_register(Rank.ANSWER, free)
        reading = self._reading(heard)
        if reading.question in ("explain", "question") and heard.intent not in _ABOUT_A_UNIT:
            return _claim(Rank.ANSWER, partial(_ordered, Order(command=Command.EXPLAIN)))
        asks = reading.ask not in (None, Reason.NOT_READABLE) and heard.intent is Intent.UNKNOWN
        if not (reading.fields or asks):
            return None
        if place.step.kind is StepKind.NAMES and _is_no_name(heard):
            return None
        return self._taking(Rank.ANSWER, reading)

    def tapped(self, choice: Heard) -> Claim | None:
        """A label, or the offered figure; anything else cannot be read here."""
        if not self._is_as_shown:
            late = self._meanwhile(choice)
            return late or _claim(Rank.LABEL, partial(_stale, self._sheet))
        claim = self.label(choice) or self.answer(choice)
        return claim or _claim(Rank.LABEL, lambda _turn: self.unread())

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

    def _reading(self, heard: Heard) -> Reading:
        if self._place.step.kind is StepKind.ENTRIES:
            return NOT_READABLE
        if heard.text not in self._readings:
            asked = asked_at(self._turn, self._sheet, self._place)
            self._readings[heard.text] = read_alone(asked, heard.text)
        return self._readings[heard.text]

    def _at_register(self, rank: Rank, order: Fixed | Free) -> Claim:
        if not self._is_as_shown:
            return _claim(rank, partial(_stale, self._sheet))
        return _claim(rank, partial(acting.act, self._sheet, self._place, order))

    def _taking(self, rank: Rank, reading: Reading) -> Claim:
        if not self._is_as_shown:
            return _claim(rank, partial(_stale, self._sheet))
        return _claim(rank, partial(_take, self._sheet, self._place, reading))


def _is_no_name(heard: Heard) -> bool:
    """Whether words typed where a name is expected are more likely a question or an order about a
    unit.
    """
    return heard.deed is not None or heard.intent in _ABOUT_A_UNIT


def _claim(rank: Rank, act: Callable[[Turn], Outcome]) -> Claim:
    return Claim(rank=rank, act=act)


def _take(sheet: Sheet, place: Place, reading: Reading, turn: Turn) -> Reply:
    return answering.taken(turn, sheet, place, reading)


def _ordered(order: Order, _turn: Turn) -> Handover:
    return Handover(to=order)


def _stale(sheet: Sheet, turn: Turn) -> Reply:
    return ask(turn, sheet).under(turn.say("checklist.stale"))
